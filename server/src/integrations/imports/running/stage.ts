import { createHash } from "node:crypto";
import type {
  ImportFailure,
  ImportMapping,
  ImportQuestion,
  ImportRecognition,
  ImportTable,
  ImportVendor,
  TableMapping,
} from "@tributary/contract";
import { type Context, type Db, type TxContext, transact } from "../../../database/index.ts";
import { findDayOrder } from "../../../kernel/written-days.ts";
import { findMark } from "../../../kernel/written-numbers.ts";
import { FIELDS } from "../core/fields.ts";
import { columnKey } from "../core/importer.ts";
import { textOf } from "../core/map-row.ts";
import { proposeMapping, recognise } from "../core/recognise.ts";
import { readFile } from "../reading/read-file.ts";
import type { ImportRow } from "../store/imports.ts";
import { remembered } from "../store/imports.ts";
import { putSheet, type SheetRow, sheetsOf, stagedRows, stageRows } from "../store/rows.ts";

const ROWS_PER_COPY = 2000;

interface Staged {
  readonly sheetNo: number;
  readonly columns: string[];
  readonly known: Set<string>;
  readonly waiting: { position: number; line: number; cells: object; problem?: string | undefined }[];
  rows: number;
  brokenOff: ImportFailure | null;
}

/** Reads a file into rows of the import, all of it or (when the process dies) nothing. */
export async function stageFile(tx: TxContext, importId: string, path: string, name: string): Promise<void> {
  const before = await sheetsOf(tx.db, importId);
  const sheets = new Map<string, Staged>();
  const taken = new Set(before.map((sheet) => sheet.name));
  const sheetOf = (table: string): Staged => {
    let sheet = sheets.get(table);
    if (sheet === undefined) {
      sheet = {
        sheetNo: before.length + sheets.size,
        columns: [],
        known: new Set(),
        waiting: [],
        rows: 0,
        brokenOff: null,
      };
      sheets.set(table, sheet);
    }
    return sheet;
  };
  const learn = (sheet: Staged, columns: readonly string[]): void => {
    for (const column of columns) {
      if (sheet.known.has(column)) continue;
      sheet.known.add(column);
      sheet.columns.push(column);
    }
  };
  const flush = async (sheet: Staged): Promise<void> => {
    await stageRows(tx.db, importId, sheet.sheetNo, sheet.waiting.splice(0));
  };
  await readFile(path, name, {
    columns: (table, names) => learn(sheetOf(table), names),
    row: (table, line, cells, problem) => {
      const sheet = sheetOf(table);
      learn(sheet, Object.keys(cells));
      sheet.rows += 1;
      sheet.waiting.push({ position: sheet.rows, line, cells, problem });
      return sheet.waiting.length >= ROWS_PER_COPY ? flush(sheet) : undefined;
    },
    brokenOff: (table, why) => {
      sheetOf(table).brokenOff = why;
    },
  });
  for (const [table, sheet] of sheets) {
    await flush(sheet);
    const { sheetNo, columns, rows, brokenOff } = sheet;
    const free = freeName(table, taken);
    await putSheet(tx.db, importId, {
      sheet_no: sheetNo,
      name: free,
      file: name,
      columns,
      rows,
      broken_off: brokenOff,
    });
  }
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
  taken.add(free);
  return free;
}

const SAMPLES = 5;
/** Rows that are looked at to find out how dates and numbers are written. */
const ROWS_LOOKED_AT = 20_000;

export interface Understood {
  readonly vendor: ImportVendor;
  readonly mapping: ImportMapping;
  readonly remembered: boolean;
}

/** What each table is and how its columns map: as the last time for the same columns, else as the importer proposes. */
export async function understand(ctx: Context, row: ImportRow, said: ImportVendor | undefined): Promise<Understood> {
  const sheets = await sheetsOf(ctx.db, row.import_id);
  const vendor = said ?? likeliest(sheets);
  const hashes = sheets.map((sheet) => columnsHash(sheet.columns));
  const before = await remembered(ctx.db, row.program_id, vendor, [...hashes, "*"]);
  const tables: TableMapping[] = [];
  let known = false;
  for (const [at, sheet] of sheets.entries()) {
    const last = before.get(hashes[at] ?? "") as TableMapping | undefined;
    const [best] = recognise(sheet.columns, vendor);
    if (last !== undefined) known = true;
    tables.push(last === undefined ? proposeMapping(sheet.name, sheet.columns, best) : { ...last, table: sheet.name });
  }
  const { tables: _own, ...rest } = (before.get("*") as ImportMapping | undefined) ?? { tables: [] };
  return { vendor, mapping: { ...rest, tables }, remembered: known };
}

/** The platform that most of the tables speak of. */
function likeliest(sheets: readonly SheetRow[]): ImportVendor {
  const scores = new Map<ImportVendor, number>();
  for (const sheet of sheets) {
    const [best] = recognise(sheet.columns);
    if (best !== undefined) scores.set(best.vendor, (scores.get(best.vendor) ?? 0) + best.confidence);
  }
  return [...scores].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "plain";
}

/** Tables of the same columns are mapped the same way. */
export function columnsHash(columns: readonly string[]): string {
  const keys = columns.map(columnKey).sort();
  return createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 32);
}

