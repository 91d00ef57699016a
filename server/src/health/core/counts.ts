import { type Baseline, type Expectation, expect } from "./baseline.ts";
import { WEEK_HOURS } from "./course.ts";
import { levelBefore } from "./level.ts";
import { EXPECTED_EVENTS } from "./records.ts";
import { lowerTail, upperTail } from "./tails.ts";

const WINDOW_HOURS = 4 * WEEK_HOURS;
export const BUDGET_HOURS = 90 * 24;
/** How the false alarms are shared out among the windows: a stop is plain in a short one anyway, a fall to a half only in the longest. */
const SHARES = [0.02, 0.05, 0.13, 0.3, 0.5] as const;
/** How much a surge has to go beyond what the series has done before. */
const BEYOND_RECORD = 1.05;

const FADING_HOURS = 2 * WEEK_HOURS;
const FADING_DAYS_BACK = 28;
const FADING_EVENTS = 40;
const FADING_DROP = 0.5;
/** Levels wander by about a sixth in four weeks (squared). */
const FADING_VARIANCE = 0.16 ** 2;
const FADING_CHANCE = 0.001;
const SURGE_HOURS = 4;
const PARTS = 4;
/** Each quarter of a surge's window brings at least so many times what was expected of it. */
const PART_OF_SURGE = 1.4;

/** What may raise an alarm: how unlikely, and how much. */
export interface Demands {
  /** false alarms that one series may raise in 90 days, on one side */
  readonly alarms: number;
  /** seen over expected at and below which a drop is one */
  readonly drop: number;
  /** seen over expected at and above which a surge is one */
  readonly surge: number;
}

export interface CountFinding {
  readonly direction: "drop" | "surge";
  /** first hour of the change, as likely as can be told */
  readonly since: number;
  readonly expected: number;
  readonly seen: number;
  /** how likely without a cause, of the window that told */
  readonly chance: number;
  /** events of an average hour before the change */
  readonly level: number;
}

/**
 * Looks back from hour `end` (exclusive) over windows that should hold 10, 20, 40, 70 and 100 events, and asks of each whether what was seen is too
 * unlikely, too different, and, of surges, unlike anything in the past. The demand on chance follows from the wanted number of false alarms: a window that fits n times
 * into 90 days may be wrong in one of n / alarms cases, so short windows have to be clearer than long ones (Bonferroni over their number).
 * `explained` lowers (or raises) what was to be expected: conversions follow clicks, an offer follows the partner's others.
 * @returns undefined: as usual, or too little to tell
 */
export function lookBack(
  baseline: Baseline,
  end: number,
  demands: Demands,
  explained: (start: number, end: number) => number = () => 1,
): CountFinding | undefined {
  let best: CountFinding | undefined;
  let target = 0;
  const { sums } = baseline;
  const farthest = Math.max(baseline.first, end - WINDOW_HOURS);
  for (let start = end - 1; start >= farthest && target < EXPECTED_EVENTS.length; start--) {
    const shape = (sums.shape[end] as number) - (sums.shape[start] as number);
    const level = levelBefore(baseline.levels, baseline.until, start);
    if (!(level > 0)) break;
    if (level * shape < (EXPECTED_EVENTS[target] as number)) continue;
    const found = expect(baseline, start, end);
    while (target < EXPECTED_EVENTS.length && found.expected >= (EXPECTED_EVENTS[target] as number)) target += 1;
    const seen = (sums.seen[end] as number) - (sums.seen[start] as number);
    if (seen > found.expected && !lasts(baseline, start, end)) continue;
    const finding = judge(baseline, target - 1, found, seen, explained(start, end), demands);
    if (finding !== undefined && (best === undefined || finding.chance < best.chance))
      best = { ...finding, since: start, level: found.level };
  }
  best ??= fading(baseline, end, explained);
  return best === undefined ? undefined : { ...best, since: changePoint(baseline, end, best) };
}

