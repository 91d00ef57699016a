import type { RunSettingsDocument, RunStep } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import { lastLine, recalculate, releaseDue } from "../commissions/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { dayOf, lastDay } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { monthFigures } from "../ledger/index.ts";
import { approveOnAccount, approveStatements, closeStatements, openStatements } from "../statements/index.ts";
import { passEmptyLevels } from "./approvals.ts";
import { freezeRun } from "./freeze.ts";
import { moveTo } from "./life.ts";
import { earnedIn, lookAt } from "./look.ts";
import type { RunNeeds } from "./needs.ts";
import { inPlaceOf } from "./people.ts";
import { settingsOfRun } from "./settings.ts";
import * as claims from "./store/claims.ts";
import * as items from "./store/items.ts";
import * as store from "./store/runs.ts";

/** Partners that are looked at, closed or released in one transaction. */
const PARTNERS_AT_ONCE = 1_000;

export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** Told before each part; may throw, as a kill would. */
  readonly onPart?: (step: RunStep, cursor: string) => void;
  readonly partnersAtOnce?: number;
}

interface Work {
  readonly ctx: Context;
  readonly run: store.RunRow;
  readonly actor: Actor;
  readonly settings: RunSettingsDocument;
  readonly needs: RunNeeds;
  readonly atOnce: number;
}

/**
 * Does what a run was asked for, part by part, each committed with how far it is: whoever is killed between two of them is followed by somebody who goes
 * on there, and a part that was done already does nothing again. Safe beside itself: each part locks the run and looks whether it is still the next.
 * @throws whatever is a defect; what is only refused (a permission that is gone, say) ends the work and stands on the run as its trouble
 */
export async function advanceRun(
  ctx: Context,
  runId: string,
  needs: RunNeeds,
  options: WorkOptions = {},
): Promise<void> {
  while (options.signal?.aborted !== true) {
    const run = await store.runById(ctx.db, runId);
    if (run?.working == null) return;
    options.onPart?.(run.working, run.progress?.cursor ?? "");
    const actor = await actorOfWork(ctx, run, needs);
    if (actor === undefined) return await giveUp(ctx, run, "Whoever asked for it may not work here any more.");
    const settings = (await settingsOfRun(ctx, run.settingsVersion)).document;
    const work = { ctx, run, actor, settings, needs, atOnce: options.partnersAtOnce ?? PARTNERS_AT_ONCE };
    try {
      await PARTS[run.working](work);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return await giveUp(ctx, run, error.message);
    }
  }
}

/** Whoever stands in for somebody has the rights of both. */
async function actorOfWork(ctx: Context, run: store.RunRow, needs: RunNeeds): Promise<Actor | undefined> {
  const actor = await needs.actorOf(ctx, run.askedBy ?? "");
  const other = run.askedFor === null ? undefined : await needs.actorOf(ctx, run.askedFor);
  return actor === undefined || other === undefined ? actor : inPlaceOf(actor, other);
}

const PARTS: Readonly<Record<RunStep, (work: Work) => Promise<void>>> = { freeze, calculate, validate, release };

async function giveUp(ctx: Context, run: store.RunRow, trouble: string): Promise<void> {
  await transact(ctx, (tx) => store.updateRun(tx.db, run.runId, { working: null, trouble }));
}

async function freeze({ ctx, run, actor, settings, needs }: Work): Promise<void> {
  await openStatements(ctx);
  await onTurn(ctx, run, async (tx, now) => {
    await freezeRun(tx, actor, now, settings, needs);
    if (run.progress?.until === "calculated") await startCalculation(tx, { ...now, state: "frozen" });
  });
}

/** A new attempt begins; the ones before stay as they are, to be compared with. */
export async function startCalculation(tx: TxContext, run: store.RunRow): Promise<void> {
  await store.updateRun(tx.db, run.runId, {
    working: "calculate",
    attempt: run.attempt + 1,
    trouble: null,
    progress: JSON.stringify({
      done: 0,
      of: await claims.countClaimed(tx.db, run.runId),
      what: "calculating",
      cursor: "",
      until: "calculated",
    } satisfies store.WorkProgress),
  });
}

async function calculate(work: Work): Promise<void> {
  const { ctx, run, atOnce } = work;
  if (run.progress?.what === "calculating") return await calculateDue(work);
  const part = await claims.claimsAfter(ctx.db, run.runId, run.progress?.cursor ?? "", atOnce);
  if (part.length === 0) return await onTurn(ctx, run, (tx, now) => finishCalculation(tx, work, now));
  await onTurn(ctx, run, async (tx, now) => {
    const looked = await lookAt(tx, now, work.settings, part, work.needs, null);
    await items.insertItems(tx.db, now.runId, now.attempt, looked.items);
    await items.insertCells(tx.db, now.runId, now.attempt, looked.cells);
    await goOn(tx, now, part);
  });
}

async function calculateDue({ ctx, run }: Work): Promise<void> {
  const own = await claims.claimsAfter(ctx.db, run.runId, "", null);
  const partnerIds = [...new Set(own.map((one) => one.partnerId))];
  const progress = run.progress as store.WorkProgress;
  if (partnerIds.length > 0) await recalculate(ctx, { partnerIds });
  const today = dayOf(ctx.clock.now(), "UTC");
  const last = lastDay(run.months.at(-1) ?? run.from);
  const [until = today] = [last, today].sort();
  await releaseDue(ctx, until);
  await onTurn(ctx, run, (tx, now) => store.noteProgress(tx.db, now.runId, { ...progress, what: "looking" }));
}

