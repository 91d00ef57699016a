import { unzipSync } from "fflate";
import { bytesOf, encodingOf, firstBytes, isGzip, isOle, isZip, type Source, textOf } from "./bytes.ts";
import type { BrokenOff, ReadOptions, TableFound, TableRow, TableSink } from "./contracts.ts";
import { columnNames, headerAmong, isHeaderAgain, isTotal, LOOKED_AT } from "./core/header.ts";
import { markedEncoding } from "./encoding.ts";
import type { BookRow, BookSheet, CellTrouble } from "./read-book.ts";
import { textRows, troubleOfText } from "./read-text.ts";
import { readWorkbook, UnreadableBook } from "./read-workbook.ts";

const MOST_BOOK_BYTES = 100 * 1024 * 1024;
const ENDING = /\.(?:csv|tsv|tab|txt|psv|xlsx|xlsm|xlsb|xls|ods|xml|html?)$/i;

/**
 * Reads the tables of a file: CSV of any dialect and encoding (also gzipped), XLSX, XLSM, XLSB, XLS, ODS, XML of Excel 2003, HTML, or a zip
 * of such files. What it is, is found out from its bytes, not from its name. A file that ends in the middle gives its rows up to there, and says so.
 */
export async function readTables(
  source: Source,
  name: string,
  sink: TableSink,
  options: ReadOptions = {},
): Promise<void> {
  const head = await firstBytes(source, 4096);
  const title = name.replace(/\.gz$/i, "").replace(ENDING, "");
  if (head.length === 0)
    return sink.brokenOff(undefined, { line: undefined, code: "empty_file", text: "the file is empty" });
  if (isOle(head) || isMarkup(head)) return await bookTables(source, title, sink, options);
  if (isZip(head)) return await zipTables(source, title, sink, options);
  const other = isGzip(head) ? undefined : otherKind(head);
  if (other !== undefined)
    return sink.brokenOff(undefined, {
      line: undefined,
      code: "no_table",
      said: other,
      text: `the file is ${other}, and no table`,
    });
  await textTable({ source, zipped: isGzip(head), title, at: 0 }, sink, options);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, "a PDF document"],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8|^RIFF....WEBP|^II\*\0|^MM\0\*/s, "a picture"],
  [/^Rar!|^7z\xbc\xaf|^\xfd7zXZ|^BZh/, "an archive of a kind that is not read here"],
  [/^\{\\rtf/, "a text document (RTF)"],
  [/^(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*[{["\d])/, "JSON"],
];

/** What a file is that is neither workbook nor text with cells. */
function otherKind(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, 64)).toString("latin1");
  const kind = KINDS.find(([mark]) => mark.test(start))?.[1];
  if (kind !== undefined || markedEncoding(head) !== undefined) return kind;
  // Marks that part cells (unit separator, start of heading) are rare among letters; binary data has all of them.
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 28));
  return controls.length > head.length / 20 && new Set(controls).size > 4 ? "binary data" : undefined;
}

/** XML of Excel 2003 and the HTML that many systems call .xls. */
function isMarkup(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf|^\xff\xfe/, "")
    .replaceAll("\0", "")
    .trimStart()
    .toLowerCase();
  if (!text.startsWith("<")) return false;
  return (
    /^<(?:\?xml|!doctype html|html|table|head|body|meta|style|!--|workbook|ss:workbook)/.test(text) &&
    /<(?:table|[a-z]*:?workbook|html)\b/.test(text)
  );
}

async function wholeOf(source: Source): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(source, false)) {
    size += (chunk as Buffer).length;
    if (size > MOST_BOOK_BYTES) throw new UnreadableBook("it is larger than 100 MB: save its sheets as CSV");
    parts.push(chunk as Buffer);
  }
  return Buffer.concat(parts);
}

