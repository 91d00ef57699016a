import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type SourceRow = Selectable<Schema["payouts.source"]>;
export type ChangeRow = Selectable<Schema["payouts.change"]>;

export async function activeSources(db: Db): Promise<readonly SourceRow[]> {
  const query = db.selectFrom("payouts.source").selectAll().where("state", "=", "active");
  return await query.orderBy("position").orderBy("source_id").execute();
}

export async function sourceRow(db: Db, id: string): Promise<SourceRow | undefined> {
  return await db.selectFrom("payouts.source").selectAll().where("source_id", "=", id).executeTakeFirst();
}

export async function sourcesById(db: Db, ids: readonly string[]): Promise<readonly SourceRow[]> {
  return await db
    .selectFrom("payouts.source")
    .selectAll()
    .where("source_id", "in", [...ids, ""])
    .execute();
}

export async function sourcePage(
  db: Db,
  filter: { readonly via?: string | undefined },
  page: PageRequest,
): Promise<Page<SourceRow>> {
  let query = db.selectFrom("payouts.source").selectAll();
  if (filter.via !== undefined) query = query.where("via", "=", filter.via);
  return await keysetPage(query, { name: "position", columns: ["position", "source_id"], direction: "asc" }, page);
}

export async function insertSource(db: Db, row: Insertable<Schema["payouts.source"]>): Promise<void> {
  await db.insertInto("payouts.source").values(row).execute();
}

export async function updateSource(db: Db, id: string, change: Updateable<Schema["payouts.source"]>): Promise<void> {
  await db
    .updateTable("payouts.source")
    .set((eb) => ({ ...change, revision: eb("revision", "+", 1) }))
    .where("source_id", "=", id)
    .execute();
}

export async function insertChange(db: Db, row: Insertable<Schema["payouts.change"]>): Promise<void> {
  await db.insertInto("payouts.change").values(row).execute();
}

export async function lockChange(db: Db, id: string): Promise<ChangeRow | undefined> {
  return await db.selectFrom("payouts.change").selectAll().where("change_id", "=", id).forUpdate().executeTakeFirst();
}

export async function updateChange(db: Db, id: string, change: Updateable<Schema["payouts.change"]>): Promise<void> {
  await db.updateTable("payouts.change").set(change).where("change_id", "=", id).execute();
}

export async function changePage(
  db: Db,
  filter: { readonly state?: readonly string[] | undefined },
  page: PageRequest,
): Promise<Page<ChangeRow>> {
  let query = db.selectFrom("payouts.change").selectAll();
  if (filter.state?.length) query = query.where("state", "in", [...filter.state]);
  return await keysetPage(query, { name: "newest", columns: ["change_id"], direction: "desc" }, page);
}

export interface LimitRow {
  readonly person: string;
  readonly currency: string;
  readonly limit_minor: bigint;
}

/** @param persons only these; undefined: all */
export async function limitsOf(db: Db, persons?: readonly string[]): Promise<readonly LimitRow[]> {
  const query = db.selectFrom("payouts.release_limit").selectAll().orderBy("person").orderBy("currency");
  return await (persons === undefined ? query : query.where("person", "in", [...persons])).execute();
}

export async function replaceLimits(db: Db, rows: readonly LimitRow[]): Promise<void> {
  await sql`delete from payouts.release_limit`.execute(db);
  if (rows.length > 0)
    await db
      .insertInto("payouts.release_limit")
      .values([...rows])
      .execute();
}

export async function changeRow(db: Db, id: string): Promise<ChangeRow | undefined> {
  return await db.selectFrom("payouts.change").selectAll().where("change_id", "=", id).executeTakeFirst();
}
