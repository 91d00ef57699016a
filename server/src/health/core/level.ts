import { DAY_HOURS, type Sums, WEEK_HOURS } from "./course.ts";

/** Days that are gone through: a level has forgotten what lies before them. */
const MEMORY_DAYS = 70;
const LEAST_DAYS = 13;
/** Levels are kept for as many days back as how far days stray is learnt from. */
const DAYS_BACK = 57;

/** A level wanders by about four percent a week (squared, a day), and days differ from it by about a tenth (squared): campaigns grow and wane. */
const WANDER = 0.0002;
const DAY_VARIANCE = 0.01;
/** variance over mean of a day's count */
const CHANCE = 1.5;
/** A day that is further away than so many deviations is taken for that far (Huber, "Robust Statistics", §1.4): a promotion or an outage is no new level. */
const FARTHEST = 1.7;
/** With fewer events a day a single day says too little to be called unlike the others. */
const TELLING_EVENTS = 12;
const FARTHEST_OF_FEW = 6;
/** The first week says where the level begins, to about a sixth. */
const FIRST_DAYS = 7;
const FIRST_VARIANCE = 0.15 ** 2;
/** However little came on a day: a level does not fall by more at once. */
const LEAST_LEFT = 0.2;

/** Levels as they were known at the ends of the last days: index j is what was known j days before the hour of learning. */
export interface Levels {
  /** events of an average hour; NaN while less than two weeks were known */
  readonly perHour: Float64Array;
  /** squared relative doubt of each */
  readonly variance: Float64Array;
  /** what every hour adds to it */
  readonly wander: number;
}

interface Block {
  readonly seen: number;
  readonly shape: number;
}

/** The levels at `until` and at the ends of the days before it. @param first first hour that counts */
export function levelsAt(sums: Sums, first: number, until: number): Levels {
  const blocks: Block[] = [];
  for (let end = until; end - DAY_HOURS >= first && blocks.length < MEMORY_DAYS; end -= DAY_HOURS)
    blocks.push({
      seen: (sums.seen[end] as number) - (sums.seen[end - DAY_HOURS] as number),
      shape: (sums.shape[end] as number) - (sums.shape[end - DAY_HOURS] as number),
    });
  const perHour = new Float64Array(DAYS_BACK + 1).fill(Number.NaN);
  const variance = new Float64Array(DAYS_BACK + 1);
  let state = firstState(blocks.slice(-FIRST_DAYS));
  let days = 0;
  for (let back = blocks.length - 1; back >= 0; back--) {
    const block = blocks[back] as Block;
    state = { ...state, variance: state.variance + WANDER };
    if (block.shape > 1) {
      state = corrected(state, block);
      days += 1;
    }
    if (back <= DAYS_BACK && days >= LEAST_DAYS) [perHour[back], variance[back]] = [state.level, state.variance];
  }
  return { perHour, variance, wander: WANDER / DAY_HOURS };
}

interface State {
  readonly level: number;
  readonly variance: number;
}

function firstState(week: readonly Block[]): State {
  const seen = Math.max(
    0.5,
    week.reduce((sum, block) => sum + block.seen, 0),
  );
  const shape = Math.max(
    1,
    week.reduce((sum, block) => sum + block.shape, 0),
  );
  return { level: seen / shape, variance: FIRST_VARIANCE + CHANCE / seen };
}

/**
 * What a day says of the level, in the local level model (Durbin and Koopman, "Time Series Analysis by State Space Methods", ch. 2), relative to the level: it wanders from day to day,
 * days differ from it, and counts from days.
 */
function corrected({ level, variance }: State, { seen, shape }: Block): State {
  const expected = level * shape;
  const total = variance + DAY_VARIANCE + CHANCE / Math.max(LEAST_LEFT, expected);
  const far = (expected >= TELLING_EVENTS ? FARTHEST : FARTHEST_OF_FEW) * Math.sqrt(total);
  const off = Math.max(-far, Math.min(far, seen / expected - 1));
  const gain = variance / total;
  return { level: level * Math.max(LEAST_LEFT, 1 + gain * off), variance: variance * (1 - gain) };
}

/**
 * The level before hour `start`, from days that had ended by then. A window that begins today is judged by what was known a day before it, so that a break
 * of this morning does not lower what is expected at noon.
 */
export function levelBefore(levels: Levels, until: number, start: number): number {
  return levels.perHour[daysBack(until, start)] ?? Number.NaN;
}

/** Squared relative doubt of the level before hour `start`, about the hours start … end−1. */
export function doubtBefore(levels: Levels, until: number, start: number, end: number): number {
  const back = daysBack(until, start);
  return (levels.variance[back] ?? 0) + levels.wander * (end - (until - back * DAY_HOURS));
}

function daysBack(until: number, start: number): number {
  return Math.max(1, Math.ceil((until - start) / DAY_HOURS));
}

/** What hours between may be told of: whole weeks of learning before the first judgement. */
export const LEARNING_HOURS = 2 * WEEK_HOURS;
