import type { Baseline } from "./baseline.ts";
import type { Counted } from "./companion.ts";
import { WEEK_HOURS } from "./course.ts";
import { type Companion, forecast } from "./forecast.ts";
import { levelBefore } from "./level.ts";
import type { Stretch } from "./likeness.ts";
import { EXPECTED_EVENTS, recordAt } from "./records.ts";
import { lowerTail, upperTail } from "./tails.ts";

const WINDOW_HOURS = 4 * WEEK_HOURS;
export const BUDGET_HOURS = 90 * 24;
/** Windows hold so many events at least; beyond the most only those of a day are looked at besides, for large series. */
const LEAST_EXPECTED = 10;
const MOST_EXPECTED = 110;
const LONGER_HOURS = 24;
/** A window is an eighth longer than the one before it: those between differ by little. */
const FINENESS = 8;
/** How the false alarms are shared out among the windows: a stop is plain in a short one anyway, a fall to a half only in the longest. */
const SHARES = [0.5, 0.7, 1, 1, 1] as const;
/** How much a surge has to go beyond what the series has done before. */
const BEYOND_RECORD = 1.05;
/** What the hours just before let expect can be so many times what the level does: cheaper than asking. */
const ROOM = 1.4;

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

/** Whoever comes in a burst buys less often than usual: so much of the surplus at least. */
const LEAST_FOLLOWING = 0.7;
/** Conversion rates differ by about a seventh from day to day (squared). */
const FOLLOWING_VARIANCE = 0.15 ** 2;
const NOT_FOLLOWED = 0.001;
const FOLLOWED = 0.02;

/** What may raise an alarm: how unlikely, and how much. */
export interface Demands {
  /** drops told falsely of one series in 90 days, as they are reckoned */
  readonly alarms: number;
  /** surges likewise */
  readonly surgeAlarms: number;
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

/** What others say of how much was to be expected. */
export interface Explained {
  /** seen over expected of what explains it; 1: nothing does */
  readonly share: (start: number, end: number) => number;
  readonly companion: Companion | undefined;
  /** of clicks: what they brought, so many hours after the click as conversions take; undefined: not known, or too early to say */
  readonly brought?: (stretch: Stretch) => Counted | undefined;
}

/**
 * Looks back from hour `end` (exclusive) over windows that begin at every hour (longer ones less often) and should hold 10 to 110 events, or a day's, and asks of each whether what
 * was seen is too unlikely, too different, and, of surges, unlike anything in the past. The demand on chance follows from the wanted number of false alarms: a window that fits n
 * times into 90 days may be wrong in one of n / alarms cases, so short windows have to be clearer than long ones (Bonferroni over their number).
 * @returns undefined: as usual, or too little to tell
 */
export function lookBack(
  baseline: Baseline,
  end: number,
  demands: Demands,
  explained: Explained,
): CountFinding | undefined {
  let best: CountFinding | undefined;
  const { sums } = baseline;
  const farthest = Math.max(baseline.first, end - WINDOW_HOURS);
  let isLast = false;
  for (let start = end - 1; start >= farthest && !isLast; start -= Math.max(1, Math.floor((end - start) / FINENESS))) {
    const level = levelBefore(baseline.levels, baseline.until, start);
    if (!(level > 0)) break;
    const expected = level * ((sums.shape[end] as number) - (sums.shape[start] as number));
    if (expected < LEAST_EXPECTED) continue;
    isLast = expected > MOST_EXPECTED && end - start >= LONGER_HOURS;
    const finding = judge(baseline, { start, end, level, expected }, demands, explained);
    if (finding !== undefined && (best === undefined || finding.chance < best.chance))
      best = { ...finding, since: start, level };
  }
  best ??= fading(baseline, end, explained.share);
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

/** Hours that are judged, and what the level alone lets expect of them. */
interface Window extends Stretch {
  readonly level: number;
  readonly expected: number;
}

function judge(baseline: Baseline, window: Window, demands: Demands, explained: Explained): Judged | undefined {
  const { seen: counts } = baseline.sums;
  const seen = (counts[window.end] as number) - (counts[window.start] as number);
  const { expected } = window;
  if (seen <= expected * demands.drop * ROOM) return judgeDrop(baseline, window, seen, demands, explained);
  if (seen < expected * demands.surge) return undefined;
  const follow = followOf(explained.brought?.(window), seen / expected);
  if (follow === "yes" || (follow === "unknown" && !lasts(baseline, window.start, window.end))) return undefined;
  return judgeSurge(baseline, window, seen, demands, explained, follow);
}

function judgeDrop(
  baseline: Baseline,
  window: Window,
  seen: number,
  demands: Demands,
  explained: Explained,
): Judged | undefined {
  const { expected } = window;
  // conversions are only as many as clicks let expect, an offer's clicks as the others'
  const low = expected * Math.min(1, explained.share(window.start, window.end));
  if (low < 1 || seen > low * demands.drop) return undefined;
  const { mean, variance } = forecast(baseline, baseline.below, window, explained.companion);
  if (seen > mean * demands.drop) return undefined;
  const chance = lowerTail(seen, mean, variance);
  return chance < limitOf(window, demands.alarms) ? { direction: "drop", expected, seen, chance } : undefined;
}

function judgeSurge(
  baseline: Baseline,
  window: Window,
  seen: number,
  demands: Demands,
  explained: Explained,
  follow: Follow,
): Judged | undefined {
  const { expected, start, end } = window;
  const high = expected * Math.max(1, explained.share(start, end));
  const record = follow === "no" ? 0 : recordAt(baseline.highest(), end - start);
  if (seen < high * Math.max(demands.surge, record * BEYOND_RECORD)) return undefined;
  const { mean, variance } = forecast(baseline, baseline.above, window, explained.companion);
  if (seen < mean * demands.surge) return undefined;
  const chance = upperTail(seen, Math.max(mean, high), variance * Math.max(1, high / mean) ** 2);
  return chance < limitOf(window, demands.surgeAlarms) ? { direction: "surge", expected, seen, chance } : undefined;
}

type Follow = "yes" | "no" | "unknown";

/**
 * Do conversions follow a surge of clicks? People who click three times as often buy about three times as often, a burst or a promotion: nothing is broken. A page that counts clicks
 * twice, or a machine, brings nobody besides. @param factor seen over expected of the clicks
 */
function followOf(brought: Counted | undefined, factor: number): Follow {
  if (brought === undefined) return "unknown";
  const { seen, expected } = brought;
  const [followed, middle] = [1 + LEAST_FOLLOWING * (factor - 1), 1 + (factor - 1) / 2];
  const variance = (mean: number) => mean + FOLLOWING_VARIANCE * mean * mean;
  const many = expected * followed;
  if (seen < expected * middle && lowerTail(seen, many, variance(many)) < NOT_FOLLOWED) return "no";
  if (seen >= expected * middle && upperTail(seen, expected, variance(expected)) < FOLLOWED) return "yes";
  return "unknown";
}

/** How unlikely a window has to be. */
function limitOf({ expected, level }: Window, alarms: number): number {
  const often = expected / level / BUDGET_HOURS;
  const size = EXPECTED_EVENTS.findLastIndex((least) => expected >= least);
  return Math.min(0.02, often * alarms * (SHARES[size] as number));
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
