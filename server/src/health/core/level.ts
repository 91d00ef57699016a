import { DAY_HOURS, type Sums, WEEK_HOURS } from "./course.ts";

/** Days behind a level. Recent ones weigh more: the weight halves in ten days. */
const LEVEL_DAYS = 6 * 7;
const HALF_DAYS = 10;
const WEIGHTS = Float64Array.from({ length: LEVEL_DAYS }, (_, age) => 0.5 ** (age / HALF_DAYS));
const MEDIAN_DAYS = 28;
/** Days that differ from the middle one by more are taken for that much: a promotion or an outage is no new level. */
const LOW_DAY = 0.6;
const HIGH_DAY = 1.6;
/** With fewer events a day a single day says too little to be called unlike the others. */
const TELLING_EVENTS = 12;
const LEAST_DAYS = 13;
/** Levels are kept for as many days back as a window may reach. */
const DAYS_BACK = 30;

/** A level is never known better than this (squared): campaigns grow and wane between what was learnt from and what is judged … */
export const LEVEL_VARIANCE = 0.04 ** 2;
/** … and it wanders meanwhile (squared, an hour): by about four percent a week. */
const WANDER = 0.0002 / 24;

/** Levels as they were known at the ends of the last days: index j is what was known j days before the hour of learning. */
export interface Levels {
  /** events of an average hour; NaN while less than two weeks were known */
  readonly perHour: Float64Array;
  /** events that the level rests on, after weighing */
  readonly events: Float64Array;
  /** squared relative doubt of a level at first, and what every hour adds to it */
  readonly doubt: number;
  readonly wander: number;
}

interface Block {
  readonly seen: number;
  readonly shape: number;
}

/** The levels at `until` and at the ends of the days before it. @param first first hour that counts */
export function levelsAt(sums: Sums, first: number, until: number): Levels {
  const blocks: Block[] = [];
  for (let end = until; end - DAY_HOURS >= first && blocks.length < LEVEL_DAYS + DAYS_BACK; end -= DAY_HOURS)
    blocks.push({
      seen: (sums.seen[end] as number) - (sums.seen[end - DAY_HOURS] as number),
      shape: (sums.shape[end] as number) - (sums.shape[end - DAY_HOURS] as number),
    });
  const perHour = new Float64Array(DAYS_BACK + 1).fill(Number.NaN);
  const events = new Float64Array(DAYS_BACK + 1);
  for (let back = 0; back <= DAYS_BACK; back++) {
    const level = levelOf(blocks, back);
    if (level !== undefined) [perHour[back], events[back]] = [level.perHour, level.events];
  }
  return { perHour, events, doubt: LEVEL_VARIANCE, wander: WANDER };
}

/**
 * The level before hour `start`, from days that had ended by then. A window that begins today is judged by what was known a day before it, so that a break
 * of this morning does not lower what is expected at noon.
 */
export function levelBefore(levels: Levels, until: number, start: number): number {
  return levels.perHour[daysBack(until, start)] ?? Number.NaN;
}

/** Events that the level before hour `start` rests on. */
export function eventsBefore(levels: Levels, until: number, start: number): number {
  return levels.events[daysBack(until, start)] ?? 0;
}

function daysBack(until: number, start: number): number {
  return Math.max(1, Math.ceil((until - start) / DAY_HOURS));
}

/** Weighted mean of the days' rates, each held within 0.6 … 1.6 of the median of four weeks (winsorised: Huber, "Robust Statistics", §1.4). */
function levelOf(blocks: readonly Block[], from: number): { perHour: number; events: number } | undefined {
  const until = Math.min(blocks.length, from + LEVEL_DAYS);
  let [weight, seen, squares, days] = [0, 0, 0, 0];
  const rates: number[] = [];
  for (let index = from; index < until; index++) {
    const block = blocks[index] as Block;
    if (block.shape <= 1) continue;
    const share = WEIGHTS[index - from] as number;
    days += 1;
    weight += share * block.shape;
    squares += share * share * block.shape;
    seen += share * block.seen;
    if (rates.length < MEDIAN_DAYS) rates.push(block.seen / block.shape);
  }
  if (days < LEAST_DAYS) return undefined;
  const plain = seen / weight;
  const events = (plain * weight * weight) / squares;
  if (plain * DAY_HOURS < TELLING_EVENTS) return { perHour: plain, events };
  const middle = Float64Array.from(rates).sort()[rates.length >> 1] as number;
  let held = 0;
  for (let index = from; index < until; index++) {
    const { shape, seen } = blocks[index] as Block;
    if (shape <= 1) continue;
    held +=
      (WEIGHTS[index - from] as number) * Math.min(HIGH_DAY * middle * shape, Math.max(LOW_DAY * middle * shape, seen));
  }
  return { perHour: held / weight, events };
}

/** What hours between may be told of: whole weeks of learning before the first judgement. */
export const LEARNING_HOURS = 2 * WEEK_HOURS;
