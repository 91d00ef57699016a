import { CsvError, parse } from "csv-parse";
import type { BrokenOff, ReadOptions, TableRow } from "./contracts.ts";
import { type Dialect, dialectOf, MARK_NAMES } from "./core/dialect.ts";
import type { RawRow } from "./core/header.ts";
import type { EncodingFound } from "./encoding.ts";

/** A row that is longer has an open quote in it, or is none. */
const MOST_RECORD = 1024 * 1024;
const HEAD = 64 * 1024;

export interface TextRows {
  readonly notes: readonly string[];
  /** gives every record in order; resolves with where and why it ended early */
  readonly each: (take: (row: RawRow) => Promise<void> | undefined) => Promise<BrokenOff | undefined>;
}

/** The records of a delimited text, whatever its dialect. @param pieces its text */
export async function textRows(
  pieces: AsyncGenerator<string>,
  found: EncodingFound,
  options: ReadOptions,
): Promise<TextRows> {
  const head = await beginning(pieces);
  const dialect = dialectOf(head.text, options.delimiter);
  const notes = [
    `Encoding ${found.encoding}: ${found.because}.`,
    `Cells are separated by ${MARK_NAMES[dialect.delimiter] ?? JSON.stringify(dialect.delimiter)}: ${dialect.because}.`,
  ];
  if (dialect.guarded) notes.push('Cells like ="007" are taken without what keeps Excel from changing them.');
  if (dialect.spaced) notes.push("Blanks before quoted cells are no part of them.");
  return { notes, each: (take) => eachRecord(joined(head, pieces, dialect.skip), dialect, take) };
}

/** Rows are taken as soon as they are read: what stands before a place that cannot be read is not lost. */
async function eachRecord(
  text: AsyncGenerator<string>,
  dialect: Dialect,
  take: (row: RawRow) => Promise<void> | undefined,
): Promise<BrokenOff | undefined> {
  const waiting: RawRow[] = [];
  let last = dialect.skip;
  const parser = parse({
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.escape,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    ltrim: dialect.spaced,
    max_record_size: MOST_RECORD,
    on_record: (cells: string[], context: { readonly lines: number }) => {
      const plain = dialect.guarded ? cells.map((cell) => cell.replace(/^="([^"]*)"$/, "$1")) : cells;
      if (plain.some((cell) => cell.trim() !== "") && !isEndMark(plain)) waiting.push({ line: last + 1, cells: plain });
      last = context.lines + dialect.skip;
      return null;
    },
  });
  parser.on("error", () => undefined);
  parser.resume();
  const hand = async (): Promise<void> => {
    for (const row of waiting.splice(0)) {
      const taken = take(row);
      if (taken !== undefined) await taken;
    }
  };
  const step = async (act: (done: (error?: Error | null) => void) => void): Promise<BrokenOff | undefined> => {
    const error = await new Promise<Error | null | undefined>((done) => act(done));
    await hand();
    if (error === null || error === undefined) return undefined;
    const why = brokenBecause(error, last + 1);
    if (why === undefined) throw error;
    return why;
  };
  try {
    for await (const piece of text) {
      const why = await step((done) => parser.write(piece, done));
      if (why !== undefined) return why;
    }
  } catch (error) {
    await hand();
    const why = brokenBecause(error, last + 1);
    if (why === undefined) throw error;
    return why;
  }
  return await step((done) => parser.end(done));
}

/** What old programs write behind the last line. */
function isEndMark(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]?.trim() === "\x1a";
}

/** The beginning of a text; what went wrong while it was read is told when it has been handed on. */
async function beginning(
  pieces: AsyncGenerator<string>,
): Promise<{ readonly text: string; readonly failed?: { readonly error: unknown } }> {
  let text = "";
  try {
    while (text.length < HEAD) {
      const { value, done } = await pieces.next();
      if (done === true) break;
      text += value;
    }
  } catch (error) {
    return { text, failed: { error } };
  }
  return { text: text.replace(/^\ufeff/, "") };
}

async function* joined(
  head: Awaited<ReturnType<typeof beginning>>,
  rest: AsyncGenerator<string>,
  skip: number,
): AsyncGenerator<string> {
  const text = skip === 0 ? head.text : head.text.replace(/^.*?(?:\r\n|\n|\r)/, "");
  if (text !== "") yield text;
  if (head.failed !== undefined) throw head.failed.error;
  yield* rest;
}

function brokenBecause(error: unknown, line: number): BrokenOff | undefined {
  if (error instanceof CsvError) {
    if (error.code === "CSV_QUOTE_NOT_CLOSED")
      return { line, code: "open_quote", text: "the file ends within a quoted value" };
    if (error.code === "CSV_MAX_RECORD_SIZE")
      return {
        line,
        code: "endless_row",
        text: "the row that begins here is longer than 1 MB: a quote in it is never closed",
      };
    return {
      line,
      code: "no_csv",
      said: error.message,
      text: `the file cannot be read as CSV any further (${error.message})`,
    };
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "Z_BUF_ERROR") return { line, code: "cut_off", text: "the compressed file ends in the middle" };
  if (code.startsWith("Z_")) {
    const said = (error as Error).message;
    return { line, code: "damaged", said, text: `the compressed file is damaged (${said})` };
  }
  return undefined;
}

/** What keeps a row of text from being taken. */
export function troubleOfText(columns: readonly string[], cells: readonly string[]): TableRow["problem"] {
  // Cells behind the last column that are empty are how spreadsheets end lines.
  const width =
    cells.length > columns.length && cells.slice(columns.length).every((cell) => cell.trim() === "")
      ? columns.length
      : cells.length;
  if (width !== columns.length)
    return {
      code: width > columns.length ? "too_many_cells" : "too_few_cells",
      text: `the row has ${width} values, the header ${columns.length} columns`,
    };
  const at = cells.findIndex((cell) => cell.includes("\0"));
  return at < 0 ? undefined : { code: "control_character", text: "the value holds a nought byte", column: columns[at] };
}
