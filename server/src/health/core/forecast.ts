import type { Baseline } from "./baseline.ts";
import { doubtBefore, levelBefore } from "./level.ts";
import { likeness, type Spread, type Stretch } from "./likeness.ts";

/** Stretches before the one that is judged, in hours back from its beginning: how they went is how it goes on. */
const BEFORE = [
  [0, 2],
  [2, 8],
  [8, 26],
] as const;
/** However bad the hours before were: so much is still expected. */
const LEAST_SHARE = 0.3;
/** What a stretch brought beyond what was expected of it counts up to so many deviations. */
const HELD = 1.5;
/** A level is known to about four percent (squared). */
const LEVEL_VARIANCE = 0.04 ** 2;
/** Fewer events than this say nothing of how a stretch went. */
const TELLING_EVENTS = 0.5;

/** Another series that strays together with the one that is judged: clicks with conversions, the partner's other offers with an offer. */
export interface Companion {
  readonly counted: (stretch: Stretch) => { readonly seen: number; readonly expected: number };
  /** part of the straying that is common, 0 … 1 */
  readonly kinship: () => number;
  readonly dispersion: number;
}

/** How a stretch went that is known, beside the one that is judged. */
interface Known extends Stretch {
  /** how far from what was expected, relatively */
  readonly off: number;
  /** variance of that by chance alone */
  readonly noise: number;
  readonly kinship: number;
}

/**
 * Mean and variance of what hours start … end−1 should bring: level × shape, moved by how the hours just before went and how its companion goes meanwhile, as far as
 * such things last (best linear prediction: Bühlmann and Gisler, "A Course in Credibility Theory", ch. 2). The variance adds up chance, what is still open of
 * hours and days, and how well the level is known.
 */
export function forecast(
  baseline: Baseline,
  spread: Spread,
  stretch: Stretch,
  companion: Companion | undefined,
): { readonly mean: number; readonly variance: number } {
  const { sums, levels, until, first } = baseline;
  const level = levelBefore(levels, until, stretch.start);
  const usual = (start: number, end: number) => level * ((sums.shape[end] as number) - (sums.shape[start] as number));
  const known: Known[] = [];
  for (const [near, far] of BEFORE) {
    const [start, end] = [Math.max(first, stretch.start - far), stretch.start - near];
    const expected = end > start ? usual(start, end) : 0;
    if (expected < TELLING_EVENTS) continue;
    const seen = (sums.seen[end] as number) - (sums.seen[start] as number);
    const noise = spread.dispersion / expected;
    known.push({ start, end, off: held(seen / expected - 1, spread, { start, end }, noise), noise, kinship: 1 });
  }
  const beside = companion?.counted(stretch);
  if (companion !== undefined && beside !== undefined && beside.expected >= 1) {
    const noise = companion.dispersion / beside.expected;
    const off = held(beside.seen / beside.expected - 1, spread, stretch, noise);
    known.push({ ...stretch, off, noise, kinship: companion.kinship() });
  }
  const { shift, open } = predict(spread, known, stretch);
  const mean = usual(stretch.start, stretch.end) * Math.max(LEAST_SHARE, 1 + shift);
  const ofLevel = doubtBefore(levels, until, stretch.start, stretch.end);
  return { mean, variance: spread.dispersion * mean + mean * mean * (open + ofLevel) };
}

/** A burst is over when it is over: it says little of the hours after it, or of others. */
function held(off: number, spread: Spread, stretch: Stretch, noise: number): number {
  return Math.min(off, HELD * Math.sqrt(likeness(spread, stretch, stretch) + noise));
}

/** Variance of a stretch's count around what is expected of it, before anything of its days and hours is known. */
export function varianceOf(spread: Spread, expected: number, stretch: Stretch): number {
  return spread.dispersion * expected + expected * expected * (likeness(spread, stretch, stretch) + LEVEL_VARIANCE);
}

/** Solves Σ w = c for the weights of what is known. @returns the relative shift of the mean, and the variance that stays open */
function predict(spread: Spread, known: readonly Known[], stretch: Stretch): { shift: number; open: number } {
  const wanted = known.map((one) => likeness(spread, one, stretch) * one.kinship);
  const rows = known.map((one, i) => [
    ...known.map((other, j) =>
      i === j ? likeness(spread, one, one) + one.noise : likeness(spread, one, other) * one.kinship * other.kinship,
    ),
    wanted[i] as number,
  ]);
  const weights = solved(rows);
  const sum = (values: readonly number[]) => values.reduce((total, one, i) => total + one * (weights[i] as number), 0);
  const open = likeness(spread, stretch, stretch) - sum(wanted);
  return { shift: sum(known.map(({ off }) => off)), open: Math.max(0, open) };
}

/** Gauss and Jordan; noise on the diagonal keeps the pivots away from nothing. */
function solved(rows: number[][]): number[] {
  const size = rows.length;
  for (const [i, pivot] of rows.entries())
    for (const [j, row] of rows.entries()) {
      if (i === j) continue;
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let k = i; k <= size; k++) row[k] = (row[k] as number) - factor * (pivot[k] as number);
    }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}
