import type { QuietDays } from "@tributary/contract";
import type { Day } from "../kernel/period.ts";
import { dayOf } from "../kernel/period.ts";
import type { Baseline } from "./core/baseline.ts";
import { type Course, cellOf, DAY_HOURS, sumsOf } from "./core/course.ts";
import { delaySums } from "./core/delays.ts";
import type { PartnerView } from "./core/look.ts";
import { addWeeks, type WeekCounts, weekCounts } from "./core/profile.ts";
import { type Prepared, prepare, type Series } from "./core/watch.ts";
import { HOUR_MS, type Hours, type PartnerHours, type ProgramHours } from "./hours.ts";
import type { AlertRow } from "./store/alerts.ts";

/** Fewer events in all that is kept: nothing is expected of it, and it costs nothing. */
const LEAST_EVENTS = 25;
const WHOLE_PROGRAM = "";

/** The hours up to one moment of the past or now. */
export interface Moment {
  readonly first: number;
  /** hours of the grid that count */
  readonly end: number;
  /** part of the last one */
  readonly whole: number;
}

/** By what hours are told apart: the program's clock, and what is to be left out. */
export interface Calendar {
  readonly cells: Uint8Array;
  readonly days: readonly Day[];
  readonly quiet: readonly QuietDays[];
  readonly ended: readonly AlertRow[];
}

export function calendarOf(
  hours: Hours,
  timeZone: string,
  quiet: readonly QuietDays[],
  ended: readonly AlertRow[],
): Calendar {
  const cells = new Uint8Array(hours.hours);
  const days: Day[] = [];
  for (let hour = 0; hour < hours.hours; hour += DAY_HOURS) {
    const noon = (hours.first + hour + DAY_HOURS / 2) * HOUR_MS;
    const zoned = Temporal.Instant.fromEpochMilliseconds(noon).toZonedDateTimeISO(timeZone);
    const offset = Math.round(zoned.offsetNanoseconds / 60_000_000_000);
    for (let of = hour; of < Math.min(hour + DAY_HOURS, hours.hours); of++) {
      cells[of] = cellOf(hours.first + of, offset);
      days.push(dayOf(new Date((hours.first + of) * HOUR_MS + offset * 60_000), "UTC"));
    }
  }
  return { cells, days, quiet, ended };
}

/** Hours that say nothing of a place: quiet days, and what was a trouble of it (or of its clicks) and is over. */
function skippedOf(
  calendar: Calendar,
  moment: Moment,
  partnerId: string,
  offerId: string | null,
  type: string,
): Uint8Array {
  const skipped = new Uint8Array(moment.end);
  for (const { from, to, partnerId: only } of calendar.quiet) {
    if (only !== null && only !== partnerId) continue;
    for (let hour = 0; hour < moment.end; hour++) {
      const day = calendar.days[hour] as Day;
      if (day >= from && day < to) skipped[hour] = 1;
    }
  }
  for (const alert of calendar.ended) {
    if (alert.closed_why === "new_normal" || !concerns(alert, partnerId, offerId, type)) continue;
    const [since, until] = [alert.since, alert.closed_at ?? alert.since].map(
      (at) => at.getTime() / HOUR_MS - moment.first,
    );
    if ((until as number) > moment.end) continue;
    skipped.fill(1, Math.max(0, since as number), Math.max(0, Math.ceil(until as number)));
  }
  return skipped;
}

function concerns(alert: AlertRow, partnerId: string, offerId: string | null, type: string): boolean {
  if (alert.partner_id !== partnerId) return false;
  if (alert.kind !== "clicks" && (alert.kind !== "conversions" || alert.event_type !== type)) return false;
  return alert.offer_id === null || offerId === null || alert.offer_id === offerId;
}

/** From when on hours count: the beginning of the newest normal that was accepted. */
function newNormal(
  calendar: Calendar,
  moment: Moment,
  partnerId: string,
  offerId: string | null,
  type: string,
): number {
  const begins = calendar.ended
    .filter((alert) => alert.closed_why === "new_normal" && concerns(alert, partnerId, offerId, type))
    .map((alert) => alert.since.getTime() / HOUR_MS - moment.first);
  return Math.max(0, ...begins.filter((hour) => hour < moment.end));
}

/** Counts of each place: every offer by type, and all offers together where there are several. */
function seriesOf(partner: PartnerHours, partnerId: string, calendar: Calendar, moment: Moment): Series[] {
  const byType = new Map<string, { offerId: string; counts: Float64Array }[]>();
  for (const [key, counts] of partner.counts) {
    const [offerId = "", type = ""] = key.split(" ");
    if (total(counts, moment.end) >= LEAST_EVENTS) of(byType, type).push({ offerId, counts });
  }
  const cells = calendar.cells.subarray(0, moment.end);
  return [...byType].flatMap(([type, offers]) => {
    const make = (offerId: string | null, counts: Float64Array): Series => {
      const skipped = skippedOf(calendar, moment, partnerId, offerId, type);
      const course: Course = { counts: counts.subarray(0, moment.end), cells, skipped, whole: moment.whole };
      const from = newNormal(calendar, moment, partnerId, offerId, type);
      return { offerId, type, course, from, delayHours: delayHoursOf(partner, offerId, type, moment.end) };
    };
    const each = offers.filter(({ offerId }) => offerId !== "").map((one) => make(one.offerId, one.counts));
    if (offers.length === 1 && each.length === 1) return each;
    const sum = new Float64Array(moment.end);
    for (const { counts } of offers)
      for (let hour = 0; hour < moment.end; hour++) sum[hour] = (sum[hour] as number) + (counts[hour] as number);
    return [...each, make(null, sum)];
  });
}

