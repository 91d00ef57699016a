import type { Lapse, Lifetime, Window } from "@tributary/contract";
import { addDays, addMonths, type Day, lastDay, monthOf } from "../../kernel/period.ts";
import type { Customer, Reached } from "./entries.ts";

const HOUR_MS = 3_600_000;

/** Where a window ends. A window in hours ends at an instant; facts that are folded to days are judged by their day then. */
export interface WindowEnd {
  readonly day: Day;
  readonly at: number | null;
}

/** The end of a window that began; its last day, or its last instant, still counts. */
export function windowEnd(window: Window, start: Reached): WindowEnd {
  if (window.hours !== undefined) {
    const at = start.at === null ? null : start.at + window.hours * HOUR_MS;
    // Without an instant the day is all that is known: whole days are counted then.
    return { day: addDays(start.day, Math.ceil(window.hours / 24)), at };
  }
  if (window.businessDays !== undefined) {
    return { day: addBusinessDays(start.day, window.businessDays, window.holidays ?? []), at: null };
  }
  if (window.months !== undefined) return { day: addMonthsToDay(start.day, window.months), at: null };
  return { day: addDays(start.day, window.days ?? 0), at: null };
}

/** Whether something lies at or before the end of a window. */
export function isBy(end: WindowEnd, thing: Reached): boolean {
  if (end.at !== null && thing.at !== null) return thing.at <= end.at;
  return thing.day <= end.day;
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The `days`-th day after a day, Saturdays, Sundays and the holidays given not counted. */
export function addBusinessDays(day: Day, days: number, holidays: readonly Day[]): Day {
  let result = day;
  for (let left = days; left > 0; ) {
    result = addDays(result, 1);
    const weekday = new Date(`${result}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(result)) left -= 1;
  }
  return result;
}

/** The same day of a later month, or that month's last when it is shorter. */
export function addMonthsToDay(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months);
  const last = lastDay(month);
  const wanted = `${month.slice(0, 8)}${day.slice(8)}`;
  return wanted > last ? last : wanted;
}

/** First day of a customer's months that count, and the day after the last; null: no end. */
export function lifetimeOf(lifetime: Lifetime, start: Day): { readonly first: Day; readonly end: Day | null } {
  return {
    first: addMonthsToDay(start, lifetime.startsAfterMonths),
    end: lifetime.endsAfterMonths === undefined ? null : addMonthsToDay(start, lifetime.endsAfterMonths),
  };
}

/** The rules by which a customer lapses, of a lifetime that may have none. */
export function lapsesOf(lifetime: Lifetime | undefined): readonly Lapse[] {
  return [lifetime?.lapses ?? []].flat();
}

/** Remembers on which days there was an event that keeps a customer, by the event that a rule asks for. */
export class Heard {
  readonly #days = new Map<string, readonly Day[]>();

  /** Whether a customer counts no more on a day by any of the rules. */
  hasLapsed(rules: readonly Lapse[], start: Day, customer: Customer, day: Day): boolean {
    return rules.some((rule) => hasLapsed(rule, start, this.#of(customer, rule.without), day));
  }

  #of(customer: Customer, without: string): readonly Day[] {
    const key = `${without} ${customer.customerId}`;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    const days = customer.entries.filter((one) => without === "any" || one.type === without).map((one) => one.day);
    const heard = [...new Set(days)].sort();
    this.#days.set(key, heard);
    return heard;
  }
}

/**
 * Whether a customer who was last heard of too long ago counts no more on a day.
 * @param heard days on which there was an event that keeps the customer, in their order
 */
function hasLapsed(lapses: Lapse, start: Day, heard: readonly Day[], day: Day): boolean {
  const after = (one: Day) => ("months" in lapses ? addMonthsToDay(one, lapses.months) : addDays(one, lapses.days + 1));
  let until = after(start);
  for (const one of heard) {
    if (one > day) break;
    if (one < start) continue;
    if (one >= until && !lapses.returns) return true;
    until = after(one);
  }
  return day >= until;
}
