import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import type { Reach } from "../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type ProgramRow = Selectable<Schema["programs.program"]>;
export type RegionRow = Selectable<Schema["programs.region"]>;

export interface ProgramFilter {
  readonly q?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly ownerUserId?: readonly string[] | undefined;
}

export async function insertRegion(db: Db, row: Insertable<Schema["programs.region"]>): Promise<void> {
  await db.insertInto("programs.region").values(row).execute();
}

export async function regions(db: Db, page: PageRequest): Promise<Page<RegionRow>> {
  const order = { name: "code", columns: ["code"], direction: "asc" } as const;
  return await keysetPage(db.selectFrom("programs.region").selectAll(), order, page);
}

export async function regionById(db: Db, id: string): Promise<RegionRow | undefined> {
  return await db.selectFrom("programs.region").selectAll().where("region_id", "=", id).executeTakeFirst();
}

export async function regionRows(db: Db, ids: readonly string[]): Promise<RegionRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("programs.region").selectAll().where("region_id", "in", ids).execute();
}

export async function everyRegion(db: Db): Promise<RegionRow[]> {
  return await db.selectFrom("programs.region").selectAll().orderBy("region_id").execute();
}

export async function insertProgram(db: Db, row: Insertable<Schema["programs.program"]>): Promise<void> {
  await db.insertInto("programs.program").values(row).execute();
}

export async function programRows(db: Db, ids: readonly string[]): Promise<ProgramRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("programs.program").selectAll().where("program_id", "in", ids).execute();
}

/** Every program, for the processes that keep them in memory. */
export async function everyProgram(db: Db): Promise<ProgramRow[]> {
  return await db.selectFrom("programs.program").selectAll().orderBy("program_id").execute();
}

// Ids begin with their time, so their order is that of creation.
const PROGRAM_ORDERS = {
  name: { name: "name", columns: ["name", "program_id"], direction: "asc" },
  "-name": { name: "-name", columns: ["name", "program_id"], direction: "desc" },
  createdAt: { name: "createdAt", columns: ["program_id"], direction: "asc" },
  "-createdAt": { name: "-createdAt", columns: ["program_id"], direction: "desc" },
} as const;

export async function programPage(
  db: Db,
  within: { readonly programIds: readonly string[] | null; readonly drafts: boolean },
  filter: ProgramFilter,
  sort: keyof typeof PROGRAM_ORDERS,
  page: PageRequest,
): Promise<Page<ProgramRow>> {
  let query = db.selectFrom("programs.program").selectAll();
  if (within.programIds !== null) query = query.where("program_id", "in", [...within.programIds, ""]);
  if (!within.drafts) query = query.where("status", "!=", "draft");
  if (filter.q)
    query = query.where(sql<string>`lower(name || ' ' || code)`, "like", `%${likeText(filter.q.toLowerCase())}%`);
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  if (filter.ownerUserId?.length) query = query.where("owner_user_id", "in", filter.ownerUserId);
  return await keysetPage(query, PROGRAM_ORDERS[sort], page);
}

/** Changes the program if it still has this revision; undefined when somebody was faster. */
export async function updateProgram(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["programs.program"]>,
): Promise<ProgramRow | undefined> {
  return await db
    .updateTable("programs.program")
    .set({ ...change, revision: revision + 1 })
    .where("program_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

/** Programs that a reach names; null: every one. People of a region or with a portfolio read all programs: their partners may work in any. */
export function programsWithin(reach: Reach): readonly string[] | null {
  if (reach.everything || reach.regionIds.length > 0 || reach.ownerUserIds.length > 0 || reach.partnerIds.length > 0) {
    return null;
  }
  return reach.programIds;
}
