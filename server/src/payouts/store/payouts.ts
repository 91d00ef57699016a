import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Draft } from "../core/contracts.ts";
import type { PayoutState } from "../core/life.ts";

export type PayoutRow = Selectable<Schema["payouts.payout"]>;
export type ItemRow = Selectable<Schema["payouts.item"]>;
export type ProgressRow = Selectable<Schema["payouts.progress"]>;

const NEWEST = { name: "newest", columns: ["payout_id"], direction: "desc" } as const;

/** A draft with the id under which it is kept. */
export interface KeptDraft {
  readonly payoutId: string;
  readonly state: PayoutState;
  readonly draft: Draft;
  /** A payout of the same that came back. */
  readonly replaces: string | null;
}

/** Writes what a batch consists of now: payouts are inserted or brought up to date, their items written anew. Set-based, for thousands. */
export async function writeDrafts(db: Db, batchId: string, kept: readonly KeptDraft[], at: Date): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map(({ payoutId, state, draft, replaces }) => ({
    id: payoutId,
    replaces,
    payee: draft.payeeId,
    name: draft.payeeName,
    method: draft.method,
    currency: draft.currency,
    amount: String(draft.amountMinor),
    fee: String(draft.feeMinor),
    state,
    reasons: draft.reasons,
    detail: draft.detailId,
    account: draft.account,
    bearer: draft.chargeBearer,
    source: draft.sourceId,
  }));
  await sql`
    insert into payouts.payout (payout_id, batch_id, payee_id, payee_name, method, currency, amount_minor, fee_minor, state, reasons, detail_id, account,
                                charge_bearer, source_id, replaces, created_at)
    select id, ${batchId}, payee, name, method, currency, amount, fee, state, reasons, detail, account, bearer, source, replaces, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, payee text, name text, method text, currency text, amount bigint, fee bigint,
      state text, reasons jsonb, detail text, account text, bearer text, source text, replaces text)
    on conflict (payout_id) do update set payee_name = excluded.payee_name, method = excluded.method, amount_minor = excluded.amount_minor,
      fee_minor = excluded.fee_minor, state = excluded.state, reasons = excluded.reasons, detail_id = excluded.detail_id, account = excluded.account,
      charge_bearer = excluded.charge_bearer, source_id = excluded.source_id, replaces = excluded.replaces`.execute(db);
  await writeItems(db, kept);
}

async function writeItems(db: Db, kept: readonly KeptDraft[]): Promise<void> {
  const ids = kept.map((one) => one.payoutId);
  await sql`delete from payouts.item where payout_id = any(${ids}::text[])`.execute(db);
  const rows = kept.flatMap(({ payoutId, state, draft }) =>
    draft.items.map((item) => ({
      id: payoutId,
      payee: draft.payeeId,
      statement: item.statementId,
      partner: item.partnerId,
      currency: item.currency,
      gross: String(item.grossMinor),
      withheld: String(item.withheldMinor),
      reserve: String(item.reserveMinor),
      fee: String(item.feeMinor),
      net: String(item.netMinor),
      paid: String(item.paidMinor),
      rate: item.rate?.rate ?? null,
      rate_on: item.rate?.day ?? null,
      rate_source: item.rate?.source ?? null,
      programs: item.byProgram?.map((one) => [one.programId, String(one.minor)]) ?? null,
      invoice: item.invoiceId,
      number: item.invoiceNumber,
      reserved: state === "prepared",
    })),
  );
  await sql`
    insert into payouts.item (payout_id, statement_id, payee_id, partner_id, currency, gross_minor, withheld_minor, reserve_minor, fee_minor,
                              net_minor, paid_minor, rate, rate_on, rate_source, by_program, invoice_id, invoice_number, reserved)
    select id, statement, payee, partner, currency, gross, withheld, reserve, fee, net, paid, rate, rate_on, rate_source,
           nullif(programs, 'null'::jsonb), invoice, number, reserved
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, statement text, payee text, partner text, currency text, gross bigint, vat bigint,
      withheld bigint, reserve bigint, fee bigint, net bigint, paid bigint, rate numeric, rate_on date, rate_source text, programs jsonb, invoice text,
      number text, reserved boolean)`.execute(db);
}

