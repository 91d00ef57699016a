import { addDays, type Day, dayOf } from "../../kernel/period.ts";
import { CALENDARS, type Calendar, isBankDay } from "./bank-days.ts";

/** Until when an account takes orders for the same day. */
export interface CutOff {
  /** HH:MM by the clock of `timeZone`. */
  readonly at: string;
  readonly timeZone: string;
  /** Bank days between the order and its execution. */
  readonly leadDays: number;
  readonly calendar: Calendar;
}

/** The first day from this one on that is a bank day in all of these calendars; without any, wherever an account may be. */
export function bankDayOnOrAfter(day: Day, calendars: readonly Calendar[] = CALENDARS): Day {
  let one = day;
  while (!calendars.every((calendar) => isBankDay(one, calendar))) one = addDays(one, 1);
  return one;
}

/** So many bank days after a bank day. */
export function bankDaysAfter(day: Day, count: number, calendar: Calendar): Day {
  let one = bankDayOnOrAfter(day, [calendar]);
  for (let left = count; left > 0; left -= 1) one = bankDayOnOrAfter(addDays(one, 1), [calendar]);
  return one;
}

/** The first day, `wanted` or later, on which an order given now can be carried out. */
export function earliestExecution(now: Date, cutOff: CutOff, wanted: Day): Day {
  const { calendar } = cutOff;
  const today = dayOf(now, cutOff.timeZone);
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: cutOff.timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(now);
  const late = !isBankDay(today, calendar) || clock >= cutOff.at;
  const first = bankDaysAfter(late ? addDays(today, 1) : today, cutOff.leadDays, calendar);
  return first > wanted ? first : bankDayOnOrAfter(wanted, [calendar]);
}