/**
 * Levels follow a partner that fades by a few percent a day, so no window is unlike the days before it. The last fortnight beside what was usual four weeks ago is: less than
 * half of it is told.
 */
function fading(
  baseline: Baseline,
  end: number,
  explained: (start: number, end: number) => number,
): CountFinding | undefined {
  const { sums, levels, below } = baseline;
  const start = end - FADING_HOURS;
  const level = levels.perHour[FADING_DAYS_BACK] ?? Number.NaN;
  if (start < baseline.first || !(level > 0)) return undefined;
  const expected = level * ((sums.shape[end] as number) - (sums.shape[start] as number));
  const seen = (sums.seen[end] as number) - (sums.seen[start] as number);
  const low = expected * Math.min(1, explained(start, end));
  if (low < FADING_EVENTS || seen > low * FADING_DROP) return undefined;
  const chance = lowerTail(seen, low, below.dispersion * low + low * low * FADING_VARIANCE);
  return chance < FADING_CHANCE ? { direction: "drop", since: start, expected, seen, chance, level } : undefined;
}

/**
 * A surge has to have lasted, and to last: every quarter of its window shows it. A newsletter or a post that does the rounds is over in two or three hours.
 */
function lasts(baseline: Baseline, start: number, end: number): boolean {
  if (end - start < SURGE_HOURS) return false;
  const { seen, shape } = baseline.sums;
  const level = levelBefore(baseline.levels, baseline.until, start);
  for (let part = 0; part < PARTS; part++) {
    const from = start + Math.floor(((end - start) * part) / PARTS);
    const to = start + Math.floor(((end - start) * (part + 1)) / PARTS);
    const expected = level * ((shape[to] as number) - (shape[from] as number));
    if ((seen[to] as number) - (seen[from] as number) < PART_OF_SURGE * expected) return false;
  }
  return true;
}

type Judged = Omit<CountFinding, "since" | "level">;

function judge(
  baseline: Baseline,
  size: number,
  found: Expectation,
  seen: number,
  share: number,
  demands: Demands,
): Judged | undefined {
  const { expected } = found;
  const often = expected / found.level / BUDGET_HOURS;
  const limit = Math.min(0.02, often * demands.alarms * (SHARES[size] as number));
  // conversions are only as many as clicks let expect: fewer clicks explain a drop, more clicks a surge
  const low = expected * Math.min(1, share);
  if (low >= 1 && seen <= low * demands.drop) {
    const chance = lowerTail(seen, low, found.below * Math.min(1, share));
    if (chance < limit) return { direction: "drop", expected, seen, chance };
  }
  const high = expected * Math.max(1, share);
  if (seen < high * Math.max(demands.surge, (baseline.highest[size] as number) * BEYOND_RECORD)) return undefined;
  const chance = upperTail(seen, high, found.above * Math.max(1, share) ** 2);
  return chance < limit ? { direction: "surge", expected, seen, chance } : undefined;
}

/**
 * The hour from which on the likelihood of a changed rate against the usual one is greatest: Σ seen·ln(seen/E) − (seen − E), E by the level before the
 * window that told (Page 1954; Siegmund, "Sequential Analysis", ch. 2).
 */
function changePoint(baseline: Baseline, end: number, finding: CountFinding): number {
  const { sums } = baseline;
  let since = finding.since;
  let most = Number.NEGATIVE_INFINITY;
  const farthest = Math.max(baseline.first, finding.since - 2 * (end - finding.since), end - WINDOW_HOURS);
  for (let start = end - 1; start >= farthest; start--) {
    const seen = (sums.seen[end] as number) - (sums.seen[start] as number);
    const mean = finding.level * ((sums.shape[end] as number) - (sums.shape[start] as number));
    if (mean <= 0 || seen < mean !== (finding.direction === "drop")) continue;
    const gain = (seen === 0 ? 0 : seen * Math.log(seen / mean)) - (seen - mean);
    if (gain > most) [most, since] = [gain, start];
  }
  return since;
}
