import { extname } from "node:path";
import { Readable } from "node:stream";
import type { ImportFailure } from "@tributary/contract";
import { openText, readTables, type TableFound } from "../../../tables/index.ts";
import { type Cells, flattenRecord, isObject, recordsIn } from "../core/flatten.ts";

/** Takes what a file holds, in order; what it returns is waited for before more is read. */
export interface RowSink {
  /** the columns of a table, once, before its rows where the file says them */
  columns(table: string, names: readonly string[]): void;
  row(table: string, line: number, cells: Cells, problem?: string): Promise<void> | undefined;
  brokenOff(table: string, why: ImportFailure): void;
}

const MOST_RECORD = 1024 * 1024;
const MOST_JSON = 256 * 1024 * 1024;

/**
 * Reads a table of any kind (room tables), JSON or NDJSON, also gzipped. What is found out from the file, not from
 * its name: a platform's `report.txt` is a table like any other. A file that ends in the middle gives its rows up to there, and says so.
 */
export async function readFile(path: string, name: string, sink: RowSink): Promise<void> {
  const table = name.replace(/\.gz$/i, "").replace(/\.(?:csv|tsv|txt|json|ndjson|jsonl|xlsx|xlsb|xlsm|xls|ods)$/i, "");
  const head = await beginning(await openText(path));
  const first = head.trimStart()[0];
  const lines = head !== "" && (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(name) || (first === "{" && isLines(head)));
  const whole = first === "{" || (first === "[" && !/\.(?:csv|tsv)(?:\.gz)?$/i.test(name));
  if (!lines && !whole) return await readTable(path, name, table, sink);
  const text = Readable.from(await openText(path));
  try {
    if (lines) await readJsonLines(text, table, sink);
    else await readJson(text, table, sink);
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

/** The first line is a whole JSON object, and there is a second that begins like one. */
function isLines(head: string): boolean {
  const [first = "", second = ""] = head.trimStart().split(/\r?\n/, 2);
  return first.trimEnd().endsWith("}") && second.trimStart().startsWith("{");
}

/** Everything that is no JSON is a table, whatever its kind. */
async function readTable(path: string, name: string, table: string, sink: RowSink): Promise<void> {
  const found = new Map<number, TableFound>();
  await readTables(path, name, {
    table: (at, one) => {
      found.set(at, one);
      sink.columns(one.name, one.columns);
    },
    row: (at, { line, cells, problem }) => {
      const { name: own = table, columns = [] } = found.get(at) ?? {};
      // Sums of a report are no records, and neither are the names of its columns.
      if (problem?.code === "total_row" || problem?.code === "header_again") return undefined;
      return sink.row(own, line, cellsOf(columns, cells), problem?.text);
    },
    brokenOff: (at, why) => {
      const known = at === undefined ? undefined : found.get(at);
      const { code, line, said } = why;
      const details = {
        ...(said === undefined ? {} : { said }),
        ...(line === undefined ? {} : { line: String(line) }),
      };
      sink.brokenOff(known?.name ?? table, { code, details });
    },
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
    if (whole.length > MOST_JSON) throw new BrokenFile("json_too_long");
  }
  let document: unknown;
  try {
    document = parseJson(whole);
  } catch (error) {
    throw new BrokenFile("no_whole_json", { said: (error as Error).message });
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
    if (rest.length > MOST_RECORD)
      throw new BrokenFile("long_line", { line: String(line + 1), most: String(MOST_RECORD) });
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

class BrokenFile extends Error {
  readonly failure: ImportFailure;

  constructor(code: ImportFailure["code"], details: Readonly<Record<string, string>> = {}) {
    super(code);
    this.failure = { code, details };
  }
}

function brokenBecause(error: unknown): ImportFailure | undefined {
  if (error instanceof BrokenFile) return error.failure;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "Z_BUF_ERROR") return { code: "cut_off", details: {} };
  if (code.startsWith("Z_")) return { code: "damaged", details: { said: (error as Error).message } };
  return undefined;
}

/** Whether a file's name says that there is something to read in it. */
export function isReadable(name: string): boolean {
  return /^\.(?:csv|tsv|txt|json|ndjson|jsonl|xlsx|xlsm|xlsb|xls|ods)$/i.test(extname(name.replace(/\.gz$/i, "")));
}
