// How far a series strays by itself, from its past: chance, hours that are alike, days that differ.
import { DAY_HOURS, type Sums, WEEK_HOURS } from "./course.ts";
import type { Levels } from "./level.ts";
import { dailyWithin, hourlyWithin, type Spread } from "./likeness.ts";

/** Days differ by about a tenth beyond chance until a series has shown how much its own do; hours likewise. */
const DAY_VARIANCE = 0.01;
const DAY_PRIOR = 6;
const HOUR_VARIANCE = 0.01;
/** How well both are known beforehand (standard deviation). */
const PRIOR_DEVIATION = 0.01;
const DISPERSION_PRIOR = 1.5;
const DISPERSION_BLOCKS = 20;
/** Blocks in which chance is measured: long enough for what lies below to be as much as what lies above. */
const BLOCK_EVENTS = 8;
const BLOCK_HOURS = 48;
/** Squares count up to this, and so much of a normal's is left then; rounds and steps in which the scale is found. */
const HELD = 2.25;
const HELD_MEAN = 0.7784;
const ROUNDS = 6;
const LARGEST_STEP = 0.7;

/** Hours apart, first and last, at which likeness is measured: what hours and days have in common together, and what only days have. */
const NEAR = [1, 3] as const;
const FAR = [9, 15] as const;
/** The mean of the model's likeness over those hours: e^(−k/3) and 1 − k/24. */
const NEAR_HOURLY = 0.513;
const NEAR_DAILY = 0.917;
const FAR_DAILY = 0.5;

/** Every hour beside what the week around it lets expect of it. */
interface Hours {
  readonly mean: Float64Array;
  readonly off: Float64Array;
}

/** Downwards and upwards apart: bursts and promotions are no reason to expect silence. Downwards is what is usual without them, upwards what has happened. */
export function spreadsOf(sums: Sums, levels: Levels, begin: number, until: number): [below: Spread, above: Spread] {
  const hours = hoursOf(sums, begin, until);
  const lasting = lastingOf(hours);
  const blocks = blocksOf(hours, lasting);
  const found = blocks.weight === 0 ? DISPERSION_PRIOR : (blocks.above - blocks.lasting) / blocks.weight;
  const shrunk = (blocks.count * found + DISPERSION_BLOCKS * DISPERSION_PRIOR) / (blocks.count + DISPERSION_BLOCKS);
  const high = Math.max(1, shrunk);
  const days = dayResiduals(sums, levels, begin, until);
  const dayVariance = (squares: number, chance: number) => {
    const found = days.weight === 0 ? DAY_VARIANCE : Math.max(0, (squares - chance * days.mean) / days.weight);
    return (days.count * found + DAY_PRIOR * DAY_VARIANCE) / (days.count + DAY_PRIOR);
  };
  const { hourVariance } = lasting;
  const low = usualDispersion(blocks.each);
  return [
    { dispersion: low, dayVariance: usualDayVariance(days.each, low), hourVariance },
    { dispersion: high, dayVariance: dayVariance(days.above, high), hourVariance },
  ];
}

function hoursOf(sums: Sums, begin: number, until: number): Hours {
  const count = Math.max(0, until - begin);
  const [mean, off] = [new Float64Array(count), new Float64Array(count)];
  for (let at = 0; at < count; at++) {
    const hour = begin + at;
    const [from, to] = [Math.max(begin, hour - WEEK_HOURS / 2), Math.min(until, hour + 1 + WEEK_HOURS / 2)];
    const around = (sums.shape[to] as number) - (sums.shape[from] as number);
    const shape = (sums.shape[hour + 1] as number) - (sums.shape[hour] as number);
    if (around < DAY_HOURS || shape === 0) continue;
    mean[at] = (((sums.seen[to] as number) - (sums.seen[from] as number)) / around) * shape;
    off[at] = (sums.seen[hour + 1] as number) - (sums.seen[hour] as number) - (mean[at] as number);
  }
  return { mean, off };
}

/**
 * What lasts: products of hours that lie k apart hold no chance, only v_hour·e^(−k/3) + v_day·(1 − k/24) (method of moments). Both are shrunk to what is usual by how
 * well the products are known, whose variance is about (φ/μ)² over their number.
 */
function lastingOf({ mean, off }: Hours): Pick<Spread, "dayVariance" | "hourVariance"> {
  // a burst is no reason to believe that hours wander
  const held = off.map((one, at) => Math.min(one, (mean[at] as number) + 2 * Math.sqrt(mean[at] as number)));
  const [heldSums, meanSums] = [runningSums(held), runningSums(mean)];
  // Σ over hours and lags: the hours that lie so far ahead are one difference of running sums
  const product = ([from, to]: readonly [number, number]) => {
    let [sum, scale] = [0, 0];
    for (let at = 0; at + from < mean.length; at++) {
      const [begin, end] = [at + from, Math.min(mean.length, at + to + 1)];
      sum += (held[at] as number) * ((heldSums[end] as number) - (heldSums[begin] as number));
      scale += (mean[at] as number) * ((meanSums[end] as number) - (meanSums[begin] as number));
    }
    return { value: scale === 0 ? 0 : sum / scale, scale };
  };
  const shrunk = (found: number, prior: number, scale: number) => {
    const trust = PRIOR_DEVIATION ** 2 / (PRIOR_DEVIATION ** 2 + DISPERSION_PRIOR ** 2 / Math.max(1e-9, scale));
    return Math.max(0, trust * found + (1 - trust) * prior);
  };
  const [near, far] = [product(NEAR), product(FAR)];
  const byDay = Math.max(0, far.value) / FAR_DAILY;
  const byHour = (near.value - NEAR_DAILY * byDay) / NEAR_HOURLY;
  return {
    dayVariance: shrunk(byDay, DAY_VARIANCE, far.scale * FAR_DAILY ** 2),
    hourVariance: shrunk(byHour, HOUR_VARIANCE, (near.scale / 2) * NEAR_HOURLY ** 2),
  };
}

