/** Doing again what processing did: facts from the events (attribution: attribution-replay.ts). The results must be the same. */
import { type CustomerState, customersAfter } from "../attribution/index.ts";
import { type FactDifference, markMoved, rebuildFacts, verifyFacts } from "../commissions/index.ts";
import { type Context, inTransaction, type Tx } from "../database/index.ts";
import { allPrograms } from "../programs/index.ts";
import { effectiveEventsOf, holdEvents, queueShipping } from "../tracking/index.ts";

const PAGE = 2_000;

export interface FactsReplayed {
  readonly customers: number;
  /** customers whose stored facts were not what their events come to (the first thousand) */
  readonly differences: readonly FactDifference[];
}

export interface ReplayOptions {
  /** compares and tells, writes nothing */
  readonly dryRun: boolean;
  /** only this program's customers */
  readonly programId?: string;
  readonly onProgress?: (customers: number) => void;
}

/**
 * Folds all events to facts and milestones again, and puts the result in the place of what is stored. Customers whose facts
 * differed are due for calculation again.
 */
export async function replayFacts(ctx: Context, options: ReplayOptions): Promise<FactsReplayed> {
  const zones = await zonesOf(ctx);
  const differences: FactDifference[] = [];
  const customers = await eachPage(ctx, options, async (tx, states) => {
    const ids = states.map((state) => state.customerId);
    const around = { zoneOf: zones, eventsOf: (wanted: readonly bigint[]) => effectiveEventsOf(tx, wanted) };
    const found = await verifyFacts(tx, ids, around);
    if (differences.length < 1_000) differences.push(...found);
    if (options.dryRun || found.length === 0) return;
    const wrong = new Set(found.map((difference) => difference.customerId));
    const due = states.filter((state) => wrong.has(state.customerId)).map(dueOf);
    await markMoved(tx, due, ctx.clock.now());
    await rebuildFacts(tx, [...wrong], around);
    await markMoved(tx, due, ctx.clock.now());
    await queueShipping(tx, [{ subject: "customer", keys: [...wrong] }]);
  });
  return { customers, differences };
}

/** Whether stored facts are what the events come to; writes nothing. */
export function checkFacts(ctx: Context): Promise<FactsReplayed> {
  return replayFacts(ctx, { dryRun: true });
}

/** Each page of customers in its own transaction, with the events consumer kept out while something is written. */
async function eachPage(
  ctx: Context,
  options: ReplayOptions,
  work: (tx: Tx, states: readonly CustomerState[]) => Promise<void>,
): Promise<number> {
  let after = 0n;
  let count = 0;
  for (;;) {
    const page = await inTransaction(
      ctx.db,
      async (tx) => {
        if (!options.dryRun) await holdEvents(tx);
        const states = await customersAfter(tx, after, PAGE);
        const wanted = states.filter((s) => options.programId === undefined || s.programId === options.programId);
        if (wanted.length > 0) await work(tx, wanted);
        return { last: states.at(-1)?.customerId, wanted: wanted.length };
      },
      // One view of events and facts: they are committed together.
      { isolation: options.dryRun ? "repeatable read" : "read committed" },
    );
    if (page.last === undefined) return count;
    after = page.last;
    count += page.wanted;
    options.onProgress?.(count);
  }
}

function dueOf(state: CustomerState) {
  const partnerIds = new Set(state.owners.flatMap((owner) => owner.partnerId ?? []));
  return { customerId: state.customerId, programId: state.programId, partnerIds: [...partnerIds] };
}

async function zonesOf(ctx: Context): Promise<(programId: string) => string> {
  const zones = new Map((await allPrograms(ctx.db)).map((program) => [program.programId, program.timeZone]));
  return (programId) => zones.get(programId) ?? "UTC";
}
