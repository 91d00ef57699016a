import type { BulkRefusal } from "@tributary/contract";
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import type { z } from "zod";
import { startOfDay } from "../../kernel/period.ts";
import { invalid } from "../../kernel/refusals.ts";

export const MOST_ROWS = 10_000;
const MOST_REFUSALS = 1_000;
/** Room for a file of the longest allowed text and what JSON puts around it. */
export const BULK_BODY_BYTES = 12 * 1024 * 1024;

/** A row of a file: cells by the names of the columns, trimmed; empty ones are not there. */
export interface BulkRow {
  /** as a spreadsheet counts, the header being 1 */
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** Reads a file whose first row names its columns. The delimiter is the comma, the semicolon or the tab of that row. @throws Refusal `invalid_input` */
export function readBulk(
  csv: string,
  known: readonly string[],
): { readonly rows: readonly BulkRow[]; readonly unknownColumns: readonly string[] } {
  const lines = parsed(csv);
  const header = (lines[0] ?? []).map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_"),
  );
  if (!header.some((name) => known.includes(name)))
    throw invalid("csv", header.join(",").slice(0, 200), "names none of the columns", `Columns: ${known.join(", ")}.`);
  const twice = header.find((name, at) => name !== "" && header.indexOf(name) !== at);
  if (twice !== undefined) throw invalid("csv", twice, "is the name of two columns");
  if (lines.length - 1 > MOST_ROWS)
    throw invalid("csv", String(lines.length - 1), `rows are more than ${MOST_ROWS}`, "Divide the file.");
  const rows = lines.slice(1).map((line, at) => ({ row: at + 2, cells: cellsOf(header, line) }));
  return {
    rows: rows.filter(({ cells }) => cells.size > 0),
    unknownColumns: header.filter((name) => name !== "" && !known.includes(name)),
  };
}

function parsed(csv: string): string[][] {
  const [first = ""] = csv.replace(/^\ufeff/, "").split(/\r?\n/, 1);
  const marks = [",", ";", "\t"].map((mark) => [mark, first.split(mark).length] as const);
  const [delimiter] = marks.reduce((best, one) => (one[1] > best[1] ? one : best));
  try {
    return parse(csv, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw invalid("csv", "", `cannot be read: ${error.message}`);
  }
}

function cellsOf(header: readonly string[], line: readonly string[]): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const [at, name] of header.entries()) {
    // A leading apostrophe is how our own exports keep a spreadsheet from taking a text for a formula.
    const value = (line[at] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
    if (name !== "" && value !== "") cells.set(name, value);
  }
  return cells;
}

/** What is wrong with rows, found while they are read. */
export class Refusals {
  readonly list: BulkRefusal[] = [];
  readonly rows = new Set<number>();

  refuse(row: number, field: string, value: string, message: string, hint?: string): undefined {
    this.rows.add(row);
    if (this.list.length >= MOST_REFUSALS) return undefined;
    this.list.push({ row, field, value: value.slice(0, 200), message, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }

  /** Takes over what a schema found. @param columns the column behind each field */
  refuseAll(row: BulkRow, issues: z.ZodError["issues"], columns: Readonly<Record<string, string>>): undefined {
    for (const issue of issues) {
      const field = String(issue.path[0] ?? "");
      const column = columns[field] ?? (field === "utm" ? String(issue.path[1] ?? "utm") : field);
      this.refuse(row.row, column, row.cells.get(column) ?? "", issue.message);
    }
    return undefined;
  }
}

/** A cell that holds an instant, or a day that begins in a time zone. @returns the instant, or what is wrong with it */
export function instantOf(
  text: string | undefined,
  timeZone: string,
): { readonly at: string | null } | { readonly wrong: string } {
  if (text === undefined) return { at: null };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return { at: startOfDay(text, timeZone).toISOString() };
    } catch {
      return { wrong: "is not a day of the calendar" };
    }
  }
  const at = new Date(text);
  const given = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!given || Number.isNaN(at.getTime()))
    return { wrong: "is neither a day such as 2026-03-31 nor a time such as 2026-03-31T12:00Z" };
  return { at: at.toISOString() };
}
