import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type ClickKeyRow = Selectable<Schema["tracking.click_key"]>;

/** Every key, the newest first. */
export async function clickKeyRows(db: Db): Promise<readonly ClickKeyRow[]> {
  return await db.selectFrom("tracking.click_key").selectAll().orderBy("key_no", "desc").execute();
}

export async function insertClickKey(db: Db, row: Insertable<Schema["tracking.click_key"]>): Promise<ClickKeyRow> {
  return await db.insertInto("tracking.click_key").values(row).returningAll().executeTakeFirstOrThrow();
}
