import { type Course, DAY_HOURS, type Sums, sumsOf, WEEK_HOURS } from "./course.ts";
import { eventsBefore, LEARNING_HOURS, type Levels, levelBefore, levelsAt } from "./level.ts";
import { profileOf, type WeekCounts, weekCounts } from "./profile.ts";
import { highestOf } from "./records.ts";

export const HISTORY_HOURS = 8 * WEEK_HOURS;

/** Days differ by about a tenth beyond chance until a series has shown how much its own do. */
const DAY_VARIANCE = 0.01;
const DAY_PRIOR = 6;
const DISPERSION_PRIOR = 1.3;
const DISPERSION_BLOCKS = 20;
/** A level is never known better than this (squared): campaigns grow and wane between what was learnt from and what is judged. */
const LEVEL_VARIANCE = 0.04 ** 2;
const BLOCK_HOURS = 6;

/** How far a series strays to one side by itself. */
export interface Spread {
  /** variance over mean of a few hours beyond what days do: 1 is Poisson */
  readonly dispersion: number;
  /** squared relative difference of whole days from what was expected of them */
  readonly dayVariance: number;
}

/** What a series does by itself: learnt from its past, used until the next learning. */
export interface Baseline {
  /** weekday and hour profile, mean 1 over a week */
  readonly shape: Float64Array;
  readonly sums: Sums;
  readonly levels: Levels;
  /** downwards and upwards apart: bursts and promotions are no reason to expect silence */
  readonly below: Spread;
  readonly above: Spread;
  /** by window size: how far above what was to be expected the past has been, see `highestOf` */
  readonly highest: readonly number[];
  /** first hour that counts towards levels: the series begins there, or a new normal does */
  readonly first: number;
  /** hour of learning, exclusive */
  readonly until: number;
}

/** What is to be expected of a stretch of hours, from what was before it. */
export interface Expectation {
  readonly expected: number;
  readonly below: number;
  readonly above: number;
  /** per hour of a mean hour */
  readonly level: number;
}

/**
 * Learns from the hours before `until`. @param prior the program's week, for what a short history does not know
 * @param from first hour that counts, e.g. of a new normal
 * @returns undefined while there is too little to learn from
 */
export function learn(course: Course, from: number, until: number, prior: WeekCounts): Baseline | undefined {
  const first = Math.max(from, firstEvent(course, until));
  const begin = Math.max(first, until - HISTORY_HOURS);
  if (openHours(course, begin, until) < LEARNING_HOURS) return undefined;
  const shape = profileOf(weekCounts(course, begin, until), prior.perHour);
  const sums = sumsOf(course, shape);
  const levels = levelsAt(sums, first, until);
  const [below, above] = spreads(sums, levels, begin, until);
  return { shape, sums, levels, below, above, highest: highestOf(sums, begin, until), first, until };
}

function firstEvent(course: Course, until: number): number {
  for (let hour = 0; hour < until; hour++) if ((course.counts[hour] as number) > 0) return hour;
  return until;
}

function openHours(course: Course, from: number, until: number): number {
  let open = 0;
  for (let hour = from; hour < until; hour++) if (course.skipped[hour] === 0) open += 1;
  return open;
}

/**
 * What hours start … end−1 should bring: level × shape. Its variance adds up chance (dispersion · E), days that differ (E² · v_day / days), and
 * how well the level is known (E² · (dispersion / N + drift)): the law of total variance over independent days.
 */
export function expect(baseline: Baseline, start: number, end: number): Expectation {
  const { sums, levels, until } = baseline;
  const level = levelBefore(levels, until, start);
  const events = eventsBefore(levels, until, start);
  const shape = (sums.shape[end] as number) - (sums.shape[start] as number);
  const expected = level * shape;
  const days = Math.max(1, shape / DAY_HOURS);
  const variance = ({ dispersion, dayVariance }: Spread) =>
    dispersion * expected + expected * expected * (dayVariance / days + dispersion / events + LEVEL_VARIANCE);
  return { expected, below: variance(baseline.below), above: variance(baseline.above), level };
}

/** Squares of what lay below and above what was expected, and the sum of that which goes with them. */
interface Residuals {
  below: number;
  above: number;
  weight: number;
  blocks: number;
}

function add(residuals: Residuals, seen: number, mean: number, weight: number, blocks: number): void {
  // each side stands for both: twice its half
  if (seen < mean) residuals.below += 2 * (seen - mean) ** 2;
  else residuals.above += 2 * (seen - mean) ** 2;
  residuals.weight += weight;
  residuals.blocks += blocks;
}

function spreads(sums: Sums, levels: Levels, begin: number, until: number): [Spread, Spread] {
  const hours = hourResiduals(sums, begin, until);
  const dispersion = (squares: number) => {
    const found = hours.weight === 0 ? DISPERSION_PRIOR : squares / hours.weight;
    return Math.max(
      1,
      (hours.blocks * found + DISPERSION_BLOCKS * DISPERSION_PRIOR) / (hours.blocks + DISPERSION_BLOCKS),
    );
  };
  const [low, high] = [dispersion(hours.below), dispersion(hours.above)];
  const days = dayResiduals(sums, levels, begin, until);
  const byDay = (squares: number, chance: number) => {
    const found = days.weight === 0 ? DAY_VARIANCE : Math.max(0, (squares - chance * days.mean) / days.weight);
    return (days.blocks * found + DAY_PRIOR * DAY_VARIANCE) / (days.blocks + DAY_PRIOR);
  };
  return [
    { dispersion: low, dayVariance: byDay(days.below, low) },
    { dispersion: high, dayVariance: byDay(days.above, high) },
  ];
}

/**
 * Pearson's estimate over blocks of six hours against the level of the week around them (McCullagh and Nelder, §4.5), each side by itself: hours of one burst
 * belong together, so single hours would make bursts look like less than they are.
 */
function hourResiduals(sums: Sums, begin: number, until: number): Residuals {
  const residuals: Residuals = { below: 0, above: 0, weight: 0, blocks: 0 };
  for (let start = begin; start + BLOCK_HOURS <= until; start += BLOCK_HOURS) {
    const [from, to] = [Math.max(begin, start - 84), Math.min(until, start + 84)];
    const around = (sums.shape[to] as number) - (sums.shape[from] as number);
    const shape = (sums.shape[start + BLOCK_HOURS] as number) - (sums.shape[start] as number);
    if (around < 24 || shape === 0) continue;
    const mean = (((sums.seen[to] as number) - (sums.seen[from] as number)) / around) * shape;
    const seen = (sums.seen[start + BLOCK_HOURS] as number) - (sums.seen[start] as number);
    add(residuals, seen, mean, mean, Math.min(1, mean));
  }
  return residuals;
}

/** How much whole days differ from what was expected of them the day before: method of moments, Σ((seen − E)² − dispersion·E) / ΣE². */
function dayResiduals(sums: Sums, levels: Levels, begin: number, until: number): Residuals & { mean: number } {
  const residuals = { below: 0, above: 0, weight: 0, blocks: 0, mean: 0 };
  for (let back = 0; back < levels.perHour.length - 1; back++) {
    const end = until - back * DAY_HOURS;
    const level = levels.perHour[back + 1] as number;
    if (end - DAY_HOURS < begin || !(level > 0)) break;
    const mean = level * ((sums.shape[end] as number) - (sums.shape[end - DAY_HOURS] as number));
    const seen = (sums.seen[end] as number) - (sums.seen[end - DAY_HOURS] as number);
    add(residuals, seen, mean, mean * mean, 1);
    residuals.mean += mean;
  }
  return residuals;
}
