import type { Sums } from "./course.ts";

/** Windows are as long as it takes to expect this many events; the last is how long a break may last unseen. */
export const EXPECTED_EVENTS = [10, 20, 40, 70, 100] as const;

/** Windows of the past begin this often within the length of one. */
const STEPS_A_WINDOW = 6;

/** The second lowest and the second highest share of what was to be expected that the past has seen, for windows of each size. */
export interface Records {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * What a series has done before without a break. The second most extreme episode counts and not the first, so that one outage or one stray day of the
 * past does not deafen the watch; two bursts of a kind are a habit. The level is that of the whole stretch.
 */
export function recordsOf(sums: Sums, begin: number, until: number): Records {
  const shape = (sums.shape[until] as number) - (sums.shape[begin] as number);
  const level = ((sums.seen[until] as number) - (sums.seen[begin] as number)) / shape;
  const low: number[] = [];
  const high: number[] = [];
  for (const target of EXPECTED_EVENTS) {
    const shares = level > 0 ? sharesOf(sums, begin, until, level, target) : [];
    low.push(secondOf(shares, -1) ?? Number.POSITIVE_INFINITY);
    high.push(secondOf(shares, 1) ?? 0);
  }
  return { low, high };
}

interface Share {
  readonly start: number;
  readonly end: number;
  readonly share: number;
}

/** Seen over expected of each shortest window that expects so many events, against the fortnight around it. */
function sharesOf(sums: Sums, begin: number, until: number, level: number, target: number): Share[] {
  const shares: Share[] = [];
  let end = begin;
  const step = Math.max(1, Math.floor(target / level / STEPS_A_WINDOW));
  for (let start = begin; start < until; start += step) {
    while (end < until && level * ((sums.shape[end] as number) - (sums.shape[start] as number)) < target) end++;
    const shape = (sums.shape[end] as number) - (sums.shape[start] as number);
    if (level * shape < target) break;
    const [from, to] = [Math.max(begin, start - 168), Math.min(until, end + 168)];
    const around = (sums.seen[to] as number) - (sums.seen[from] as number);
    const local = around / Math.max(1e-9, (sums.shape[to] as number) - (sums.shape[from] as number));
    if (local > 0)
      shares.push({ start, end, share: ((sums.seen[end] as number) - (sums.seen[start] as number)) / (local * shape) });
  }
  return shares;
}

function secondOf(shares: readonly Share[], sign: 1 | -1): number | undefined {
  const most = (all: readonly Share[]) =>
    all.reduce<Share | undefined>(
      (best, one) => (best === undefined || sign * one.share > sign * best.share ? one : best),
      undefined,
    );
  const first = most(shares);
  if (first === undefined) return undefined;
  return most(shares.filter((one) => one.end <= first.start || one.start >= first.end))?.share;
}
