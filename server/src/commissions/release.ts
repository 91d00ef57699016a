import type { Pair } from "../agreements/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { type Day, monthOf } from "../kernel/period.ts";
import { type Books, post, type TransferInput, takeBooks } from "../ledger/index.ts";
import { lockPairs } from "./store/due.ts";
import { dueHolds, pairsWithDueHolds } from "./store/held.ts";
import { writeHeld } from "./store/lines.ts";

const HOLDS_AT_ONCE = 2_000;

/**
 * Releases what has been held long enough: one transfer per line, booked in the month its hold ended or the first open one after it.
 * @param asOf holds that end on this day or before it; a day of the programs' zones
 * @returns how many lines were released
 */
export async function releaseDue(ctx: Context, asOf: Day): Promise<{ readonly released: number }> {
  let released = 0;
  for (;;) {
    const pairs = await pairsWithDueHolds(ctx.db, asOf, HOLDS_AT_ONCE);
    if (pairs.length === 0) return { released };
    released += await transact(ctx, (tx) => releaseOf(tx, pairs, asOf));
  }
}

async function releaseOf(tx: Context, pairs: readonly Pair[], asOf: Day): Promise<number> {
  // The same order of locks as a calculation: pairs, then books. A calculation reads what is held and must not be overtaken.
  await lockPairs(tx.db, pairs);
  const due = await dueHolds(tx.db, pairs, asOf);
  if (due.length === 0) return 0;
  const open = await takeBooks(tx, distinctBooks(due));
  const transfers = due.map(
    (one): TransferInput => ({
      recipe: "release",
      sourceKey: one.lineKey,
      idempotencyKey: `line:${one.lineKey}:${one.version}:release`,
      partnerId: one.partnerId,
      programId: one.programId,
      currency: one.currency,
      amountMinor: one.heldMinor,
      period: open(one, monthOf(one.heldUntil)),
      occurredOn: one.heldUntil,
    }),
  );
  await writeHeld(
    tx.db,
    due.map((one) => ({ ...one, heldMinor: 0n })),
  );
  await post(tx, transfers, null);
  await announce(tx, "commissions.released", {
    lines: due.map((one) => [one.lineKey, one.version, one.heldMinor.toString()]),
  });
  return due.length;
}

function distinctBooks(due: readonly Books[]): Books[] {
  return [...new Map(due.map((one) => [`${one.partnerId} ${one.currency}`, one])).values()];
}