function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = (sums[at] as number) + (values[at] as number);
  return sums;
}

/** How far something was from what was expected, squared, beside the parts of the variance that are known. */
interface Square {
  readonly square: number;
  /** what one unit of the part that is looked for adds to the variance */
  readonly of: number;
  readonly rest: number;
}

interface Blocks {
  above: number;
  weight: number;
  count: number;
  /** squares that what lasts explains */
  lasting: number;
  readonly each: Square[];
}

/** Pearson's squares of blocks (McCullagh and Nelder, §4.5); those above by themselves stand for both sides, so they are twice their half. */
function blocksOf({ mean, off }: Hours, spread: Pick<Spread, "dayVariance" | "hourVariance">): Blocks {
  const blocks: Blocks = { above: 0, weight: 0, count: 0, lasting: 0, each: [] };
  let [hours, expected, beyond] = [0, 0, 0];
  for (let at = 0; at < mean.length; at++) {
    if (mean[at] === 0) continue;
    hours += 1;
    expected += mean[at] as number;
    beyond += off[at] as number;
    if (expected < BLOCK_EVENTS && hours < BLOCK_HOURS) continue;
    // the week around holds the block itself
    const square = (beyond * beyond) / (1 - hours / WEEK_HOURS);
    const variance = spread.hourVariance * hourlyWithin(hours) + spread.dayVariance * dailyWithin(hours);
    const rest = expected * expected * variance;
    if (beyond > 0) blocks.above += 2 * square;
    blocks.each.push({ square, of: expected, rest });
    blocks.weight += expected;
    blocks.count += Math.min(1, expected / BLOCK_EVENTS);
    blocks.lasting += rest;
    [hours, expected, beyond] = [0, 0, 0];
  }
  return blocks;
}

/** How much whole days differ from what was expected of them the day before; those above: method of moments, Σ((seen − E)² − dispersion·E) / ΣE². */
function dayResiduals(sums: Sums, levels: Levels, begin: number, until: number) {
  const residuals = { above: 0, weight: 0, count: 0, mean: 0, each: [] as Day[] };
  for (let back = 0; back < levels.perHour.length - 1; back++) {
    const end = until - back * DAY_HOURS;
    const level = levels.perHour[back + 1] as number;
    if (end - DAY_HOURS < begin || !(level > 0)) break;
    const mean = level * ((sums.shape[end] as number) - (sums.shape[end - DAY_HOURS] as number));
    const seen = (sums.seen[end] as number) - (sums.seen[end - DAY_HOURS] as number);
    if (seen > mean) residuals.above += 2 * (seen - mean) ** 2;
    const doubt = (levels.variance[back + 1] as number) + DAY_HOURS * levels.wander;
    residuals.each.push({ mean, square: (seen / mean - 1) ** 2, doubt });
    residuals.weight += mean * mean;
    residuals.count += 1;
    residuals.mean += mean;
  }
  return residuals;
}

interface Day {
  readonly mean: number;
  /** squared relative difference */
  readonly square: number;
  /** squared relative doubt of what was expected */
  readonly doubt: number;
}

function usualDispersion(blocks: readonly Square[]): number {
  return Math.max(1, scaleOf(blocks, DISPERSION_PRIOR, DISPERSION_BLOCKS));
}

function usualDayVariance(days: readonly Day[], dispersion: number): number {
  const squares = days.map(({ square, mean, doubt }) => ({ square, of: 1, rest: dispersion / mean + doubt }));
  return scaleOf(squares, DAY_VARIANCE, DAY_PRIOR);
}

/**
 * How much of the variance is of the kind that is looked for: squares are held at one and a half deviations, so that bursts and promotions count for little, and are made to be as many
 * as a normal leaves of them (Huber, "Robust Statistics", §5.2, proposal 2), with so many squares of the prior beside them.
 */
function scaleOf(squares: readonly Square[], prior: number, count: number): number {
  let found = prior;
  for (let round = 0; round < ROUNDS; round++) {
    let pull = count * (prior / found - 1) * HELD_MEAN;
    let weight = count;
    for (const { square, of, rest } of squares) {
      const variance = found * of + rest;
      const part = (found * of) / variance;
      pull += part * (Math.min(HELD, square / variance) - HELD_MEAN);
      weight += part * part;
    }
    const step = pull / (HELD_MEAN * weight);
    found *= Math.exp(Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step)));
  }
  return found;
}
