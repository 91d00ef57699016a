import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type ViewRow = Selectable<Schema["access.saved_view"]>;

export async function viewsOf(db: Db, userId: string, list: string | undefined): Promise<ViewRow[]> {
  let query = db.selectFrom("access.saved_view").selectAll().where("user_id", "=", userId);
  if (list !== undefined) query = query.where("list", "=", list);
  return await query.orderBy("list").orderBy("position").orderBy("view_id").limit(500).execute();
}

export async function insertView(db: Db, row: Insertable<Schema["access.saved_view"]>): Promise<void> {
  await db.insertInto("access.saved_view").values(row).execute();
}

export async function updateView(
  db: Db,
  userId: string,
  id: string,
  change: { name: string; state: string; position: number },
): Promise<ViewRow | undefined> {
  const update = db
    .updateTable("access.saved_view")
    .set(change)
    .where("view_id", "=", id)
    .where("user_id", "=", userId);
  return await update.returningAll().executeTakeFirst();
}

export async function viewRow(db: Db, userId: string, id: string): Promise<ViewRow | undefined> {
  const query = db.selectFrom("access.saved_view").selectAll().where("view_id", "=", id).where("user_id", "=", userId);
  return await query.executeTakeFirst();
}

export async function deleteView(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom("access.saved_view").where("view_id", "=", id).where("user_id", "=", userId).execute();
}
