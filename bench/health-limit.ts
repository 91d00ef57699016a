/**
 * What could be told at all: the watch's own test, given what no watch knows. One observer knows each series' true course and how far it strays (chance, hours, days), though not how
 * a day turns out before it does; another knows even that, so that only chance is left. Both see the same histories and the same breaks as `bench/health.ts`.
 *
 *     node bench/health-limit.ts [programs of 20 partners] [seed] [false alarms that windows reckon with …]
 */
import { companionOf } from "../server/src/health/core/companion.ts";
import { lookBack } from "../server/src/health/core/counts.ts";
import type { Spread } from "../server/src/health/core/likeness.ts";
import { twoSided } from "../server/src/health/core/tails.ts";
import type { Prepared } from "../server/src/health/core/watch.ts";
import {
  HOURS,
  type OfferHistory,
  type PartnerHistory,
  partnerHistory,
  WARM_DAYS,
} from "../server/test/health/histories.ts";
import { type PlannedBreak, planBreak, programWorld } from "../server/test/health/measure.ts";
import { seriesOf } from "../server/test/health/watching.ts";

const OBSERVERS = ["the course and how it strays", "what every hour would have brought"] as const;
const KINDS = ["clicks fall to 30–50 %", "conversions fall to 30–50 %, clicks go on"] as const;
/** Alarms that follow each other within three days are one. */
const QUIET_HOURS = 72;
/** The conversion rate of a day, by `histories.ts`. */
const CONVERSION_VARIANCE = 0.07 ** 2;

type Known = Prepared & { readonly baseline: NonNullable<Prepared["baseline"]> };

/** The true course stands where the watch has what it has learnt. */
function truthOf(history: PartnerHistory, knowsHours: boolean): Known[] {
  const { nature } = history;
  return seriesOf(history).map((series) => {
    const offers = history.offers.filter((_, index) => series.offerId === null || series.offerId === String(index));
    const ratio = nature.converts * (series.type === "deposit" ? nature.deposits : 1);
    const arrivals = new Map(series.type === "" ? [] : offers.map((offer) => [offer, arrivalsOf(offer)]));
    const meant = (offer: OfferHistory, hour: number) => {
      if (series.type !== "") return (arrivals.get(offer)?.[hour] as number) * ratio;
      return (knowsHours ? offer.meant.clicks : offer.calm)[hour] as number;
    };
    const sums = { seen: new Float64Array(HOURS + 1), shape: new Float64Array(HOURS + 1) };
    for (let hour = 0; hour < HOURS; hour++) {
      sums.seen[hour + 1] = (sums.seen[hour] as number) + (series.course.counts[hour] as number);
      sums.shape[hour + 1] = offers.reduce((sum, offer) => sum + meant(offer, hour), sums.shape[hour] as number);
    }
    const spread = spreadOf(history, series.type, knowsHours);
    const level = (sums.shape[HOURS] as number) / HOURS;
    sums.shape.forEach((events, hour) => {
      sums.shape[hour] = events / level;
    });
    const perHour = new Float64Array(2).fill(level);
    const levels = { perHour, variance: new Float64Array(2), wander: 0 };
    const baseline = {
      shape: perHour,
      sums,
      levels,
      below: spread,
      above: spread,
      highest: () => [],
      first: 0,
      until: 0,
    };
    return { ...series, baseline };
  });
}

/** Hours that a conversion may come after its click. */
const LONGEST_HOURS = 240;
/** Of the logarithm of the time from click to conversion, by `histories.ts`. */
const DELAY_DEVIATION = 1.3;

/** Clicks of which a conversion would be heard in each hour. */
function arrivalsOf(offer: OfferHistory): Float64Array {
  const before = (hours: number) => {
    const z = Math.log(hours / offer.delayHours) / DELAY_DEVIATION;
    return z > 0 ? 1 - twoSided(z) / 2 : twoSided(z) / 2;
  };
  // a click stands anywhere in its hour for the histories: the whole hours of its time are counted
  const shares = Array.from({ length: LONGEST_HOURS }, (_, k) => before(k + 1) - (k === 0 ? 0 : before(k)));
  const arrivals = new Float64Array(HOURS);
  for (let hour = 0; hour < HOURS; hour++)
    for (let k = 0; k < Math.min(LONGEST_HOURS, HOURS - hour); k++)
      arrivals[hour + k] = (arrivals[hour + k] as number) + (offer.clicks[hour] as number) * (shares[k] as number);
  return arrivals;
}

