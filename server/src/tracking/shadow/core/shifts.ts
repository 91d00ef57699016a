import type { MatchedPair } from "../contracts.ts";

const QUARTER = 900_000;
const LARGEST = 26 * 3_600_000;
/** Clocks that tell the same zone differ by seconds, not minutes. */
const SLACK = 120_000;
/** Fewer pairs than these may be chance. */
const FEWEST = 3;
/** A summer and a winter have one shift each. */
const MOST_SHIFTS = 2;

/**
 * By how much their clock is ahead of ours, where at least a fifth of the pairs that are taken for the same by an id share it: whole
 * quarters of an hour, as zones differ. The most frequent first; zero is left out.
 */
export function commonShifts(pairs: readonly MatchedPair[]): readonly number[] {
  const counts = new Map<number, number>();
  let sure = 0;
  for (const { theirs, ours, by } of pairs) {
    if (by === "time_and_amount") continue;
    sure += 1;
    const gap = theirs.at - ours.at;
    const quarters = Math.round(gap / QUARTER) * QUARTER;
    if (Math.abs(gap - quarters) <= SLACK && Math.abs(quarters) <= LARGEST)
      counts.set(quarters, (counts.get(quarters) ?? 0) + 1);
  }
  return [...counts]
    .filter(([shift, count]) => shift !== 0 && count >= FEWEST && count * 5 >= sure)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_SHIFTS)
    .map(([shift]) => shift);
}
