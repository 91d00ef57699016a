import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type FileRow = Selectable<Schema["invoices.file"]>;

export async function insertFile(db: Db, row: Insertable<Schema["invoices.file"]>): Promise<void> {
  await db.insertInto("invoices.file").values(row).execute();
}

export async function fileRow(db: Db, id: string): Promise<FileRow | undefined> {
  return await db.selectFrom("invoices.file").selectAll().where("file_id", "=", id).executeTakeFirst();
}
