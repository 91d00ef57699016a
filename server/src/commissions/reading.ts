import type { Context } from "../database/index.ts";
import type { Month } from "../kernel/period.ts";
import * as store from "./store/reading.ts";

const LINES_AT_ONCE = 5_000;

/** Door for statements: every line version booked in a partner's month, in the order of booking, without loading them all. */
export async function* linesBookedIn(
  ctx: Context,
  partnerId: string,
  currency: string,
  month: Month,
): AsyncGenerator<{ lineKey: string; version: number; differenceMinor: bigint; workingHash: string }> {
  let after = 0n;
  for (;;) {
    const rows = await store.bookedAfter(ctx.db, { partnerId, currency, month }, after, LINES_AT_ONCE);
    for (const row of rows) {
      after = row.line_id;
      yield {
        lineKey: row.line_key,
        version: row.version,
        differenceMinor: row.difference_minor,
        workingHash: row.working_hash,
      };
    }
    if (rows.length < LINES_AT_ONCE) return;
  }
}

/** Door: why something of a partner up to a month cannot be calculated; null when nothing waits. */
export function waitingFor(ctx: Context, partnerId: string, month: Month): Promise<string | null> {
  return store.waitingProblem(ctx.db, partnerId, month);
}
