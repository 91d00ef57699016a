import type { MonthDays, Where } from "@tributary/contract";
import { add, compare, type Decimal, decimal, negate, ZERO } from "../../kernel/decimal.ts";
import { type Day, lastDay, monthOf } from "../../kernel/period.ts";
import type { Entry } from "./entries.ts";
import { measuresOf } from "./exchange.ts";

/** Whether every number that is asked about stands on the event itself and lies within its bounds. @param value an entry's number in the plan's currency */
export function fits(entry: Entry, where: Where | undefined, value: (entry: Entry, name: string) => Decimal): boolean {
  if (where === undefined) return true;
  return Object.entries(where).every(([name, bounds]) => {
    const names = measuresOf(name);
    if (!names.some(([, one]) => entry.measures[one] !== undefined || entry.quantities[one] !== undefined))
      return false;
    const sum = names.reduce(
      (all, [sign, one]) => add(all, sign === 1 ? value(entry, one) : negate(value(entry, one))),
      ZERO,
    );
    return isWithin(sum, bounds);
  });
}

/** Whether a number lies within bounds; those that are left out hold. */
export function isWithin(value: Decimal, bounds: Where[string]): boolean {
  const order = (bound: string) => compare(value, decimal(bound));
  return (
    (bounds.atLeast === undefined || order(bounds.atLeast) >= 0) &&
    (bounds.moreThan === undefined || order(bounds.moreThan) > 0) &&
    (bounds.atMost === undefined || order(bounds.atMost) <= 0) &&
    (bounds.lessThan === undefined || order(bounds.lessThan) < 0)
  );
}

/** Whether a day is in a part of its month; 31 stands for the last day of every month. */
export function isOnDays(day: Day, days: MonthDays | undefined): boolean {
  if (days === undefined) return true;
  const number = Number(day.slice(8, 10));
  const last = Number(lastDay(monthOf(day)).slice(8, 10));
  return number >= Math.min(days.from, last) && (number <= days.until || (days.until >= last && number === last));
}
