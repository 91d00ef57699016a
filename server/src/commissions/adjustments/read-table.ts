import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { Refusal } from "../../kernel/refusal.ts";

/** A row of a small table, by the names of its columns. */
export interface TableRow {
  /** in the file, from 1 */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Rows of a CSV (comma, semicolon or tab) or XLSX file that fits into memory; names of columns in lower case with underscores.
 * @throws Refusal `bad_request` when it is neither
 */
export async function readTable(bytes: Buffer): Promise<readonly TableRow[]> {
  const lines = bytes[0] === 0x50 && bytes[1] === 0x4b ? await sheetLines(bytes) : csvLines(bytes);
  const [header, ...rows] = lines;
  if (header === undefined) throw new Refusal("bad_request", "The file is empty.");
  const names = header.cells.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_"),
  );
  return rows
    .filter((row) => row.cells.some((cell) => cell.trim() !== ""))
    .map((row) => ({
      line: row.line,
      cells: Object.fromEntries(names.map((name, index) => [name, (row.cells[index] ?? "").trim()])),
    }));
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

async function sheetLines(bytes: Buffer): Promise<Line[]> {
  const rows = await readSheet(bytes).catch((error: Error) => {
    throw new Refusal("bad_request", `The file is no spreadsheet that can be opened (${error.message}).`);
  });
  return rows.map((row, index) => ({ line: index + 1, cells: row.map(cellText) }));
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}

function csvLines(bytes: Buffer): Line[] {
  const text = new TextDecoder().decode(bytes);
  const [first = ""] = text.split(/\r?\n/, 1);
  const delimiter = [",", ";", "\t"].reduce((best, mark) =>
    first.split(mark).length > first.split(best).length ? mark : best,
  );
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as {
      readonly record: string[];
      readonly info: { readonly lines: number };
    }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    throw new Refusal("bad_request", `The file is no table that can be read (${(error as Error).message}).`);
  }
}