async function zipTables(source: Source, title: string, sink: TableSink, options: ReadOptions): Promise<void> {
  let names: string[];
  let bytes: Buffer;
  try {
    bytes = await wholeOf(source);
    names = namesIn(bytes);
  } catch (error) {
    const reason = error instanceof UnreadableBook ? error.message : "its archive is damaged or cut off";
    return sink.brokenOff(undefined, unreadableBook(reason));
  }
  const book = names.some((one) =>
    /^(?:\/?\[content_types\]\.xml|content\.xml|xl[\\/].*|\/?xl\/workbook\.(?:xml|bin))$/i.test(one),
  );
  if (book) return await bookTables(bytes, title, sink, options);
  await archiveTables(bytes, title, sink, options);
}

function namesIn(bytes: Buffer): string[] {
  const names: string[] = [];
  unzipSync(bytes, {
    filter: (file) => {
      names.push(file.name);
      return false;
    },
  });
  return names;
}

const MOST_MEMBER = 512 * 1024 * 1024;

/** A zip of CSV files: each is a table. */
async function archiveTables(bytes: Buffer, title: string, sink: TableSink, options: ReadOptions): Promise<void> {
  let size = 0;
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(bytes, {
      filter: (file) => {
        if (!/\.(?:csv|tsv|txt)$/i.test(file.name) || /(?:^|\/)(?:__MACOSX|\.)/.test(file.name)) return false;
        size += file.originalSize;
        if (size > MOST_MEMBER) throw new UnreadableBook("it unpacks to more than 512 MB");
        return true;
      },
    });
  } catch (error) {
    const reason = error instanceof UnreadableBook ? error.message : "it is damaged or cut off";
    return sink.brokenOff(undefined, {
      line: undefined,
      code: "unreadable_archive",
      said: reason,
      text: `the archive cannot be read (${reason})`,
    });
  }
  const names = Object.keys(members).sort();
  if (names.length === 0)
    return sink.brokenOff(undefined, {
      line: undefined,
      code: "no_table_in_archive",
      text: "the archive holds no table: neither a workbook nor a CSV file",
    });
  for (const [at, name] of names.entries()) {
    const own = names.length === 1 ? title : name.replace(/^.*\//, "").replace(ENDING, "");
    await textTable({ source: members[name] ?? new Uint8Array(), zipped: false, title: own, at }, sink, options);
  }
}

function unreadableBook(reason: string): BrokenOff {
  return { line: undefined, code: "unreadable_book", said: reason, text: `the workbook cannot be read (${reason})` };
}

interface TextAsked {
  readonly source: Source;
  readonly zipped: boolean;
  readonly title: string;
  readonly at: number;
}

async function textTable(asked: TextAsked, sink: TableSink, options: ReadOptions): Promise<void> {
  const { source, zipped, title, at } = asked;
  const found =
    options.encoding === undefined
      ? await encodingOf(source, zipped)
      : { encoding: options.encoding, because: "as was said", skip: 0 };
  const rows = await textRows(textOf(source, zipped, found), found, options);
  const taker = new Taker(at, { name: title, hidden: false, notes: rows.notes, isText: true }, sink, options);
  const broken = await rows.each((row) => taker.take(row));
  await taker.end();
  if (broken !== undefined) sink.brokenOff(at, broken);
  else if (!taker.seen) sink.brokenOff(at, { line: undefined, code: "no_row", text: "the file holds no row" });
}

async function bookTables(source: Source, title: string, sink: TableSink, options: ReadOptions): Promise<void> {
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(await wholeOf(source));
  } catch (error) {
    if (!(error instanceof UnreadableBook)) throw error;
    return sink.brokenOff(undefined, unreadableBook(error.message));
  }
  const filled = sheets.filter((sheet) => sheet.rows.length > 0);
  for (const [at, sheet] of filled.entries()) {
    const name = sheets.length === 1 ? title : `${title}: ${sheet.name}`;
    const notes = [`The sheet ${sheet.name} of the workbook.`, ...sheet.notes];
    const taker = new Taker(at, { name, hidden: sheet.hidden, notes, isText: false }, sink, options);
    for (const row of withoutEmptyColumns(sheet)) {
      const taken = taker.take(row);
      if (taken !== undefined) await taken;
    }
    await taker.end();
  }
  if (filled.length === 0)
    sink.brokenOff(undefined, { line: undefined, code: "no_row", text: "the workbook holds no row" });
}

