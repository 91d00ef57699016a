import { DAY_HOURS } from "./course.ts";

/** Hours that follow each other are alike for about so long. */
const MEMORY_HOURS = 3;

/** How far a series strays to one side by itself. */
export interface Spread {
  /** variance over mean of counts beyond what hours and days do: 1 is Poisson */
  readonly dispersion: number;
  /** squared relative difference of whole days from what was expected of them */
  readonly dayVariance: number;
  /** squared relative difference of hours from their day, which lasts for some hours */
  readonly hourVariance: number;
}

/** A stretch of hours, half-open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Covariance of the relative straying of two stretches: one and the same, or two that do not overlap. */
export function likeness(spread: Spread, one: Stretch, other: Stretch): number {
  return spread.hourVariance * hourly(one, other) + spread.dayVariance * daily(one, other);
}

/** Variance of the mean of a stretch over that of a moment, where likeness fades exponentially. */
export function hourlyWithin(hours: number): number {
  const m = hours / MEMORY_HOURS;
  return (2 * (m - 1 + Math.exp(-m))) / (m * m);
}

/** The same of what a day has in common, wherever in the day the stretch begins: likeness falls in a line to nothing within a day. */
export function dailyWithin(hours: number): number {
  if (hours <= DAY_HOURS) return 1 - hours / (3 * DAY_HOURS);
  return DAY_HOURS / hours - DAY_HOURS ** 2 / (3 * hours * hours);
}

function isSame(one: Stretch, other: Stretch): boolean {
  return one.start === other.start && one.end === other.end;
}

/** Hours between two stretches. */
function gapOf(one: Stretch, other: Stretch): number {
  return Math.max(0, one.start >= other.end ? one.start - other.end : other.start - one.end);
}

function hourly(one: Stretch, other: Stretch): number {
  if (isSame(one, other)) return hourlyWithin(one.end - one.start);
  const [m, n] = [one, other].map(({ start, end }) => (end - start) / MEMORY_HOURS) as [number, number];
  return (Math.exp(-gapOf(one, other) / MEMORY_HOURS) * (1 - Math.exp(-m)) * (1 - Math.exp(-n))) / (m * n);
}

function daily(one: Stretch, other: Stretch): number {
  if (isSame(one, other)) return dailyWithin(one.end - one.start);
  const [m, n] = [one, other].map(({ start, end }) => end - start) as [number, number];
  // of long stretches only the ends that lie near each other have a day in common
  const apart = gapOf(one, other) + (Math.min(m, DAY_HOURS) + Math.min(n, DAY_HOURS)) / 2;
  const near = Math.min(1, DAY_HOURS / m) * Math.min(1, DAY_HOURS / n);
  return Math.max(0, 1 - apart / DAY_HOURS) * near;
}
