import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { extname } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";

/** What a file holds, one after the other. */
export type FileRow =
  /** the names of the columns, once, first */
  | { readonly kind: "header"; readonly cells: readonly string[] }
  | { readonly kind: "cells"; readonly row: number; readonly cells: readonly string[] }
  | { readonly kind: "json"; readonly row: number; readonly text: string };

/** How a file ended. */
export interface FileEnd {
  /** why it could not be read to its end, in words; undefined: it was */
  readonly brokenOff: string | undefined;
  /** the last line has no line end: it may have lost its tail */
  readonly openEnd: boolean;
}

export interface RowsOptions {
  readonly path: string;
  /** bytes of the file that were read so far, and its size */
  readonly progress?: (read: number, size: number) => void;
  /** takes rows in order; what it returns is waited for before more is read */
  readonly take: (row: FileRow) => Promise<void> | undefined;
  /** bytes read at a time; a mebibyte unless given */
  readonly chunkBytes?: number;
}

const CHUNK = 1024 * 1024;
const MOST_RECORD = 1024 * 1024;

/**
 * Reads a CSV or NDJSON file of any size, gzipped or not, row by row. Which it is, its delimiter (comma, semicolon, tab, bar) and a
 * byte order mark are found out from its beginning. @throws when it cannot be opened
 */
export async function readRows(options: RowsOptions): Promise<FileEnd> {
  const { size } = await stat(options.path);
  const start = await beginning(options.path);
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  const head = zipped ? await firstText(options.path) : start.toString("utf8");
  const source = createReadStream(options.path, { highWaterMark: options.chunkBytes ?? CHUNK });
  let read = 0;
  source.on("data", (chunk) => {
    read += chunk.length;
    options.progress?.(read, size);
  });
  const tail = new TailWatch();
  const text = zipped ? [source, createGunzip(), tail] : [source, tail];
  const json = isJson(options.path, head);
  try {
    if (json) await readJsonLines(text as Readable[], options.take);
    else await readCsv(text as Readable[], delimiterOf(head), options.take);
    return { brokenOff: undefined, openEnd: !tail.endsLine };
  } catch (error) {
    const why = brokenBecause(error);
    if (why === undefined) throw error;
    return { brokenOff: why, openEnd: true };
  }
}

/** Lets bytes through and remembers whether the last one ended a line. */
class TailWatch extends Transform {
  endsLine = true;

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    if (chunk.length > 0) this.endsLine = chunk[chunk.length - 1] === 10;
    done(null, chunk);
  }
}

