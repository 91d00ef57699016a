import type { BulkMapping, BulkSubject } from "@tributary/contract";
import type { RowProblem } from "../contracts.ts";
import { type FieldRule, fieldRules } from "./fields.ts";
import { type Names, plainCell, readCell } from "./values.ts";

/** What a row says: values by field; null empties one. */
export type Said = ReadonlyMap<string, unknown>;

/** A row of the file. */
export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: { readonly code: string; readonly text: string; readonly column?: string } | null;
}

/** A column that means something. */
export interface ColumnUse {
  readonly at: number;
  readonly column: string;
  readonly rule: FieldRule;
}

/** Columns that mean something, with the places of their cells. */
export function columnsInUse(
  subject: BulkSubject,
  mapping: BulkMapping,
  names: readonly string[],
): readonly ColumnUse[] {
  const rules = new Map(fieldRules(subject).map((rule) => [rule.name, rule]));
  return mapping.columns.flatMap(({ column, field }) => {
    const at = names.indexOf(column);
    if (field === null || at < 0) return [];
    const rule =
      rules.get(field) ??
      (field.startsWith("field:") ? { name: field, value: "custom" as const, called: [] } : undefined);
    return rule === undefined ? [] : [{ at, column, rule }];
  });
}

/** Reads the cells of a row; the first that cannot be read refuses the row. */
export function saidBy(
  row: FileRow,
  uses: readonly ColumnUse[],
  mapping: BulkMapping,
  names: Names,
): { readonly said: Said } | { readonly problem: RowProblem } {
  const said = new Map<string, unknown>();
  for (const { at, column, rule } of uses) {
    const cell = plainCell(row.cells[at] ?? "");
    if (row.problem !== null && row.problem.column === column)
      return { problem: { field: rule.name, value: cell, code: "broken_row", details: { said: row.problem.text } } };
    if (cell === "") {
      if (mapping.emptyCells === "clear") said.set(rule.name, null);
      continue;
    }
    const reading = readCell(rule, cell, names, mapping.dayOrder ?? null);
    if ("problem" in reading) return { problem: { field: rule.name, value: cell.slice(0, 200), ...reading.problem } };
    said.set(rule.name, reading.value);
  }
  return { said };
}

/** A row that the reader of tables has marked, wherever its trouble is. */
export function brokenRow({ problem, cells }: FileRow): RowProblem | undefined {
  if (problem === null || problem.column !== undefined) return undefined;
  return { field: null, value: cells.join(" | ").slice(0, 200), code: "broken_row", details: { said: problem.text } };
}

/** Sums and headers among the rows are no records. */
export function isNoRecord(row: FileRow): boolean {
  return row.problem?.code === "total_row" || row.problem?.code === "header_again";
}