/** Typical hours (geometric mean) from click to conversion. @param offerId null: of all offers */
function delayHoursOf(partner: PartnerHours, offerId: string | null, type: string, end: number): number | undefined {
  let [logs, count] = [0, 0];
  for (const [key, delays] of partner.delays) {
    const [ofOffer, ofType] = key.split(" ");
    if (ofType !== type || (offerId !== null && ofOffer !== offerId)) continue;
    logs += total(delays.logs, end);
    count += total(delays.count, end);
  }
  return count < LEAST_EVENTS ? undefined : Math.exp(logs / count) / 3_600;
}

function total(counts: Float64Array, end: number): number {
  let sum = 0;
  for (let hour = 0; hour < end; hour++) sum += counts[hour] as number;
  return sum;
}

function of<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** The program's weeks by type: what a partner with a short history is taken to be like. */
export function priorsOf(program: ProgramHours, calendar: Calendar, end: number): ReadonlyMap<string, WeekCounts> {
  const skipped = new Uint8Array(end);
  const weeks = new Map<string, WeekCounts[]>();
  for (const partner of program.partners.values())
    for (const [key, counts] of partner.counts) {
      const type = key.split(" ")[1] ?? "";
      const course = { counts: counts.subarray(0, end), cells: calendar.cells.subarray(0, end), skipped, whole: 1 };
      of(weeks, type).push(weekCounts(course, 0, end - 1));
    }
  return new Map([...weeks].map(([type, all]) => [type, addWeeks(all)]));
}

/** What was learnt of a place is used until the day is over, or until what is left out changes. */
export class Learnt {
  #kept = new Map<string, { readonly mark: string; readonly baseline: Baseline | undefined }>();

  prepare(
    partnerId: string,
    series: readonly Series[],
    moment: Moment,
    priors: ReadonlyMap<string, WeekCounts>,
  ): Prepared[] {
    return series.map((one) => {
      const key = `${partnerId} ${one.offerId ?? ""} ${one.type}`;
      const mark = `${moment.first} ${Math.floor(moment.end / DAY_HOURS)} ${one.from} ${total(Float64Array.from(one.course.skipped), moment.end)}`;
      const kept = this.#kept.get(key);
      if (kept?.mark !== mark) {
        const [made] = prepare([one], moment.end - 1, priors);
        this.#kept.set(key, { mark, baseline: made?.baseline });
        return made as Prepared;
      }
      const { baseline } = kept;
      return { ...one, baseline: baseline && { ...baseline, sums: sumsOf(one.course, baseline.shape) } };
    });
  }
}

export interface ViewNeeds {
  readonly calendar: Calendar;
  readonly moment: Moment;
  readonly priors: ReadonlyMap<string, WeekCounts>;
  readonly learnt: Learnt;
  readonly planned: (partnerId: string, offerId: string | null) => boolean;
}

export function viewOf(partnerId: string, partner: PartnerHours, needs: ViewNeeds): PartnerView {
  const { calendar, moment } = needs;
  const series = seriesOf(partner, partnerId, calendar, moment);
  const none = new Uint8Array(moment.end);
  const cut = (values: Float64Array) => values.subarray(0, moment.end);
  const delays = [...partner.delays]
    .map(([key, one]) => ({ place: key.split(" "), one }))
    .filter(({ place, one }) => place[0] !== WHOLE_PROGRAM && total(one.count, moment.end) >= LEAST_EVENTS)
    .map(({ place, one }) => ({
      offerId: place[0] as string,
      type: place[1] ?? "",
      sums: delaySums({ count: cut(one.count), logs: cut(one.logs), squares: cut(one.squares), skipped: none }),
    }));
  const tried = total(partner.tried, moment.end) > 0;
  const quietNow = calendar.quiet.some(({ from, to, partnerId: only }) => {
    const day = calendar.days[moment.end - 1] as Day;
    return (only === null || only === partnerId) && day >= from && day < to;
  });
  return {
    partnerId,
    counts: needs.learnt.prepare(partnerId, series, moment, needs.priors),
    delays,
    postbacks: tried ? { bad: cut(partner.failed), all: cut(partner.tried), skipped: none } : undefined,
    planned: (offerId) => quietNow || needs.planned(partnerId, offerId),
  };
}
