import type { RunItemQuery, RunLevel, RunMark } from "@tributary/contract";
import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import {
  arrayLiteral,
  copyRowsInTransaction,
  type Db,
  keysetPage,
  type Page,
  type PageRequest,
  type Schema,
  type Tx,
} from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";
import type { Causes } from "../core/decompose.ts";
import type { Needs } from "../core/matrix.ts";

export type ItemRow = Selectable<Schema["runs.item"]>;
export interface Entered {
  readonly userId: string;
  readonly what: "adjustment" | "terms";
}

export interface NewItem {
  readonly partnerId: string;
  readonly currency: string;
  readonly regionId: string | null;
  readonly ownerUserId: string | null;
  readonly statementIds: readonly string[];
  readonly earned: bigint;
  readonly earnedBefore: bigint;
  readonly openingPayable: bigint;
  readonly adjusted: bigint;
  readonly closingPayable: bigint;
  readonly closingHeld: bigint;
  readonly toPay: bigint;
  readonly causes: Causes;
  readonly marks: readonly RunMark[];
  readonly enteredBy: readonly Entered[];
  readonly figuresHash: string;
  readonly needs: Needs;
}

export interface NewCell {
  readonly partnerId: string;
  readonly currency: string;
  readonly programId: string;
  readonly component: string;
  readonly model: string;
  readonly tier: string;
  readonly quantity: bigint;
  readonly quantityBefore: bigint;
  readonly amount: bigint;
  readonly amountBefore: bigint;
}

const ITEM_COLUMNS = [
  ...[
    "run_id",
    "attempt",
    "partner_id",
    "currency",
    "region_id",
    "owner_user_id",
    "statement_ids",
    "earned",
    "earned_before",
  ],
  ...[
    "opening_payable",
    "adjusted",
    "closing_payable",
    "closing_held",
    "to_pay",
    "causes",
    "marks",
    "mark_codes",
    "is_exception",
  ],
  ...["entered_by", "figures_hash", "need_regional", "need_central", "need_finance"],
];

export function isException(marks: readonly RunMark[]): boolean {
  return marks.some((mark) => mark.severity !== "info");
}

/** Causes as JSON: bigints as digits. */
function causesJson(causes: Causes): object {
  return Object.fromEntries(Object.entries(causes).map(([name, minor]) => [name, String(minor)]));
}

export async function insertItems(tx: Tx, runId: string, attempt: number, items: readonly NewItem[]): Promise<void> {
  function* rows() {
    for (const one of items) {
      const place = [
        runId,
        attempt,
        one.partnerId,
        one.currency,
        one.regionId,
        one.ownerUserId,
        arrayLiteral([...one.statementIds]),
      ];
      const figures = [
        one.earned,
        one.earnedBefore,
        one.openingPayable,
        one.adjusted,
        one.closingPayable,
        one.closingHeld,
        one.toPay,
      ];
      const codes = arrayLiteral(one.marks.map((mark) => mark.code));
      const seen = [causesJson(one.causes), one.marks, codes, isException(one.marks), one.enteredBy, one.figuresHash];
      yield [...place, ...figures, ...seen, one.needs.regional, one.needs.central, one.needs.finance];
    }
  }
  await copyRowsInTransaction(tx, "runs.item", ITEM_COLUMNS, rows());
}

const CELL_COLUMNS = [
  ...["run_id", "attempt", "partner_id", "currency", "program_id", "component", "model", "tier"],
  ...["quantity", "quantity_before", "amount", "amount_before"],
];

export async function insertCells(tx: Tx, runId: string, attempt: number, cells: readonly NewCell[]): Promise<void> {
  function* rows() {
    for (const one of cells) {
      const place = [runId, attempt, one.partnerId, one.currency, one.programId, one.component, one.model, one.tier];
      yield [...place, quantityText(one.quantity), quantityText(one.quantityBefore), one.amount, one.amountBefore];
    }
  }
  await copyRowsInTransaction(tx, "runs.cell", CELL_COLUMNS, rows());
}

