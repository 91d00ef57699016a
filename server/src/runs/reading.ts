import type {
  RunDetail,
  RunItem,
  RunItemDetail,
  RunItemQuery,
  RunPage,
  RunQuery,
  RunSnapshot,
  RunStage,
  RunWaiting,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, actorsWho, can, isWithin, requirePermission } from "../access/index.ts";
import { type Context, type Page, wirePage } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { type Approving, approving, levelOf, verdictOn } from "./approvals.ts";
import { checksOf } from "./checks.ts";
import { LEVELS, levelAt, mayCancel, RUN_LIFE } from "./core/life.ts";
import { lateSince } from "./freeze.ts";
import { existingRun } from "./moves.ts";
import type { RunNeeds } from "./needs.ts";
import { mayApproveAt } from "./people.ts";
import * as decisions from "./store/decisions.ts";
import * as items from "./store/items.ts";
import * as store from "./store/runs.ts";
import { snapshotOf } from "./store/snapshots.ts";
import { itemWire, nextDue, runWire } from "./view.ts";

export async function listRuns(ctx: Context, actor: Actor, query: RunQuery): Promise<z.infer<typeof RunPage>> {
  requirePermission(actor, "runs.read");
  const within = await reachOf(ctx, actor, "runs.read");
  const page = await store.runPage(ctx.db, query, query);
  const totals = Map.groupBy(
    await items.totalsOf(
      ctx.db,
      within,
      page.rows.map((one) => one.runId),
    ),
    (one) => one.run_id,
  );
  const now = ctx.clock.now();
  const rows = page.rows.map((run) => runWire(run, totals.get(run.runId) ?? [], now));
  return wirePage({ rows, nextCursor: page.nextCursor });
}

export async function getRun(ctx: Context, actor: Actor, runId: string, needs: RunNeeds): Promise<RunDetail> {
  requirePermission(actor, "runs.read");
  const run = await existingRun(ctx, runId);
  const within = await reachOf(ctx, actor, "runs.read");
  const totals = await items.totalsOf(ctx.db, within, [runId]);
  const course = await store.courseOf(ctx.db, runId);
  const around = await approving(ctx, actor, run, needs, isAtApprovals(run) ? null : []);
  const mine = await ownWork(ctx, actor, run, around);
  return {
    ...runWire(run, totals, ctx.clock.now()),
    stages: stagesOf(run, course, totals),
    checks: [...(await checksOf(ctx, run, needs))],
    course: course.map(({ runId: _, at, ...one }) => ({ ...one, at: at.toISOString() })),
    regions: regionsOf(run, totals, await actorsWho(ctx, "runs.approve")),
    marks: (await items.markCounts(ctx.db, within, runId, run.attempt)) as RunDetail["marks"],
    backTo: [...RUN_LIFE[run.state].back],
    mine,
    reopening:
      run.reopenBy === null || run.reopenAt === null
        ? null
        : { requestedBy: run.reopenBy, requestedAt: run.reopenAt.toISOString(), reason: run.reopenReason ?? "" },
    settingsVersion: run.settingsVersion,
  };
}

type Mine = RunDetail["mine"];

async function ownWork(ctx: Context, actor: Actor, run: store.RunRow, around: Approving): Promise<Mine> {
  const { canApprove, clean, level } = await countMine(ctx, run, around);
  const idle = run.working === null;
  const runs = can(actor, "runs.write", {});
  const approves = can(actor, "runs.approve", {});
  const all: readonly (readonly [Mine["actions"][number], boolean])[] = [
    ["freeze", runs && run.state === "open"],
    ["calculate", runs && run.state === "frozen"],
    ["validate", runs && can(actor, "statements.approve", {}) && run.state === "calculated"],
    ["approve", canApprove > 0],
    ["close", runs && (run.state === "paid" || (run.state === "finance_approved" && run.mode === "interim"))],
    ["repeat", runs && (run.state === "frozen" || run.state === "calculated")],
    ["send_back", (runs || approves) && RUN_LIFE[run.state].back.length > 0],
    ["cancel", runs && mayCancel(run.state) && run.reopened === 0],
    ["reopen", runs && run.state === "closed" && run.reopenBy === null],
    ["confirm_reopen", approves && run.reopenBy !== null && run.reopenBy !== around.person],
  ];
  return { level, canApprove, clean, actions: idle ? all.flatMap(([action, is]) => (is ? [action] : [])) : [] };
}

/** How much of a run somebody could approve now, also in other people's place. */
export async function approvableBy(ctx: Context, actor: Actor, run: store.RunRow, needs: RunNeeds) {
  return await countMine(ctx, run, await approving(ctx, actor, run, needs, null));
}

function isAtApprovals(run: store.RunRow): boolean {
  return levelAt(run.state) !== null || run.state === "finance_approved" || run.state === "paid";
}

async function countMine(ctx: Context, run: store.RunRow, around: Approving) {
  if (!isAtApprovals(run)) return { canApprove: 0, clean: 0, level: null };
  const waiting = await items.waitingItems(ctx.db, run.runId, run.attempt);
  const mine = waiting.filter((one) => "level" in verdictOn(one, around));
  const [first] = mine;
  return {
    canApprove: mine.length,
    clean: mine.filter((one) => !one.is_exception).length,
    level: first === undefined ? null : levelOf(run, first),
  };
}

const SHOWN = [
  "open",
  "frozen",
  "calculated",
  "validated",
  "regionally_approved",
  "centrally_approved",
  "finance_approved",
  "paid",
  "closed",
] as const;

