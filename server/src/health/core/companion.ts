import type { Baseline } from "./baseline.ts";
import { HISTORY_HOURS } from "./baseline.ts";
import { DAY_HOURS, WEEK_HOURS } from "./course.ts";
import type { Companion } from "./forecast.ts";
import { levelBefore } from "./level.ts";
import { dailyWithin, hourlyWithin, type Stretch } from "./likeness.ts";

/** What was seen of a stretch of hours, beside what was expected of it. */
export interface Counted {
  readonly seen: number;
  readonly expected: number;
}

/** Until two series have shown how much they stray together. */
const KINSHIP = 0.7;
const KINSHIP_DEVIATION = 0.3;
const BLOCK_HOURS = 6;

/** The others that go with a series. @param whole what holds them @param part what of it is the series itself, and says nothing besides */
export function companionOf(own: Baseline, whole: Baseline, part: Baseline | undefined): Companion {
  let kinship: number | undefined;
  return {
    counted: (stretch) => lessPart(whole, part, (baseline) => byLevel(baseline, stretch)),
    // asked for only where something looks unusual
    kinship: () => {
      kinship ??= kinshipOf(own, whole, part);
      return kinship;
    },
    dispersion: whole.below.dispersion,
  };
}

function lessPart(whole: Baseline, part: Baseline | undefined, count: (baseline: Baseline) => Counted): Counted {
  const all = count(whole);
  if (part === undefined) return all;
  const own = count(part);
  return { seen: all.seen - own.seen, expected: all.expected - own.expected };
}

/** Of a stretch of hours: by the level before it. */
export function byLevel({ sums, levels, until }: Baseline, { start, end }: Stretch): Counted {
  const level = levelBefore(levels, until, start);
  if (!(level > 0)) return { seen: 0, expected: 0 };
  const expected = level * ((sums.shape[end] as number) - (sums.shape[start] as number));
  return { seen: (sums.seen[end] as number) - (sums.seen[start] as number), expected };
}

/** Of hours of the past: by the week around them. */
function byWeek({ sums }: Baseline, around: Stretch, { start, end }: Stretch): Counted {
  const between = (values: Float64Array, one: Stretch) => (values[one.end] as number) - (values[one.start] as number);
  const shape = between(sums.shape, around);
  const expected = shape < DAY_HOURS ? 0 : (between(sums.seen, around) / shape) * between(sums.shape, { start, end });
  return { seen: between(sums.seen, { start, end }), expected };
}

/**
 * The covariance of what both stray beyond chance, over the variance of the one: products of different series hold no chance. Shrunk to what is usual by how well it is known.
 */
function kinshipOf(own: Baseline, whole: Baseline, part: Baseline | undefined): number {
  const begin = Math.max(own.first, own.until - HISTORY_HOURS);
  let [sum, scale] = [0, 0];
  for (let start = begin; start + BLOCK_HOURS <= own.until; start += BLOCK_HOURS) {
    const block = { start, end: start + BLOCK_HOURS };
    const around = { start: Math.max(begin, start - WEEK_HOURS / 2), end: Math.min(own.until, start + WEEK_HOURS / 2) };
    const one = byWeek(own, around, block);
    const other = lessPart(whole, part, (baseline) => byWeek(baseline, around, block));
    // bursts are held: they are nobody's straying but their own
    const off = ({ seen, expected }: Counted) => Math.min(expected, seen - expected);
    sum += off(one) * off(other);
    scale += one.expected * other.expected;
  }
  const { dayVariance, hourVariance, dispersion } = own.below;
  const variance = dayVariance * dailyWithin(BLOCK_HOURS) + hourVariance * hourlyWithin(BLOCK_HOURS);
  if (scale <= 0 || variance === 0) return KINSHIP;
  const known = (variance * KINSHIP_DEVIATION) ** 2;
  const trust = known / (known + (dispersion * whole.below.dispersion) / scale);
  return Math.min(1, Math.max(0, trust * (sum / scale / variance) + (1 - trust) * KINSHIP));
}
