import { addDays, addMonths, type Day, type Month } from "../../kernel/period.ts";

/** Fewer than so many first deposits on the same days of last month say nothing about the shape of a month. */
const LEAST_TO_GO_BY = 20;

export interface RunRate {
  readonly name: "same_days" | "working_days" | "over";
  /** working days, or first deposits of last month's same days */
  readonly done: number;
  /** working days of the month, or first deposits of the whole of last month */
  readonly of: number;
  /** what the days that are over are multiplied by; 0: nothing can be said yet */
  readonly factor: number;
}

/**
 * How what came on a month's finished days is carried on to its end. By the same days of last month when there were enough (they know of pay days
 * and weekends), else by working days, Monday to Friday. One method and one factor for everybody, so that rows add up to their total.
 * @param today the first day that is not finished
 */
export function runRate(
  month: Month,
  today: Day,
  before: { readonly sameDays: number; readonly whole: number },
): RunRate {
  const next = addMonths(month, 1);
  if (today >= next) return { name: "over", done: 1, of: 1, factor: 1 };
  if (today <= month) return { name: "working_days", done: 0, of: workingDays(month, next), factor: 0 };
  if (before.sameDays >= LEAST_TO_GO_BY)
    return { name: "same_days", done: before.sameDays, of: before.whole, factor: before.whole / before.sameDays };
  const [done, of] = [workingDays(month, today), workingDays(month, next)];
  return { name: "working_days", done, of, factor: done === 0 ? 0 : of / done };
}

/** The day of last month that stands where `today` stands in its month; never beyond its end. */
export function sameDayBefore(month: Month, today: Day): Day {
  const last = addMonths(month, -1);
  const moved = addDays(last, Number(today.slice(8)) - 1);
  return moved > month ? month : moved;
}

/** Mondays to Fridays from a day to another, exclusive. */
export function workingDays(from: Day, to: Day): number {
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) count += 1;
  }
  return count;
}

/** What a count will be at the month's end, never less than it is already; null: nothing can be said. */
export function forecastCount(finished: number, soFar: number, rate: RunRate): number | null {
  return rate.factor === 0 ? null : Math.max(soFar, Math.round(finished * rate.factor));
}

/** The same of money, exact: minor units times a factor of six decimals, rounded half up. Income may fall below what it was. */
export function forecastMoney(finished: bigint, soFar: bigint, rate: RunRate): bigint | null {
  if (rate.factor === 0) return null;
  if (rate.name === "over") return soFar;
  const millionths = BigInt(Math.round(rate.factor * 1_000_000));
  const product = finished * millionths;
  const half = product < 0n ? -500_000n : 500_000n;
  return (product + half) / 1_000_000n;
}
