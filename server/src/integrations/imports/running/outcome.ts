import { Refusal } from "../../../kernel/refusal.ts";
import type { RowProblem } from "../core/map-row.ts";
import type { RecordRow } from "../store/records.ts";

/** What came of one record: where it stands now, and what an undo needs to know. */
export interface Outcome {
  readonly externalId: string;
  readonly targetId: string | null;
  readonly problem: RowProblem | null;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

export function made(
  record: RecordRow,
  targetId: string,
  change: Partial<Pick<Outcome, "before" | "after" | "problem">> = {},
): Outcome {
  return { externalId: record.external_id, targetId, problem: null, before: {}, after: {}, ...change };
}

export function refused(record: RecordRow, problem: RowProblem): Outcome {
  return { externalId: record.external_id, targetId: null, problem, before: {}, after: {} };
}

/** A refusal of another room's service as the problem of a row; anything else is a defect and goes on. */
export function problemOf(error: unknown): RowProblem {
  if (!(error instanceof Refusal)) throw error;
  const [complaint] = error.complaints ?? [];
  return {
    field: complaint?.field ?? "record",
    value: complaint?.value ?? "",
    ...(complaint?.hint === undefined
      ? { code: "not_made", details: { said: complaint?.message ?? error.message } }
      : { code: "as_told", details: { said: complaint.message, hint: complaint.hint } }),
  };
}
