import type { RunCadence, RunMode } from "@tributary/contract";
import { addDays, addMonths, type Day, type Month, monthOf } from "../../kernel/period.ts";

/** Half-open. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

export interface RunPeriod extends Period {
  /** statement: whole months, whose statements are closed · interim: a part of a month that stays open, paid on account. */
  readonly mode: RunMode;
  /** Months whose books it is about; of an interim run the open one. */
  readonly months: readonly Month[];
}

/** The month, half month, week (from Monday) or quarter that a day lies in. */
export function periodOf(cadence: RunCadence, day: Day): Period {
  const month = monthOf(day);
  if (cadence === "monthly") return { from: month, to: addMonths(month, 1) };
  if (cadence === "quarterly") {
    const first = addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3));
    return { from: first, to: addMonths(first, 3) };
  }
  if (cadence === "half_monthly") {
    const middle = `${month.slice(0, 8)}16`;
    return day < middle ? { from: month, to: middle } : { from: middle, to: addMonths(month, 1) };
  }
  const from = addDays(day, 1 - Temporal.PlainDate.from(day).dayOfWeek);
  return { from, to: addDays(from, 7) };
}

/** Whole months are closed; anything shorter is paid on account of the month that its last day lies in. */
export function runPeriod({ from, to }: Period): RunPeriod {
  const isWhole = from === monthOf(from) && to === monthOf(to);
  if (!isWhole) return { from, to, mode: "interim", months: [monthOf(addDays(to, -1))] };
  const months: Month[] = [];
  for (let month = from; month < to; month = addMonths(month, 1)) months.push(month);
  return { from, to, mode: "statement", months };
}

/**
 * The runs of a cadence that a day lies in. Whoever is paid weekly or twice a month also has each month closed: the second half of a month is
 * its closing; a week never is, as it seldom ends with one.
 */
export function runsOf(cadence: RunCadence, day: Day): readonly RunPeriod[] {
  const own = runPeriod(periodOf(cadence, day));
  if (cadence === "monthly" || cadence === "quarterly") return [own];
  const closing = runPeriod(periodOf("monthly", day));
  const endsWithMonth = own.to === closing.to;
  return cadence === "half_monthly" && endsWithMonth ? [closing] : [own, closing];
}

/** The period before, of the same length: what a run is compared with. */
export function monthsBefore(months: readonly Month[]): readonly Month[] {
  return months.map((month) => addMonths(month, -months.length));
}
