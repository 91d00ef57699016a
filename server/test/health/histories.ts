// Seeded histories of partners, as unruly as real ones: hours, weekdays, days that differ, drift, trends, bursts, promotions. No constant of the detector
// is used here: it has to find out.
import { type Chance, chance } from "../../src/shell/demo/random.ts";

export const WARM_DAYS = 56;
export const WATCHED_DAYS = 90;
export const HOURS = (WARM_DAYS + WATCHED_DAYS) * 24;

/** What is broken, from which hour on. */
export interface Break {
  readonly from: number;
  /** null: everything of the partner */
  readonly offer: number | null;
  readonly clicks?: number;
  readonly conversions?: number;
  /** factor of the time from click to conversion */
  readonly delay?: number;
  /** share of postbacks that fail */
  readonly errors?: number;
}

export interface OfferHistory {
  readonly clicks: Float64Array;
  readonly registrations: Float64Array;
  readonly deposits: Float64Array;
  /** events that were to be expected of each hour if nothing was broken */
  readonly meant: { readonly clicks: Float64Array; readonly registrations: Float64Array };
  readonly logs: Float64Array;
  readonly squares: Float64Array;
  /** clicks to be expected of each hour before the accidents of days and hours */
  readonly calm: Float64Array;
  /** hours from click to conversion: the median */
  readonly delayHours: number;
}

export interface PartnerHistory {
  readonly name: string;
  readonly offers: readonly OfferHistory[];
  readonly attempts: Float64Array;
  readonly failed: Float64Array;
  readonly daily: number;
  /** what no watch knows, for the limit of what one could tell */
  readonly nature: Nature;
}

/** A program's partners share its hours and weekdays, more or less. */
export function programShape(seed: string): Float64Array {
  const draw = chance(`${seed}/shape`);
  const peak = draw.between(11, 21);
  const depth = 0.5 + 0.4 * draw.next();
  const days = Array.from({ length: 7 }, () => Math.exp(0.2 * draw.normal()));
  return Float64Array.from({ length: 168 }, (_, cell) => {
    const hour = cell % 24;
    return (1 + depth * Math.cos(((hour - peak) / 24) * 2 * Math.PI)) * (days[Math.floor(cell / 24)] as number);
  });
}

/** One partner's history. The same seed without a break is the same history up to it. */
export function partnerHistory(seed: string, shape: Float64Array, broken?: Break): PartnerHistory {
  const draw = chance(seed);
  const nature = natureOf(draw);
  const { days, calm } = daysOf(draw.branch("days"), nature);
  const own = ownShape(draw.branch("shape"), shape);
  const hours = hourNoise(draw.branch("hours"), nature.hourly);
  const offers = nature.shares.map((share, index) => {
    const by = (ofDay: Float64Array, ofHour: number) => (hour: number) =>
      (share *
        nature.daily *
        (own[hour % 168] as number) *
        (ofDay[Math.floor(hour / 24)] as number) *
        (hours[hour] as number) ** ofHour) /
      24;
    const rate = { calm: by(calm, 0), usual: by(days, 1) };
    return offerHistory(
      draw.branch(`offer ${index}`),
      rate,
      nature,
      broken?.offer === null || broken?.offer === index ? broken : undefined,
    );
  });
  return { name: seed, offers, daily: nature.daily, nature, ...postbacks(draw.branch("postbacks"), offers, broken) };
}

export interface Nature {
  readonly daily: number;
  readonly shares: readonly number[];
  readonly dispersion: number;
  readonly byDay: number;
  readonly hourly: number;
  readonly trend: number;
  readonly drift: number;
  readonly converts: number;
  readonly deposits: number;
  /** its followers come when something is posted, instead of an audience that is there every day */
  readonly social: boolean;
  readonly byWeek: number;
  readonly bursts: number;
  readonly promotions: number;
}

/** Partners whose traffic follows posts and news: a choice, nobody has published the share. The figures of both kinds are measured: see `README.md`. */
const SOCIAL = 0.2;

function natureOf(draw: Chance): Nature {
  const raw = Array.from({ length: draw.between(1, 3) }, () => 0.25 + draw.next());
  const sum = raw.reduce((total, one) => total + one, 0);
  const social = draw.branch("social").happens(SOCIAL);
  return {
    daily: 10 * 300 ** draw.next(),
    shares: raw.map((one) => one / sum),
    dispersion: 1 + 1.2 * draw.next(),
    byDay: (social ? 0.1 : 0.03) + 0.12 * draw.next(),
    hourly: (social ? 0.05 : 0.03) + 0.15 * draw.next(),
    trend: 0.004 * (2 * draw.next() - 1),
    drift: 0.02 + 0.03 * draw.next(),
    converts: 0.03 + 0.09 * draw.next(),
    deposits: 0.2 + 0.2 * draw.next(),
    social,
    byWeek: social ? 0.08 + 0.08 * draw.branch("weeks").next() : 0,
    bursts: social ? 0.5 + draw.next() : 0.3 * draw.next(),
    promotions: draw.between(0, 2),
  };
}

