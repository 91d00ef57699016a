import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type CreativeRow = Selectable<Schema["programs.creative"]>;
export type CreativeFileRow = Selectable<Schema["programs.creative_file"]>;
type FileFacts = Omit<CreativeFileRow, "bytes">;

export async function insertCreative(db: Db, row: Insertable<Schema["programs.creative"]>): Promise<CreativeRow> {
  return await db.insertInto("programs.creative").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function creativeRow(db: Db, id: string): Promise<CreativeRow | undefined> {
  return await db.selectFrom("programs.creative").selectAll().where("creative_id", "=", id).executeTakeFirst();
}

export async function creativesOfOffers(db: Db, offerIds: readonly string[]): Promise<CreativeRow[]> {
  if (offerIds.length === 0) return [];
  return await db
    .selectFrom("programs.creative")
    .selectAll()
    .where("offer_id", "in", offerIds)
    .orderBy("creative_id")
    .execute();
}

interface Within {
  readonly programIds: readonly string[] | null;
  /** What partners see: approved, still to be used on this day, of offers that show themselves to it. Null: everything. */
  readonly partner: { readonly today: string; readonly knownPrivate: readonly string[] } | null;
}

interface CreativeFilter {
  readonly offerId?: string | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
}

export async function creativePage(
  db: Db,
  { programIds, partner }: Within,
  filter: CreativeFilter,
  page: PageRequest,
): Promise<Page<CreativeRow>> {
  let query = db.selectFrom("programs.creative").selectAll();
  if (programIds !== null) query = query.where("program_id", "in", [...programIds, ""]);
  if (partner !== null)
    query = query
      .where("state", "=", "approved")
      .where(sql<boolean>`(expires_on is null or expires_on >= ${partner.today}::date)`)
      .where(
        sql<boolean>`offer_id in (select o.offer_id from programs.offer o
          where o.status <> 'draft' and (o.access <> 'private' or o.offer_id = any(${[...partner.knownPrivate]}::text[])))`,
      );
  if (filter.offerId !== undefined) query = query.where("offer_id", "=", filter.offerId);
  if (filter.programId?.length) query = query.where("program_id", "in", filter.programId);
  if (filter.state?.length) query = query.where("state", "in", filter.state);
  return await keysetPage(query, { name: "newest", columns: ["creative_id"], direction: "desc" }, page);
}

/** Changes it if it still has this revision; undefined when somebody was faster. */
export async function updateCreative(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["programs.creative"]>,
): Promise<CreativeRow | undefined> {
  return await db
    .updateTable("programs.creative")
    .set({ ...change, revision: revision + 1 })
    .where("creative_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export async function putCreativeFile(db: Db, row: Insertable<Schema["programs.creative_file"]>): Promise<void> {
  const { creative_id: _, ...file } = row;
  await db
    .insertInto("programs.creative_file")
    .values(row)
    .onConflict((one) => one.column("creative_id").doUpdateSet(file))
    .execute();
}

export async function creativeFile(db: Db, id: string): Promise<CreativeFileRow | undefined> {
  return await db.selectFrom("programs.creative_file").selectAll().where("creative_id", "=", id).executeTakeFirst();
}

export async function creativeFiles(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, FileFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("programs.creative_file")
    .select(["creative_id", "name", "media_type", "sha256"])
    .where("creative_id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.creative_id, row]));
}