/** Hundred-millionths as a decimal. */
function quantityText(units: bigint): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(9, "0");
  return `${sign}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

/** Forgets items of partners, so that they can be written again with what they came to. */
export async function dropItems(tx: Tx, runId: string, attempt: number, partnerIds: readonly string[]): Promise<void> {
  const partners = arrayLiteral([...partnerIds]);
  for (const table of ["runs.item", "runs.cell"]) {
    await sql`delete from ${sql.table(table)} where run_id = ${runId} and attempt = ${attempt} and partner_id = any(${partners}::text[])`.execute(
      tx,
    );
  }
}

/** Marks the largest amounts, and the hash of the whole attempt. */
export async function markTop(db: Db, runId: string, attempt: number, count: number): Promise<void> {
  await sql`
    with ranked as (
      select partner_id, currency, row_number() over (partition by currency order by to_pay desc, partner_id) as place
      from runs.item where run_id = ${runId} and attempt = ${attempt} and to_pay > 0
    ), top as materialized (
      select * from ranked where place <= ${count}
    )
    update runs.item i
    set marks = i.marks || jsonb_build_array(jsonb_build_object('code', 'top', 'severity', 'info', 'value', top.place::text)),
        mark_codes = array_append(i.mark_codes, 'top')
    from top
    where i.run_id = ${runId} and i.attempt = ${attempt} and i.partner_id = top.partner_id and i.currency = top.currency
      and not 'top' = any(i.mark_codes)`.execute(db);
}

export async function writeAttempt(db: Db, runId: string, attempt: number, at: Date, lastLine: bigint): Promise<void> {
  await sql`
    insert into runs.attempt (run_id, attempt, calculated_at, last_line, partners, hash)
    select ${runId}, ${attempt}, ${at}::timestamptz, ${lastLine}, count(*)::int,
           encode(sha256(convert_to(coalesce(string_agg(partner_id || ' ' || currency || ' ' || figures_hash, E'\n' order by partner_id, currency), ''), 'UTF8')), 'hex')
    from runs.item where run_id = ${runId} and attempt = ${attempt}
    on conflict do nothing`.execute(db);
}

export type AttemptRow = Selectable<Schema["runs.attempt"]>;

export async function attemptsOf(db: Db, runId: string): Promise<readonly AttemptRow[]> {
  return await db.selectFrom("runs.attempt").selectAll().where("run_id", "=", runId).orderBy("attempt").execute();
}

export interface ItemKey {
  readonly partnerId: string;
  readonly currency: string;
}

/** Items of an attempt: those named, or all. */
export async function itemsOf(
  db: Db,
  runId: string,
  attempt: number,
  keys: readonly ItemKey[] | null,
): Promise<readonly ItemRow[]> {
  let query = db.selectFrom("runs.item").selectAll().where("run_id", "=", runId).where("attempt", "=", attempt);
  if (keys !== null)
    query = query.where(
      sql<boolean>`(partner_id, currency) in (select * from unnest(${arrayLiteral(keys.map((one) => one.partnerId))}::text[], ${arrayLiteral(keys.map((one) => one.currency))}::text[]))`,
    );
  return await query.orderBy("partner_id").orderBy("currency").execute();
}

const JUDGED = [
  ...(["partner_id", "currency", "region_id", "owner_user_id", "entered_by", "excluded_by", "is_exception"] as const),
  ...(["need_regional", "need_central", "need_finance", "got_regional", "got_central", "got_finance"] as const),
] as const;
/** What of an item decides whether somebody may approve it. */
export type JudgedRow = Pick<ItemRow, (typeof JUDGED)[number]>;

/** Items that wait for an approval of whatever level, without their figures: a run's page counts among all of them. */
export async function waitingItems(db: Db, runId: string, attempt: number): Promise<readonly JudgedRow[]> {
  return await db
    .selectFrom("runs.item")
    .select(JUDGED)
    .where("run_id", "=", runId)
    .where("attempt", "=", attempt)
    .where("excluded_by", "is", null)
    .where(sql<boolean>`(got_regional < need_regional or got_central < need_central or got_finance < need_finance)`)
    .orderBy("partner_id")
    .orderBy("currency")
    .execute();
}

const ORDERS = {
  "-toPay": { name: "-toPay", columns: ["to_pay", "partner_id", "currency"], direction: "desc" },
  "-earned": { name: "-earned", columns: ["earned", "partner_id", "currency"], direction: "desc" },
  "-change": { name: "-change", columns: ["change", "partner_id", "currency"], direction: "desc" },
  change: { name: "change", columns: ["change", "partner_id", "currency"], direction: "asc" },
  partner: { name: "partner", columns: ["partner_id", "currency"], direction: "asc" },
} as const;

export async function itemPage(
  db: Db,
  within: RecordReach,
  place: { readonly runId: string; readonly attempt: number },
  filter: RunItemQuery,
  level: RunLevel | null,
  page: PageRequest,
): Promise<Page<ItemRow>> {
  let query = whereWithin(db.selectFrom("runs.item").selectAll(), within, "partner_id", null)
    .where("run_id", "=", place.runId)
    .where("attempt", "=", place.attempt);
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.regionId?.length)
    query = query.where(sql<boolean>`coalesce(region_id, '-') = any(${arrayLiteral(filter.regionId)}::text[])`);
  if (filter.mark?.length) query = query.where(sql<boolean>`mark_codes && ${arrayLiteral(filter.mark)}::text[]`);
  if (filter.only === "exceptions") query = query.where("is_exception", "=", true);
  if (filter.only === "clean") query = query.where("is_exception", "=", false);
  if (filter.only === "excluded") query = query.where("excluded_by", "is not", null);
  if (filter.only === "sent_back") query = query.where("sent_back_by", "is not", null);
  if (filter.only === "mine" && level !== null)
    query = query
      .where("excluded_by", "is", null)
      .where(sql<boolean>`${sql.ref(`got_${level}`)} < ${sql.ref(`need_${level}`)}`);
  return await keysetPage(query, ORDERS[filter.sort], page);
}

export interface TotalRow {
  readonly run_id: string;
  readonly currency: string;
  readonly region_id: string | null;
  readonly partners: number;
  readonly exceptions: number;
  readonly earned: bigint;
  readonly earned_before: bigint;
  readonly held: bigint;
  readonly to_pay: bigint;
  readonly excluded: bigint;
  readonly volume: bigint;
  readonly mix: bigint;
  readonly tier: bigint;
  readonly rate: bigint;
  readonly adjustment: bigint;
  readonly earlier: bigint;
  readonly waiting_regional: number;
  readonly waiting_central: number;
  readonly waiting_finance: number;
  readonly done_regional: number;
  readonly done_central: number;
  readonly done_finance: number;
}

/** What the newest attempts of some runs come to, per region and currency, within a reach. */
export async function totalsOf(db: Db, within: RecordReach, runIds: readonly string[]): Promise<readonly TotalRow[]> {
  const partnerIds = within.everything ? [] : within.partnerIds;
  const cause = (name: string) => sql`coalesce(sum((causes ->> ${name})::bigint), 0)::bigint as ${sql.ref(name)}`;
  const waits = (level: RunLevel) =>
    sql`(count(*) filter (where excluded_by is null and ${sql.ref(`got_${level}`)} < ${sql.ref(`need_${level}`)}))::int as ${sql.ref(`waiting_${level}`)},
        (count(*) filter (where excluded_by is null and ${sql.ref(`need_${level}`)} > 0 and ${sql.ref(`got_${level}`)} >= ${sql.ref(`need_${level}`)}))::int as ${sql.ref(`done_${level}`)}`;
  const { rows } = await sql<TotalRow>`
    select i.run_id, i.currency, i.region_id, count(*)::int as partners, (count(*) filter (where is_exception and excluded_by is null))::int as exceptions,
           sum(earned)::bigint as earned, sum(earned_before)::bigint as earned_before, sum(closing_held)::bigint as held,
           coalesce(sum(greatest(to_pay, 0)) filter (where excluded_by is null), 0)::bigint as to_pay,
           coalesce(sum(greatest(to_pay, 0)) filter (where excluded_by is not null), 0)::bigint as excluded,
           ${cause("volume")}, ${cause("mix")}, ${cause("tier")}, ${cause("rate")}, ${cause("adjustment")}, ${cause("earlier")},
           ${waits("regional")}, ${waits("central")}, ${waits("finance")}
    from runs.run r join runs.item i on i.run_id = r.run_id and i.attempt = r.attempt
    where r.run_id = any(${arrayLiteral([...runIds])}::text[])
      and (${within.everything} or i.partner_id = any(${arrayLiteral([...partnerIds])}::text[]))
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

