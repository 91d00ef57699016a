import type { Sums } from "./course.ts";

/** Windows are as long as it takes to expect this many events; the last is how long a break may last unseen. */
export const EXPECTED_EVENTS = [10, 20, 40, 70, 100] as const;

/** Windows of the past begin this often within the length of one. */
const STEPS_A_WINDOW = 6;

/**
 * The second highest share of what was to be expected that the past has seen, for windows of each size: what a series has done before without a break. The second most extreme
 * episode counts and not the first, so that one stray day of the past does not deafen the watch; two bursts of a kind are a habit. The level is that of the fortnight around.
 */
export function highestOf(sums: Sums, begin: number, until: number): readonly number[] {
  const shape = (sums.shape[until] as number) - (sums.shape[begin] as number);
  const level = ((sums.seen[until] as number) - (sums.seen[begin] as number)) / shape;
  return EXPECTED_EVENTS.map((target) => (level > 0 ? secondHighest(sharesOf(sums, begin, until, level, target)) : 0));
}

interface Share {
  readonly start: number;
  readonly end: number;
  readonly share: number;
}

/** Seen over expected of the shortest windows that expect so many events. */
function sharesOf(sums: Sums, begin: number, until: number, level: number, target: number): Share[] {
  const { seen, shape } = sums;
  const shares: Share[] = [];
  const step = Math.max(1, Math.floor(target / level / STEPS_A_WINDOW));
  let end = begin;
  for (let start = begin; start < until; start += step) {
    while (end < until && level * ((shape[end] as number) - (shape[start] as number)) < target) end++;
    const own = (shape[end] as number) - (shape[start] as number);
    if (level * own < target) break;
    const [from, to] = [Math.max(begin, start - 168), Math.min(until, end + 168)];
    const around = (seen[to] as number) - (seen[from] as number);
    const local = around / Math.max(1e-9, (shape[to] as number) - (shape[from] as number));
    if (local > 0)
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
