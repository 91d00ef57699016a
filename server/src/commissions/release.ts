import type { Pair } from "../agreements/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { type Day, dayOf, type Month, monthOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type Books, post, type TransferInput, takeBooks } from "../ledger/index.ts";
import { programById } from "../programs/index.ts";
import type { AdjustmentRow } from "./store/adjustments.ts";
import { lockPairs } from "./store/due.ts";
import { dueHolds, heldOfLine, pairsWithDueHolds } from "./store/held.ts";
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

/**
 * Books what two people agreed to release: all that is held of a line.
 * @param row the request, approved
 * @returns the month it was booked in
 * @throws Refusal `wrong_state` when another amount is held by now than was asked for
 */
export async function releaseByHand(tx: Context, row: AdjustmentRow, approvedBy: string): Promise<Month> {
  await lockPairs(tx.db, [{ partnerId: row.partner_id, programId: row.program_id ?? "" }]);
  const held = await heldOfLine(tx.db, row.line_key ?? "");
  if (held === undefined || held.heldMinor !== row.amount_minor)
    throw new Refusal("wrong_state", "What is held of this line has changed since: decline this and ask again.");
  const books = { partnerId: held.partnerId, currency: held.currency };
  const open = await takeBooks(tx, [books]);
  const today = dayOf(tx.clock.now(), (await programById(tx.db, held.programId))?.timeZone ?? "UTC");
  const period = open(books, monthOf(today));
  const transfer: TransferInput = {
    recipe: "release",
    sourceKey: held.lineKey,
    idempotencyKey: `line:${held.lineKey}:${held.version}:release`,
    ...books,
    programId: held.programId,
    amountMinor: held.heldMinor,
    period,
    occurredOn: today,
    memo: { adjustment: row.adjustment_id, reason: row.reason },
  };
  await writeHeld(tx.db, [{ ...held, heldMinor: 0n }]);
  await post(tx, [transfer], approvedBy);
  await announce(tx, "commissions.released", {
    lines: [[held.lineKey, held.version, held.heldMinor.toString()]],
  });
  return period;
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
