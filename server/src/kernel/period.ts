/** Days and months of a program, cut in its own time zone. Ranges are half-open. */

/** ISO date, `2026-03-31`. */
export type Day = string;
/** First day of a month as an ISO date, `2026-03-01`. */
export type Month = string;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(timeZone, found);
  }
  return found;
}

/** The calendar day that an instant falls on in a time zone. @throws RangeError for an unknown zone */
export function dayOf(instant: Date, timeZone: string): Day {
  if (timeZone === "UTC") return instant.toISOString().slice(0, 10);
  return formatter(timeZone).format(instant);
}

/** The month (its first day) that a day falls into. */
export function monthOf(day: Day): Month {
  return `${day.slice(0, 7)}-01`;
}

/** A month as a document names it, `March 2026`. @param month its first day, or `2026-03` @param language a BCP 47 tag */
export function monthText(month: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${month.slice(0, 7)}-01T00:00:00Z`));
}

/** The first instant of a day in a time zone. */
export function startOfDay(day: Day, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds);
}

/** The calendar is asked once for each sum: a month's calculation asks for the same few hundred a million times. */
const SUMS_KEPT = 20_000;
const sums = new Map<string, Day>();

function summed(key: string, sum: () => Day): Day {
  const known = sums.get(key);
  if (known !== undefined) return known;
  if (sums.size >= SUMS_KEPT) sums.clear();
  const day = sum();
  sums.set(key, day);
  return day;
}

/** The day a number of calendar days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return summed(`${day} ${days}d`, () => Temporal.PlainDate.from(day).add({ days }).toString());
}

/** The month a number of months later (or earlier). */
export function addMonths(month: Month, months: number): Month {
  return summed(`${month} ${months}m`, () => Temporal.PlainDate.from(month).add({ months }).toString());
}

/** Last day of a month. */
export function lastDay(month: Month): Day {
  return addDays(addMonths(month, 1), -1);
}

/** Whether the IANA database knows the zone. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are no zones: they do not know summer, and PostgreSQL reads their sign the other way round.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
