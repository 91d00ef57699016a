import { allPairs } from "../agreements/index.ts";
import { countCustomers } from "../attribution/index.ts";
import { announce, type Context, type Db, keepPlans, type TxContext, transact } from "../database/index.ts";
import { type Day, dayOf, type Month } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type Books, post, type TransferInput, takeBooks } from "../ledger/index.ts";
import type { DuePair, Recalculated } from "./contracts.ts";
import { type Calculated, calculate } from "./core/calculate.ts";
import { bookingOf, type NewLine, reconcile } from "./core/reconcile.ts";
import { type LoadedPair, loadPairs } from "./load.ts";
import { otherProgramsDue, parentsDue } from "./standing.ts";
import {
  clearDue,
  countDue,
  type DueMonth,
  lockPairs,
  markAndHold,
  markFrom,
  noteProblem,
  readDue,
  readDueOf,
  tryLockPairs,
} from "./store/due.ts";
import { type HeldRow, insertLines, type LineRow, writeHeld } from "./store/lines.ts";
import { writeMemories } from "./store/memories.ts";

/** Pairs that are looked up at once; they are calculated in smaller parts. */
const PAIRS_LOOKED_UP = 300;
/** A part is one transaction: enough customers to share the queries, few enough that memory stays small, whatever the number of pairs. */
const CUSTOMERS_AT_ONCE = 4_000;
const PAIRS_AT_ONCE = 60;

export interface RecalculateOptions {
  /** Only pairs of these partners. */
  readonly partnerIds?: readonly string[];
  /** Told after every transaction how many pairs it has calculated. */
  readonly onProgress?: (pairs: number) => void;
  /** Ends between two transactions; what is left stays due. */
  readonly signal?: AbortSignal;
  /** Parts that are worked on at once, one unless given: while the database looks up one of them, another is calculated. */
  readonly atOnce?: number;
}

/**
 * Calculates everything that is due and books the differences, until nothing is due. Safe beside itself, also in other processes, and beside the
 * events consumer: a pair is calculated by one at a time, what another works on is left to it, and what is marked meanwhile is calculated next.
 * What is calculated is committed part by part: whoever is killed goes on where the last part ended.
 */
export async function recalculate(ctx: Context, options: RecalculateOptions = {}): Promise<Recalculated> {
  const sum = { pairs: 0, lines: 0, transfers: 0, problems: 0 };
  const stopped = () => options.signal?.aborted === true;
  // When all that is left is in other hands, the next look waits for them: afterwards nothing of it is due any more.
  for (let wait = false; !stopped(); ) {
    const due = distinctPairs(await readDue(ctx.db, PAIRS_LOOKED_UP, options.partnerIds ?? null));
    if (due.length === 0) return sum;
    let calculated = 0;
    const parts = (await inParts(ctx, due)).values();
    const work = async () => {
      for (const part of parts) {
        if (stopped()) return;
        const isWaited = wait;
        wait = false;
        const done = await transact(ctx, (tx) => calculateDue(tx, part, isWaited));
        calculated += done.pairs;
        for (const name of ["pairs", "lines", "transfers", "problems"] as const) sum[name] += done[name];
        if (done.pairs > 0) options.onProgress?.(done.pairs);
      }
    };
    await allOf(Array.from({ length: options.atOnce ?? 1 }, work));
    if (stopped()) return sum;
    wait = calculated === 0;
  }
  return sum;
}

/** Waits for all, also when one of them fails: nothing goes on behind the back of whoever hears of it. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === "rejected") throw result.reason;
}

/** How many pairs of partner and program wait for their calculation; those that could not be calculated are not waiting. */
export function countDuePairs(db: Db, partnerId?: string): Promise<number> {
  return countDue(db, partnerId ?? null);
}

/** Has everything calculated again from a month on. */
export async function markEverybody(ctx: Context, month: Month, partnerId: string | null): Promise<void> {
  const pairs = (await allPairs(ctx.db)).filter((pair) => partnerId === null || pair.partnerId === partnerId);
  await markFrom(
    ctx.db,
    pairs.map((pair) => ({ ...pair, month })),
    ctx.clock.now(),
  );
}

/** Cuts pairs by how many customers they have. */
async function inParts(ctx: Context, pairs: readonly DuePair[]): Promise<DuePair[][]> {
  const [only] = pairs;
  if (pairs.length === 1 && only !== undefined) return [[only]];
  const counts = await countCustomers(ctx.db, pairs);
  const parts: DuePair[][] = [];
  let room = 0;
  for (const [position, pair] of pairs.entries()) {
    const customers = counts[position] ?? 0;
    const last = parts.at(-1);
    if (last === undefined || customers > room || last.length >= PAIRS_AT_ONCE) {
      parts.push([pair]);
      room = CUSTOMERS_AT_ONCE - customers;
      continue;
    }
    last.push(pair);
    room -= customers;
  }
  return parts;
}

interface Outcome {
  readonly pair: LoadedPair;
  readonly calculated: Calculated;
  readonly added: readonly NewLine[];
}

