import type { AttributionRun, RulesVersion } from "@tributary/contract";
import { dayOf } from "../kernel/period.ts";
import { readRules } from "./core/rules.ts";
import { rulesOn } from "./core/timeline.ts";
import type { ProgramRules } from "./rules-of-programs.ts";
import type { RunRow } from "./store/replay-runs.ts";
import type { StoredRules } from "./store/rules-versions.ts";

type StoredSum = { readonly partnerId: string; readonly currency: string } & Readonly<
  Record<"bookedMinor" | "replayedMinor", string>
>;

export function runWire(row: RunRow): AttributionRun {
  return {
    id: row.run_id,
    programId: row.program_id,
    kind: row.kind as AttributionRun["kind"],
    state: row.state as AttributionRun["state"],
    rules: row.rules === null ? null : readRules(row.rules),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    rulesVersion: row.rules_version,
    customers: Number(row.customers),
    expected: Number(row.expected),
    moves: row.moves as AttributionRun["moves"],
    commissions: (row.commissions as StoredSum[] | null)?.map(differenceWire) ?? null,
    problem: row.problem,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function differenceWire(sum: StoredSum) {
  const { partnerId, currency, bookedMinor, replayedMinor } = sum;
  const differenceMinor = String(BigInt(replayedMinor) - BigInt(bookedMinor));
  return { partnerId, currency, bookedMinor, replayedMinor, differenceMinor };
}

export function versionWire(stored: StoredRules, rules: ProgramRules, now: Date): RulesVersion {
  return {
    version: stored.version,
    rules: stored.rules,
    validFrom: stored.validFrom,
    validUntil: stored.validUntil,
    inForce: rulesOn(rules.timeline, dayOf(now, rules.timeZone)).version === stored.version,
    createdBy: stored.createdBy,
    createdAt: stored.createdBy === null ? null : stored.createdAt.toISOString(),
    reason: stored.reason,
  };
}
