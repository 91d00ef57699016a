import type { RunCalendar } from "@tributary/contract";
import { addDays, type Day } from "../../kernel/period.ts";

/** Is it neither a day of the weekend nor a holiday? Days of the week by ISO 8601: Monday is 1. */
export function isWorkingDay(day: Day, calendar: RunCalendar): boolean {
  return !calendar.weekend.includes(Temporal.PlainDate.from(day).dayOfWeek) && !calendar.holidays.includes(day);
}

/** The nth working day from a day on, itself included when it is one: the first of 2026-03-01 (a Sunday) is 2026-03-02. */
export function workingDay(from: Day, number: number, calendar: RunCalendar): Day {
  let day = from;
  let left = number;
  for (;;) {
    if (isWorkingDay(day, calendar)) left -= 1;
    if (left <= 0) return day;
    day = addDays(day, 1);
  }
}

/** An instant by the wall clock of the calendar's zone; the hour is of a working day. */
export function atHour(day: Day, hour: number, calendar: RunCalendar): Date {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: calendar.timeZone, plainTime: { hour } });
  return new Date(zoned.epochMilliseconds);
}
