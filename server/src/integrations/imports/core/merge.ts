import { canonicalJson } from "../../../kernel/canonical-json.ts";
import type { Draft, RowProblem } from "./map-row.ts";

/** A draft with its place in the files. */
export interface PlacedDraft extends Draft {
  readonly table: string;
  readonly line: number;
}

/** What several rows say about one record. */
export interface Merged {
  readonly lead: PlacedDraft;
  readonly content: Readonly<Record<string, string>>;
  readonly problem: RowProblem | null;
}

/**
 * One record out of all rows that have its id, the same whatever their order: rows of tables that are about it must agree, others only fill
 * what is open.
 */
export function mergeDrafts(drafts: readonly PlacedDraft[]): Merged {
  const ordered = [...drafts].sort(
    (a, b) =>
      place(a) - place(b) ||
      compareText(a.table, b.table) ||
      a.line - b.line ||
      compareText(canonicalJson(a.content), canonicalJson(b.content)),
  );
  const lead = ordered[0];
  if (lead === undefined) throw new Error("a record needs a row");
  const content: Record<string, string> = {};
  let problem = lead.problem;
  for (const draft of ordered.filter((one) => one.primary)) {
    for (const [field, value] of Object.entries(draft.content)) {
      const before = content[field];
      if (before === undefined) content[field] = value;
      else if (before !== value) problem ??= disagreement(field, before, value, lead, draft);
    }
    problem ??= draft.problem;
  }
  for (const [field, value] of openFields(ordered)) content[field] ??= value;
  return { lead, content, problem };
}

/** Of tables that only mention the record the first value in the order of letters counts: the order of rows must not. */
function openFields(drafts: readonly PlacedDraft[]): readonly (readonly [string, string])[] {
  const found = new Map<string, string>();
  for (const draft of drafts.filter((one) => !one.primary)) {
    for (const [field, value] of Object.entries(draft.content)) {
      const before = found.get(field);
      if (before === undefined || value < before) found.set(field, value);
    }
  }
  return [...found];
}

function disagreement(field: string, before: string, value: string, lead: PlacedDraft, draft: PlacedDraft): RowProblem {
  const [first, second] = [before, value].sort() as [string, string];
  return {
    field,
    value: second,
    code: "rows_differ",
    details: { places: `${lead.table}:${lead.line}, ${draft.table}:${draft.line}`, first, second },
  };
}

function place(draft: PlacedDraft): number {
  return draft.primary ? 0 : 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
