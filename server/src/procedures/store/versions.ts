import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type VersionRow = Selectable<Schema["procedures.version"]>;

export async function versionById(db: Db, id: string): Promise<VersionRow | undefined> {
  return await db.selectFrom("procedures.version").selectAll().where("version_id", "=", id).executeTakeFirst();
}

export async function versionsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, VersionRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("procedures.version").selectAll().where("version_id", "in", ids).execute();
  return new Map(rows.map((row) => [row.version_id, row]));
}

export async function versionNumbered(db: Db, procedure: string, version: number): Promise<VersionRow | undefined> {
  const query = db.selectFrom("procedures.version").selectAll().where("procedure", "=", procedure);
  return await query.where("version", "=", version).executeTakeFirst();
}

export async function draftOf(db: Db, procedure: string): Promise<VersionRow | undefined> {
  const query = db.selectFrom("procedures.version").selectAll().where("procedure", "=", procedure);
  return await query.where("state", "=", "draft").forUpdate().executeTakeFirst();
}

export async function newestOf(
  db: Db,
  procedure: string,
  state: "published" | "any" = "published",
): Promise<VersionRow | undefined> {
  let query = db.selectFrom("procedures.version").selectAll().where("procedure", "=", procedure);
  if (state === "published") query = query.where("state", "=", "published");
  return await query.orderBy("version", "desc").limit(1).executeTakeFirst();
}

/** Who saves or publishes a procedure first goes first. */
export async function lockProcedure(db: Db, procedure: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`procedure ${procedure}`}, 0))`.execute(db);
}

export async function insertVersion(db: Db, row: Insertable<Schema["procedures.version"]>): Promise<VersionRow> {
  return await db.insertInto("procedures.version").values(row).returningAll().executeTakeFirstOrThrow();
}

/** @returns undefined when it is no draft of this revision any more */
export async function changeDraft(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["procedures.version"]>,
): Promise<VersionRow | undefined> {
  const query = db
    .updateTable("procedures.version")
    .set({ ...change, revision: revision + 1 })
    .where("version_id", "=", id)
    .where("revision", "=", revision);
  return await query.where("state", "=", "draft").returningAll().executeTakeFirst();
}

export async function deleteDraft(db: Db, id: string): Promise<void> {
  await db.deleteFrom("procedures.version").where("version_id", "=", id).where("state", "=", "draft").execute();
}

export async function versionPage(db: Db, procedure: string, page: PageRequest): Promise<Page<VersionRow>> {
  const query = db.selectFrom("procedures.version").selectAll().where("procedure", "=", procedure);
  return await keysetPage(query, { name: "version", columns: ["version"], direction: "desc" }, page);
}

/** The newest published version of each procedure. */
export async function newestPublished(db: Db): Promise<VersionRow[]> {
  return await db
    .selectFrom("procedures.version")
    .selectAll()
    .distinctOn("procedure")
    .where("state", "=", "published")
    .orderBy("procedure")
    .orderBy("version", "desc")
    .execute();
}

export interface ProcedureRow {
  readonly procedure: string;
  readonly definition: unknown;
  readonly published: number | null;
  readonly published_at: Date | null;
  readonly published_name: string | null;
  readonly draft: number | null;
  readonly running: bigint;
  readonly overdue: bigint;
  readonly older: bigint;
}

/** Each procedure once: its newest version, and how many cases run. */
export async function procedurePage(db: Db, now: Date, page: PageRequest): Promise<Page<ProcedureRow>> {
  const query = db
    .selectFrom(
      sql<ProcedureRow>`(
      select newest.procedure, newest.definition, published.version as published, published.published_at, published.published_name, draft.version as draft,
        cases.running, cases.overdue, cases.older
      from (select distinct on (procedure) procedure, definition from procedures.version order by procedure, (state = 'published') desc, version desc) newest
      left join lateral (select * from procedures.version p where p.procedure = newest.procedure and p.state = 'published' order by version desc limit 1) published on true
      left join procedures.version draft on draft.procedure = newest.procedure and draft.state = 'draft'
      cross join lateral (
        select count(*) as running, count(*) filter (where c.due_at < ${now}) as overdue, count(*) filter (where c.version_id <> published.version_id) as older
        from procedures.case c where c.procedure = newest.procedure and c.status = 'running') cases)`.as("listed"),
    )
    .selectAll();
  return await keysetPage(query, { name: "procedure", columns: ["procedure"], direction: "asc" }, page);
}