async function beginning(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function firstText(path: string): Promise<string> {
  const unzipped = createReadStream(path, { end: 256 * 1024 }).pipe(createGunzip());
  unzipped.on("error", () => undefined); // cut off on purpose
  for await (const chunk of unzipped) return (chunk as Buffer).toString("utf8");
  return "";
}

function isJson(path: string, head: string): boolean {
  const ending = extname(path.replace(/\.gz$/i, "")).toLowerCase();
  if (ending === ".csv" || ending === ".tsv") return false;
  if (ending === ".ndjson" || ending === ".jsonl") return true;
  return head
    .replace(/^\ufeff/, "")
    .trimStart()
    .startsWith("{");
}

/** The one that the header line holds most of, outside quotes. */
function delimiterOf(head: string): string {
  const line = head.replace(/^\ufeff/, "").split(/\r?\n/, 1)[0] ?? "";
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((mark) => [mark, bare.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

async function readCsv(source: Readable[], delimiter: string, take: RowsOptions["take"]): Promise<void> {
  let row = 0;
  const give = (cells: readonly string[]): Promise<void> | undefined => {
    row += 1;
    return take(row === 1 ? { kind: "header", cells } : { kind: "cells", row, cells });
  };
  await pipeline([
    ...source,
    async (chunks: AsyncIterable<Buffer>) => {
      const lines = new PlainLines();
      const rest = chunks[Symbol.asyncIterator]();
      for (let next = await rest.next(); !next.done; next = await rest.next()) {
        const text = lines.take(next.value);
        if (text === "not plain") return await readQuoted(lines, rest, delimiter, give);
        for (const line of text) {
          const taken = line === "" ? undefined : give(line.split(delimiter));
          if (taken !== undefined) await taken;
        }
        if (lines.waiting > MOST_RECORD)
          throw new BrokenFile(`row ${row + 1} is longer than ${MOST_RECORD} characters`);
      }
      const last = lines.last();
      if (last !== "") await give(last.split(delimiter));
    },
  ] as never);
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines of a file for as long as it holds no quotes: then a row is a line and a value what stands between delimiters. */
class PlainLines {
  #rest: Buffer = Buffer.alloc(0);
  /** how lines end, once one has */
  ending: "\n" | "\r\n" | undefined;

  /** Bytes of a line that has not ended yet. */
  get waiting(): number {
    return this.#rest.length;
  }

  /** The lines that end in what came, or that this is a matter for the whole parser: what was not given is then in {@link bytes}. */
  take(chunk: Buffer): readonly string[] | "not plain" {
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = all;
    if (chunk.includes(QUOTE) || isSixteenBits(all)) return "not plain";
    const end = all.lastIndexOf(LINE_FEED);
    this.ending ??= endingOf(all);
    // Lines of old Macs end in a carriage return alone.
    if (end < 0) return all.includes(CARRIAGE_RETURN) && this.ending === undefined ? "not plain" : [];
    if (this.ending === undefined) return "not plain";
    const text = all.toString("utf8", startsWithMark(all) ? 3 : 0, end + 1);
    this.#rest = all.subarray(end + 1);
    return text.split(this.ending);
  }

  bytes(): Buffer {
    return this.#rest;
  }

  last(): string {
    return this.#rest.toString("utf8", startsWithMark(this.#rest) ? 3 : 0).replace(/\r$/, "");
  }
}

/** The first line's ending; undefined: none yet, or one that only the whole parser knows. */
function endingOf(bytes: Buffer): "\n" | "\r\n" | undefined {
  const feed = bytes.indexOf(LINE_FEED);
  const carriage = bytes.indexOf(CARRIAGE_RETURN);
  if (feed < 0) return undefined;
  if (carriage < 0 || carriage > feed) return "\n";
  return carriage === feed - 1 ? "\r\n" : undefined;
}

function startsWithMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function isSixteenBits(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** From the first quote on: what was not read yet, and everything after it, by the library. */
async function readQuoted(
  lines: PlainLines,
  rest: AsyncIterator<Buffer>,
  delimiter: string,
  give: (cells: readonly string[]) => Promise<void> | undefined,
): Promise<void> {
  async function* bytes() {
    yield lines.bytes();
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  }
  const parser = parse({
    bom: true,
    delimiter,
    ...(lines.ending === undefined ? {} : { record_delimiter: lines.ending }),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
  });
  await pipeline(bytes, parser, async (records: AsyncIterable<string[]>) => {
    for await (const cells of records) {
      const taken = give(cells);
      if (taken !== undefined) await taken;
    }
  });
}

async function readJsonLines(source: Readable[], take: RowsOptions["take"]): Promise<void> {
  let row = 0;
  let rest = "";
  const decoder = new TextDecoder();
  const line = (text: string): Promise<void> | undefined => {
    row += 1;
    return text.trim() === "" ? undefined : take({ kind: "json", row, text });
  };
  await pipeline([
    ...source,
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        if (rest.length > MOST_RECORD)
          throw new BrokenFile(`row ${row + lines.length + 1} is longer than ${MOST_RECORD} characters`);
        for (const text of lines) {
          const taken = line(text);
          if (taken !== undefined) await taken;
        }
      }
      rest += decoder.decode();
      const taken = rest === "" ? undefined : line(rest);
      if (taken !== undefined) await taken;
    },
  ] as never);
}

class BrokenFile extends Error {}

/** What went wrong with the file itself, in words; undefined for everything else. */
function brokenBecause(error: unknown): string | undefined {
  if (error instanceof BrokenFile) return error.message;
  if (error instanceof CsvError) {
    if (error.code === "CSV_QUOTE_NOT_CLOSED") return "the file ends within a quoted value";
    if (error.code === "CSV_MAX_RECORD_SIZE")
      return `a quoted value is opened and not closed within ${MOST_RECORD} characters`;
    return `the file cannot be read as CSV any further (${error.message})`;
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "Z_BUF_ERROR") return "the compressed file ends in the middle";
  if (code.startsWith("Z_")) return `the compressed file is damaged (${(error as Error).message})`;
  if (code === "EIO") return "the disk could not read the file any further";
  return undefined;
}
