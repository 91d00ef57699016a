import type { Baseline } from "./baseline.ts";
import { varianceOf } from "./forecast.ts";
import { lowerTail, upperTail } from "./tails.ts";

/** A count is normal again when this many events were expected and about as many came. */
const EVENTS = 30;
const HOURS = 3;
const DROP_OVER = 0.75;
const SURGE_OVER = 1.5;

/** How a told trouble stands: what was expected and seen since it began, by the level before it. */
export interface Standing {
  readonly expected: number;
  readonly seen: number;
  readonly over: boolean;
}

/**
 * Hysteresis: an alarm needs an unlikely and large difference, its end needs a window of at least three hours and 30 expected events, all of it after the
 * beginning, that is about as usual (three quarters of a drop's expectation, one and a half of a surge's).
 */
export function standingOf(
  baseline: Baseline,
  trouble: { readonly direction: "drop" | "surge"; readonly since: number; readonly level: number },
  end: number,
): Standing {
  const { sums } = baseline;
  const between = (start: number) => ({
    expected: trouble.level * ((sums.shape[end] as number) - (sums.shape[start] as number)),
    seen: (sums.seen[end] as number) - (sums.seen[start] as number),
  });
  let start = end - HOURS;
  while (start > trouble.since && between(start).expected < EVENTS) start--;
  const { expected, seen } = between(Math.max(0, start));
  const enough = start >= trouble.since && expected >= EVENTS;
  return {
    ...between(trouble.since),
    over: enough && isUsual(trouble.direction, expected, seen, varianceOf(baseline.below, expected, { start, end })),
  };
}

function isUsual(direction: "drop" | "surge", expected: number, seen: number, variance: number): boolean {
  if (direction === "drop") return seen >= expected * DROP_OVER && lowerTail(seen, expected, variance) > 0.02;
  return seen <= expected * SURGE_OVER || upperTail(seen, expected, variance) > 0.02;
}