/** Moves payouts, and gives their parts of statements free unless they stay prepared. */
export async function movePayouts(
  db: Db,
  ids: readonly string[],
  change: { readonly state: PayoutState; readonly reason?: string | null; readonly reasonBy?: string | null },
): Promise<void> {
  await db
    .updateTable("payouts.payout")
    .set({ state: change.state, reason: change.reason ?? null, reason_by: change.reasonBy ?? null })
    .where("payout_id", "in", [...ids, ""])
    .execute();
  await sql`update payouts.item set reserved = ${change.state === "prepared"} where payout_id = any(${[...ids]}::text[])`.execute(
    db,
  );
}

export async function payoutsOfBatch(
  db: Db,
  batchId: string,
  states?: readonly PayoutState[],
): Promise<readonly PayoutRow[]> {
  let query = db.selectFrom("payouts.payout").selectAll().where("batch_id", "=", batchId).orderBy("payout_id");
  if (states !== undefined) query = query.where("state", "in", [...states]);
  return await query.execute();
}

export async function payoutsOfDispatch(db: Db, dispatchId: string): Promise<readonly PayoutRow[]> {
  const query = db.selectFrom("payouts.payout").selectAll().where("dispatch_id", "=", dispatchId);
  return await query.orderBy("payout_id").execute();
}

/** Who some payouts pay and what their batches are called. */
export async function payoutTitles(db: Db, ids: readonly string[]) {
  return await db
    .selectFrom("payouts.payout")
    .innerJoin("payouts.batch", "payouts.batch.batch_id", "payouts.payout.batch_id")
    .select(["payouts.payout.payout_id", "payouts.payout.payee_name", "payouts.batch.name"])
    .where("payouts.payout.payout_id", "in", [...ids, ""])
    .execute();
}

export async function payoutRow(db: Db, id: string): Promise<PayoutRow | undefined> {
  return await db.selectFrom("payouts.payout").selectAll().where("payout_id", "=", id).executeTakeFirst();
}

export async function lockPayouts(db: Db, ids: readonly string[]): Promise<readonly PayoutRow[]> {
  const query = db
    .selectFrom("payouts.payout")
    .selectAll()
    .where("payout_id", "in", [...ids, ""]);
  return await query.orderBy("payout_id").forUpdate().execute();
}

