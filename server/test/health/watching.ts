// Lets the detector watch a seeded history hour by hour, as the job does, and notes what it tells.
import { type DelaySums, delaySums, lookBackAtDelays } from "../../src/health/core/delays.ts";
import { addWeeks, type WeekCounts, weekCounts } from "../../src/health/core/profile.ts";
import { standingOf } from "../../src/health/core/recovery.ts";
import { type Attempts, lookBackAtShares } from "../../src/health/core/shares.ts";
import {
  alarmsOfOthers,
  covers,
  type Finding,
  type Prepared,
  prepare,
  type Sensitivity,
  type Series,
  watchCounts,
} from "../../src/health/core/watch.ts";
import { HOURS, type OfferHistory, type PartnerHistory, WARM_DAYS } from "./histories.ts";

export interface Told {
  readonly at: number;
  readonly kind: "clicks" | "conversions" | "delay" | "postbacks";
  readonly direction: string;
  readonly offerId: string | null;
  readonly factor: number;
}

const CELLS = Uint8Array.from({ length: HOURS }, (_, hour) => hour % 168);

/** The partner's series, each with hours of its own to leave out. */
export function seriesOf(history: PartnerHistory): Series[] {
  const series: Series[] = [];
  const types = [
    ["", "clicks"],
    ["registration", "registrations"],
    ["deposit", "deposits"],
  ] as const;
  for (const [type, name] of types) {
    const each = history.offers.map((offer) => offer[name]);
    const delayOf = (offers: readonly OfferHistory[]) => (type === "" ? undefined : typicalHours(offers));
    each.forEach((counts, index) => {
      const own = history.offers[index] as OfferHistory;
      series.push({ ...one(String(index), type, counts), delayHours: delayOf([own]) });
    });
    if (each.length > 1) {
      const sum = Float64Array.from({ length: HOURS }, (_, hour) =>
        each.reduce((total, counts) => total + (counts[hour] as number), 0),
      );
      series.push({ ...one(null, type, sum), delayHours: delayOf(history.offers) });
    }
  }
  return series;
}

/** Typical time from click to conversion, of the weeks before anything is watched. */
function typicalHours(offers: readonly OfferHistory[]): number {
  const sum = (kind: "logs" | "registrations") =>
    offers.flatMap((offer) => [...offer[kind].subarray(0, WARM_DAYS * 24)]).reduce((total, value) => total + value, 0);
  return Math.exp(sum("logs") / Math.max(1, sum("registrations"))) / 3_600;
}

function one(offerId: string | null, type: string, counts: Float64Array): Series {
  return { offerId, type, from: 0, course: { counts, cells: CELLS, skipped: new Uint8Array(HOURS), whole: 1 } };
}

/** The program's weeks by type, from all its partners' first weeks. */
export function priorsOf(histories: readonly PartnerHistory[]): Map<string, WeekCounts> {
  const weeks = histories
    .flatMap(seriesOf)
    .filter((series) => series.offerId !== null)
    .map((series) => ({ type: series.type, week: weekCounts(series.course, 0, WARM_DAYS * 24) }));
  return new Map(
    [...Map.groupBy(weeks, ({ type }) => type)].map(([type, all]) => [type, addWeeks(all.map(({ week }) => week))]),
  );
}

interface Open extends Finding {
  readonly opened: number;
}

export interface Watch {
  readonly from: number;
  readonly until: number;
  readonly sensitivity?: Sensitivity;
}

/** Everything that would have been told between two hours, once an hour. What is told is left out of what is learnt until it is over. */
export function watchPartner(history: PartnerHistory, priors: ReadonlyMap<string, WeekCounts>, watch: Watch): Told[] {
  const series = seriesOf(history);
  const sensitivity = watch.sensitivity ?? "normal";
  const told: Told[] = [];
  let open: Open[] = [];
  let prepared: Prepared[] = [];
  const others = otherSeries(history, sensitivity, series.length);
  for (let end = watch.from; end <= watch.until; end++) {
    if (prepared.length === 0 || end % 24 === 0) prepared = prepare(series, end, priors);
    const over = open.filter((trouble) => isOver(trouble, prepared, end));
    for (const trouble of over) leaveOut(series, trouble, end);
    if (over.length > 0) {
      open = open.filter((trouble) => !over.includes(trouble));
      prepared = prepare(series, end, priors);
    }
    for (const finding of watchCounts(prepared, open, end, sensitivity)) {
      open.push({ ...finding, opened: end });
      told.push({
        at: end,
        kind: finding.type === "" ? "clicks" : "conversions",
        direction: finding.direction,
        offerId: finding.offerId,
        factor: finding.seen / finding.expected,
      });
    }
    told.push(...others(end));
  }
  return told;
}

function isOver(trouble: Open, prepared: readonly Prepared[], end: number): boolean {
  const own = prepared.find((series) => series.offerId === trouble.offerId && series.type === trouble.type);
  if (own?.baseline === undefined) return true;
  return end - trouble.opened > 21 * 24 || standingOf(own.baseline, trouble, end).over;
}

function leaveOut(series: readonly Series[], trouble: Open, end: number): void {
  for (const one of series.filter((other) => covers(trouble, other))) one.course.skipped.fill(1, trouble.since, end);
}

/** Times from click to conversion, and postbacks: each told once in a week at most, which is what their own hysteresis comes to. */
function otherSeries(history: PartnerHistory, sensitivity: Sensitivity, series: number): (end: number) => Told[] {
  const nothing = new Uint8Array(HOURS);
  const delays: DelaySums[] = history.offers.map((offer) =>
    delaySums({ count: offer.registrations, logs: offer.logs, squares: offer.squares, skipped: nothing }),
  );
  const attempts: Attempts = { all: history.attempts, bad: history.failed, skipped: nothing };
  const alarms = (what: "delays" | "shares") => alarmsOfOthers(what, sensitivity, series);
  const quietUntil = new Map<string, number>();
  const once = (key: string, end: number, told: Told | undefined): Told[] => {
    if (told === undefined || (quietUntil.get(key) ?? 0) > end) return [];
    quietUntil.set(key, end + 168);
    return [told];
  };
  return (end) => [
    ...delays.flatMap((sums, index) => {
      const found = lookBackAtDelays(sums, end, alarms("delays"));
      const factor = found === undefined ? 1 : found.seenSeconds / found.expectedSeconds;
      return once(
        `delay ${index}`,
        end,
        found && { at: end, kind: "delay", direction: found.direction, offerId: String(index), factor },
      );
    }),
    ...once("postbacks", end, postbacksOf(attempts, end, alarms("shares"))),
  ];
}

function postbacksOf(attempts: Attempts, end: number, alarms: number): Told | undefined {
  const found = lookBackAtShares(attempts, end, alarms);
  return found && { at: end, kind: "postbacks", direction: "errors", offerId: null, factor: found.bad / found.all };
}