async function finishCalculation(tx: TxContext, { settings, actor }: Work, run: store.RunRow): Promise<void> {
  await items.markTop(tx.db, run.runId, run.attempt, settings.thresholds.topCount);
  await items.writeAttempt(tx.db, run.runId, run.attempt, tx.clock.now(), await lastLine(tx.db));
  await moveTo(tx, actor, run, "calculated", run.comment, { working: null, progress: null });
}

async function validate(work: Work): Promise<void> {
  const { ctx, run, actor, atOnce } = work;
  const part = await claims.claimsAfter(ctx.db, run.runId, run.progress?.cursor ?? "", atOnce);
  if (part.length === 0)
    return await onTurn(ctx, run, async (tx, now) => {
      await moveTo(tx, actor, now, "validated", now.comment, { working: null, progress: null });
      await passEmptyLevels(tx, actor, { ...now, state: "validated", working: null });
    });
  const closed =
    run.mode === "interim"
      ? null
      : await closeStatements(
          ctx,
          actor,
          part.map((one) => one.statementId),
          { runId: run.runId },
        );
  await onTurn(ctx, run, async (tx, now) => {
    await lookAgain(tx, work, now, part);
    for (const { id, detail } of closed?.refused ?? []) await items.leaveOut(tx.db, now, id, detail);
    await goOn(tx, now, part);
  });
}

/** What moved between the calculation and the closing is written anew and marked, so that approvals are about what was closed. */
async function lookAgain(tx: TxContext, work: Work, run: store.RunRow, part: readonly claims.Claim[]): Promise<void> {
  if (run.mode === "interim") return;
  const keys = [...new Map(part.map((one) => [`${one.partnerId} ${one.currency}`, one])).values()];
  const before = await items.itemsOf(tx.db, run.runId, run.attempt, keys);
  const asked = before.flatMap((one) =>
    run.months.map((month) => ({ partnerId: one.partner_id, currency: one.currency, month })),
  );
  const now = await monthFigures(tx, asked);
  const changed = before.filter((one, index) => {
    const own = now.slice(index * run.months.length, (index + 1) * run.months.length);
    return (
      earnedIn(own) !== one.earned ||
      own.at(-1)?.closingPayable !== one.closing_payable ||
      own.at(-1)?.closingHeld !== one.closing_held
    );
  });
  if (changed.length === 0) return;
  const partnerIds = new Set(changed.map((one) => one.partner_id));
  const again = part.filter((one) => partnerIds.has(one.partnerId));
  const calculated = new Map(before.map((one) => [`${one.partner_id} ${one.currency}`, one.earned]));
  const looked = await lookAt(tx, run, work.settings, again, work.needs, calculated);
  await items.dropItems(tx.db, run.runId, run.attempt, [...partnerIds]);
  await items.insertItems(tx.db, run.runId, run.attempt, looked.items);
  await items.insertCells(tx.db, run.runId, run.attempt, looked.cells);
}

async function release(work: Work): Promise<void> {
  const { ctx, run, actor, atOnce } = work;
  await onTurn(ctx, run, async (tx, now) => {
    const part = await items.toRelease(tx.db, now.runId, now.attempt, atOnce);
    if (part.length === 0) {
      const to = now.state === "centrally_approved" ? "finance_approved" : now.state;
      const change = { working: null, progress: null };
      if (to === now.state) return await store.updateRun(tx.db, now.runId, change);
      return await moveTo(tx, actor, now, to, now.comment, change);
    }
    const ids = part.flatMap((one) => one.statement_ids);
    const done =
      now.mode === "statement"
        ? await approveStatements(tx, actor, ids, now.runId)
        : await approveOnAccount(tx, actor, part.flatMap(letGo), now.runId);
    const [first] = done.refused;
    if (first !== undefined) throw new Refusal(first.code, first.detail);
    await items.noteReleased(tx.db, now, part);
    const progress = now.progress as store.WorkProgress;
    await store.noteProgress(tx.db, now.runId, { ...progress, done: progress.done + part.length });
  });
}

/** An interim run is about one month, so an amount belongs to one statement. */
function letGo(item: items.ItemRow) {
  return item.statement_ids
    .slice(0, 1)
    .flatMap((statementId) => (item.to_pay > 0n ? [{ statementId, minor: item.to_pay }] : []));
}

/** Runs a part when it is still its turn: nobody has done it meanwhile, or sent the run elsewhere. */
async function onTurn(
  ctx: Context,
  seen: store.RunRow,
  part: (tx: TxContext, run: store.RunRow) => Promise<void>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const run = await store.lockRun(tx.db, seen.runId);
    const isSame =
      run?.working === seen.working &&
      run?.attempt === seen.attempt &&
      run?.progress?.cursor === seen.progress?.cursor &&
      run?.progress?.what === seen.progress?.what;
    if (run !== undefined && isSame) await part(tx, run);
  });
}

async function goOn(tx: TxContext, run: store.RunRow, part: readonly claims.Claim[]): Promise<void> {
  const progress = run.progress as store.WorkProgress;
  const done = progress.done + new Set(part.map((one) => one.partnerId)).size;
  await store.noteProgress(tx.db, run.runId, { ...progress, done, cursor: part.at(-1)?.partnerId ?? progress.cursor });
}
