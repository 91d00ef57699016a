import { extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import readSpreadsheet from "read-excel-file/node";
import { type Cells, flattenRecord, isObject, recordsIn } from "../core/flatten.ts";
import { encodingOf, firstBytes, textOf } from "./encoding.ts";

/** Takes what a file holds, in order; what it returns is waited for before more is read. */
export interface RowSink {
  /** the columns of a table, once, before its rows where the file says them */
  columns(table: string, names: readonly string[]): void;
  row(table: string, line: number, cells: Cells, problem?: string): Promise<void> | undefined;
  brokenOff(table: string, why: string): void;
}

const MOST_RECORD = 1024 * 1024;
const MOST_JSON = 256 * 1024 * 1024;
const MOST_SHEET_BYTES = 50 * 1024 * 1024;

/**
 * Reads a CSV, XLSX, JSON or NDJSON file (CSV and JSON also gzipped) whatever its delimiter, encoding and line ends. What is found out from the file, not from
 * its name: a platform's `report.txt` is a table like any other. A file that ends in the middle gives its rows up to there, and says so.
 */
export async function readFile(path: string, name: string, sink: RowSink): Promise<void> {
  const start = await firstBytes(path, 4096);
  const table = name.replace(/\.gz$/i, "").replace(/\.(?:csv|tsv|txt|json|ndjson|jsonl|xlsx)$/i, "");
  if (start.length === 0) return sink.brokenOff(table, "the file is empty");
  if (start[0] === 0x50 && start[1] === 0x4b) return await readSheets(path, table, sink);
  if (start[0] === 0xd0 && start[1] === 0xcf)
    return sink.brokenOff(table, "this is a workbook of an old Excel (.xls): save it as .xlsx or CSV");
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  const encoding = await encodingOf(path, zipped);
  const pieces = textOf(path, zipped, encoding);
  const head = await beginning(pieces);
  const text = Readable.from(joined(head, pieces));
  try {
    const first = head.trimStart()[0];
    const lines = /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(name) || (first === "{" && isLines(head));
    if (lines) await readJsonLines(text, table, sink);
    else if (first === "{" || (first === "[" && !/\.(?:csv|tsv)(?:\.gz)?$/i.test(name)))
      await readJson(text, table, sink);
    else await readCsv(text, head, table, sink);
  } catch (error) {
    const why = brokenBecause(error);
    if (why === undefined) throw error;
    sink.brokenOff(table, why);
  }
}

async function beginning(pieces: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (head.length < 4096) {
    const { value, done } = await pieces.next().catch(() => ({ value: undefined, done: true }));
    if (done === true) break;
    head += value;
  }
  return head.replace(/^\ufeff/, "");
}

async function* joined(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (head !== "") yield head;
  yield* rest;
}

/** The first line is a whole JSON object, and there is a second that begins like one. */
function isLines(head: string): boolean {
  const [first = "", second = ""] = head.trimStart().split(/\r?\n/, 2);
  return first.trimEnd().endsWith("}") && second.trimStart().startsWith("{");
}

/** The mark that the header holds most of, outside quotes; `sep=;` as Excel writes it has the last word. */
function delimiterOf(head: string): { readonly delimiter: string; readonly skip: number } {
  const said = /^sep=(.)\r?\n/i.exec(head);
  if (said !== null) return { delimiter: said[1] ?? ",", skip: 1 };
  const bare = head
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n|\r|\n/)
    .slice(0, 8);
  const counts = [",", ";", "\t", "|"].map(
    (mark) => [mark, Math.max(...bare.map((line) => line.split(mark).length))] as const,
  );
  return { delimiter: counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0], skip: 0 };
}

async function readCsv(text: Readable, head: string, table: string, sink: RowSink): Promise<void> {
  const { delimiter, skip } = delimiterOf(head);
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    from_line: skip + 1,
    max_record_size: MOST_RECORD,
  });
  let names: readonly string[] | undefined;
  await pipeline(text, parser, async (records: AsyncIterable<{ record: string[]; info: { lines: number } }>) => {
    for await (const { record, info } of records) {
      if (names === undefined) {
        // Reports often begin with a line or two of titles: the header is the first line with more than one name.
        if (delimiterIn(head, delimiter) && record.filter((cell) => cell.trim() !== "").length < 2) continue;
        names = columnNames(record);
        sink.columns(table, names);
        continue;
      }
      if (record.every((cell) => cell.trim() === "")) continue;
      const taken = sink.row(table, info.lines + skip, cellsOf(names, record), lengthProblem(names, record));
      if (taken !== undefined) await taken;
    }
  });
}

function delimiterIn(head: string, delimiter: string): boolean {
  return head.includes(delimiter);
}

