import type { RetentionRule, RetentionRuleChange, RetentionRun, RetentionShare } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import type { PrivacyNeeds } from "./contracts.ts";
import * as store from "./store/requests.ts";

const DAY = 86_400_000;
const AT_ONCE = 1_000;

/** Every kind of record that may have an end, with its rule if the operator made one. */
export async function listRules(ctx: Context, actor: Actor, needs: PrivacyNeeds): Promise<RetentionRule[]> {
  requirePermission(actor, "privacy.read", {});
  const made = new Map((await store.rules(ctx.db)).map((row) => [row.record_kind, row]));
  return needs.retention.map((source) => ruleWire(source, made.get(source.recordKind)));
}

/** @throws Refusal `invalid_input` for fewer days than the program needs, `conflict` */
export async function changeRule(
  ctx: Context,
  actor: Actor,
  recordKind: string,
  change: RetentionRuleChange,
  needs: PrivacyNeeds,
): Promise<RetentionRule> {
  requirePermission(actor, "privacy.approve", {});
  const source = needs.retention.find((one) => one.recordKind === recordKind);
  if (source === undefined) throw notFound("kind of record", recordKind);
  if (change.keepDays < source.least)
    throw invalid(
      "keepDays",
      String(change.keepDays),
      `is less than the ${source.least} days for which these records are needed`,
    );
  return await transact(ctx, async (tx) => {
    const row: store.RuleRow = {
      record_kind: recordKind,
      keep_days: change.keepDays,
      active: change.active,
      basis: change.basis,
      changed_by: personOf(actor),
      changed_at: tx.clock.now(),
      revision: change.revision + 1,
    };
    const saved = await store.saveRule(tx.db, row);
    if (saved === undefined) throw changedMeanwhile("rule", change.revision);
    const after = { keepDays: row.keep_days, active: row.active, basis: row.basis };
    const subject = { subjectKind: "retention_rule", subjectId: recordKind };
    await audit.record(tx, actor, { action: "privacy.rule_changed", ...subject, after });
    return ruleWire(source, saved);
  });
}

/** Removes what the active rules say, or only counts it. What was removed is a report, kept for ever. */
export async function runRetention(
  ctx: Context,
  actor: Actor,
  dry: boolean,
  needs: PrivacyNeeds,
): Promise<RetentionRun> {
  requirePermission(actor, dry ? "privacy.read" : "privacy.approve", {});
  const made = new Map((await store.rules(ctx.db)).map((row) => [row.record_kind, row]));
  const held = await store.heldIds(ctx.db);
  const report: RetentionShare[] = [];
  for (const source of needs.retention) {
    const rule = made.get(source.recordKind);
    if (rule === undefined || !rule.active) continue;
    const before = new Date(ctx.clock.now().getTime() - rule.keep_days * DAY);
    const due = await source.due(ctx, before);
    let removed = 0;
    while (!dry) {
      const gone = await transact(ctx, (tx) => source.remove(tx, before, AT_ONCE, held));
      removed += gone;
      if (gone === 0) break;
    }
    const kept = dry ? 0 : Math.max(0, due - removed);
    report.push({ recordKind: source.recordKind, before: before.toISOString().slice(0, 10), due, held: kept, removed });
  }
  return await transact(ctx, async (tx) => {
    const row = await store.insertRun(tx.db, {
      dry,
      started_by: actor.kind === "system" ? actor.name : personOf(actor),
      at: tx.clock.now(),
      report: JSON.stringify(report),
    });
    if (!dry && report.some((one) => one.removed > 0)) {
      const subject = { subjectKind: "retention_run", subjectId: row.run_id.toString() };
      await audit.record(tx, actor, { action: "privacy.retention_carried_out", ...subject, after: { report } });
    }
    return runWire(row);
  });
}

export async function listRuns(ctx: Context, actor: Actor, page: PageRequest): Promise<Page<RetentionRun>> {
  requirePermission(actor, "privacy.read", {});
  const { rows, nextCursor } = await store.runPage(ctx.db, page);
  return { rows: rows.map(runWire), nextCursor };
}

function ruleWire(source: PrivacyNeeds["retention"][number], row: store.RuleRow | undefined): RetentionRule {
  return {
    recordKind: source.recordKind,
    room: source.room,
    keepDays: row?.keep_days ?? null,
    active: row?.active ?? false,
    basis: row?.basis ?? "",
    least: source.least,
    changedBy: row?.changed_by ?? null,
    changedAt: row?.changed_at.toISOString() ?? null,
    revision: row?.revision ?? 0,
  };
}

function runWire(row: store.RunRow): RetentionRun {
  return {
    id: row.run_id.toString(),
    dry: row.dry,
    startedBy: row.started_by,
    at: row.at.toISOString(),
    report: row.report as unknown as RetentionShare[],
  };
}
