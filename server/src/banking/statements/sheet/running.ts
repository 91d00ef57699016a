import { add, decimalOf, exactAmount, subtract, sumOf } from "../amounts.ts";
import { runningCheck, sameFigure } from "../checks.ts";
import type { Balance, Check, StatementEntry } from "../contracts.ts";

/** Which way the rows run is said by their days, and within one day by the running balance. */
export function running(entries: readonly StatementEntry[]): {
  readonly check: Check | undefined;
  readonly newestFirst: boolean;
} {
  const [first, last] = [entries[0]?.bookingDate ?? "", entries.at(-1)?.bookingDate ?? ""];
  const guess = first > last;
  // Pending and failed rows have not moved the balance.
  const booked = entries.filter((entry) => entry.status === "booked");
  if (isSparse(booked)) return { check: sparseCheck(guess ? booked.toReversed() : booked), newestFirst: guess };
  const check = runningCheck(booked, guess);
  if (check?.holds !== false) return { check, newestFirst: guess };
  const other = runningCheck(booked, !guess);
  return other?.holds === true ? { check: other, newestFirst: !guess } : { check, newestFirst: guess };
}

/** Some banks write the balance at the end of a day or a page only. */
function isSparse(booked: readonly StatementEntry[]): boolean {
  const told = booked.filter((entry) => entry.runningBalance !== undefined).length;
  return told > 0 && told < booked.length && booked.every((entry) => entry.amount !== null);
}

/** From one balance to the next by all entries between them: after the row that has it, else at the end of that row's day. */
function sparseCheck(ordered: readonly StatementEntry[]): Check | undefined {
  const byRow = chain(ordered);
  if (byRow?.holds !== false) return byRow;
  const byDay = chain(atDaysEnd(ordered));
  return byDay?.holds === true ? byDay : byRow;
}

function chain(ordered: readonly StatementEntry[]): Check | undefined {
  let before: StatementEntry | undefined;
  let between: StatementEntry[] = [];
  let compared = 0;
  for (const entry of ordered) {
    between.push(entry);
    if (entry.runningBalance === undefined) continue;
    if (before?.runningBalance !== undefined) {
      const expected = add(decimalOf(before.runningBalance), sumOf(between.map((one) => one.amount)));
      const words = `At ${entry.place} the balance before and ${between.length} ${between.length === 1 ? "entry" : "entries"} make`;
      const said = decimalOf(entry.runningBalance);
      const one = sameFigure("running balance", words, expected, said, entry.runningBalance.currency);
      if (!one.holds) return one;
      compared += 1;
    }
    before = entry;
    between = [];
  }
  if (compared === 0) return undefined;
  const sentence = `The balance follows from the entries before it, ${compared} times.`;
  return { name: "running balance", holds: true, sentence };
}

/** The last balance of each day, moved to the day's last row. */
function atDaysEnd(ordered: readonly StatementEntry[]): readonly StatementEntry[] {
  return ordered.map((entry, at) => {
    const { runningBalance: _, ...bare } = entry;
    if (ordered[at + 1]?.bookingDate === entry.bookingDate) return bare;
    const told = ordered.findLast((one) => one.bookingDate === entry.bookingDate && one.runningBalance !== undefined);
    return told?.runningBalance === undefined ? bare : { ...bare, runningBalance: told.runningBalance };
  });
}

/** The balances before the oldest and after the newest row. */
export function endsOf(
  entries: readonly StatementEntry[],
  currency: string | null,
  newestFirst: boolean,
): { opening?: Balance; closing?: Balance } {
  const booked = entries.filter((entry) => entry.status === "booked");
  const ordered = newestFirst ? booked.toReversed() : booked;
  const byRow = chain(ordered);
  const told = isSparse(booked) && byRow?.holds === false ? atDaysEnd(ordered) : ordered;
  const [from, to] = [told.findIndex(hasBalance), told.findLastIndex(hasBalance)];
  const [oldest, newest] = [told[from], told[to]];
  if (oldest?.runningBalance === undefined || newest?.runningBalance === undefined || oldest.amount === null) return {};
  const before = subtract(decimalOf(oldest.runningBalance), sumOf(told.slice(0, from + 1).map((one) => one.amount)));
  const after = add(decimalOf(newest.runningBalance), sumOf(told.slice(to + 1).map((one) => one.amount)));
  return {
    opening: {
      kind: "opening",
      code: "running",
      date: told[0]?.bookingDate ?? null,
      amount: exactAmount(before, currency),
      place: oldest.place,
    },
    closing: {
      kind: "closing",
      code: "running",
      date: told.at(-1)?.bookingDate ?? null,
      amount: exactAmount(after, currency),
      place: newest.place,
    },
  };
}

function hasBalance(entry: StatementEntry): boolean {
  return entry.runningBalance !== undefined;
}
