import { type Insertable, type Selectable, sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema, type Tx } from "../../database/index.ts";

export type ExportRow = Selectable<Schema["ledger.journal_export"]>;
export type Detail = "transfers" | "days" | "months";

/** One row of a journal: one movement, or the sum of many between the same accounts. Signed as its recipe is. */
export interface JournalLine {
  readonly place: bigint;
  readonly recipe: string;
  readonly partner_id: string | null;
  readonly program_id: string | null;
  readonly currency: string;
  readonly on: string;
  readonly period: string;
  readonly minor: bigint;
  readonly transfers: bigint;
}

/** One export at a time: what one takes, the next does not see. */
export async function lockExports(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('ledger.journal_export', 0))`.execute(db);
}

/**
 * Gives everything that accounting has not had yet, up to a month, to this export. The primary key of `ledger.exported` refuses a transfer that
 * another export has. What is committed later with a lower number comes with the next one: nothing is left out.
 */
export async function claimTransfers(tx: Tx, exportId: string, throughMonth: string): Promise<bigint> {
  const { rows } = await sql<{ taken: bigint }>`
    with taken as (
      insert into ledger.exported (transfer_id, export_id)
      select t.transfer_id, ${exportId} from ledger.transfer t left join ledger.exported e using (transfer_id)
      where e.transfer_id is null and t.period <= ${throughMonth}::date
      returning 1
    ) select count(*) as taken from taken`.execute(tx);
  return rows[0]?.taken ?? 0n;
}

export async function insertExport(db: Db, row: Insertable<Schema["ledger.journal_export"]>): Promise<ExportRow> {
  return await db.insertInto("ledger.journal_export").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function describeExport(
  db: Db,
  id: string,
  is: { readonly transfers: bigint; readonly rows: bigint; readonly totals: string; readonly content_hash: string },
): Promise<ExportRow> {
  return await db
    .updateTable("ledger.journal_export")
    .set(is)
    .where("export_id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findExport(db: Db, id: string): Promise<ExportRow | undefined> {
  return await db.selectFrom("ledger.journal_export").selectAll().where("export_id", "=", id).executeTakeFirst();
}

export async function exportPage(db: Db, page: PageRequest): Promise<Page<ExportRow>> {
  const query = db.selectFrom("ledger.journal_export").selectAll();
  return await keysetPage(query, { name: "newest", columns: ["export_id"], direction: "desc" }, page);
}

const PAGE = 10_000;

/** The rows of an export in one order for ever: the same file can be written again. A page at a time. */
export async function* journalLines(db: Db, exportId: string, detail: Detail): AsyncGenerator<readonly JournalLine[]> {
  for (let after = 0n; ; ) {
    const rows = detail === "transfers" ? await single(db, exportId, after) : await summed(db, exportId, detail, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.place;
  }
}

async function single(db: Db, exportId: string, after: bigint): Promise<readonly JournalLine[]> {
  const { rows } = await sql<JournalLine>`
    select t.transfer_id as place, t.recipe, t.partner_id, t.program_id, t.currency, t.occurred_on as "on", t.period, t.amount_minor as minor, 1::bigint as transfers
    from ledger.exported e join ledger.transfer t using (transfer_id)
    where e.export_id = ${exportId} and e.transfer_id > ${after} order by e.transfer_id limit ${PAGE}`.execute(db);
  return rows;
}

/** By day also by partner; by month by program only. A day outside the month it is booked in counts as the month's nearest day. */
async function summed(
  db: Db,
  exportId: string,
  detail: "days" | "months",
  after: bigint,
): Promise<readonly JournalLine[]> {
  const day =
    detail === "days"
      ? sql`least(greatest(t.occurred_on, t.period), (t.period + interval '1 month - 1 day')::date)`
      : sql`(t.period + interval '1 month - 1 day')::date`;
  const partner = detail === "days" ? sql`t.partner_id` : sql`null::text`;
  const { rows } = await sql<JournalLine>`
    select * from (
      select row_number() over (order by t.period, ${day}, t.currency, t.recipe, ${partner} nulls first, t.program_id nulls first) as place, t.recipe, ${partner} as partner_id,
             t.program_id, t.currency, ${day} as "on", t.period, sum(t.amount_minor)::bigint as minor, count(*) as transfers
      from ledger.exported e join ledger.transfer t using (transfer_id) where e.export_id = ${exportId}
      group by t.period, ${day}, t.currency, t.recipe, ${partner}, t.program_id
    ) j where place > ${after} order by place limit ${PAGE}`.execute(db);
  return rows;
}

export async function codes(db: Db) {
  return await db
    .selectFrom("ledger.account_code")
    .selectAll()
    .orderBy("kind")
    .orderBy("owner")
    .orderBy("currency")
    .execute();
}

export async function replaceCodes(db: Db, rows: readonly Insertable<Schema["ledger.account_code"]>[]): Promise<void> {
  await db.deleteFrom("ledger.account_code").execute();
  if (rows.length > 0)
    await db
      .insertInto("ledger.account_code")
      .values([...rows])
      .execute();
}

export async function setting(db: Db) {
  return await db.selectFrom("ledger.accounting_setting").selectAll().executeTakeFirst();
}

/** @returns false when it was changed since that revision; 0 stands for never */
export async function saveSetting(
  db: Db,
  revision: number,
  change: { settings: string; changed_by: string; changed_at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ revision: number }>`
    insert into ledger.accounting_setting (settings, changed_by, changed_at) select ${change.settings}::jsonb, ${change.changed_by}, ${change.changed_at}::timestamptz
    where ${revision}::int = 0 or exists (select from ledger.accounting_setting)
    on conflict (only_one) do update set settings = excluded.settings, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
      revision = accounting_setting.revision + 1 where accounting_setting.revision = ${revision}
    returning revision`.execute(db);
  return rows.length > 0;
}

/** Kinds of accounts that have bookings. */
export async function usedKinds(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string }>`select distinct kind from ledger.account order by 1`.execute(db);
  return rows.map((row) => row.kind);
}

/** Months of an export in which some partner's books still take bookings. */
export async function openMonthsOf(
  db: Db,
  exportIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ export_id: string; months: string[] }>`
    select e.export_id, array_agg(distinct to_char(t.period, 'YYYY-MM') order by to_char(t.period, 'YYYY-MM')) as months
    from ledger.journal_export e join ledger.period_total t on t.period <= e.through_period
    left join ledger.closing c on c.partner_id = t.partner_id and c.currency = t.currency
    where e.export_id = any(${exportIds}::text[]) and t.partner_id <> 'operator' and (c.closed_through is null or c.closed_through < t.period)
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.export_id, row.months]));
}

/** First and last month of what an export has; by their first days. */
export async function spanOf(db: Db, exportId: string): Promise<{ readonly from: string; readonly to: string }> {
  const { rows } = await sql<{ from: string; to: string }>`
    select min(t.period) as "from", max(t.period) as "to" from ledger.exported e join ledger.transfer t using (transfer_id) where e.export_id = ${exportId}`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`export ${exportId} has no transfers`);
  return row;
}
