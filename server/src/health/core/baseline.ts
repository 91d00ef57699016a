import { type Course, type Sums, sumsOf, WEEK_HOURS } from "./course.ts";
import { LEARNING_HOURS, type Levels, levelsAt } from "./level.ts";
import type { Spread } from "./likeness.ts";
import { profileOf, type WeekCounts, weekCounts } from "./profile.ts";
import { highestOf } from "./records.ts";
import { spreadsOf } from "./spread.ts";

export const HISTORY_HOURS = 8 * WEEK_HOURS;

/** What a series does by itself: learnt from its past, used until the next learning. */
export interface Baseline {
  /** weekday and hour profile, mean 1 over a week */
  readonly shape: Float64Array;
  readonly sums: Sums;
  readonly levels: Levels;
  readonly below: Spread;
  readonly above: Spread;
  /** by length of window: how far above what was to be expected the past has been, see `highestOf`; reckoned when something surges */
  readonly highest: () => readonly number[];
  /** first hour that counts towards levels: the series begins there, or a new normal does */
  readonly first: number;
  /** hour of learning, exclusive */
  readonly until: number;
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
  const [below, above] = spreadsOf(sums, levels, begin, until);
  let records: readonly number[] | undefined;
  const highest = () => {
    records ??= highestOf(sums, begin, until);
    return records;
  };
  return { shape, sums, levels, below, above, highest, first, until };
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