/** The tables as the mapping screen shows them. */
export async function tablesOf(db: Db, row: ImportRow): Promise<readonly ImportTable[]> {
  const tables: ImportTable[] = [];
  for (const sheet of await sheetsOf(db, row.import_id)) {
    const samples = await stagedRows(db, row.import_id, sheet.sheet_no, 0n, 50);
    const found = recognise(sheet.columns, row.vendor);
    tables.push({
      name: sheet.name,
      file: sheet.file,
      rows: sheet.rows,
      columns: sheet.columns.map((name) => ({ name, samples: samplesOf(samples.map((one) => one.cells[name] ?? "")) })),
      recognised: (found[0] as ImportRecognition | undefined) ?? null,
      others: [...recognise(sheet.columns)]
        .filter((one) => one.shape !== found[0]?.shape || one.vendor !== found[0].vendor)
        .slice(0, 4),
      brokenOff: sheet.broken_off,
    });
  }
  return tables;
}

function samplesOf(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ""))].slice(0, SAMPLES).map((value) => value.slice(0, 80));
}

export interface Settled {
  readonly mapping: ImportMapping;
  readonly questions: readonly ImportQuestion[];
}

/** Finds out from the rows how dates and numbers are written, and asks where they do not say. */
export async function settleForms(ctx: Context, row: ImportRow, offers: number): Promise<Settled> {
  const sheets = new Map((await sheetsOf(ctx.db, row.import_id)).map((sheet) => [sheet.name, sheet]));
  const questions: ImportQuestion[] = [];
  const tables: TableMapping[] = [];
  for (const table of row.mapping.tables) {
    const sheet = sheets.get(table.table);
    if (sheet === undefined) continue;
    tables.push(table.use ? await settleTable(ctx, row.import_id, sheet, table, questions) : table);
  }
  const links = tables.filter((table) => table.use && table.records.some((record) => record.kind === "link"));
  const [first] = links;
  if (first !== undefined && row.mapping.offerId === undefined && offers !== 1)
    questions.push({ code: "offer", table: first.table, samples: [], options: [] });
  return { mapping: { ...row.mapping, tables }, questions };
}

async function settleTable(
  ctx: Context,
  importId: string,
  sheet: SheetRow,
  table: TableMapping,
  questions: ImportQuestion[],
): Promise<TableMapping> {
  const values = await valuesOf(ctx, importId, sheet, table);
  const ask = (code: ImportQuestion["code"], of: ColumnValues, options: string[]): void => {
    questions.push({ code, table: table.table, column: of.column, samples: samplesOf(of.values), options });
  };
  let { dayOrder, decimal } = table;
  for (const dates of values.filter((one) => one.type === "instant")) {
    const found = findDayOrder(dates.values);
    if (found === "dmy" || found === "mdy") dayOrder ??= found;
    if (found === "mixed") ask("mixed_days", dates, []);
  }
  const unsure = values.find((one) => one.type === "instant" && findDayOrder(one.values) === "unsure");
  if (dayOrder === undefined && unsure !== undefined) ask("day_order", unsure, ["dmy", "mdy"]);
  for (const numbers of values.filter((one) => one.type === "amount")) {
    const found = findMark(numbers.values);
    if (found === "." || found === ",") decimal ??= found;
  }
  const open = values.find((one) => one.type === "amount" && findMark(one.values) === "unsure");
  // Numbers of JSON have points, whatever they look like.
  if (decimal === undefined && JSON_FILE.test(sheet.file)) decimal = ".";
  if (decimal === undefined && open !== undefined) ask("decimal_mark", open, [".", ","]);
  return { ...table, ...(dayOrder === undefined ? {} : { dayOrder }), ...(decimal === undefined ? {} : { decimal }) };
}

const JSON_FILE = /(?:\.(?:json|ndjson|jsonl)(?:\.gz)?| API)$/i;

interface ColumnValues {
  readonly column: string;
  readonly type: "instant" | "amount";
  readonly values: string[];
}

async function valuesOf(
  ctx: Context,
  importId: string,
  sheet: SheetRow,
  table: TableMapping,
): Promise<readonly ColumnValues[]> {
  const wanted = table.records.flatMap((record) =>
    FIELDS[record.kind].flatMap((field) => {
      const source = record.fields[field.name];
      if (source === undefined || (field.type !== "instant" && field.type !== "amount")) return [];
      return [{ source, of: { column: source.columns.join(", "), type: field.type, values: [] as string[] } }];
    }),
  );
  for (let after = 0n, seen = 0; wanted.length > 0 && seen < ROWS_LOOKED_AT; ) {
    const rows = await stagedRows(ctx.db, importId, sheet.sheet_no, after, ROWS_PER_COPY);
    for (const row of rows) {
      for (const { source, of } of wanted) {
        const text = textOf({ ...source, value: undefined } as typeof source, row.cells);
        if (text !== "") of.values.push(text);
      }
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.position;
    seen += rows.length;
  }
  return wanted.map((one) => one.of);
}

/** Reads a file in a transaction of its own. */
export async function stageWhole(ctx: Context, importId: string, path: string, name: string): Promise<void> {
  await transact(ctx, (tx) => stageFile(tx, importId, path, name));
}
