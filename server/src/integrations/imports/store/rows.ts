import type { ImportFailure } from "@tributary/contract";
import { sql } from "kysely";
import { copyRowsInTransaction, type Db, type Tx } from "../../../database/index.ts";

/** A table of a file as it was read. */
export interface SheetRow {
  readonly sheet_no: number;
  readonly name: string;
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly broken_off: ImportFailure | null;
}

export interface StagedRow {
  readonly position: bigint;
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly problem: string | null;
}

export async function sheetsOf(db: Db, importId: string): Promise<readonly SheetRow[]> {
  const { rows } = await sql<SheetRow>`
    select sheet_no, name, file, columns, rows, broken_off from integrations.sheet
    where import_id = ${importId} order by sheet_no`.execute(db);
  return rows;
}

export async function putSheet(tx: Db, importId: string, sheet: SheetRow): Promise<void> {
  await sql`insert into integrations.sheet (import_id, sheet_no, name, file, columns, rows, broken_off)
    values (${importId}, ${sheet.sheet_no}, ${sheet.name}, ${sheet.file}, ${JSON.stringify(sheet.columns)}::jsonb, ${sheet.rows},
      ${sheet.broken_off === null ? null : JSON.stringify(sheet.broken_off)}::jsonb)
    on conflict (import_id, sheet_no) do update set columns = excluded.columns, rows = excluded.rows, broken_off = excluded.broken_off`.execute(
    tx,
  );
}

export async function stageRows(
  tx: Tx,
  importId: string,
  sheetNo: number,
  rows: Iterable<{ position: number; line: number; cells: object; problem?: string | undefined }>,
): Promise<void> {
  function* values() {
    for (const row of rows) yield [importId, sheetNo, row.position, row.line, row.cells, row.problem ?? null];
  }
  await copyRowsInTransaction(
    tx,
    "integrations.row",
    ["import_id", "sheet_no", "position", "line", "cells", "problem"],
    values(),
  );
}

export async function stagedRows(
  db: Db,
  importId: string,
  sheetNo: number,
  after: bigint,
  limit: number,
): Promise<readonly StagedRow[]> {
  const { rows } = await sql<StagedRow>`
    select position, line, cells, problem from integrations.row
    where import_id = ${importId} and sheet_no = ${sheetNo} and position > ${after} order by position limit ${limit}`.execute(
    db,
  );
  return rows;
}