/** Tables that begin in the middle of a sheet: columns that nothing stands in are none. All rows get the width of the widest. */
function withoutEmptyColumns({ rows }: BookSheet): readonly BookRow[] {
  const used = new Set<number>();
  for (const row of rows) for (const [at, cell] of row.cells.entries()) if (cell.trim() !== "") used.add(at);
  const columns = [...used].sort((a, b) => a - b);
  const place = new Map(columns.map((column, at) => [column, at]));
  return rows.map(({ line, cells, trouble }) => ({
    line,
    cells: columns.map((column) => cells[column] ?? ""),
    ...(trouble === undefined ? {} : { trouble: { ...trouble, at: place.get(trouble.at) ?? 0 } }),
  }));
}

/** What is known of a table before its header is. */
interface Beginning extends Pick<TableFound, "name" | "hidden" | "notes"> {
  /** rows of text have all their cells; rows of sheets leave the last empty ones out */
  readonly isText: boolean;
}

/** Holds the first records back until it is known which of them is the header, and hands on what stands below it. */
class Taker {
  seen = false;
  #columns: readonly string[] | undefined;
  #header: readonly string[] = [];
  #held: BookRow[] = [];
  readonly #at: number;
  readonly #found: Beginning;
  readonly #sink: TableSink;
  readonly #options: ReadOptions;

  constructor(at: number, found: Beginning, sink: TableSink, options: ReadOptions) {
    this.#at = at;
    this.#found = found;
    this.#sink = sink;
    this.#options = options;
  }

  take(row: BookRow): Promise<void> | undefined {
    this.seen = true;
    if (this.#columns !== undefined) return this.#give(row, this.#columns);
    this.#held.push(row);
    return this.#held.length < LOOKED_AT ? undefined : this.#begin();
  }

  async end(): Promise<void> {
    if (this.#columns === undefined && this.#held.length > 0) await this.#begin();
  }

  async #begin(): Promise<void> {
    const held = this.#held.splice(0);
    const at = headerAmong(held, this.#options.known);
    const width = Math.max(...held.map((row) => row.cells.length));
    const header = at === undefined ? undefined : held[at];
    this.#header = header?.cells ?? [];
    const names = Array.from(
      { length: this.#found.isText && header !== undefined ? header.cells.length : width },
      (_, column) => header?.cells[column] ?? "",
    );
    const notes = [...this.#found.notes];
    if (header === undefined) notes.push("No row names the columns: they are numbered.");
    else if (at !== undefined && at > 0)
      notes.push(`The columns are named in line ${header.line}; what stands above is no part of the table.`);
    this.#columns = columnNames(names);
    const { name, hidden } = this.#found;
    this.#sink.table(this.#at, { name, hidden, columns: this.#columns, headerLine: header?.line, notes });
    for (const row of held.slice(at === undefined ? 0 : at + 1)) {
      const given = this.#give(row, this.#columns);
      if (given !== undefined) await given;
    }
  }

  #give(row: BookRow, columns: readonly string[]): Promise<void> | undefined {
    const { line, cells, trouble } = row;
    const problem =
      special(cells, this.#header) ??
      (this.#found.isText ? troubleOfText(columns, cells) : bookTrouble(trouble, columns));
    return this.#sink.row(this.#at, { line, cells, ...(problem === undefined ? {} : { problem }) });
  }
}

function special(cells: readonly string[], header: readonly string[]): TableRow["problem"] {
  if (isHeaderAgain(cells, header)) return { code: "header_again", text: "the row names the columns once more" };
  if (isTotal(cells)) return { code: "total_row", text: "the row is a sum of others" };
  return undefined;
}

const TROUBLES: Readonly<Record<CellTrouble["code"], string>> = {
  error_value: "the cell holds the error",
  formula_without_value: "the formula has never been calculated: open the file in a spreadsheet program and save it",
  digits_lost: "a spreadsheet keeps 15 digits of a number: the others are lost; write it as text",
};

function bookTrouble(trouble: CellTrouble | undefined, columns: readonly string[]): TableRow["problem"] {
  if (trouble === undefined) return undefined;
  return { code: trouble.code, text: `${TROUBLES[trouble.code]} (${trouble.value})`, column: columns[trouble.at] };
}
