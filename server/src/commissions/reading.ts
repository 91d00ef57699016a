import type { Context, TxContext } from "../database/index.ts";
import type { Month } from "../kernel/period.ts";
import * as store from "./store/reading.ts";

export type { BookedPart, BookedRecord } from "./store/reading.ts";

const LINES_AT_ONCE = 20_000;
const RECORDS_AT_ONCE = 5_000;

/** A month of a partner's books. */
interface BookedMonth {
  readonly partnerId: string;
  readonly currency: string;
  readonly month: Month;
}

/**
 * Door for statements: every line version booked in some months, thousands at a time and never all of them in memory; those of one month in
 * the order of booking. `position` counts the months from zero.
 */
export async function* linesBookedIn(
  tx: TxContext,
  months: readonly BookedMonth[],
): AsyncGenerator<readonly store.BookedPart[]> {
  if (months.length === 0) return;
  await store.openBooked(tx.db, months);
  try {
    for (;;) {
      const rows = await store.fetchBooked(tx.db, LINES_AT_ONCE);
      if (rows.length > 0) yield rows;
      if (rows.length < LINES_AT_ONCE) return;
    }
  } finally {
    await store.closeBooked(tx.db);
  }
}

/** Door: why something of partners up to a month cannot be calculated, by partner; who is not named waits for nothing. */
export function waitingFor(
  ctx: Context,
  partnerIds: readonly string[],
  month: Month,
): Promise<ReadonlyMap<string, string>> {
  return store.waitingProblems(ctx.db, partnerIds, month);
}

/** Door for statements: what each line version booked in a month says of itself, thousands at a time, each page a query of its own. */
export async function* recordsBookedIn(
  ctx: Context,
  month: BookedMonth,
): AsyncGenerator<readonly store.BookedRecord[]> {
  let after = 0n;
  for (;;) {
    const rows = await store.bookedRecords(ctx.db, month, after, RECORDS_AT_ONCE);
    if (rows.length > 0) yield rows;
    if (rows.length < RECORDS_AT_ONCE) return;
    after = rows.at(-1)?.lineId ?? after;
  }
}

/** Door for statements: negative bases that lines of a month took over from the month before, and left to the next. */
export function carriesOf(ctx: Context, month: BookedMonth): Promise<readonly store.Carry[]> {
  return store.carriesOf(ctx.db, month);
}
