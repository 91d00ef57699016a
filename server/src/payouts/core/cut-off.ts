import { addDays, type Day, dayOf } from "../../kernel/period.ts";

/** Until when an account takes orders for the same day. */
export interface CutOff {
  /** HH:MM by the clock of `timeZone`. */
  readonly at: string;
  readonly timeZone: string;
  /** Bank days between the order and its execution. */
  readonly leadDays: number;
}

/**
 * TARGET closing days besides weekends: 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. Other calendars differ by a few days;
 * a bank moves an order to its next day by itself.
 */
export function isBankDay(day: Day): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = date.getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  if (["01-01", "05-01", "12-25", "12-26"].includes(day.slice(5))) return false;
  const easter = easterSunday(date.getUTCFullYear());
  return day !== addDays(easter, -2) && day !== addDays(easter, 1);
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

export function bankDayOnOrAfter(day: Day): Day {
  let one = day;
  while (!isBankDay(one)) one = addDays(one, 1);
  return one;
}

/** So many bank days after a bank day. */
export function bankDaysAfter(day: Day, count: number): Day {
  let one = bankDayOnOrAfter(day);
  for (let left = count; left > 0; left -= 1) one = bankDayOnOrAfter(addDays(one, 1));
  return one;
}

/** The first day on which an order given now can be carried out. */
export function earliestExecution(now: Date, cutOff: CutOff): Day {
  const today = dayOf(now, cutOff.timeZone);
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: cutOff.timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(now);
  const late = !isBankDay(today) || clock >= cutOff.at;
  return bankDaysAfter(late ? addDays(today, 1) : today, cutOff.leadDays);
}
