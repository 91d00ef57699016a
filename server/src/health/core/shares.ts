import { BUDGET_HOURS } from "./counts.ts";
import { WEEK_HOURS } from "./course.ts";
import { EXPECTED_EVENTS } from "./records.ts";
import { shareTail } from "./tails.ts";

/** What went wrong among what was tried, hour by hour. */
export interface Attempts {
  readonly bad: Float64Array;
  readonly all: Float64Array;
  readonly skipped: Uint8Array;
}

export interface ShareFinding {
  readonly since: number;
  /** bad ones that were to be expected among those tried */
  readonly expected: number;
  readonly bad: number;
  readonly all: number;
  readonly chance: number;
}

const MEMORY_HOURS = 4 * WEEK_HOURS;
/** Before anything was tried: one in twenty fails, as if seen on forty attempts. */
const PRIOR = { bad: 2, all: 40 } as const;
const WINDOW_HOURS = 2 * WEEK_HOURS;
/** An error rate is a trouble from here on, and only when it has at least doubled. */
const LEAST_RISE = 0.12;
const LEAST_FACTOR = 2;

/**
 * Looks back from hour `end` (exclusive) over the last 10 … 100 attempts: are more of them bad than the four weeks before let expect? Beta-binomial,
 * because errors come in bouts: ρ from the days before by the method of moments. New partners are judged by the prior, since a postback that never worked
 * is the most frequent trouble of all.
 */
export function lookBackAtShares(attempts: Attempts, end: number, alarms: number): ShareFinding | undefined {
  let best: ShareFinding | undefined;
  let target = 0;
  let [bad, all] = [0, 0];
  const farthest = Math.max(0, end - WINDOW_HOURS);
  for (let start = end - 1; start >= farthest && target < EXPECTED_EVENTS.length; start--) {
    if (attempts.skipped[start] !== 0) continue;
    bad += attempts.bad[start] as number;
    all += attempts.all[start] as number;
    if (all < (EXPECTED_EVENTS[target] as number)) continue;
    while (target < EXPECTED_EVENTS.length && all >= (EXPECTED_EVENTS[target] as number)) target += 1;
    if (bad / all < LEAST_RISE) continue;
    const usual = usualShare(attempts, start);
    if (bad / all < Math.max(usual.share + LEAST_RISE, usual.share * LEAST_FACTOR)) continue;
    const chance = shareTail(bad, all, usual.share, usual.rho);
    if (chance >= Math.min(0.02, ((end - start) * alarms) / BUDGET_HOURS)) continue;
    if (best === undefined || chance < best.chance)
      best = { since: start, expected: usual.share * all, bad, all, chance };
  }
  return best;
}

/** The share of bad ones before an hour, and how much days vary around it. */
export function usualShare(attempts: Attempts, until: number): { readonly share: number; readonly rho: number } {
  const begin = Math.max(0, until - MEMORY_HOURS);
  const days: { bad: number; all: number }[] = [];
  let [bad, all]: [number, number] = [PRIOR.bad, PRIOR.all];
  for (let hour = begin; hour < until; hour++) {
    if (attempts.skipped[hour] !== 0 || attempts.all[hour] === 0) continue;
    const index = Math.floor((until - 1 - hour) / 24);
    days[index] ??= { bad: 0, all: 0 };
    const day = days[index] as { bad: number; all: number };
    day.bad += attempts.bad[hour] as number;
    day.all += attempts.all[hour] as number;
    bad += attempts.bad[hour] as number;
    all += attempts.all[hour] as number;
  }
  const share = bad / all;
  return { share, rho: spreadOf(days, share) };
}

/** ρ of the beta-binomial: Σ((b − n·s)² − n·s·(1−s)) / Σ n(n−1)·s·(1−s), at least what days vary by anyway. */
function spreadOf(days: readonly { readonly bad: number; readonly all: number }[], share: number): number {
  let above = 0;
  let scale = 0;
  for (const day of days) {
    if (day === undefined) continue;
    const chance = share * (1 - share);
    above += (day.bad - day.all * share) ** 2 - day.all * chance;
    scale += day.all * (day.all - 1) * chance;
  }
  return Math.min(0.3, Math.max(0.005, scale === 0 ? 0.02 : above / scale));
}

const OVER_ATTEMPTS = 20;
const OVER_RISE = 0.06;
const OVER_FACTOR = 1.5;

/** How errors stand since hour `since`: over when the last twenty attempts, all after it, are about as good as usual. */
export function shareOfLast(
  attempts: Attempts,
  since: number,
  end: number,
  usual: number,
): { readonly expected: number; readonly seen: number; readonly over: boolean } {
  let [bad, all, lastBad, lastAll] = [0, 0, 0, 0];
  for (let hour = end - 1; hour >= Math.max(0, since); hour--) {
    bad += attempts.bad[hour] as number;
    all += attempts.all[hour] as number;
    if (lastAll >= OVER_ATTEMPTS) continue;
    lastBad += attempts.bad[hour] as number;
    lastAll += attempts.all[hour] as number;
  }
  const good = lastBad / lastAll < Math.max(usual + OVER_RISE, usual * OVER_FACTOR);
  return { expected: usual * all, seen: bad, over: lastAll >= OVER_ATTEMPTS && good };
}
