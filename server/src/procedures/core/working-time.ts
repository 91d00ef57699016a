import type { WorkingTime } from "@tributary/contract";

/** Working hours of a place. */
export interface WorkingCalendar {
  readonly timeZone: string;
  /** Seven lists, Monday first, of [from, to] in local time: ["09:00", "12:30"]; in order, not overlapping; "24:00" is the end of a day. */
  readonly week: readonly (readonly (readonly [string, string])[])[];
  /** ISO dates on which nobody works. */
  readonly holidays: ReadonlySet<string>;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Further than this there is no working hour: the calendar is one without any. */
const FURTHEST_DAYS = 3700;

/** Working spans of a local day, in milliseconds of the epoch. A clock change within one makes it longer or shorter, as it is for those who work. */
function spansOf(calendar: WorkingCalendar, day: Temporal.PlainDate): readonly Span[] {
  if (calendar.holidays.has(day.toString())) return [];
  const hours = calendar.week[day.dayOfWeek - 1] ?? [];
  return hours
    .map(([from, to]) => ({ from: instantOf(calendar, day, from), to: instantOf(calendar, day, to) }))
    .filter(({ from, to }) => to > from);
}

function instantOf(calendar: WorkingCalendar, day: Temporal.PlainDate, time: string): number {
  const { timeZone } = calendar;
  if (time === "24:00") return day.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

function dayOfInstant(calendar: WorkingCalendar, at: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timeZone).toPlainDate();
}

function* spansFrom(calendar: WorkingCalendar, at: number): Generator<Span> {
  let day = dayOfInstant(calendar, at);
  for (let count = 0; count < FURTHEST_DAYS; count++) {
    for (const { from, to } of spansOf(calendar, day)) if (to > at) yield { from: Math.max(from, at), to };
    day = day.add({ days: 1 });
  }
}

/**
 * When working time is over that begins at an instant. Hours are counted in working hours. Days: the same time of day so many working days later, no later than that
 * day's closing; whoever begins outside working hours begins with the next one. Friday 15:00 and a day is Monday 15:00.
 * @returns null for a calendar without working hours
 */
export function dueAfter(calendar: WorkingCalendar, start: Date, time: WorkingTime): Date | null {
  if ("days" in time) return afterDays(calendar, start, time.days);
  let left = time.hours * 3_600_000;
  for (const { from, to } of spansFrom(calendar, start.getTime())) {
    if (to - from >= left) return new Date(from + left);
    left -= to - from;
  }
  return null;
}

function afterDays(calendar: WorkingCalendar, start: Date, days: number): Date | null {
  const [first] = spansFrom(calendar, start.getTime());
  if (first === undefined) return null;
  const begun = Temporal.Instant.fromEpochMilliseconds(first.from).toZonedDateTimeISO(calendar.timeZone);
  let day = begun.toPlainDate();
  let left = days;
  for (let count = 0; count < FURTHEST_DAYS; count++) {
    day = day.add({ days: 1 });
    const spans = spansOf(calendar, day);
    if (spans.length === 0) continue;
    left -= 1;
    if (left > 0) continue;
    const same = day.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: begun.toPlainTime() }).epochMilliseconds;
    return new Date(clamped(spans, same));
  }
  return null;
}

/** The working moment that is nearest to one, not before it where there is one. */
function clamped(spans: readonly Span[], at: number): number {
  for (const { from, to } of spans) if (at <= to) return Math.max(at, from);
  return spans.at(-1)?.to ?? at;
}

/** Working milliseconds between two instants; 0 when the second is not later. */
export function workingBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  const until = to.getTime();
  let sum = 0;
  for (const span of spansFrom(calendar, from.getTime())) {
    if (span.from >= until) break;
    sum += Math.min(span.to, until) - span.from;
  }
  return sum;
}

/** Where no calendar is set: Monday to Friday, nine to five, in UTC. */
export const USUAL_CALENDAR: WorkingCalendar = {
  timeZone: "UTC",
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [["09:00", "17:00"] as const] : [])),
  holidays: new Set(),
};
