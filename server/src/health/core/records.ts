import type { Sums } from "./course.ts";

/** Windows are as long as it takes to expect this many events; the last is how long a break may last unseen. */
export const EXPECTED_EVENTS = [10, 20, 40, 70, 100] as const;

/** Lengths of windows, in hours, whose past is known. */
const LENGTHS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 168, 336] as const;
/** Windows of the past begin this often within the length of one. */
const STEPS_A_WINDOW = 6;
/** With fewer events expected a share says nothing. */
const TELLING_EVENTS = 5;

/**
 * The second highest share of what was to be expected that the past has seen, for windows of each length: what a series has done before without a break. The second most extreme
 * episode counts and not the first, so that one stray day of the past does not deafen the watch; two bursts of a kind are a habit. The level is that of the fortnight around.
 */
export function highestOf(sums: Sums, begin: number, until: number): readonly number[] {
  return LENGTHS.map((hours) => secondHighest(sharesOf(sums, begin, until, hours)));
}

/** What the past has done in windows of so many hours. */
export function recordAt(highest: readonly number[], hours: number): number {
  let index = 0;
  while (index + 1 < LENGTHS.length && (LENGTHS[index + 1] as number) <= hours) index += 1;
  return highest[index] as number;
}

interface Share {
  readonly start: number;
  readonly end: number;
  readonly share: number;
}

/** Seen over expected of windows of so many hours. */
function sharesOf(sums: Sums, begin: number, until: number, hours: number): Share[] {
  const { seen, shape } = sums;
  const shares: Share[] = [];
  const step = Math.max(1, Math.floor(hours / STEPS_A_WINDOW));
  for (let start = begin; start + hours <= until; start += step) {
    const end = start + hours;
    const own = (shape[end] as number) - (shape[start] as number);
    const [from, to] = [Math.max(begin, start - 168), Math.min(until, end + 168)];
    const around = (seen[to] as number) - (seen[from] as number);
    const local = around / Math.max(1e-9, (shape[to] as number) - (shape[from] as number));
    if (local * own >= TELLING_EVENTS)
      shares.push({ start, end, share: ((seen[end] as number) - (seen[start] as number)) / (local * own) });
  }
  return shares;
}

function secondHighest(shares: readonly Share[]): number {
  let first: Share | undefined;
  for (const one of shares) if (first === undefined || one.share > first.share) first = one;
  let second = 0;
  for (const one of shares)
    if (first !== undefined && (one.end <= first.start || one.start >= first.end)) second = Math.max(second, one.share);
  return second;
}
