import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../../database/index.ts";
import { whereWithin } from "../../../partners/index.ts";

export type LinkRow = Selectable<Schema["tracking.link"]>;

export interface LinkFilter {
  readonly q?: string | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly offerId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly smartLinkId?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
}

export type LinkSort = "name" | "-name" | "code" | "-code" | "createdAt" | "-createdAt";

const COLUMNS = { name: ["name", "link_id"], code: ["code"], createdAt: ["link_id"] } as const;

export async function insertLink(db: Db, row: Insertable<Schema["tracking.link"]>): Promise<LinkRow> {
  return await db.insertInto("tracking.link").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findLink(db: Db, linkId: string): Promise<LinkRow | undefined> {
  return await db.selectFrom("tracking.link").selectAll().where("link_id", "=", linkId).executeTakeFirst();
}

export async function linkRows(db: Db, ids: readonly string[]): Promise<LinkRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("tracking.link").selectAll().where("link_id", "in", ids).execute();
}

/** Whether a code is taken: asked before one that was made up is used. */
export async function hasLink(db: Db, partnerId: string, offerId: string): Promise<boolean> {
  const query = db.selectFrom("tracking.link").select("link_id").where("partner_id", "=", partnerId);
  return (await query.where("offer_id", "=", offerId).limit(1).executeTakeFirst()) !== undefined;
}

export async function codeTaken(db: Db, code: string): Promise<boolean> {
  const found = await db.selectFrom("tracking.link").select("link_id").where("code", "=", code).executeTakeFirst();
  return found !== undefined;
}

/** Which of the codes are taken. */
export async function codesTaken(db: Db, codes: readonly string[]): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const { rows } = await sql<{
    code: string;
  }>`select code from tracking.link where code = any(${codes}::text[])`.execute(db);
  return new Set(rows.map((row) => row.code));
}

/** Links by id or code. */
export async function linksNamed(db: Db, names: readonly string[]): Promise<LinkRow[]> {
  if (names.length === 0) return [];
  return await db
    .selectFrom("tracking.link")
    .selectAll()
    .where(sql<boolean>`link_id = any(${names}::text[]) or code = any(${names}::text[])`)
    .execute();
}

export type LinkInsert = Insertable<Schema["tracking.link"]>;
/** PostgreSQL takes 65,535 parameters in a statement. */
const ROWS_A_STATEMENT = 2_000;

export async function insertLinks(db: Db, rows: readonly LinkInsert[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT)
    await db
      .insertInto("tracking.link")
      .values(rows.slice(at, at + ROWS_A_STATEMENT))
      .execute();
}

export async function linkPage(
  db: Db,
  within: RecordReach,
  filter: LinkFilter,
  sort: LinkSort,
  page: PageRequest,
): Promise<Page<LinkRow>> {
  let query = db.selectFrom("tracking.link").selectAll();
  query = whereWithin(query, within, "partner_id", "program_id");
  if (filter.programId) query = query.where("program_id", "in", filter.programId);
  if (filter.offerId) query = query.where("offer_id", "in", filter.offerId);
  if (filter.partnerId) query = query.where("partner_id", "in", filter.partnerId);
  if (filter.smartLinkId) query = query.where("smart_id", "in", filter.smartLinkId);
  query = query.where("status", "in", filter.status ?? ["active", "paused"]);
  if (filter.q)
    query = query.where(sql<string>`lower(name || ' ' || code)`, "like", `%${likeText(filter.q.toLowerCase())}%`);
  const column = (sort.startsWith("-") ? sort.slice(1) : sort) as keyof typeof COLUMNS;
  const direction = sort.startsWith("-") ? "desc" : "asc";
  return await keysetPage(query, { name: sort, columns: COLUMNS[column], direction }, page);
}

/** Changes the link if it still has this revision; undefined when somebody was faster. */
export async function updateLink(
  db: Db,
  linkId: string,
  revision: number,
  change: Updateable<Schema["tracking.link"]>,
): Promise<LinkRow | undefined> {
  return await db
    .updateTable("tracking.link")
    .set({ ...change, revision: revision + 1 })
    .where("link_id", "=", linkId)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}
