import type { Insertable, Selectable, Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type OpenItemRow = Selectable<Schema["reconciliation.open_item"]>;

export async function insertItem(db: Db, row: Insertable<Schema["reconciliation.open_item"]>): Promise<OpenItemRow> {
  return await db.insertInto("reconciliation.open_item").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function lockItem(db: Db, id: string): Promise<OpenItemRow | undefined> {
  const query = db.selectFrom("reconciliation.open_item").selectAll().where("item_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

export async function updateItem(
  db: Db,
  id: string,
  change: Updateable<Schema["reconciliation.open_item"]>,
): Promise<void> {
  await db.updateTable("reconciliation.open_item").set(change).where("item_id", "=", id).execute();
}

export interface OpenItemFilter {
  readonly status?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  readonly comparisonId?: string | undefined;
}

/** Open questions, the most urgent first. */
export async function itemPage(db: Db, filter: OpenItemFilter, page: PageRequest): Promise<Page<OpenItemRow>> {
  let query = db.selectFrom("reconciliation.open_item").selectAll();
  if (filter.status !== undefined) query = query.where("state", "in", filter.status);
  if (filter.owner !== undefined) query = query.where("owner", "=", filter.owner);
  if (filter.comparisonId !== undefined) query = query.where("comparison_id", "=", filter.comparisonId);
  return await keysetPage(query, { name: "due", columns: ["due_on", "item_id"], direction: "asc" }, page);
}
