import { BUDGET_HOURS } from "./counts.ts";
import { DAY_HOURS, WEEK_HOURS } from "./course.ts";
import { twoSided } from "./tails.ts";

/** Time from click to conversion, hour by hour: how many, and the sums of the logarithm of their seconds and of its square. */
export interface Delays {
  readonly count: Float64Array;
  readonly logs: Float64Array;
  readonly squares: Float64Array;
  readonly skipped: Uint8Array;
}

/** Running sums of what is not skipped, one longer than the hours. */
export type DelaySums = Readonly<Record<"count" | "logs" | "squares", Float64Array>>;

export function delaySums(delays: Delays): DelaySums {
  const running = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(values.length + 1);
    for (let hour = 0; hour < values.length; hour++)
      sums[hour + 1] = (sums[hour] as number) + (delays.skipped[hour] === 0 ? (values[hour] as number) : 0);
    return sums;
  };
  return { count: running(delays.count), logs: running(delays.logs), squares: running(delays.squares) };
}

/** What happened in hours start … end−1. */
function between(sums: DelaySums, start: number, end: number): { count: number; logs: number; squares: number } {
  const of = (values: Float64Array) => (values[end] as number) - (values[start] as number);
  return { count: of(sums.count), logs: of(sums.logs), squares: of(sums.squares) };
}

export interface DelayFinding {
  readonly direction: "longer" | "shorter";
  readonly since: number;
  /** typical (geometric mean) time before and now, in seconds */
  readonly expectedSeconds: number;
  readonly seenSeconds: number;
  readonly count: number;
  readonly chance: number;
}

const CONVERSIONS = [20, 40, 70, 100] as const;
const MEMORY_HOURS = 4 * WEEK_HOURS;
const WINDOW_HOURS = 4 * WEEK_HOURS;
/** Fewer conversions than this say nothing of what is usual. */
const KNOWN_FROM = 60;
/** The typical time has to double or to halve. */
const LEAST_SHIFT = Math.log(2);
/** Typical times of days differ by about a fifth beyond chance at least, and by more where so many days have shown it. */
const DAY_VARIANCE = 0.04;
const DAY_PRIOR = 5;
/** A day with fewer conversions says nothing of that. */
const TELLING_DAY = 4;

interface Usual {
  readonly mean: number;
  readonly variance: number;
  readonly count: number;
  /** squared, of the means of days beyond chance */
  readonly dayVariance: number;
}

/**
 * Looks back over the last 20 … 100 conversions: has the typical time from click to conversion moved? Times are taken as log-normal, so their geometric mean is
 * their median; z = (m − μ) / √(σ²/n + v_day/days + σ²/N).
 */
export function lookBackAtDelays(sums: DelaySums, end: number, alarms: number): DelayFinding | undefined {
  let best: DelayFinding | undefined;
  let target = 0;
  for (let start = end - 1; start >= Math.max(0, end - WINDOW_HOURS) && target < CONVERSIONS.length; start--) {
    const { count, logs } = between(sums, start, end);
    if (count < (CONVERSIONS[target] as number)) continue;
    while (target < CONVERSIONS.length && count >= (CONVERSIONS[target] as number)) target += 1;
    const usual = usualDelay(sums, start);
    if (usual === undefined) break;
    const shift = logs / count - usual.mean;
    if (Math.abs(shift) < LEAST_SHIFT) continue;
    const days = Math.max(1, (end - start) / 24);
    const chance = twoSided(
      shift / Math.sqrt(usual.variance * (1 / count + 1 / usual.count) + usual.dayVariance / days),
    );
    if (chance >= Math.min(0.02, ((end - start) * alarms) / BUDGET_HOURS)) continue;
    if (best === undefined || chance < best.chance) best = told(shift, start, usual, count, chance);
  }
  return best;
}

function told(shift: number, since: number, usual: Usual, count: number, chance: number): DelayFinding {
  return {
    direction: shift > 0 ? "longer" : "shorter",
    since,
    expectedSeconds: Math.exp(usual.mean),
    seenSeconds: Math.exp(usual.mean + shift),
    count,
    chance,
  };
}

/** Mean and variance of the logarithm over the four weeks before an hour. */
export function usualDelay(sums: DelaySums, until: number): Usual | undefined {
  const { count, logs, squares } = between(sums, Math.max(0, until - MEMORY_HOURS), until);
  if (count < KNOWN_FROM) return undefined;
  const mean = logs / count;
  const variance = Math.max(0.05, squares / count - mean * mean);
  return { mean, variance, count, dayVariance: dayVarianceOf(sums, until, mean, variance) };
}

/** How far the means of days lie apart beyond chance: method of moments, shrunk to what is usual. */
function dayVarianceOf(sums: DelaySums, until: number, mean: number, variance: number): number {
  let [sum, days] = [DAY_PRIOR * DAY_VARIANCE, DAY_PRIOR];
  for (let end = until; end - DAY_HOURS >= Math.max(0, until - MEMORY_HOURS); end -= DAY_HOURS) {
    const { count, logs } = between(sums, end - DAY_HOURS, end);
    if (count < TELLING_DAY) continue;
    // a day of few conversions knows less of it
    const weight = DAY_VARIANCE / (DAY_VARIANCE + variance / count);
    sum += weight * ((logs / count - mean) ** 2 - variance / count);
    days += weight;
  }
  return Math.max(DAY_VARIANCE, sum / days);
}

const OVER_CONVERSIONS = 20;
const OVER_SHIFT = Math.log(1.5);

/** How the times stand since hour `since`: over when the typical one of the last twenty conversions, all after it, is about as before. */
export function shiftOfLast(
  sums: DelaySums,
  since: number,
  end: number,
  expectedSeconds: number,
): { readonly expected: number; readonly seen: number; readonly over: boolean } {
  const begin = Math.max(0, since);
  let start = end;
  while (start > begin && between(sums, start, end).count < OVER_CONVERSIONS) start--;
  const last = between(sums, start, end);
  const all = between(sums, begin, end);
  const seen = all.count === 0 ? expectedSeconds : Math.exp(all.logs / all.count);
  const near = Math.abs(last.logs / last.count - Math.log(expectedSeconds)) < OVER_SHIFT;
  return { expected: expectedSeconds, seen, over: last.count >= OVER_CONVERSIONS && near };
}
