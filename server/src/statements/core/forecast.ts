import { addDays, addMonths, type Day, monthOf } from "../../kernel/period.ts";

interface Hold {
  /** null: nobody can say when */
  readonly payableOn: Day | null;
  readonly amount: string;
}

/** What will be payable by a day, and what of it is released between the day before it in the list and that day. */
export interface Expected {
  readonly on: Day;
  readonly released: string;
  readonly payable: string;
}

const MONTHS_AHEAD = 3;

/**
 * What is payable today, and at the end of this month and of the next ones if nothing else is earned: holds become payable on their day. E.g. 100 payable,
 * 30 held until the 20th, 50 until the 5th of next month → today 100, end of this month 130, end of the next 180.
 */
export function forecastOf(today: Day, payable: bigint, holds: readonly Hold[]): readonly Expected[] {
  const expected: Expected[] = [{ on: today, released: "0", payable: String(payable) }];
  let last = today;
  let balance = payable;
  for (let ahead = 1; ahead <= MONTHS_AHEAD; ahead += 1) {
    const on = addDays(addMonths(monthOf(today), ahead), -1);
    const due = holds.filter(
      ({ payableOn }) => payableOn !== null && payableOn <= on && (ahead === 1 || payableOn > last),
    );
    const released = due.reduce((sum, hold) => sum + BigInt(hold.amount), 0n);
    balance += released;
    last = on;
    if (released !== 0n) expected.push({ on, released: String(released), payable: String(balance) });
  }
  return expected;
}
