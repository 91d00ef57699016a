import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type ReportRow = Selectable<Schema["payouts.report"]>;
export type UnmatchedRow = Selectable<Schema["payouts.unmatched"]>;

/** @returns false when the same bytes were taken before */
export async function insertReport(db: Db, row: Insertable<Schema["payouts.report"]>): Promise<boolean> {
  const done = await db
    .insertInto("payouts.report")
    .values(row)
    .onConflict((conflict) => conflict.column("sha256").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function reportByHash(db: Db, sha256: string): Promise<ReportRow | undefined> {
  return await db.selectFrom("payouts.report").selectAll().where("sha256", "=", sha256).executeTakeFirst();
}

export async function updateReport(db: Db, id: string, change: Updateable<Schema["payouts.report"]>): Promise<void> {
  await db.updateTable("payouts.report").set(change).where("report_id", "=", id).execute();
}

export async function reportPage(db: Db, page: PageRequest): Promise<Page<ReportRow>> {
  const query = db.selectFrom("payouts.report").selectAll();
  return await keysetPage(query, { name: "newest", columns: ["report_id"], direction: "desc" }, page);
}

export async function insertUnmatched(db: Db, row: Insertable<Schema["payouts.unmatched"]>): Promise<void> {
  await db.insertInto("payouts.unmatched").values(row).execute();
}

export async function lockUnmatched(db: Db, id: string): Promise<UnmatchedRow | undefined> {
  const query = db.selectFrom("payouts.unmatched").selectAll().where("unmatched_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

export async function updateUnmatched(
  db: Db,
  id: string,
  change: Updateable<Schema["payouts.unmatched"]>,
): Promise<void> {
  await db.updateTable("payouts.unmatched").set(change).where("unmatched_id", "=", id).execute();
}

export async function unmatchedPage(
  db: Db,
  filter: { readonly state?: readonly string[] | undefined },
  page: PageRequest,
): Promise<Page<UnmatchedRow>> {
  let query = db.selectFrom("payouts.unmatched").selectAll();
  if (filter.state?.length) query = query.where("state", "in", [...filter.state]);
  return await keysetPage(query, { name: "newest", columns: ["unmatched_id"], direction: "desc" }, page);
}

/** Payouts behind what a bank or provider calls them. */
export async function payoutsByReferences(
  db: Db,
  references: { readonly providerRefs: readonly string[]; readonly traces: readonly string[] },
): Promise<
  readonly { readonly payout_id: string; readonly provider_ref: string | null; readonly trace: string | null }[]
> {
  const { rows } = await sql<{ payout_id: string; provider_ref: string | null; trace: string | null }>`
    select payout_id, provider_ref, trace from payouts.payout
    where provider_ref = any(${[...references.providerRefs]}::text[]) or trace = any(${[...references.traces]}::text[])`.execute(
    db,
  );
  return rows;
}

/** Dispatches behind the ids of files and of a provider's batches. */
export async function dispatchesByReferences(
  db: Db,
  ids: readonly string[],
): Promise<readonly { readonly dispatch_id: string; readonly provider_ref: string | null }[]> {
  const { rows } = await sql<{ dispatch_id: string; provider_ref: string | null }>`
    select dispatch_id, provider_ref from payouts.dispatch
    where dispatch_id = any(${[...ids]}::text[]) or provider_ref = any(${[...ids]}::text[])`.execute(db);
  return rows;
}

/** Which of these ids are payouts that were released. */
export async function knownPayouts(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ payout_id: string }>`
    select payout_id from payouts.payout where payout_id = any(${[...ids]}::text[])
      and state in ('released', 'sent', 'accepted', 'settled', 'rejected', 'returned')`.execute(db);
  return new Set(rows.map((row) => row.payout_id));
}

export async function unmatchedRow(db: Db, id: string): Promise<UnmatchedRow | undefined> {
  return await db.selectFrom("payouts.unmatched").selectAll().where("unmatched_id", "=", id).executeTakeFirst();
}