function spreadOf({ nature }: PartnerHistory, type: string, knowsHours: boolean): Spread {
  if (type !== "") return { dispersion: 1, dayVariance: knowsHours ? 0 : CONVERSION_VARIANCE, hourVariance: 0 };
  const { dispersion, byDay, hourly } = nature;
  if (knowsHours) return { dispersion, dayVariance: 0, hourVariance: 0 };
  return { dispersion, dayVariance: byDay ** 2, hourVariance: hourly ** 2 };
}

/** Hours at which a drop of clicks, or of conversions, is plain. */
function dropsOf(
  known: readonly Known[],
  isClicks: boolean,
  hour: number,
  alarms: number,
  isOf: (one: Known) => boolean,
) {
  const demands = { alarms, surgeAlarms: 0, drop: 0.68, surge: Number.POSITIVE_INFINITY };
  return known.some((one) => {
    if ((one.type === "") !== isClicks || !isOf(one)) return false;
    const whole =
      isClicks && one.offerId !== null ? known.find((other) => other.type === "" && other.offerId === null) : undefined;
    // it knows that offers of a partner stray together
    const companion = whole && { ...companionOf(one.baseline, whole.baseline, one.baseline), kinship: () => 1 };
    return lookBack(one.baseline, hour, demands, { share: () => 1, companion })?.direction === "drop";
  });
}

function falseAlarms(known: readonly Known[], isClicks: boolean, alarms: number): number {
  let [count, quiet] = [0, -1];
  for (let hour = WARM_DAYS * 24; hour <= HOURS; hour++) {
    if (hour <= quiet || !dropsOf(known, isClicks, hour, alarms, () => true)) continue;
    count += 1;
    quiet = hour + QUIET_HOURS;
  }
  return count;
}

function isTold(known: readonly Known[], isClicks: boolean, alarms: number, { broken, until }: PlannedBreak): boolean {
  const isOf = (one: Known) => broken.offer === null || one.offerId === null || one.offerId === String(broken.offer);
  for (let hour = broken.from + 1; hour <= until; hour++) if (dropsOf(known, isClicks, hour, alarms, isOf)) return true;
  return false;
}

interface Tally {
  partners: number;
  wrong: number;
  planted: number;
  told: number;
}

function watchProgram(
  seed: string,
  knowsHours: boolean,
  kind: (typeof KINDS)[number],
  alarms: number,
  tally: Tally,
): void {
  const world = programWorld(seed);
  const isClicks = kind.startsWith("clicks");
  for (const [at, history] of world.histories.entries()) {
    tally.partners += 1;
    tally.wrong += falseAlarms(truthOf(history, knowsHours), isClicks, alarms);
    const plan = planBreak(world, at, kind);
    if (plan === undefined) continue;
    tally.planted += 1;
    const broken = truthOf(partnerHistory(`${seed}/${at}`, world.shape, plan.broken), knowsHours);
    if (isTold(broken, isClicks, alarms, plan)) tally.told += 1;
  }
}

const [programs = "5", seed = "report", ...tried] = process.argv.slice(2);
for (const alarms of tried.length === 0 ? [0.006] : tried.map(Number))
  for (const [index, observer] of OBSERVERS.entries())
    for (const kind of KINDS) {
      const tally: Tally = { partners: 0, wrong: 0, planted: 0, told: 0 };
      for (let program = 0; program < Number(programs); program++)
        watchProgram(`${seed} ${program}`, index === 1, kind, alarms, tally);
      const share = ((100 * tally.told) / tally.planted).toFixed(1);
      const wrong = (tally.wrong / tally.partners).toFixed(2);
      console.log(
        `knows ${observer}; ${kind}: ${share} % of ${tally.planted}, ${wrong} false alarms a partner (${alarms})`,
      );
    }
