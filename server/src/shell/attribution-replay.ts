/**
 * Deciding a program's customers again: by its stored rules, or as if other rules held on some days. What would change is told before
 * anything is written; what is written goes on where it stood when it was killed.
 */
import type { ReplayMove } from "@tributary/contract";
import {
  type AttributionRules,
  type CommissionDifference,
  customersAfter,
  type MovedCustomer,
  mergeMoves,
  movesOf,
  type ProgramRules,
  type ReplayRuns,
  replayRuns,
  resettleCustomers,
  rulesOfPrograms,
  withVersion,
} from "../attribution/index.ts";
import { commissionsIfMoved } from "../commissions/index.ts";
import { type Context, inTransaction, type Tx } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { allPrograms, programById } from "../programs/index.ts";
import { type ClickIds, effectiveEventsOf, holdEvents, queueShipping } from "../tracking/index.ts";
import { customersMoved, touchSources } from "./pipeline.ts";

const PAGE = 5_000;

/** Rules that are tried on some days. */
export interface TriedRules {
  readonly rules: AttributionRules;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** What deciding again would change. */
export interface AttributionTried {
  readonly customers: number;
  readonly moves: readonly ReplayMove[];
  readonly moved: readonly MovedCustomer[];
  readonly commissions: readonly CommissionDifference[];
}

type OnProgress = (customers: number) => void;

async function rulesFor(ctx: Context, programId: string, tried: TriedRules | null): Promise<ProgramRules> {
  const program = await programById(ctx.db, programId);
  if (program === undefined) throw notFound("program", programId);
  const [stored] = (await rulesOfPrograms(ctx.db, [program])).values();
  if (stored === undefined) throw new Error(`program ${programId} has no rules`);
  return tried === null ? stored : { ...stored, timeline: withVersion(stored.timeline, { version: 0, ...tried }) };
}

interface PageDone {
  /** the last customer of the page; undefined: there are no more */
  readonly last: bigint | undefined;
  readonly customers: number;
  readonly moved: readonly MovedCustomer[];
  readonly moves: readonly ReplayMove[];
}

interface PageQuestion {
  readonly programId: string;
  readonly rules: ProgramRules;
  readonly clickIds: ClickIds;
  readonly after: bigint;
  readonly now: Date;
  readonly dryRun: boolean;
}

async function decidePage(tx: Tx, asked: PageQuestion): Promise<PageDone> {
  const { programId, rules, now, dryRun } = asked;
  const states = await customersAfter(tx, asked.after, PAGE, programId);
  if (states.length === 0) return { last: undefined, customers: 0, moved: [], moves: [] };
  const ids = states.map((state) => state.customerId);
  const programs = new Map([[programId, rules]]);
  const sources = touchSources(asked.clickIds);
  const { moved, written } = await resettleCustomers(tx, ids, { programs, sources, now, dryRun });
  const movedIds = moved.map((one) => one.customerId);
  const moves = movesOf(moved, await effectiveEventsOf(tx, movedIds), rules.timeZone);
  if (!dryRun) {
    await customersMoved(tx, moved, () => rules.timeZone, now);
    await queueShipping(tx, [{ subject: "customer", keys: written }]);
  }
  return { last: ids.at(-1), customers: states.length, moved, moves };
}

/** Tells what would change, and writes nothing. @param tried null: by the stored rules, under which nobody should move */
export async function tryAttribution(
  ctx: Context,
  clickIds: ClickIds,
  asked: {
    readonly programId: string;
    readonly tried: TriedRules | null;
    readonly onProgress?: OnProgress | undefined;
  },
): Promise<AttributionTried> {
  const { programId, tried } = asked;
  const rules = await rulesFor(ctx, programId, tried);
  const moved: MovedCustomer[] = [];
  let moves: readonly ReplayMove[] = [];
  let customers = 0;
  let after = 0n;
  for (;;) {
    const question = { programId, rules, clickIds, after, now: ctx.clock.now(), dryRun: true };
    // One view of customers and events: they are committed together.
    const page = await inTransaction(ctx.db, (tx) => decidePage(tx, question), { isolation: "repeatable read" });
    if (page.last === undefined) break;
    after = page.last;
    customers += page.customers;
    moved.push(...page.moved);
    moves = mergeMoves(moves, page.moves);
    asked.onProgress?.(customers);
  }
  return { customers, moves, moved, commissions: await commissionsIfMoved(ctx, programId, moved) };
}

/**
 * Takes a stored run to its end. Several may be at a run that applies: each page is taken by one of them, where the last one ended.
 * A preview knows its customers only in memory and begins anew.
 */
export async function runAttribution(
  ctx: Context,
  clickIds: ClickIds,
  runId: string,
  onProgress?: OnProgress,
): Promise<void> {
  const run = await replayRuns.byId(ctx.db, runId);
  if (run === undefined || run.state === "done" || run.state === "failed") return;
  try {
    const commissions =
      run.kind === "preview"
        ? await runPreview(ctx, clickIds, run, onProgress)
        : await runApply(ctx, clickIds, run, onProgress);
    await replayRuns.finish(ctx.db, runId, ctx.clock.now(), { problem: null, commissions });
  } catch (error) {
    await replayRuns.finish(ctx.db, runId, ctx.clock.now(), { problem: (error as Error).message, commissions: null });
    throw error;
  }
}

type Run = NonNullable<Awaited<ReturnType<ReplayRuns["byId"]>>>;

async function runPreview(ctx: Context, clickIds: ClickIds, run: Run, onProgress: OnProgress | undefined) {
  const { program_id: programId, run_id: runId } = run;
  await replayRuns.restart(ctx.db, runId);
  const tried = { rules: replayRuns.rulesOf(run), validFrom: run.valid_from, validUntil: run.valid_until };
  let told = 0;
  let at = 0n;
  const note = async (customers: number, moves: readonly ReplayMove[]) => {
    const next = BigInt(customers);
    await replayRuns.advance(ctx.db, runId, at, { after: next, customers: customers - told, moves });
    [told, at] = [customers, next];
  };
  let noting = Promise.resolve();
  const result = await tryAttribution(ctx, clickIds, {
    programId,
    tried,
    onProgress: (customers) => {
      noting = noting.then(() => note(customers, []));
      onProgress?.(customers);
    },
  });
  await noting;
  await note(result.customers, result.moves);
  return result.commissions;
}

async function runApply(
  ctx: Context,
  clickIds: ClickIds,
  { program_id: programId, run_id: runId }: Run,
  onProgress: OnProgress | undefined,
): Promise<null> {
  for (;;) {
    const rules = await rulesFor(ctx, programId, null);
    const done = await inTransaction(ctx.db, async (tx) => {
      await holdEvents(tx);
      const run = await replayRuns.byId(tx, runId);
      if (run === undefined) return undefined;
      const question = { programId, rules, clickIds, after: run.after_id, now: ctx.clock.now(), dryRun: false };
      const page = await decidePage(tx, question);
      if (page.last === undefined) return undefined;
      const moves = mergeMoves(run.moves as ReplayMove[], page.moves);
      await replayRuns.advance(tx, runId, run.after_id, { after: page.last, customers: page.customers, moves });
      return Number(run.customers) + page.customers;
    });
    if (done === undefined) return null;
    onProgress?.(done);
  }
}

export interface AttributionReplayed {
  readonly customers: number;
  /** customers who belong to others after it, with their owners before and after */
  readonly moved: readonly MovedCustomer[];
}

/** Decides about everybody again by the rules as they are stored, program by program. With the rules unchanged nobody moves. */
export async function replayAttribution(
  ctx: Context,
  clickIds: ClickIds,
  options: { readonly dryRun: boolean; readonly programId?: string; readonly onProgress?: OnProgress | undefined },
): Promise<AttributionReplayed> {
  const moved: MovedCustomer[] = [];
  let customers = 0;
  for (const { programId } of await allPrograms(ctx.db)) {
    if (options.programId !== undefined && options.programId !== programId) continue;
    const rules = await rulesFor(ctx, programId, null);
    let after = 0n;
    for (;;) {
      const question = { programId, rules, clickIds, after, now: ctx.clock.now(), dryRun: options.dryRun };
      const page = await inTransaction(ctx.db, async (tx) => {
        if (!options.dryRun) await holdEvents(tx);
        return await decidePage(tx, question);
      });
      if (page.last === undefined) break;
      after = page.last;
      customers += page.customers;
      moved.push(...page.moved);
      options.onProgress?.(customers);
    }
  }
  return { customers, moved };
}

/** From whom to whom customers went, without their events. */
export function toldMoves(moved: readonly MovedCustomer[]): readonly ReplayMove[] {
  return movesOf(moved, [], "UTC");
}
