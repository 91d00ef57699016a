import type { Insertable, Selectable, Updateable } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../../database/index.ts";

export type SourceRow = Selectable<Schema["tracking.event_source"]>;

export interface SourceFilter {
  readonly programId?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
}

export async function insertSource(db: Db, row: Insertable<Schema["tracking.event_source"]>): Promise<SourceRow> {
  return await db.insertInto("tracking.event_source").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findSource(db: Db, sourceId: string): Promise<SourceRow | undefined> {
  return await db.selectFrom("tracking.event_source").selectAll().where("source_id", "=", sourceId).executeTakeFirst();
}

/** Sources belong to programs: who is let in by partners alone sees none. */
export async function sourcePage(
  db: Db,
  within: RecordReach,
  filter: SourceFilter,
  page: PageRequest,
): Promise<Page<SourceRow>> {
  let query = db.selectFrom("tracking.event_source").selectAll();
  if (!within.everything) query = query.where("program_id", "in", [...within.programIds, ""]);
  if (filter.programId) query = query.where("program_id", "in", filter.programId);
  if (filter.status) query = query.where("status", "in", filter.status);
  return await keysetPage(query, { name: "newest", columns: ["source_id"], direction: "desc" }, page);
}

export async function updateSource(
  db: Db,
  sourceId: string,
  change: Updateable<Schema["tracking.event_source"]>,
): Promise<SourceRow | undefined> {
  return await db
    .updateTable("tracking.event_source")
    .set(change)
    .where("source_id", "=", sourceId)
    .returningAll()
    .executeTakeFirst();
}
