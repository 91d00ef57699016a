import type { CapPeriod } from "@tributary/contract";
import { addDays, addMonths, type Day, dayOf, monthOf, startOfDay } from "../../../kernel/period.ts";

/** The period of a cap that an instant falls into, cut in the program's time zone. */
export interface CapSpan {
  /** first day; of a cap without periods {@link SINCE_EVER} */
  readonly from: Day;
  /** milliseconds since 1970, inclusive */
  readonly beginsAt: number;
  /** exclusive; infinite for a cap without periods */
  readonly endsAt: number;
}

export const SINCE_EVER: Day = "0001-01-01";
const EVER: CapSpan = { from: SINCE_EVER, beginsAt: Number.NEGATIVE_INFINITY, endsAt: Number.POSITIVE_INFINITY };

/** Weeks begin on Monday. @param at milliseconds since 1970 @param timeZone IANA */
export function capSpan(period: CapPeriod, at: number, timeZone: string): CapSpan {
  if (period === "total") return EVER;
  const day = dayOf(new Date(at), timeZone);
  const [from, to] = rangeOf(period, day);
  return { from, beginsAt: startOfDay(from, timeZone).getTime(), endsAt: startOfDay(to, timeZone).getTime() };
}

function rangeOf(period: Exclude<CapPeriod, "total">, day: Day): readonly [Day, Day] {
  if (period === "day") return [day, addDays(day, 1)];
  if (period === "month") return [monthOf(day), addMonths(monthOf(day), 1)];
  const monday = addDays(day, 1 - Temporal.PlainDate.from(day).dayOfWeek);
  return [monday, addDays(monday, 7)];
}

/** Remembers the running period per zone: every click asks, the answer changes once a day. */
export class CapCalendar {
  readonly #spans = new Map<string, CapSpan>();

  spanAt(period: CapPeriod, at: number, timeZone: string): CapSpan {
    if (period === "total") return EVER;
    const key = `${period} ${timeZone}`;
    const known = this.#spans.get(key);
    if (known !== undefined && at >= known.beginsAt && at < known.endsAt) return known;
    const span = capSpan(period, at, timeZone);
    this.#spans.set(key, span);
    return span;
  }
}