export async function itemsOf(db: Db, payoutIds: readonly string[]): Promise<readonly ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select * from payouts.item where payout_id = any(${[...payoutIds]}::text[]) order by payout_id, statement_id`.execute(
    db,
  );
  return rows;
}

/** Which payees' parts of statements stand in prepared payouts of other batches: `statement payee`. */
export async function reservedParts(db: Db, butBatch: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ part: string }>`
    select i.statement_id || ' ' || i.payee_id as part from payouts.item i join payouts.payout p using (payout_id)
    where i.reserved and p.batch_id <> ${butBatch}`.execute(db);
  return new Set(rows.map((row) => row.part));
}

/** Statements of which tax was withheld by a payout that was released. */
export async function taxWithheld(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ statement_id: string }>`
    select distinct i.statement_id from payouts.item i join payouts.payout p using (payout_id)
    where i.withheld_minor <> 0 and p.state in ('released', 'sent', 'accepted', 'settled', 'rejected', 'returned')`.execute(
    db,
  );
  return new Set(rows.map((row) => row.statement_id));
}

export interface PayoutFilter {
  readonly batchId?: string | undefined;
  readonly state?: readonly string[] | undefined;
  readonly payeeId?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly statementId?: string | undefined;
}

/** Payouts of the operator, newest first; narrowed to those with a part of a partner within the reach. */
export async function payoutPage(
  db: Db,
  within: RecordReach,
  filter: PayoutFilter,
  page: PageRequest,
): Promise<Page<PayoutRow>> {
  let query = db.selectFrom("payouts.payout").selectAll();
  if (filter.batchId !== undefined) query = query.where("batch_id", "=", filter.batchId);
  if (filter.state?.length) query = query.where("state", "in", [...filter.state]);
  if (filter.payeeId !== undefined) query = query.where("payee_id", "=", filter.payeeId);
  for (const [column, value] of [
    ["partner_id", filter.partnerId],
    ["statement_id", filter.statementId],
  ] as const) {
    if (value === undefined) continue;
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom("payouts.item")
          .select("payouts.item.payout_id")
          .whereRef("payouts.item.payout_id", "=", "payouts.payout.payout_id")
          .where(`payouts.item.${column}`, "=", value),
      ),
    );
  }
  if (!within.everything)
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom("payouts.item")
          .select("payouts.item.payout_id")
          .whereRef("payouts.item.payout_id", "=", "payouts.payout.payout_id")
          .where("payouts.item.partner_id", "in", [...within.partnerIds, ""]),
      ),
    );
  return await keysetPage(query, NEWEST, page);
}

/** What a partner's own request may read of payouts: never the whole amount, which may be about others too. */
const OWN_COLUMNS = [
  "payout_id",
  "batch_id",
  "payee_id",
  "payee_name",
  "method",
  "currency",
  "state",
  "account",
  "replaces",
  "reason",
  "arrival_on",
  "sent_at",
  "ended_at",
  "created_at",
] as const;
export type OwnPayoutRow = Pick<PayoutRow, (typeof OWN_COLUMNS)[number]>;
const TOLD_TO_PARTNERS = ["released", "sent", "accepted", "settled", "rejected", "returned"];

export async function ownPayoutPage(
  db: Db,
  partnerId: string,
  filter: PayoutFilter,
  page: PageRequest,
): Promise<Page<OwnPayoutRow>> {
  let query = db
    .selectFrom("payouts.payout")
    .select(OWN_COLUMNS)
    .where(
      "state",
      "in",
      filter.state?.length ? filter.state.filter((one) => TOLD_TO_PARTNERS.includes(one)) : TOLD_TO_PARTNERS,
    )
    .where((eb) => {
      const own = eb
        .selectFrom("payouts.item")
        .select("payouts.item.payout_id")
        .whereRef("payouts.item.payout_id", "=", "payouts.payout.payout_id")
        .where("payouts.item.partner_id", "=", partnerId);
      const { statementId } = filter;
      return eb.exists(statementId === undefined ? own : own.where("payouts.item.statement_id", "=", statementId));
    });
  if (filter.payeeId !== undefined) query = query.where("payee_id", "=", filter.payeeId);
  return await keysetPage(query, NEWEST, page);
}

export async function ownPayout(db: Db, partnerId: string, id: string): Promise<OwnPayoutRow | undefined> {
  return await db
    .selectFrom("payouts.payout")
    .select(OWN_COLUMNS)
    .where("payout_id", "=", id)
    .where("state", "in", TOLD_TO_PARTNERS)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("payouts.item")
          .select("payouts.item.payout_id")
          .whereRef("payouts.item.payout_id", "=", "payouts.payout.payout_id")
          .where("payouts.item.partner_id", "=", partnerId),
      ),
    )
    .executeTakeFirst();
}

/** Which payouts were issued anew, by the new one's id. */
export async function reissuesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("payouts.payout")
    .select(["payout_id", "replaces"])
    .where("replaces", "in", [...ids, ""])
    .where("state", "not in", ["held", "excluded", "cancelled"])
    .execute();
  return new Map(rows.map((row) => [row.replaces ?? "", row.payout_id]));
}

export interface NewProgress {
  readonly payoutId: string;
  readonly state: string;
  readonly told: string;
  readonly reasonCode?: string | null;
  readonly sentence: string;
  readonly origin: string;
  readonly reportId?: string | null;
}

export async function addProgress(db: Db, rows: readonly NewProgress[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({ ...row, reasonCode: row.reasonCode ?? null, reportId: row.reportId ?? null }));
  await sql`
    insert into payouts.progress (payout_id, at, state, told, reason_code, sentence, origin, report_id)
    select "payoutId", ${at}::timestamptz, state, told, "reasonCode", sentence, origin, "reportId"
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ("payoutId" text, state text, told text, "reasonCode" text, sentence text, origin text,
      "reportId" text)`.execute(db);
}

/** @param ownOnly a partner's request: the columns it may read */
export async function progressOf(db: Db, payoutId: string, ownOnly: boolean) {
  const base = db.selectFrom("payouts.progress").where("payout_id", "=", payoutId).orderBy("progress_id");
  if (!ownOnly)
    return await base.select(["at", "state", "told", "reason_code as code", "sentence", "origin"]).execute();
  const rows = await base.select(["at", "state"]).execute();
  return rows.map((row) => ({ ...row, told: "", code: null, sentence: "", origin: "" }));
}

/** Totals of payouts by batch, currency, method and state. */
export async function countsOf(db: Db, batchIds: readonly string[]) {
  const { rows } = await sql<{
    batch_id: string;
    currency: string;
    method: string;
    state: PayoutState;
    payouts: bigint;
    total: string;
  }>`
    select batch_id, currency, method, state, count(*) as payouts, sum(amount_minor)::text as total
    from payouts.payout where batch_id = any(${[...batchIds]}::text[]) group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(
    db,
  );
  return rows;
}