function stagesOf(
  run: store.RunRow,
  course: readonly store.CourseRow[],
  totals: readonly items.TotalRow[],
): RunStage[] {
  const at = SHOWN.indexOf(run.state as (typeof SHOWN)[number]);
  return SHOWN.map((state, index): RunStage => {
    const reached = course.findLast((one) => one.to === state);
    const level = LEVELS.find((one) => index > 0 && RUN_LIFE[SHOWN[index - 1] ?? "open"].by === one) ?? null;
    const count = (kind: "waiting" | "done") =>
      level === null ? 0 : totals.reduce((sum, one) => sum + one[`${kind}_${level}`], 0);
    const isSkipped = level !== null && index <= at && count("done") + count("waiting") === 0;
    const outcome = index === at ? "now" : index < at ? "done" : "later";
    return {
      state,
      outcome: isSkipped && index < at ? "skipped" : run.state === "closed" && index === at ? "done" : outcome,
      at: index <= at ? (reached?.at.toISOString() ?? null) : null,
      by: index <= at ? (reached?.person ?? null) : null,
      due: run.dues[state] ?? null,
      waiting: count("waiting"),
      done: count("done"),
    };
  });
}

function regionsOf(
  run: store.RunRow,
  totals: readonly items.TotalRow[],
  people: readonly Actor[],
): RunDetail["regions"] {
  const level = levelAt(run.state) ?? "regional";
  return [...Map.groupBy(totals, (one) => one.region_id)].map(([regionId, own]) => ({
    regionId,
    partners: own.reduce((sum, one) => sum + one.partners, 0),
    waiting: own.reduce((sum, one) => sum + one[`waiting_${level}`], 0),
    exceptions: own.reduce((sum, one) => sum + one.exceptions, 0),
    people: people.filter((one) => mayApproveAt(one, level, { regionId })).map((one) => one.name),
  }));
}

export async function listItems(
  ctx: Context,
  actor: Actor,
  runId: string,
  query: RunItemQuery,
  needs: RunNeeds,
): Promise<Page<RunItem>> {
  requirePermission(actor, "runs.read");
  const run = await existingRun(ctx, runId);
  const within = await reachOf(ctx, actor, "runs.read");
  const page = await items.itemPage(ctx.db, within, run, query, levelAt(run.state), query);
  const keys = page.rows.map((one) => ({ partnerId: one.partner_id, currency: one.currency }));
  const around = await approving(ctx, actor, run, needs, keys);
  return { rows: page.rows.map((one) => itemWire(one, around)), nextCursor: page.nextCursor };
}

export async function getItem(
  ctx: Context,
  actor: Actor,
  runId: string,
  key: items.ItemKey,
  needs: RunNeeds,
): Promise<RunItemDetail> {
  requirePermission(actor, "runs.read");
  const run = await existingRun(ctx, runId);
  const within = await reachOf(ctx, actor, "runs.read");
  const [item] = await items.itemsOf(ctx.db, runId, run.attempt, [key]);
  if (item === undefined || !isWithin(within, { partnerId: key.partnerId }))
    throw notFound("partner in this run", key.partnerId);
  const cells = await items.cellsOf(ctx.db, runId, run.attempt, key);
  const words = await decisions.decisionsOf(ctx.db, runId, key);
  return {
    ...itemWire(item, await approving(ctx, actor, run, needs, [key])),
    cells: cells.map((one) => ({
      programId: one.program_id,
      component: one.component,
      model: one.model,
      tier: one.tier,
      quantity: plain(one.quantity),
      quantityBefore: plain(one.quantity_before),
      amount: String(one.amount),
      amountBefore: String(one.amount_before),
    })),
    decisions: words.map((one) => ({
      level: one.level as RunItemDetail["decisions"][number]["level"],
      decision: one.decision as "approve",
      person: one.person,
      actingFor: one.acting_for,
      comment: one.comment,
      at: one.at.toISOString(),
      stands: one.stands,
    })),
    enteredBy: item.entered_by as unknown as RunItemDetail["enteredBy"],
  };
}

/** Without zeros that say nothing: `12.00000000` is 12. */
function plain(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}

/** What the inputs were when it was frozen, and what has come since. */
export async function getSnapshot(
  ctx: Context,
  actor: Actor,
  runId: string,
  attempt: number | null,
  needs: RunNeeds,
): Promise<RunSnapshot> {
  requirePermission(actor, "runs.read", {});
  const run = await existingRun(ctx, runId);
  const snapshot = await snapshotOf(ctx.db, runId, attempt);
  if (snapshot === undefined) throw notFound("snapshot of the run", runId);
  return { ...snapshot, feeds: await lateSince(ctx.db, needs, snapshot, run.months[0] ?? run.from, run.to) };
}

/** Runs in which the reader has something to approve now. */
export async function listWaiting(ctx: Context, actor: Actor, needs: RunNeeds): Promise<readonly RunWaiting[]> {
  requirePermission(actor, "runs.read");
  const living = await store.livingRuns(ctx.db, [
    "validated",
    "regionally_approved",
    "centrally_approved",
    "finance_approved",
    "paid",
  ]);
  const found: RunWaiting[] = [];
  for (const run of living) {
    const around = await approving(ctx, actor, run, needs, null);
    const { canApprove, clean, level } = await countMine(ctx, run, around);
    if (canApprove === 0 || level === null) continue;
    const actingFor = (around.standingAt.get(level) ?? []).flatMap((one) =>
      one.actingFor === null ? [] : [one.actingFor],
    );
    const { runId, from, to, mode, state } = run;
    found.push({ runId, from, to, mode, state, level, items: canApprove, clean, due: nextDue(run), actingFor });
  }
  return found;
}
