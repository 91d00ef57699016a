import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../../database/index.ts";

export type ShadowRow = Selectable<Schema["tracking.shadow"]>;
export type FileRecord = Selectable<Schema["tracking.shadow_file"]>;

const NEWEST = { name: "newest", direction: "desc" } as const;

export async function insertShadow(db: Db, row: Insertable<Schema["tracking.shadow"]>): Promise<ShadowRow> {
  return await db.insertInto("tracking.shadow").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findShadow(db: Db, shadowId: string): Promise<ShadowRow | undefined> {
  return await db.selectFrom("tracking.shadow").selectAll().where("shadow_id", "=", shadowId).executeTakeFirst();
}

/** @returns undefined when it was changed since that revision */
export async function updateShadow(
  db: Db,
  shadowId: string,
  revision: number,
  change: Updateable<Schema["tracking.shadow"]>,
): Promise<ShadowRow | undefined> {
  return await db
    .updateTable("tracking.shadow")
    .set({ ...change, revision: revision + 1 })
    .where("shadow_id", "=", shadowId)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

/** What the comparison itself notes; no change by a person. */
export async function noteShadow(
  db: Db,
  shadowId: string,
  change: Updateable<Schema["tracking.shadow"]>,
): Promise<void> {
  await db.updateTable("tracking.shadow").set(change).where("shadow_id", "=", shadowId).execute();
}

export interface ShadowFilter {
  readonly programId?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
}

/** Comparisons belong to programs: who is let in by partners alone sees none. */
export async function shadowPage(
  db: Db,
  within: RecordReach,
  filter: ShadowFilter,
  page: PageRequest,
): Promise<Page<ShadowRow>> {
  let query = db.selectFrom("tracking.shadow").selectAll();
  if (!within.everything) query = query.where("program_id", "in", [...within.programIds, ""]);
  if (filter.programId) query = query.where("program_id", "in", filter.programId);
  if (filter.status) query = query.where("status", "in", filter.status);
  return await keysetPage(query, { ...NEWEST, columns: ["shadow_id"] }, page);
}

/** Comparisons whose incumbent tells its results live. */
export async function liveShadows(db: Db, sourceIds?: readonly string[]): Promise<readonly ShadowRow[]> {
  let query = db
    .selectFrom("tracking.shadow")
    .selectAll()
    .where("status", "=", "active")
    .where("source_id", "is not", null);
  if (sourceIds !== undefined) query = query.where("source_id", "in", [...sourceIds, ""]);
  return await query.orderBy("shadow_id").execute();
}

export async function insertFile(db: Db, row: Insertable<Schema["tracking.shadow_file"]>): Promise<void> {
  await db.insertInto("tracking.shadow_file").values(row).execute();
}

export async function findFile(db: Db, fileId: string): Promise<FileRecord | undefined> {
  return await db.selectFrom("tracking.shadow_file").selectAll().where("file_id", "=", fileId).executeTakeFirst();
}

export async function updateFile(
  db: Db,
  fileId: string,
  change: Updateable<Schema["tracking.shadow_file"]>,
): Promise<FileRecord> {
  return await db
    .updateTable("tracking.shadow_file")
    .set(change)
    .where("file_id", "=", fileId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function filePage(db: Db, shadowId: string, page: PageRequest): Promise<Page<FileRecord>> {
  const query = db.selectFrom("tracking.shadow_file").selectAll().where("shadow_id", "=", shadowId);
  return await keysetPage(query, { ...NEWEST, columns: ["file_id"] }, page);
}

export async function readFiles(db: Db, shadowId: string): Promise<readonly FileRecord[]> {
  return await db
    .selectFrom("tracking.shadow_file")
    .selectAll()
    .where("shadow_id", "=", shadowId)
    .where("state", "=", "read")
    .execute();
}

export async function insertChunk(db: Db, fileId: string, position: number, bytes: Buffer): Promise<void> {
  await db.insertInto("tracking.shadow_chunk").values({ file_id: fileId, position, bytes }).execute();
}

/** The bytes of a file, a chunk at a time. */
export async function* chunksOf(db: Db, fileId: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position++) {
    const found = await db
      .selectFrom("tracking.shadow_chunk")
      .select("bytes")
      .where("file_id", "=", fileId)
      .where("position", "=", position)
      .executeTakeFirst();
    if (found === undefined) return;
    yield found.bytes;
  }
}

export async function dropChunks(db: Db, fileId: string): Promise<void> {
  await db.deleteFrom("tracking.shadow_chunk").where("file_id", "=", fileId).execute();
}

export async function refusalPage(db: Db, fileId: string, page: PageRequest) {
  const query = db.selectFrom("tracking.shadow_refusal").selectAll().where("file_id", "=", fileId);
  return await keysetPage(query, { name: "line", columns: ["line"], direction: "asc" }, page);
}

export interface PartnerName {
  readonly partnerRef: string;
  readonly partnerId: string | null;
  readonly byHand: boolean;
}

/** Every name of a partner in their rows, with whom it is here. */
export async function partnerNames(db: Db, shadowId: string): Promise<readonly PartnerName[]> {
  const { rows } = await sql<{ partner_ref: string; partner_id: string | null; by_hand: boolean }>`
    select r.partner_ref, p.partner_id, coalesce(p.by_hand, false) as by_hand
    from (select distinct partner_ref from tracking.shadow_row where shadow_id = ${shadowId} and partner_ref is not null) r
    left join tracking.shadow_partner p on p.shadow_id = ${shadowId} and p.partner_ref = r.partner_ref
    order by 1`.execute(db);
  return rows.map((row) => ({ partnerRef: row.partner_ref, partnerId: row.partner_id, byHand: row.by_hand }));
}

export async function savePartnerName(db: Db, shadowId: string, name: PartnerName): Promise<void> {
  const row = { shadow_id: shadowId, partner_ref: name.partnerRef, partner_id: name.partnerId, by_hand: name.byHand };
  await db
    .insertInto("tracking.shadow_partner")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["shadow_id", "partner_ref"]).doUpdateSet({ partner_id: name.partnerId, by_hand: name.byHand }),
    )
    .execute();
}