/** When payees can expect their money. */
export async function setArrival(db: Db, payoutIds: readonly string[], day: string): Promise<void> {
  await sql`update payouts.payout set arrival_on = ${day}::date where payout_id = any(${[...payoutIds]}::text[])`.execute(
    db,
  );
}

/** Moves payouts by what was told of them. */
export async function endPayouts(
  db: Db,
  changes: readonly {
    readonly payoutId: string;
    readonly state: PayoutState;
    readonly reason: string | null;
    readonly ended: boolean;
  }[],
  at: Date,
): Promise<void> {
  await sql`
    update payouts.payout p set state = c.state, reason = coalesce(c.reason, p.reason), sent_at = coalesce(p.sent_at, ${at}::timestamptz),
      ended_at = case when c.ended then ${at}::timestamptz else p.ended_at end
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c ("payoutId" text, state text, reason text, ended boolean)
    where p.payout_id = c."payoutId"`.execute(db);
}

/** Accounts that the prepared payouts of a batch are paid from. */
export async function sourcesOfBatch(db: Db, batchId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ source_id: string }>`
    select distinct source_id from payouts.payout where batch_id = ${batchId} and state = 'prepared' and source_id is not null`.execute(
    db,
  );
  return rows.map((row) => row.source_id);
}

/** Of each payee and currency the last payout that came back and was not issued anew. */
export async function cameBackBefore(db: Db, payeeIds: readonly string[], butBatch: string) {
  const { rows } = await sql<{
    payout_id: string;
    payee_id: string;
    currency: string;
    account: string;
    reason: string | null;
  }>`
    select distinct on (payee_id, currency) payout_id, payee_id, currency, account, reason from payouts.payout p
    where payee_id = any(${[...payeeIds]}::text[]) and state in ('rejected', 'returned')
      and not exists (select from payouts.payout n where n.replaces = p.payout_id and n.state not in ('held', 'excluded', 'cancelled') and n.batch_id <> ${butBatch})
    order by payee_id, currency, payout_id desc`.execute(db);
  return new Map(rows.map((row) => [`${row.payee_id} ${row.currency}`, row]));
}
