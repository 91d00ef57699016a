import { addDays, addMonths, type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import type { ComponentRun } from "./component-run.ts";

/** Days from one to another, both included. */
export interface Span {
  readonly first: Day;
  readonly last: Day;
}

/** Days that a component's own dates and the validity of its terms leave; `last` null: no end. */
export interface Coverage {
  readonly first: Day;
  readonly last: Day | null;
}

type DatedRun = Pick<ComponentRun, "component" | "terms">;

export function coverageOf(run: DatedRun): Coverage {
  const { from, until } = run.component;
  const { validFrom, validTo } = run.terms;
  const end = validTo === null ? null : addDays(validTo, -1);
  return {
    first: from === undefined || from < validFrom ? validFrom : from,
    last: until === undefined ? end : end === null || until < end ? until : end,
  };
}

/** The calendar month, quarter or year that a month lies in. */
export function calendarPeriod(per: "month" | "quarter" | "year", month: Month): Span {
  const number = Number(month.slice(5, 7));
  const [back, length] = per === "month" ? [0, 1] : per === "quarter" ? [(number - 1) % 3, 3] : [number - 1, 12];
  const first = addMonths(month, -back);
  return { first, last: lastDay(addMonths(first, length - 1)) };
}

/** The days of a period that are covered; null: none. */
export function coveredPart(period: Span, coverage: Coverage): Span | null {
  const [, first = period.first] = [coverage.first, period.first].sort();
  const last = coverage.last !== null && coverage.last < period.last ? coverage.last : period.last;
  return first > last ? null : { first, last };
}

/** How many days, both ends included. */
export function daysIn(span: Span): number {
  return Temporal.PlainDate.from(span.first).until(Temporal.PlainDate.from(span.last)).days + 1;
}

/** How many months a span has begun by a month, that one included. */
export function monthsSince(first: Day, month: Month): number {
  const number = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return number(month) - number(monthOf(first)) + 1;
}

/**
 * Whether these terms pay a period that is not prorated: those that are in force on the last day that the component's own dates leave of it, so that
 * two versions never pay the same period.
 */
export function paysWhole(run: DatedRun, period: Span): boolean {
  const { until } = run.component;
  const last = until !== undefined && until < period.last ? until : period.last;
  return run.terms.validFrom <= last && (run.terms.validTo === null || run.terms.validTo > last);
}
