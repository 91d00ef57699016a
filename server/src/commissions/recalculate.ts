import { announce, type Context, transact } from "../database/index.ts";
import { type Day, dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type Books, post, type TransferInput, takeBooks } from "../ledger/index.ts";
import type { DuePair, Recalculated } from "./contracts.ts";
import { type Calculated, calculate } from "./core/calculate.ts";
import { bookingOf, type NewLine, reconcile } from "./core/reconcile.ts";
import { type LoadedPair, loadPairs } from "./load.ts";
import { markParents } from "./standing.ts";
import { clearDue, type DueMonth, lockPairs, noteProblem, readDue, readDueOf } from "./store/due.ts";
import { type HeldRow, insertLines, type LineRow, writeHeld } from "./store/lines.ts";
import { writeMemories } from "./store/memories.ts";

/** Pairs in one transaction: enough to share the queries, few enough to be done in a second or two. */
const PAIRS_AT_ONCE = 60;

/**
 * Calculates everything that is due and books the differences, until nothing is due. Safe beside itself and beside the events consumer: a pair
 * is calculated by one at a time, and what is marked meanwhile is calculated next.
 * @param options.partnerId only this partner's pairs
 */
export async function recalculate(ctx: Context, options: { readonly partnerId?: string } = {}): Promise<Recalculated> {
  const sum = { pairs: 0, lines: 0, transfers: 0, problems: 0 };
  for (;;) {
    const due = await readDue(ctx.db, PAIRS_AT_ONCE, options.partnerId ?? null);
    if (due.length === 0) return sum;
    const done = await transact(ctx, (tx) => calculateDue(tx, due));
    sum.pairs += done.pairs;
    sum.lines += done.lines;
    sum.transfers += done.transfers;
    sum.problems += done.problems;
  }
}

interface Outcome {
  readonly pair: LoadedPair;
  readonly calculated: Calculated;
  readonly added: readonly NewLine[];
}

async function calculateDue(tx: Context, found: readonly DueMonth[]): Promise<Recalculated> {
  await lockPairs(tx.db, distinctPairs(found));
  // Read again under the lock: another calculation may have done some of it while this one waited.
  const due = await readDueOf(tx.db, distinctPairs(found));
  const pairs = distinctPairs(due);
  const loaded = await loadPairs(tx.db, pairs);
  const outcomes: Outcome[] = [];
  const failed: DueMonth[] = [];
  for (const pair of loaded) {
    const result = tryCalculate(pair);
    if ("calculated" in result) {
      outcomes.push(result);
      continue;
    }
    const months = due.filter((one) => one.partnerId === pair.partnerId && one.programId === pair.programId);
    await noteProblem(tx.db, months, result.problem);
    failed.push(...months);
  }
  const booked = await book(tx, outcomes);
  await markParents(
    tx,
    pairs.map((pair) => ({ ...pair, month: pair.from })),
  );
  await clearDue(
    tx.db,
    due.filter((one) => !failed.includes(one)),
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
  const pairs = new Map<string, DuePair>();
  for (const { partnerId, programId, month } of due) {
    const name = `${programId} ${partnerId}`;
    const before = pairs.get(name);
    if (before === undefined || month < before.from) pairs.set(name, { partnerId, programId, from: month });
  }
  return [...pairs.values()];
}

/** Stores the new line versions and posts what they differ by, in the open month of each partner's books. */
async function book(tx: Context, outcomes: readonly Outcome[]): Promise<{ lines: number; transfers: number }> {
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
