import { createHash } from "node:crypto";
import { type Shadow, type ShadowFile, ShadowMapping, type ShadowSummary, ShadowThresholds } from "@tributary/contract";
import type { Suggestion } from "./core/columns.ts";
import { suggestMapping } from "./core/columns.ts";
import type { FileRecord, ShadowRow } from "./store/shadows.ts";

export function toShadow(row: ShadowRow): Shadow {
  return {
    id: row.shadow_id,
    programId: row.program_id,
    name: row.name,
    incumbent: row.incumbent as Shadow["incumbent"],
    sourceId: row.source_id,
    timeZone: row.time_zone,
    currency: row.currency,
    types: row.types,
    toleranceMinutes: row.tolerance_minutes,
    lateHours: row.late_hours,
    thresholds: ShadowThresholds.parse(row.thresholds),
    status: row.status as Shadow["status"],
    state: row.state as Shadow["state"],
    problem: row.problem,
    summary: row.summary as ShadowSummary | null,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

/** Files with the same columns are read by the same mapping. */
export function columnsKey(columns: readonly string[]): string {
  return createHash("sha256").update(columns.join("\n").toLowerCase()).digest("hex").slice(0, 32);
}

export function toFile(row: FileRecord, shadow: ShadowRow): ShadowFile {
  const remembered = (shadow.mappings as Record<string, unknown>)[columnsKey(row.columns)];
  const suggested: Suggestion = suggestMapping(row.columns, shadow.incumbent as Shadow["incumbent"]);
  return {
    id: row.file_id,
    shadowId: row.shadow_id,
    name: row.name,
    bytes: Number(row.bytes),
    state: row.state as ShadowFile["state"],
    problem: row.problem,
    headerRow: row.header_row,
    columns: row.columns,
    sample: row.sample as string[][],
    suggestion: remembered === undefined ? suggested.mapping : ShadowMapping.parse(remembered),
    suggestedBy: remembered === undefined ? suggested.by : "remembered",
    format: suggested.format,
    mapping: row.mapping === null ? null : ShadowMapping.parse(row.mapping),
    rows: row.rows,
    refused: row.refused,
    createdAt: row.created_at.toISOString(),
  };
}