async function calculateDue(tx: TxContext, part: readonly DuePair[], wait: boolean): Promise<Recalculated> {
  // One pair and a few events: most of the time would go into planning the same statements again.
  if (part.length === 1 && part[0]?.changed !== undefined) await keepPlans(tx.db);
  const mine = wait ? await lockPairs(tx.db, part) : await tryLockPairs(tx.db, part);
  // Read again under the lock: another calculation may have done some of it since.
  const due = mine.length === 0 ? [] : await readDueOf(tx.db, mine);
  const pairs = distinctPairs(due);
  if (pairs.length === 0) return { pairs: 0, lines: 0, transfers: 0, problems: 0 };
  const loaded = await loadPairs(tx.db, pairs);
  const outcomes: Outcome[] = [];
  const problems: { readonly months: readonly DueMonth[]; readonly problem: string }[] = [];
  for (const pair of loaded) {
    const result = tryCalculate(pair);
    if ("calculated" in result) {
      outcomes.push(result);
      continue;
    }
    const months = due.filter((one) => one.partnerId === pair.partnerId && one.programId === pair.programId);
    problems.push({ months, problem: result.problem });
  }
  const booked = await book(tx, outcomes);
  const anew = await parentsDue(
    tx,
    pairs.map((pair) => ({ ...pair, month: pair.from })),
  );
  const derived = await otherProgramsDue(
    tx,
    due.filter((one) => !one.derived),
  );
  if (anew.length + derived.length + problems.length > 0)
    await markAndHold(tx.db, { anew, derived }, due, tx.clock.now());
  for (const { months, problem } of problems) await noteProblem(tx.db, months, problem);
  const failed = new Set(problems.flatMap((one) => one.months));
  await clearDue(
    tx.db,
    due.filter((one) => !failed.has(one)),
  );
  return { pairs: pairs.length, ...booked, problems: loaded.length - outcomes.length };
}

function tryCalculate(pair: LoadedPair): Outcome | { readonly problem: string } {
  try {
    const calculated = calculate(pair.calculation);
    return { pair, calculated, added: reconcile(calculated.lines, pair.stored) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

function distinctPairs(due: readonly DueMonth[]): DuePair[] {
  return [...Map.groupBy(due, (one) => `${one.programId} ${one.partnerId}`).values()].flatMap((months) => {
    const [first] = months.toSorted((a, b) => (a.month < b.month ? -1 : 1));
    if (first === undefined) return [];
    const { partnerId, programId, month: from } = first;
    const pair = { partnerId, programId, from };
    if (months.some((one) => one.customers === null)) return [pair];
    return [{ ...pair, changed: [...new Set(months.flatMap((one) => one.customers ?? []))] }];
  });
}

/** Stores the new line versions and posts what they differ by, in the open month of each partner's books. */
async function book(tx: TxContext, outcomes: readonly Outcome[]): Promise<{ lines: number; transfers: number }> {
  const memories = outcomes.flatMap(({ pair, calculated }) =>
    calculated.memories.map((memory) => ({ ...memory, partnerId: pair.partnerId, programId: pair.programId })),
  );
  if (outcomes.length > 0)
    await writeMemories(
      tx.db,
      outcomes.map(({ pair }) => pair),
      memories,
    );
  const added = outcomes.flatMap(({ pair, added: lines }) => lines.map((line) => ({ line, pair })));
  if (added.length === 0) return { lines: 0, transfers: 0 };
  const open = await takeBooks(tx, distinctBooks(added));
  const rows: LineRow[] = [];
  const held: HeldRow[] = [];
  const transfers: TransferInput[] = [];
  for (const { line, pair } of added) {
    const { partnerId, programId } = pair;
    const bookedMonth = open({ partnerId, currency: line.currency }, line.month);
    const booking = bookingOf(line, pair, today(tx, pair.timeZone), bookedMonth);
    rows.push({ ...line, partnerId, programId, bookedMonth });
    transfers.push(...booking.transfers);
    const heldUntil = line.heldUntil ?? line.earnedOn;
    if (booking.heldMinor > 0n || line.before.heldMinor > 0n)
      held.push({
        lineKey: line.key,
        version: line.version,
        partnerId,
        programId,
        currency: line.currency,
        heldMinor: booking.heldMinor,
        heldUntil,
      });
  }
  const ids = await insertLines(tx.db, rows, tx.clock.now());
  await writeHeld(tx.db, held);
  const { booked } = await post(tx, transfers, null);
  // Postbacks and statements follow by themselves.
  await announce(tx, "commissions.booked", {
    partnerIds: [...new Set(rows.map((row) => row.partnerId))],
    firstLineId: String(ids?.first),
    lastLineId: String(ids?.last),
  });
  return { lines: rows.length, transfers: booked };
}

function today(tx: Context, zone: string): Day {
  return dayOf(tx.clock.now(), zone);
}

function distinctBooks(added: readonly { readonly line: NewLine; readonly pair: LoadedPair }[]): Books[] {
  const books = new Map(
    added.map(({ line, pair }) => [
      `${pair.partnerId} ${line.currency}`,
      { partnerId: pair.partnerId, currency: line.currency },
    ]),
  );
  return [...books.values()];
}
