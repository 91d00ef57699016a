import type { RunCalendar, RunDueDays, RunState } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import { atHour, workingDay } from "./working-days.ts";

export type Dues = Readonly<Partial<Record<RunState, string>>>;

/** Until when each state has to be reached, as instants: working days after the period's end, at the hour that the operator names. */
export function duesOf(periodTo: Day, days: RunDueDays, calendar: RunCalendar): Dues {
  return Object.fromEntries(
    Object.entries(days).map(([state, number]) => [
      state,
      atHour(workingDay(periodTo, number, calendar), calendar.dueHour, calendar).toISOString(),
    ]),
  );
}