function lengthProblem(names: readonly string[], record: readonly string[]): string | undefined {
  if (record.length === names.length) return undefined;
  // Spreadsheets end lines with empty cells, and leave them out.
  const rest = record.length > names.length ? record.slice(names.length) : [];
  if (record.length > names.length && rest.every((cell) => cell.trim() === "")) return undefined;
  return `the row has ${record.length} values, the header ${names.length} columns`;
}

/** Every column gets a name of its own. */
export function columnNames(header: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return header.map((cell, at) => {
    const name = cell.replace(/^\ufeff/, "").trim() || `column ${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function cellsOf(names: readonly string[], record: readonly string[]): Cells {
  const cells: Cells = {};
  names.forEach((name, at) => {
    const cell = record[at];
    if (cell !== undefined && cell !== "") cells[name] = cell;
  });
  return cells;
}

/** Numbers keep the digits that were sent: ids are longer than what a number holds exactly. */
function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && context?.source !== undefined && !/[eE]/.test(context.source) ? context.source : value,
  );
}

async function readJson(text: Readable, table: string, sink: RowSink): Promise<void> {
  let whole = "";
  for await (const piece of text) {
    whole += piece;
    if (whole.length > MOST_JSON)
      throw new BrokenFile("the JSON document is too long: send one record per line (NDJSON)");
  }
  let document: unknown;
  try {
    document = parseJson(whole);
  } catch (error) {
    throw new BrokenFile(`the file is no whole JSON document (${(error as Error).message})`);
  }
  for (const list of recordsIn(document, table)) {
    let line = 0;
    for (const record of list.records) {
      line += 1;
      await takeRecord(sink, list.name, line, record);
    }
  }
}

async function readJsonLines(text: Readable, table: string, sink: RowSink): Promise<void> {
  let rest = "";
  let line = 0;
  const take = async (one: string): Promise<void> => {
    line += 1;
    if (one.trim() === "") return;
    let record: unknown;
    try {
      record = parseJson(one);
    } catch {
      record = undefined;
    }
    if (isObject(record)) await takeRecord(sink, table, line, record);
    else await sink.row(table, line, {}, "this line is no JSON object");
  };
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MOST_RECORD) throw new BrokenFile(`line ${line + 1} is longer than ${MOST_RECORD} letters`);
    for (const one of lines) await take(one);
  }
  if (rest.trim() !== "") await take(rest);
}

async function takeRecord(
  sink: RowSink,
  table: string,
  line: number,
  record: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { cells, children } = flattenRecord(record);
  await sink.row(table, line, cells);
  for (const child of children) for (const row of child.rows) await sink.row(`${table}: ${child.name}`, line, row);
}

async function readSheets(path: string, table: string, sink: RowSink): Promise<void> {
  const { stat } = await import("node:fs/promises");
  if ((await stat(path)).size > MOST_SHEET_BYTES)
    return sink.brokenOff(table, "the workbook is larger than 50 MB: save its sheets as CSV");
  let sheets: readonly { readonly sheet: string; readonly data: readonly (readonly unknown[])[] | undefined }[];
  try {
    sheets = await readSpreadsheet(path);
  } catch (error) {
    return sink.brokenOff(table, `the workbook cannot be read (${(error as Error).message})`);
  }
  for (const { sheet, data } of sheets) {
    // A sheet of charts has no cells.
    if (data === undefined) continue;
    const name = sheets.length === 1 ? table : `${table}: ${sheet}`;
    const start = data.findIndex((row) => row.filter((cell) => cell !== null && cell !== "").length >= 2);
    if (start < 0) continue;
    const names = columnNames((data[start] ?? []).map(cellText));
    sink.columns(name, names);
    for (const [at, row] of data.entries()) {
      const record = row.map(cellText);
      if (at > start && record.some((cell) => cell !== "")) await sink.row(name, at + 1, cellsOf(names, record));
    }
  }
}

/** A sheet's times have no zone: the reader's UTC is only its way of saying so. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) {
    const text = cell.toISOString().slice(0, 19).replace("T", " ");
    return text.endsWith(" 00:00:00") ? text.slice(0, 10) : text;
  }
  return String(cell);
}

class BrokenFile extends Error {}

function brokenBecause(error: unknown): string | undefined {
  if (error instanceof BrokenFile) return error.message;
  if (error instanceof CsvError)
    return error.code === "CSV_QUOTE_NOT_CLOSED"
      ? "the file ends within a quoted value"
      : `the file cannot be read as CSV any further (${error.message})`;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "Z_BUF_ERROR") return "the compressed file ends in the middle";
  if (code.startsWith("Z_")) return `the compressed file is damaged (${(error as Error).message})`;
  return undefined;
}

/** Whether a file's name says that there is something to read in it. */
export function isReadable(name: string): boolean {
  return /^\.(?:csv|tsv|txt|json|ndjson|jsonl|xlsx)$/i.test(extname(name.replace(/\.gz$/i, "")));
}
