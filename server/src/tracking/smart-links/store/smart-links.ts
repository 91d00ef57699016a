import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../../database/index.ts";

export type SmartRow = Selectable<Schema["tracking.smart_link"]>;
export type EarningsRow = Selectable<Schema["tracking.offer_earnings"]>;

export interface SmartFilter {
  readonly q?: string | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
}

export async function insertSmart(db: Db, row: Insertable<Schema["tracking.smart_link"]>): Promise<SmartRow> {
  return await db.insertInto("tracking.smart_link").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findSmart(db: Db, id: string): Promise<SmartRow | undefined> {
  return await db.selectFrom("tracking.smart_link").selectAll().where("smart_id", "=", id).executeTakeFirst();
}

export async function smartLinksByIds(db: Db, ids: readonly string[]): Promise<SmartRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("tracking.smart_link")
    .selectAll()
    .where("smart_id", "in", ids)
    .where("status", "!=", "archived")
    .execute();
}

/** What smart links are called. */
export async function smartLinkNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("tracking.smart_link")
    .select(["smart_id", "name"])
    .where("smart_id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.smart_id, row.name]));
}

/** Every smart link, for the processes that keep them in memory. */
export async function everySmart(db: Db): Promise<SmartRow[]> {
  return await db.selectFrom("tracking.smart_link").selectAll().orderBy("smart_id").execute();
}

const NEWEST = { name: "newest", columns: ["smart_id"], direction: "desc" } as const;

export async function smartPage(
  db: Db,
  programIds: readonly string[] | null,
  filter: SmartFilter,
  page: PageRequest,
): Promise<Page<SmartRow>> {
  let query = db.selectFrom("tracking.smart_link").selectAll();
  if (programIds !== null) query = query.where("program_id", "in", [...programIds, ""]);
  if (filter.programId?.length) query = query.where("program_id", "in", filter.programId);
  query = query.where("status", "in", filter.status ?? ["active", "paused"]);
  if (filter.q) query = query.where(sql<string>`lower(name)`, "like", `%${likeText(filter.q.toLowerCase())}%`);
  return await keysetPage(query, NEWEST, page);
}

/** Changes the smart link if it still has this revision; undefined when somebody was faster. */
export async function updateSmart(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["tracking.smart_link"]>,
): Promise<SmartRow | undefined> {
  return await db
    .updateTable("tracking.smart_link")
    .set({ ...change, revision: revision + 1 })
    .where("smart_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export async function earningsOf(db: Db, offerIds: readonly string[]): Promise<EarningsRow[]> {
  if (offerIds.length === 0) return [];
  return await db.selectFrom("tracking.offer_earnings").selectAll().where("offer_id", "in", offerIds).execute();
}

export async function everyEarnings(db: Db): Promise<EarningsRow[]> {
  return await db.selectFrom("tracking.offer_earnings").selectAll().execute();
}

/** Puts what was measured in the place of what was known before. */
export async function putEarnings(
  db: Db,
  rows: readonly Insertable<Schema["tracking.offer_earnings"]>[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("tracking.offer_earnings")
    .values([...rows])
    .onConflict((clash) =>
      clash.column("offer_id").doUpdateSet((eb) => ({
        clicks: eb.ref("excluded.clicks"),
        earned_minor: eb.ref("excluded.earned_minor"),
        from_day: eb.ref("excluded.from_day"),
        to_day: eb.ref("excluded.to_day"),
        measured_at: eb.ref("excluded.measured_at"),
      })),
    )
    .execute();
}
