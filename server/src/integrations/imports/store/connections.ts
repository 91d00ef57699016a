import type { ImportConnectionQuery } from "@tributary/contract";
import { sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";

export interface ConnectionRow {
  readonly connection_id: string;
  readonly program_id: string;
  readonly vendor: string;
  readonly name: string;
  readonly account: string;
  readonly sealed_key: string;
  readonly created_by: string;
  readonly created_at: Date;
}

export async function insertConnection(db: Db, row: ConnectionRow): Promise<void> {
  await db.insertInto("integrations.connection").values(row).execute();
}

export async function connectionRow(db: Db, id: string): Promise<ConnectionRow | undefined> {
  return await db.selectFrom("integrations.connection").selectAll().where("connection_id", "=", id).executeTakeFirst();
}

export async function deleteConnection(db: Db, id: string): Promise<void> {
  await db.deleteFrom("integrations.connection").where("connection_id", "=", id).execute();
}

export async function connectionPage(
  db: Db,
  within: RecordReach,
  query: ImportConnectionQuery,
): Promise<Page<ConnectionRow>> {
  let select = db.selectFrom("integrations.connection").selectAll();
  if (!within.everything) select = select.where(sql<boolean>`program_id = any(${[...within.programIds]})`);
  if (query.programId) select = select.where("program_id", "in", query.programId);
  return await keysetPage(select, { name: "newest", columns: ["connection_id"], direction: "desc" }, query);
}
