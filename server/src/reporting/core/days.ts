import { dayOf } from "../../kernel/period.ts";

const DAY_MS = 86_400_000;
/** Offsets from UTC change at quarters of an hour at the finest, so one answer holds for a whole quarter. */
const QUARTER_MS = 900_000;
const KEPT = 20_000;

/** Days since 1970 of an ISO date: what ClickHouse's Date holds. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** Days of instants in time zones, remembered: cutting a day by the time zone's rules is the dearest step of shipping a click. */
export function dayCutter(): (milliseconds: number, timeZone: string) => number {
  const known = new Map<string, Map<number, number>>();
  return (milliseconds, timeZone) => {
    let zone = known.get(timeZone);
    if (!zone) {
      zone = new Map();
      known.set(timeZone, zone);
    }
    const quarter = Math.floor(milliseconds / QUARTER_MS);
    const found = zone.get(quarter);
    if (found !== undefined) return found;
    if (zone.size >= KEPT) zone.clear();
    const day = dayNumber(dayOf(new Date(milliseconds), timeZone));
    zone.set(quarter, day);
    return day;
  };
}