export async function markCounts(
  db: Db,
  within: RecordReach,
  runId: string,
  attempt: number,
): Promise<readonly { readonly code: string; readonly severity: string; readonly partners: number }[]> {
  const partnerIds = within.everything ? [] : within.partnerIds;
  const { rows } = await sql<{ code: string; severity: string; partners: number }>`
    select m ->> 'code' as code, m ->> 'severity' as severity, count(*)::int as partners
    from runs.item i cross join jsonb_array_elements(i.marks) as m
    where i.run_id = ${runId} and i.attempt = ${attempt} and i.excluded_by is null
      and (${within.everything} or i.partner_id = any(${arrayLiteral([...partnerIds])}::text[]))
    group by 1, 2 order by case m ->> 'severity' when 'block' then 0 when 'warn' then 1 else 2 end, 3 desc, 1`.execute(
    db,
  );
  return rows;
}

export async function cellsOf(db: Db, runId: string, attempt: number, key: ItemKey) {
  return await db
    .selectFrom("runs.cell")
    .selectAll()
    .where("run_id", "=", runId)
    .where("attempt", "=", attempt)
    .where("partner_id", "=", key.partnerId)
    .where("currency", "=", key.currency)
    .orderBy("program_id")
    .orderBy("component")
    .orderBy("tier")
    .execute();
}

