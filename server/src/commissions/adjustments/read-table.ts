import { Refusal } from "../../kernel/refusal.ts";
import { collectTables } from "../../tables/index.ts";

/** A row of a small table, by the names of its columns. */
export interface TableRow {
  /** in the file, from 1 */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Rows that leave out their last cells are how some programs write empty ones; sums and headers are refused where their cells are looked at. */
const BEARABLE = new Set(["too_few_cells", "total_row", "header_again"]);

/**
 * Rows of a table (room tables) that fits into memory; names of columns in lower case with underscores.
 * @throws Refusal `bad_request` when there is none in the file, or a row of it must not be taken as it stands
 */
export async function readTable(bytes: Buffer): Promise<readonly TableRow[]> {
  const { tables, broken } = await collectTables(bytes, "adjustments");
  const table = tables.find((one) => !one.hidden);
  if (table === undefined) {
    const why = broken?.text ?? "it holds no table";
    throw new Refusal(
      "bad_request",
      why === "the file is empty" ? "The file is empty." : `The file cannot be read: ${why}.`,
    );
  }
  if (table.broken !== undefined)
    throw new Refusal(
      "bad_request",
      `The file cannot be read on from line ${table.broken.line}: ${table.broken.text}.`,
    );
  const bad = table.rows.find((row) => row.problem !== undefined && !BEARABLE.has(row.problem.code));
  if (bad?.problem !== undefined) throw new Refusal("bad_request", `Line ${bad.line}: ${bad.problem.text}.`);
  const names = table.columns.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, "_"));
  return table.rows.map((row) => ({
    line: row.line,
    cells: Object.fromEntries(names.map((name, index) => [name, (row.cells[index] ?? "").trim()])),
  }));
}