function daysOf(draw: Chance, nature: Nature): { readonly days: Float64Array; readonly calm: Float64Array } {
  const days = new Float64Array(WARM_DAYS + WATCHED_DAYS);
  const calm = new Float64Array(days.length);
  const weeks = draw.branch("weeks");
  let [drift, week] = [0, 0];
  for (let day = 0; day < days.length; day++) {
    if (day % 7 === 0) drift += nature.drift * draw.normal();
    if (day % 7 === 0) week = nature.byWeek * weeks.normal();
    calm[day] = Math.exp(drift + week + nature.trend * (day - WARM_DAYS));
    days[day] = (calm[day] as number) * Math.exp(nature.byDay * draw.normal());
  }
  for (let i = 0; i < nature.promotions; i++) {
    const first = draw.between(0, days.length - 6);
    const factor = 1.25 + 0.65 * draw.next();
    for (let day = first; day < first + draw.between(2, 5); day++)
      for (const one of [days, calm]) one[day] = (one[day] ?? 1) * factor;
  }
  return { days, calm };
}

function ownShape(draw: Chance, shape: Float64Array): Float64Array {
  const hours = Array.from({ length: 24 }, () => Math.exp(0.2 * draw.normal()));
  const days = Array.from({ length: 7 }, () => Math.exp(0.1 * draw.normal()));
  const own = shape.map((one, cell) => one * (hours[cell % 24] as number) * (days[Math.floor(cell / 24)] as number));
  const mean = own.reduce((sum, one) => sum + one, 0) / 168;
  return own.map((one) => one / mean);
}

/** Hours that follow each other are alike: AR(1) of the logarithm. */
function hourNoise(draw: Chance, sigma: number): Float64Array {
  let state = 0;
  return Float64Array.from({ length: HOURS }, () => {
    state = 0.7 * state + Math.sqrt(1 - 0.49) * draw.normal();
    return Math.exp(sigma * state);
  });
}

function offerHistory(
  draw: Chance,
  rate: { readonly calm: (hour: number) => number; readonly usual: (hour: number) => number },
  nature: Nature,
  broken: Break | undefined,
): OfferHistory {
  const make = () => new Float64Array(HOURS);
  const median = Math.log(600 * 60 ** draw.next());
  const history = {
    clicks: make(),
    registrations: make(),
    deposits: make(),
    meant: { clicks: make(), registrations: make() },
    logs: make(),
    squares: make(),
    calm: make(),
    delayHours: Math.exp(median) / 3_600,
  };
  const burst = { left: 0, factor: 1 };
  /** a customer of whom is heard so long after the click */
  const comes = (one: Chance, at: number, log: number): void => {
    const left = broken !== undefined && at >= broken.from ? (broken.conversions ?? 1) : 1;
    const [isHeard, deposits] = [one.happens(left), one.happens(nature.deposits)];
    if (at >= HOURS || !isHeard) return;
    raise(history.registrations, at, 1);
    raise(history.logs, at, log);
    raise(history.squares, at, log * log);
    if (deposits) raise(history.deposits, at, 1);
  };
  let converts = nature.converts;
  for (let hour = 0; hour < HOURS; hour++) {
    const one = draw.branch(String(hour));
    if (hour % 24 === 0) converts = nature.converts * Math.exp(0.07 * one.normal());
    if (burst.left > 0) burst.left -= 1;
    else if (one.happens(nature.bursts / 24))
      Object.assign(burst, {
        left: one.between(1, 3),
        factor: nature.social ? 1.5 + 2.5 * one.next() : 1.4 + one.next(),
      });
    const now = broken !== undefined && hour >= broken.from ? broken : undefined;
    const usual = rate.usual(hour);
    history.calm[hour] = rate.calm(hour);
    const meant = usual * (burst.left > 0 ? burst.factor : 1);
    history.meant.clicks[hour] = usual;
    history.meant.registrations[hour] = usual * nature.converts;
    const clicks = negativeBinomial(one, meant * (now?.clicks ?? 1), nature.dispersion);
    history.clicks[hour] = clicks;
    // what a broken page counts three times, or a machine clicks, brings no further customers; a burst does
    const people = clicks / Math.max(1, now?.clicks ?? 1);
    const registrations = one.count(people * converts);
    for (let i = 0; i < registrations; i++) {
      const log = median + Math.log(now?.delay ?? 1) + 1.3 * one.normal();
      comes(one, hour + Math.floor(Math.exp(log) / 3_600), log);
    }
  }
  return history;
}

function raise(values: Float64Array, at: number, by: number): void {
  values[at] = (values[at] as number) + by;
}

function postbacks(draw: Chance, offers: readonly OfferHistory[], broken: Break | undefined) {
  const attempts = new Float64Array(HOURS);
  const failed = new Float64Array(HOURS);
  const usual = 0.002 * 15 ** draw.next();
  let bout = 0;
  for (let hour = 0; hour < HOURS; hour++) {
    const all = offers.reduce(
      (sum, offer) => sum + (offer.registrations[hour] as number) + (offer.deposits[hour] as number),
      0,
    );
    // once in three weeks the partner's server is away for some minutes: a part of an hour fails
    bout = draw.happens(1 / 500) ? 0.3 * draw.next() : 0;
    const share = broken?.errors !== undefined && hour >= broken.from ? broken.errors : Math.min(1, usual + bout);
    let bad = 0;
    for (let i = 0; i < all; i++) if (draw.happens(share)) bad += 1;
    attempts[hour] = all;
    failed[hour] = bad;
  }
  return { attempts, failed };
}

/** Poisson around a gamma mean: variance = dispersion × mean. */
function negativeBinomial(draw: Chance, mean: number, dispersion: number): number {
  if (mean <= 0) return 0;
  const excess = dispersion - 1;
  return draw.count(excess < 0.01 ? mean : gamma(draw, mean / excess) * excess);
}

/** Marsaglia and Tsang 2000. */
function gamma(draw: Chance, shape: number): number {
  if (shape < 1) return gamma(draw, shape + 1) * (1 - draw.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draw.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - draw.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
