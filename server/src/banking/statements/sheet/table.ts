import { CsvError, parse } from "csv-parse/sync";
import { encodingOfBytes, workbookSheets } from "../../../tables/index.ts";
import type { SheetMapping } from "../contracts.ts";
import { decodeText } from "../encoding.ts";
import { Unreadable } from "../trouble.ts";

export interface Row {
  readonly cells: readonly string[];
  /** line of the file or row of the sheet, from 1 */
  readonly line: number;
}

export interface Table {
  readonly name: string | undefined;
  readonly rows: readonly Row[];
  readonly encoding: string;
  readonly delimiter: string | undefined;
  readonly because: readonly string[];
}

const MARKS = [";", ",", "\t", "|"] as const;

/** The rows of a CSV file; the delimiter is the mark that cuts most lines into the same number of cells. */
export function csvTable(bytes: Uint8Array, mapping: SheetMapping): Table {
  const { text: whole, encoding } = decodeText(bytes, mapping.encoding ?? guessed(bytes));
  const said = /^sep=(.)\r?\n/i.exec(whole);
  const text = said === null ? whole : whole.slice(said[0].length);
  const delimiter = mapping.delimiter ?? said?.[1] ?? delimiterOf(text);
  const because = [
    `Encoding ${encoding}${mapping.encoding === undefined ? ", found from the bytes" : ", as the mapping says"}.`,
    `Cells are separated by ${NAMES[delimiter] ?? delimiter}.`,
  ];
  try {
    const records = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: 1024 * 1024,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const offset = said === null ? 0 : 1;
    return {
      name: undefined,
      rows: records.map(({ record, info }) => row(record, info.lines + offset)),
      encoding,
      delimiter,
      because,
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 0);
    const cause = error.code === "CSV_QUOTE_NOT_CLOSED" ? "a quoted value has no end" : "the table cannot be read on";
    throw new Unreadable("broken", `Line ${line}: ${cause}.`, `line ${line}`);
  }
}

const NAMES: Readonly<Record<string, string>> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };

function row(cells: readonly string[], line: number): Row {
  return { cells: cells.map((cell) => plain(cell.replaceAll("\u00a0", " ").trim())), line };
}

/** What the letters say, where it is a single-byte or an Asian encoding: a table declares none. */
function guessed(bytes: Uint8Array): string | undefined {
  const { encoding } = encodingOfBytes(bytes);
  return /^utf-/.test(encoding) ? undefined : encoding;
}

/** `="00123"` and `'-5.00` are how programs keep Excel from reading a cell as it pleases. */
function plain(cell: string): string {
  if (cell.startsWith("=")) return cell.replace(/^="([^"]*)"$/, "$1");
  return cell.replace(/^'(?=[-+=\d])/, "");
}

/** Of the first lines, outside quotes: how many share the commonest number of cells, then how many cells that is. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 64 * 1024)
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, 50);
  const scores = MARKS.map((mark) => {
    const counts = new Map<number, number>();
    for (const line of lines) counts.set(line.split(mark).length, (counts.get(line.split(mark).length) ?? 0) + 1);
    counts.delete(1);
    const [cells = 1, times = 0] =
      [...counts].sort((a, b) => b[1] * Math.min(b[0], 4) - a[1] * Math.min(a[0], 4))[0] ?? [];
    return { mark, score: times * Math.min(cells, 12) };
  });
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).mark;
}

/** The sheets of a workbook of any kind; their cells as the room tables reads them. */
export async function workbookTables(bytes: Uint8Array): Promise<readonly Table[]> {
  const { sheets, refused } = await workbookSheets(bytes);
  if (refused !== undefined) throw new Unreadable("broken", `The workbook cannot be read (${refused}).`);
  // A hidden sheet is meant only where there is no other.
  const visible = sheets.filter((sheet) => !sheet.hidden && sheet.rows.length > 0);
  return (visible.length > 0 ? visible : sheets).map(({ name, rows }) => ({
    name,
    rows: rows.map(({ cells, line }) => row(cells, line)),
    encoding: "utf-8",
    delimiter: undefined,
    because: [`The sheet ${name} of the workbook.`],
  }));
}