/** What interim runs have approved, or are about to, on account of a month, besides one of them. */
export async function onAccount(
  db: Db,
  runId: string,
  month: string,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ name: string; minor: bigint }>`
    select i.partner_id || ' ' || i.currency as name, sum(i.to_pay)::bigint as minor
    from runs.run r join runs.item i on i.run_id = r.run_id and i.attempt = r.attempt
    where r.mode = 'interim' and r.state <> 'cancelled' and r.run_id <> ${runId} and ${month}::date = any(r.months)
      and i.partner_id = any(${arrayLiteral([...partnerIds])}::text[]) and i.excluded_by is null and i.to_pay > 0
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.name, row.minor]));
}

/** How two attempts differ, the largest difference first. */
export async function differences(
  db: Db,
  within: RecordReach,
  place: { readonly runId: string; readonly from: number; readonly to: number },
): Promise<
  readonly { partner_id: string; currency: string; before: bigint; after: bigint; adjusted: bigint; in_both: boolean }[]
> {
  const partnerIds = within.everything ? [] : within.partnerIds;
  const { rows } = await sql<{
    partner_id: string;
    currency: string;
    before: bigint;
    after: bigint;
    adjusted: bigint;
    in_both: boolean;
  }>`
    with a as (select * from runs.item where run_id = ${place.runId} and attempt = ${place.from}),
         b as (select * from runs.item where run_id = ${place.runId} and attempt = ${place.to})
    select coalesce(a.partner_id, b.partner_id) as partner_id, coalesce(a.currency, b.currency) as currency,
           coalesce(a.earned, 0)::bigint as before, coalesce(b.earned, 0)::bigint as after,
           (coalesce(b.adjusted, 0) - coalesce(a.adjusted, 0))::bigint as adjusted, a.partner_id is not null and b.partner_id is not null as in_both
    from a full join b on a.partner_id = b.partner_id and a.currency = b.currency
    where a.figures_hash is distinct from b.figures_hash
      and (${within.everything} or coalesce(a.partner_id, b.partner_id) = any(${arrayLiteral([...partnerIds])}::text[]))
    order by abs(coalesce(b.earned, 0) - coalesce(a.earned, 0)) desc, 1, 2`.execute(db);
  return rows;
}

/** Leaves out the partner of a statement that could not be closed: it says why, and may be taken in again. */
export async function leaveOut(
  db: Db,
  run: { readonly runId: string; readonly attempt: number },
  statementId: string,
  why: string,
): Promise<void> {
  await sql`
    update runs.item set excluded_by = 'system', excluded_why = ${why}
    where run_id = ${run.runId} and attempt = ${run.attempt} and ${statementId} = any(statement_ids) and excluded_by is null`.execute(
    db,
  );
}

/** Items that are approved at every level and not released for payment yet. */
export async function toRelease(db: Db, runId: string, attempt: number, limit: number): Promise<readonly ItemRow[]> {
  return await db
    .selectFrom("runs.item")
    .selectAll()
    .where("run_id", "=", runId)
    .where("attempt", "=", attempt)
    .where("excluded_by", "is", null)
    .where("released", "=", false)
    .where(sql<boolean>`got_regional >= need_regional and got_central >= need_central and got_finance >= need_finance`)
    .orderBy("partner_id")
    .orderBy("currency")
    .limit(limit)
    .execute();
}

export async function noteReleased(
  db: Db,
  run: { readonly runId: string; readonly attempt: number },
  rows: readonly Pick<ItemRow, "partner_id" | "currency">[],
): Promise<void> {
  await sql`
    update runs.item i set released = true
    from unnest(${arrayLiteral(rows.map((one) => one.partner_id))}::text[], ${arrayLiteral(rows.map((one) => one.currency))}::text[]) as r (partner_id, currency)
    where i.run_id = ${run.runId} and i.attempt = ${run.attempt} and i.partner_id = r.partner_id and i.currency = r.currency`.execute(
    db,
  );
}

/** Does a level still wait for somebody's approval? */
export async function waitingAt(db: Db, runId: string, attempt: number, level: RunLevel): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from runs.item
    where run_id = ${runId} and attempt = ${attempt} and excluded_by is null and ${sql.ref(`got_${level}`)} < ${sql.ref(`need_${level}`)}`.execute(
    db,
  );
  return rows[0]?.waiting ?? 0;
}

/** Items with a mark that stops everything. */
export async function countBlocked(db: Db, runId: string, attempt: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from runs.item
    where run_id = ${runId} and attempt = ${attempt} and excluded_by is null and marks @> '[{"severity":"block"}]'`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
