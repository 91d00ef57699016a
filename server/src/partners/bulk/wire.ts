import {
  type BulkChange,
  type BulkDetail,
  type BulkQuestion,
  type BulkRow,
  bulkProblemText,
} from "@tributary/contract";
import type { BulkRecord } from "./contracts.ts";
import { type CustomField, fieldRules } from "./core/fields.ts";
import type { DecisionRow } from "./store/rows.ts";

export function bulkWire(row: BulkRecord): BulkChange {
  return {
    id: row.bulk_id,
    subject: row.subject,
    source: row.source,
    name: row.name,
    status: row.status,
    counts: row.counts,
    undone: { undone: row.undone.undone ?? 0, kept: row.undone.kept ?? 0 },
    total: row.total,
    done: row.done,
    failure: row.failure,
    createdBy: row.created_by,
    createdByName: row.actor_name,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    undoUntil: row.undo_until?.toISOString() ?? null,
    revision: row.revision,
  };
}

export function bulkDetail(
  row: BulkRecord,
  questions: readonly BulkQuestion[],
  custom: readonly CustomField[],
): BulkDetail {
  const plain = fieldRules(row.subject).map(({ name }) => ({ name, title: null }));
  return {
    ...bulkWire(row),
    sheets: [...row.sheets],
    mapping: row.source === "file" ? row.mapping : null,
    edit: row.edit as BulkDetail["edit"],
    remembered: row.remembered,
    questions: [...questions],
    fields: [...plain, ...custom.map(({ key, title }) => ({ name: `field:${key}`, title }))],
  };
}

export function bulkRow(row: DecisionRow, language: "en" | "es"): BulkRow {
  const { problem, kept } = row;
  return {
    line: row.line,
    action: row.action,
    targetId: row.target_id,
    partnerId: row.partner_id,
    label: row.label,
    changes: row.changes.map(({ field, before, after }) => ({ field, before: before ?? null, after: after ?? null })),
    problem:
      problem === null
        ? null
        : {
            field: problem.field,
            value: problem.value,
            code: problem.code,
            message: bulkProblemText(problem.code, problem.details, language),
          },
    made: row.made_at !== null,
    undone: row.undone_at !== null,
    kept: kept === null ? null : bulkProblemText(kept.code, undefined, language),
  };
}
