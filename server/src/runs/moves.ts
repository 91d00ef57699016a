import type { NewRun, RunReopen, RunSendBack, RunStep } from "@tributary/contract";
import { NewRun as NewRunSchema } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { obstacleOf } from "./checks.ts";
import { duesOf } from "./core/due.ts";
import { levelsAfter, mayCancel, RUN_LIFE } from "./core/life.ts";
import { runPeriod } from "./core/periods.ts";
import { moveTo, RUN_TASK, refuseWhileWorking, takeRun } from "./life.ts";
import type { RunNeeds } from "./needs.ts";
import { currentSettings } from "./settings.ts";
import { countClaimed, dropClaims } from "./store/claims.ts";
import { fallBack } from "./store/decisions.ts";
import { forgetLetters } from "./store/letters.ts";
import * as store from "./store/runs.ts";
import { startCalculation } from "./work.ts";

export interface Moved {
  readonly revision: number;
  readonly comment: string;
}

/** Tells the worker that there is something to do; it also looks by itself every minute. */

/**
 * Opens a run by hand. Those of the schedules open by themselves.
 * @throws Refusal `already_exists` for a period of a schedule that has its run, `invalid_input`
 */
export async function openRun(ctx: Context, actor: Actor, given: NewRun): Promise<string> {
  const input = NewRunSchema.parse(given);
  requirePermission(actor, "runs.write", {});
  if (input.to <= input.from) throw invalid("to", input.to, "does not lie after the first day");
  if (input.kind !== "regular" && input.reason === "")
    throw invalid("reason", "", "is missing: say why it is not the usual run");
  const period = runPeriod(input);
  if (period.mode === "interim" && period.months[0] !== `${input.from.slice(0, 7)}-01` && input.kind !== "regular")
    throw invalid("to", input.to, "lies in another month: what is paid on account stays within one");
  return await transact(ctx, async (tx) => {
    const settings = await currentSettings(tx);
    if (input.schedule !== null && !settings.document.schedules.some((one) => one.code === input.schedule))
      throw invalid("schedule", input.schedule, "is no schedule");
    const runId = tx.ids.next("run");
    const inserted = await store.insertRun(tx.db, {
      runId,
      ...period,
      kind: input.kind,
      schedule: input.schedule,
      scope: input.scope,
      reason: input.reason,
      settingsVersion: settings.version,
      dues: duesOf(input.to, settings.document.dueDays, settings.document.calendar),
      openedBy: personOf(actor),
      openedAt: tx.clock.now(),
    });
    if (!inserted) throw new Refusal("already_exists", "This period of the schedule has its run: repeat that one.");
    const course = { runId, from: null, to: "open" as const, attempt: 0, person: personOf(actor), at: tx.clock.now() };
    await store.addCourse(tx.db, { ...course, comment: input.reason });
    const after = { kind: input.kind, from: input.from, to: input.to, schedule: input.schedule, scope: input.scope };
    await audit.record(tx, actor, {
      action: "runs.opened",
      subjectKind: "run",
      subjectId: runId,
      after,
      reason: input.reason,
    });
    return runId;
  });
}

const FROM = { freeze: ["open"], calculate: ["frozen"], validate: ["calculated"] } as const;

/**
 * Asks for the next piece of work: the worker does it, part by part.
 * @throws Refusal `wrong_state` when something blocks it
 */
export async function askFor(
  ctx: Context,
  actor: Actor,
  runId: string,
  step: Exclude<RunStep, "release">,
  move: Moved,
  needs: RunNeeds,
): Promise<void> {
  requirePermission(actor, "runs.write", {});
  if (step === "validate") requirePermission(actor, "statements.approve", {});
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, move.revision);
    refuseWhileWorking(run);
    if (!FROM[step].includes(run.state as never))
      throw new Refusal("wrong_state", `A run that is ${run.state} is not there yet.`);
    await refuseBlocked(tx, run, needs);
    await begin(tx, actor, run, step, move.comment);
  });
}

/** Calculates a run again, from a new snapshot: a new attempt beside the old ones. Not once statements are closed. */
export async function repeatRun(ctx: Context, actor: Actor, runId: string, move: Moved): Promise<void> {
  requirePermission(actor, "runs.write", {});
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, move.revision);
    refuseWhileWorking(run);
    if (run.state !== "frozen" && run.state !== "calculated")
      throw new Refusal(
        "wrong_state",
        "Its statements are closed: what is wrong is put right in the month that is open.",
      );
    await moveTo(tx, actor, run, "open", move.comment === "" ? "repeated" : move.comment);
    await begin(tx, actor, run, "freeze", move.comment, true);
  });
}

async function begin(
  tx: TxContext,
  actor: Actor,
  run: store.RunRow,
  step: RunStep,
  comment: string,
  through = false,
): Promise<void> {
  if (step === "calculate") await startCalculation(tx, run);
  const progress: store.WorkProgress = {
    done: 0,
    of: step === "freeze" ? 0 : await countClaimed(tx.db, run.runId),
    what: step,
    cursor: "",
    until: through ? "calculated" : "frozen",
  };
  await store.updateRun(tx.db, run.runId, {
    asked_by: personOf(actor),
    asked_for: null,
    comment,
    trouble: null,
    ...(step === "calculate" ? {} : { working: step, progress: JSON.stringify(progress) }),
  });
  await announce(tx, RUN_TASK, { runId: run.runId });
}

