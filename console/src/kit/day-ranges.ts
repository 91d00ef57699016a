export const DAY_RANGES = ["today", "last7", "last30", "last90", "thisMonth", "lastMonth"] as const;
export type DayRange = (typeof DAY_RANGES)[number];

/** The calendar day of an instant in a zone. */
export function dayIn(zone: string, instant: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    instant,
  );
}

function shift(day: string, change: { readonly days?: number; readonly months?: number }): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (change.months !== undefined) date.setUTCMonth(date.getUTCMonth() + change.months);
  if (change.days !== undefined) date.setUTCDate(date.getUTCDate() + change.days);
  return date.toISOString().slice(0, 10);
}

/** ("2026-03-31", 1) → "2026-04-01"; "" stays "". */
export function plusDays(day: string, days: number): string {
  return day === "" ? "" : shift(day, { days });
}

/**
 * Every day of a half-open period that has begun by an instant: ("2026-02-27", "2026-03-02", "2026-04-01T00:00:00Z") → the 27th, the 28th,
 * the 1st; two years at most.
 */
export function daysOf(from: string, to: string, asOf: string): string[] {
  const end = [to, plusDays(asOf.slice(0, 10), 1)].sort()[0] ?? to;
  const days: string[] = [];
  for (let day = from; day !== "" && day < end && days.length < 732; day = plusDays(day, 1)) days.push(day);
  return days;
}

/** Half-open [first day, day after the last): ("last7", "2026-03-31") → ["2026-03-25", "2026-04-01"]. */
export function rangeOf(range: DayRange, today: string): readonly [string, string] {
  const tomorrow = shift(today, { days: 1 });
  const monthStart = `${today.slice(0, 8)}01`;
  switch (range) {
    case "today":
      return [today, tomorrow];
    case "last7":
      return [shift(today, { days: -6 }), tomorrow];
    case "last30":
      return [shift(today, { days: -29 }), tomorrow];
    case "last90":
      return [shift(today, { days: -89 }), tomorrow];
    case "thisMonth":
      return [monthStart, shift(monthStart, { months: 1 })];
    case "lastMonth":
      return [shift(monthStart, { months: -1 }), monthStart];
  }
}
