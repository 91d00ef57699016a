import { addDays, type Day } from "../../kernel/period.ts";

/** Where an account's bank works: the euro's system, the Federal Reserve, England and Wales, Switzerland. */
export type Calendar = "target" | "us" | "gb" | "ch";

export const CALENDARS: readonly Calendar[] = ["target", "us", "gb", "ch"];

/** Who carries an order out: what its format says, else where the bank's clock is; the euro's calendar for all others, which differ by a few days. */
export function calendarOf(source: { readonly format: string | null; readonly timeZone: string }): Calendar {
  if (source.format === "nacha") return "us";
  if (source.format === "bacs") return "gb";
  if (source.format?.includes(".ch.")) return "ch";
  return BY_TIME_ZONE[source.timeZone] ?? "target";
}

const BY_TIME_ZONE: Readonly<Record<string, Calendar>> = {
  "Europe/London": "gb",
  "Europe/Zurich": "ch",
  "Europe/Vaduz": "ch",
  "America/New_York": "us",
  "America/Chicago": "us",
  "America/Denver": "us",
  "America/Phoenix": "us",
  "America/Los_Angeles": "us",
};

/** Does a bank with this calendar carry out orders on this day? */
export function isBankDay(day: Day, calendar: Calendar = "target"): boolean {
  return !isWeekend(day) && !HOLIDAYS[calendar](Number(day.slice(0, 4))).has(day);
}

export function isWeekend(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}

const HOLIDAYS: Readonly<Record<Calendar, (year: number) => ReadonlySet<Day>>> = {
  // European Central Bank, TARGET closing days.
  target: (year) => {
    const easter = easterSunday(year);
    return new Set([...on(year, "01-01", "05-01", "12-25", "12-26"), addDays(easter, -2), addDays(easter, 1)]);
  },
  // Federal Reserve Financial Services: a holiday on a Sunday is kept on Monday, one on a Saturday is not kept.
  us: (year) =>
    new Set([
      ...on(year, "01-01", "06-19", "07-04", "11-11", "12-25").map((day) =>
        weekdayOf(day) === 0 ? addDays(day, 1) : day,
      ),
      weekdayIn(year, 1, 1, 3),
      weekdayIn(year, 2, 1, 3),
      weekdayIn(year, 5, 1, -1),
      weekdayIn(year, 9, 1, 1),
      weekdayIn(year, 10, 1, 2),
      weekdayIn(year, 11, 4, 4),
    ]),
  // Bank holidays in England and Wales: those that fall on a weekend are kept on the next days that are none.
  gb: (year) => {
    const easter = easterSunday(year);
    const days = new Set([addDays(easter, -2), addDays(easter, 1)]);
    for (const day of [weekdayIn(year, 5, 1, 1), weekdayIn(year, 5, 1, -1), weekdayIn(year, 8, 1, -1)]) days.add(day);
    const christmas = on(year, "12-25", "12-26");
    for (const day of christmas.filter((one) => !isWeekend(one))) days.add(day);
    for (const day of [...on(year, "01-01"), ...christmas.filter(isWeekend)]) days.add(nextFree(day, days));
    return days;
  },
  // SIX Interbank Clearing, bank holidays of the franc.
  ch: (year) => {
    const easter = easterSunday(year);
    const moving = [-2, 1, 39, 50].map((days) => addDays(easter, days));
    return new Set([...on(year, "01-01", "01-02", "05-01", "08-01", "12-25", "12-26"), ...moving]);
  },
};

function on(year: number, ...days: readonly string[]): readonly Day[] {
  return days.map((day) => `${year}-${day}`);
}

function nextFree(day: Day, taken: ReadonlySet<Day>): Day {
  let one = day;
  while (isWeekend(one) || taken.has(one)) one = addDays(one, 1);
  return one;
}

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** The n-th of a weekday (0: Sunday) in a month; -1: the last. */
function weekdayIn(year: number, month: number, weekday: number, which: number): Day {
  const first = `${year}-${String(month).padStart(2, "0")}-01`;
  const start = addDays(first, (weekday - weekdayOf(first) + 7) % 7);
  if (which > 0) return addDays(start, 7 * (which - 1));
  const fifth = addDays(start, 28);
  return fifth.slice(0, 7) === first.slice(0, 7) ? fifth : addDays(start, 21);
}

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher, Nature 1876). */
function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const month = String(Math.floor(f / 31)).padStart(2, "0");
  return `${year}-${month}-${String((f % 31) + 1).padStart(2, "0")}`;
}