async function refuseBlocked(tx: TxContext, run: store.RunRow, needs: RunNeeds): Promise<void> {
  const obstacle = await obstacleOf(tx, run, needs);
  if (obstacle === null) return;
  throw new Refusal(
    "wrong_state",
    `${BLOCKED[obstacle.code] ?? obstacle.code}${obstacle.detail === "" ? "." : `: ${obstacle.detail}`}`,
  );
}

const BLOCKED: Readonly<Record<string, string>> = {
  period_over: "The period is not over everywhere before",
  lines_and_ledger:
    "The lines and the ledger do not agree for some partners, or something of them cannot be calculated",
  calculable: "Something cannot be calculated",
};

/**
 * Sends a run back with a comment. Before its statements are closed it is calculated again; afterwards approvals fall and are given again.
 * @throws Refusal `wrong_state` for a state that it cannot go back to
 */
export async function sendBack(ctx: Context, actor: Actor, runId: string, input: RunSendBack): Promise<void> {
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, input.revision);
    requireApprover(actor);
    refuseWhileWorking(run);
    if (!RUN_LIFE[run.state].back.includes(input.to))
      throw new Refusal("wrong_state", `A run that is ${run.state} cannot go back to ${input.to}.`);
    await fallBack(tx.db, run.runId, run.attempt, levelsAfter(input.to));
    await forgetLetters(tx.db, run.runId, levelsAfter(input.to));
    await moveTo(tx, actor, run, input.to, input.comment);
  });
}

/** Whoever may approve the whole, or runs it, may stop it. */
function requireApprover(actor: Actor): void {
  const isRunner = actor.grants.some((one) => one.scope.kind === "everything" && one.permissions.has("runs.write"));
  if (!isRunner) requirePermission(actor, "runs.approve", {});
}

/** Gives a run up before it has closed anything: its period may be run anew. */
export async function cancelRun(ctx: Context, actor: Actor, runId: string, move: Moved): Promise<void> {
  requirePermission(actor, "runs.write", {});
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, move.revision);
    refuseWhileWorking(run);
    if (!mayCancel(run.state) || run.reopened > 0)
      throw new Refusal("wrong_state", "It has closed statements: it goes to its end.");
    await dropClaims(tx.db, run.runId);
    await moveTo(tx, actor, run, "cancelled", move.comment);
  });
}

/** Finance's last word: everything is paid and nothing is left to do. What is paid on account has no payment of its own to wait for. */
export async function closeRun(ctx: Context, actor: Actor, runId: string, move: Moved): Promise<void> {
  requirePermission(actor, "runs.write", {});
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, move.revision);
    refuseWhileWorking(run);
    const isPaid = run.state === "paid" || (run.state === "finance_approved" && run.mode === "interim");
    if (!isPaid) throw new Refusal("wrong_state", "It is not paid yet.");
    await moveTo(tx, actor, run, "closed", move.comment);
  });
}

/** Asks for a closed run to be opened again; somebody else has to sign. Closed statements stay: differences are booked in the open month. */
export async function askToReopen(ctx: Context, actor: Actor, runId: string, input: RunReopen): Promise<void> {
  requirePermission(actor, "runs.write", {});
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, input.revision);
    if (run.state !== "closed") throw new Refusal("wrong_state", "Only a closed run is opened again.");
    if (run.reopenBy !== null)
      throw new Refusal("wrong_state", "Somebody has asked for it already: it waits for a second signature.");
    await store.updateRun(tx.db, run.runId, {
      reopen_by: personOf(actor),
      reopen_at: tx.clock.now(),
      reopen_reason: input.reason,
    });
    await audit.record(tx, actor, {
      action: "runs.reopening_asked",
      subjectKind: "run",
      subjectId: run.runId,
      reason: input.reason,
    });
  });
}

/** The second signature, or its refusal. @throws Refusal `same_person` */
export async function answerReopening(
  ctx: Context,
  actor: Actor,
  runId: string,
  move: Moved,
  agreed: boolean,
): Promise<void> {
  requirePermission(actor, "runs.approve", {});
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, move.revision);
    if (run.reopenBy === null) throw new Refusal("wrong_state", "Nobody has asked for it to be opened again.");
    if (run.reopenBy === personOf(actor))
      throw new Refusal("same_person", "You asked for it: somebody else has to sign.");
    const answered = { reopen_by: null, reopen_at: null, reopen_reason: null };
    const words = [run.reopenReason, move.comment].filter(Boolean).join(" · ");
    if (agreed) return await moveTo(tx, actor, run, "open", words, { ...answered, reopened: run.reopened + 1 });
    await store.updateRun(tx.db, run.runId, answered);
    await audit.record(tx, actor, {
      action: "runs.reopening_declined",
      subjectKind: "run",
      subjectId: run.runId,
      reason: move.comment,
    });
  });
}

/** @throws Refusal `not_found` */
export async function existingRun(ctx: Context, runId: string): Promise<store.RunRow> {
  const run = await store.runById(ctx.db, runId);
  if (run === undefined) throw notFound("run", runId);
  return run;
}
