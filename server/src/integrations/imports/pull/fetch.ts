import { transact } from "../../../database/index.ts";
import type { Vault } from "../../../tracking/index.ts";
import type { ImportWork } from "../contracts.ts";
import { flattenRecord, isObject } from "../core/flatten.ts";
import { connectionRow } from "../store/connections.ts";
import { noteProgress, updateImport } from "../store/imports.ts";
import { putSheet, type SheetRow, sheetsOf, stageRows } from "../store/rows.ts";
import { type ApiList, ApiRefusal, type CallNeeds, callPage } from "./client.ts";
import { CLIENTS } from "./clients.ts";
import { FetchRefusal } from "./fetch-refusal.ts";

/** What reading a platform's API takes. */
export interface FetchNeeds {
  readonly vault: Vault;
  readonly calls: CallNeeds;
}

const DONE = "\u0003";

/**
 * Reads all lists of a platform into the import's tables. A page is kept together with where the next one begins, so that a fetch that was broken off
 * goes on behind the last page. @throws Refusal when the platform says no
 */
export async function fetchInto(work: ImportWork, needs: FetchNeeds): Promise<void> {
  const client = CLIENTS[work.row.vendor];
  const connection =
    work.row.connection_id === null ? undefined : await connectionRow(work.ctx.db, work.row.connection_id);
  if (client === undefined || connection === undefined)
    throw new FetchRefusal({ code: "connection_gone", details: {} });
  const credentials = { account: connection.account, key: needs.vault.open(connection.sealed_key) };
  const base = needs.calls.bases?.[work.row.vendor] ?? client.base;
  const fetched: Record<string, string> = { ...work.row.fetched };
  for (const list of client.lists) {
    while (fetched[list.table] !== DONE) {
      const cursor = fetched[list.table];
      try {
        const answer = await callPage(client, list, credentials, cursor, base, needs.calls);
        const next = client.next(answer);
        // A platform that gives the same page again would be read for ever.
        fetched[list.table] = next === undefined || next === cursor ? DONE : next;
        await keepPage(work, list, answer.records, fetched);
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        if (list.optional !== true || (error.status !== 404 && error.status !== 403))
          throw new FetchRefusal(error.failure);
        fetched[list.table] = DONE;
      }
      await needs.calls.sleep(client.pauseMs);
    }
  }
}

async function keepPage(
  work: ImportWork,
  list: ApiList,
  records: readonly unknown[],
  fetched: Readonly<Record<string, string>>,
): Promise<void> {
  await transact(work.ctx, async (tx) => {
    const id = work.row.import_id;
    const sheets = new Map((await sheetsOf(tx.db, id)).map((sheet) => [sheet.name, sheet]));
    const tables = new Map<string, { line: number; cells: Record<string, string> }[]>([[list.table, []]]);
    const start = sheets.get(list.table)?.rows ?? 0;
    for (const [at, record] of records.filter(isObject).entries()) {
      const { cells, children } = flattenRecord(record);
      tables.get(list.table)?.push({ line: start + at + 1, cells });
      for (const child of children) {
        const name = `${list.table}: ${child.name}`;
        const rows = tables.get(name) ?? [];
        rows.push(...child.rows.map((row) => ({ line: start + at + 1, cells: row })));
        tables.set(name, rows);
      }
    }
    for (const [name, rows] of tables) {
      const sheet: SheetRow = sheets.get(name) ?? {
        sheet_no: sheets.size,
        name,
        file: `${work.row.vendor} API`,
        columns: [],
        rows: 0,
        broken_off: null,
      };
      const columns = [...new Set([...sheet.columns, ...rows.flatMap((row) => Object.keys(row.cells))])];
      await stageRows(
        tx.db,
        id,
        sheet.sheet_no,
        rows.map((row, at) => ({ position: sheet.rows + at + 1, ...row })),
      );
      const grown = { ...sheet, columns, rows: sheet.rows + rows.length };
      await putSheet(tx.db, id, grown);
      sheets.set(name, grown);
    }
    await updateImport(tx.db, id, { fetched });
    await noteProgress(tx.db, id, records.length, tx.clock.now());
  });
}
