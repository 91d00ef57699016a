import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { readSheet } from "read-excel-file/node";
import { Refusal } from "../../kernel/refusal.ts";

/** A row of a file as it stands there. */
export interface FileRow {
  /** from 1 */
  readonly line: number;
  readonly cells: readonly string[];
}

export type FileKind = "csv" | "xlsx";

const MOST_RECORD = 256 * 1024;
const HEAD_BYTES = 32 * 1024;
/** A spreadsheet is held in memory as a whole. */
const MOST_UNPACKED = 300 * 1024 * 1024;

/** What a file is, by its first bytes. */
export function kindOf(head: Buffer): FileKind {
  return head[0] === 0x50 && head[1] === 0x4b ? "xlsx" : "csv";
}

/**
 * The rows of a file one after the other; a CSV file of any size, gzipped or not, is never held as a whole.
 * @throws Refusal `bad_request` when it cannot be read any further
 */
export async function* fileRows(kind: FileKind, chunks: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  if (kind === "xlsx") yield* sheetRows(await wholeOf(chunks));
  else yield* csvRows(chunks);
}

async function wholeOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

async function* sheetRows(file: Buffer): AsyncGenerator<FileRow> {
  if (unpackedSize(file) > MOST_UNPACKED)
    throw new Refusal("too_large", "The spreadsheet is too large to be opened: save it as CSV and upload that.");
  const rows = await readSheet(file).catch((error: Error) => {
    throw new Refusal("bad_request", `The file is no spreadsheet that can be opened (${error.message}).`);
  });
  for (const [at, row] of rows.entries()) yield { line: at + 1, cells: row.map(cellText) };
}

/** A date in a spreadsheet has no zone: it is written as the clock on the wall shows it. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  return String(value);
}

/** The sum of what the archive's directory says its files unpack to. */
function unpackedSize(file: Buffer): number {
  const entry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  let size = 0;
  for (let at = file.indexOf(entry); at >= 0 && at + 46 <= file.length; at = file.indexOf(entry, at + 46))
    size += file.readUInt32LE(at + 24);
  return size;
}

async function* csvRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  try {
    yield* parsedRows(chunks);
  } catch (error) {
    throw brokenOff(error);
  }
}

async function* parsedRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  const [head, all] = await withHead(chunks);
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  const bytes = zipped ? Readable.from(all).pipe(createGunzip()) : all;
  const [text, rest] = zipped ? await withHead(bytes as AsyncIterable<Buffer>) : [head, all];
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text.toString("utf8")),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
    info: true,
  });
  const source = Readable.from(rest);
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { line: info.lines, cells: record };
  } finally {
    source.destroy();
  }
}

function brokenOff(error: unknown): unknown {
  if (error instanceof CsvError)
    return new Refusal("bad_request", `The file cannot be read as CSV any further: ${error.message}`);
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return code.startsWith("Z_")
    ? new Refusal("bad_request", "The compressed file is damaged or ends in the middle.")
    : error;
}

/** The beginning of a file, long enough for its first lines, and the whole with it. */
async function withHead(chunks: AsyncIterable<Buffer>): Promise<[Buffer, AsyncIterable<Buffer>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(first);
  async function* all(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return [head, all()];
}

/** The mark that the first lines hold most of, outside quotes: titles may come before the columns. */
function delimiterOf(head: string): string {
  const lines = head
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .slice(0, 12);
  const bare = lines.map((line) => line.replace(/"[^"]*"/g, "")).join("\n");
  const counts = [",", ";", "\t", "|"].map((mark) => [mark, bare.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
