import type { Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type DeputyRow = Selectable<Schema["access.deputy"]>;

export async function insertDeputy(db: Db, row: DeputyRow): Promise<void> {
  await db.insertInto("access.deputy").values(row).execute();
}

export async function deputyRow(db: Db, id: string): Promise<DeputyRow | undefined> {
  return await db.selectFrom("access.deputy").selectAll().where("deputy_id", "=", id).executeTakeFirst();
}

export async function endDeputy(db: Db, id: string, by: string, at: Date): Promise<void> {
  await db
    .updateTable("access.deputy")
    .set({ ended_at: at, ended_by: by })
    .where("deputy_id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}

export interface DeputyFilter {
  readonly userId?: string;
  readonly state?: "coming" | "active" | "ended" | undefined;
}

export async function deputyPage(db: Db, filter: DeputyFilter, now: Date, page: PageRequest): Promise<Page<DeputyRow>> {
  let query = db.selectFrom("access.deputy").selectAll();
  const { userId } = filter;
  if (userId !== undefined) {
    query = query.where((eb) => eb.or([eb("principal_user_id", "=", userId), eb("deputy_user_id", "=", userId)]));
  }
  if (filter.state === "coming") query = query.where("ended_at", "is", null).where("starts_at", ">", now);
  if (filter.state === "active")
    query = query.where("ended_at", "is", null).where("starts_at", "<=", now).where("ends_at", ">", now);
  if (filter.state === "ended")
    query = query.where((eb) => eb.or([eb("ended_at", "is not", null), eb("ends_at", "<=", now)]));
  return await keysetPage(query, { name: "newest", columns: ["deputy_id"], direction: "desc" }, page);
}

/** Door: who is away at an instant, and who stands in. */
export async function deputiesAt(db: Db, at: Date): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("access.deputy")
    .select(["principal_user_id", "deputy_user_id"])
    .where("ended_at", "is", null)
    .where("starts_at", "<=", at)
    .where("ends_at", ">", at)
    .orderBy("deputy_id")
    .execute();
  return new Map(rows.map((row) => [row.principal_user_id, row.deputy_user_id]));
}

export async function closedRegions(db: Db): Promise<Selectable<Schema["access.closed_region"]>[]> {
  return await db.selectFrom("access.closed_region").selectAll().orderBy("region_id").execute();
}

export async function isRegion(db: Db, id: string): Promise<boolean> {
  const found = await db
    .selectFrom("access.region_of_house")
    .select("region_id")
    .where("region_id", "=", id)
    .executeTakeFirst();
  return found !== undefined;
}

export async function closeRegion(db: Db, row: Selectable<Schema["access.closed_region"]>): Promise<void> {
  await db
    .insertInto("access.closed_region")
    .values(row)
    .onConflict((conflict) => conflict.column("region_id").doUpdateSet({ reason: row.reason }))
    .execute();
}

export async function openRegion(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("access.closed_region").where("region_id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
