import { type Baseline, learn } from "./baseline.ts";
import { byLevel, type Counted, companionOf } from "./companion.ts";
import { type CountFinding, type Demands, type Explained, lookBack } from "./counts.ts";
import type { Course } from "./course.ts";
import type { Companion } from "./forecast.ts";
import type { WeekCounts } from "./profile.ts";

export type Sensitivity = "low" | "normal" | "high";

/** False alarms of one partner in 90 days that each sensitivity allows for, by all its series together. */
export const ALARM_BUDGET: Readonly<Record<Sensitivity, number>> = { low: 0.15, normal: 0.5, high: 2 };
/**
 * How the budget is spent, as windows reckon it: they overlap, series of one partner move together, and a kind of break that is hard to see needs more of it than one that is
 * plain. Measured on the seeds for tuning (bench/health.ts), not derived.
 */
const SPENT = { clicksDrop: 0.006, conversionsDrop: 0.004, surge: 0.004, delays: 0.3, shares: 0.3 } as const;
const LEAST_DROP = 0.68;
const LEAST_SURGE = 2.4;

/** One line of counts of a partner: its clicks, or its conversions of a type; of one offer, or of all. */
export interface Series {
  /** null: all offers together */
  readonly offerId: string | null;
  /** empty: clicks; else the type of event */
  readonly type: string;
  readonly course: Course;
  /** first hour that counts, e.g. of a new normal */
  readonly from: number;
  /** of conversions: hours from click to conversion, typically; undefined: not known */
  readonly delayHours?: number | undefined;
}

export interface Prepared extends Series {
  /** undefined: too short a history */
  readonly baseline: Baseline | undefined;
}

/** What goes on and was told: while it does, nothing else is told of the same series, nor of conversions while clicks are troubled. */
export interface Known {
  readonly offerId: string | null;
  readonly type: string;
}

export interface Finding extends CountFinding {
  readonly offerId: string | null;
  readonly type: string;
}

/** Learns each series' usual course from the hours before `until`. */
export function prepare(series: readonly Series[], until: number, priors: ReadonlyMap<string, WeekCounts>): Prepared[] {
  const none: WeekCounts = { perHour: new Float64Array(168), events: 0 };
  return series.map((one) => ({
    ...one,
    baseline: learn(one.course, one.from, until, priors.get(one.type) ?? none),
  }));
}

/** What may raise an alarm of a series of counts. @param type empty: clicks */
function demandsOf(sensitivity: Sensitivity, type: string): Demands {
  const budget = ALARM_BUDGET[sensitivity];
  const alarms = budget * (type === "" ? SPENT.clicksDrop : SPENT.conversionsDrop);
  return { alarms, surgeAlarms: budget * SPENT.surge, drop: LEAST_DROP, surge: LEAST_SURGE };
}

/** False alarms in 90 days of one of the other things that are watched (times to conversion, postbacks), for a partner with so many series. */
export function alarmsOfOthers(what: "delays" | "shares", sensitivity: Sensitivity, series: number): number {
  return (SPENT[what] * ALARM_BUDGET[sensitivity]) / (Math.max(2, series) * 2);
}

/**
 * What is unusual about a partner's counts at hour `end` and not known yet. Clicks are looked at before conversions, which only have to be as many as clicks let expect; what
 * all offers show together is told once, for the partner, and not for each offer again.
 */
export function watchCounts(
  prepared: readonly Prepared[],
  known: readonly Known[],
  end: number,
  sensitivity: Sensitivity,
): Finding[] {
  const learnt = prepared.filter((one) => one.baseline !== undefined);
  const told: Known[] = [...known];
  const found: Finding[] = [];
  const lookAt = (one: Prepared): Finding | undefined => {
    const finding = lookBack(
      one.baseline as Baseline,
      end,
      demandsOf(sensitivity, one.type),
      explanationOf(one, learnt),
    );
    return finding && { ...finding, offerId: one.offerId, type: one.type };
  };
  for (const one of learnt.toSorted((a, b) => rank(a) - rank(b))) {
    if (told.some((other) => covers(other, one))) continue;
    const finding = lookAt(one);
    if (finding === undefined) continue;
    // when some offers show it beyond what the others do, it is theirs and not the partner's
    const offers =
      one.offerId === null ? learnt.filter((other) => other.offerId !== null && other.type === one.type) : [];
    const theirs = offers.map(lookAt).filter((other) => other?.direction === finding.direction);
    const own = theirs.length === 0 ? [finding] : theirs.filter((other) => other !== undefined);
    found.push(...own);
    told.push(...own);
  }
  return found;
}

/** Clicks first, then what follows from them; partners before their offers. */
function rank(one: Series): number {
  return (one.type === "" ? 0 : 2) + (one.offerId === null ? 0 : 1);
}

/** A trouble of the partner is one of its offers too, one of an offer is the partner's; troubled clicks explain conversions. */
export function covers(known: Known, one: Known): boolean {
  const sameOffers = known.offerId === null || one.offerId === null || known.offerId === one.offerId;
  return sameOffers && (known.type === one.type || known.type === "");
}

/** What others say of how much was to be expected: of conversions the clicks, of an offer's clicks the partner's other offers. */
function explanationOf(one: Prepared, learnt: readonly Prepared[]): Explained {
  const clicksOf = (offerId: string | null) =>
    learnt.find((other) => other.type === "" && other.offerId === offerId)?.baseline;
  const whole = one.type !== "" ? clicksOf(one.offerId) : one.offerId === null ? undefined : clicksOf(null);
  const brought = one.type === "" ? broughtBy(one.offerId, learnt) : {};
  if (whole === undefined) return { share: () => 1, companion: undefined, ...brought };
  const beside = companionOf(one.baseline as Baseline, whole, one.type === "" ? one.baseline : undefined);
  const companion = one.delayHours === undefined ? beside : heardLater(beside, one.delayHours);
  return { share: (start, end) => shareOf(companion.counted({ start, end })), companion, ...brought };
}

/** Conversions follow from the clicks of before: half of them come between a half and one and a half of the typical time after. */
function heardLater(clicks: Companion, delayHours: number): Companion {
  const [most, least] = [Math.round(1.5 * delayHours), Math.round(0.5 * delayHours)];
  return {
    ...clicks,
    counted: ({ start, end }) => clicks.counted({ start: Math.max(0, start - most), end: Math.max(1, end - least) }),
  };
}

/** Twice the typical time after a click, two of three conversions have come. */
const COME_AFTER = 2;
/** Fewer conversions than this, if as many came as clicks, say nothing of whether they follow. */
const TELLING_CONVERSIONS = 2;

/** What clicks bring: the conversions that come in the greatest numbers among those of which the time is known. */
function broughtBy(offerId: string | null, learnt: readonly Prepared[]): Pick<Explained, "brought"> {
  const levelOf = (one: Prepared) => (one.baseline as Baseline).levels.perHour[0] as number;
  const [most] = learnt
    .filter((one) => one.type !== "" && one.offerId === offerId && one.delayHours !== undefined)
    .toSorted((a, b) => levelOf(b) - levelOf(a));
  if (most === undefined) return {};
  const wait = Math.round(COME_AFTER * (most.delayHours as number));
  return {
    brought: ({ start, end }) => {
      if (start + wait >= end) return undefined;
      const counted = byLevel(most.baseline as Baseline, { start: start + wait, end });
      return counted.expected < TELLING_CONVERSIONS ? undefined : counted;
    },
  };
}

/** Fewer events than this of the others explain nothing. */
const TELLING_EVENTS = 8;

/** Seen over expected; 1 where too little was expected. */
function shareOf({ seen, expected }: Counted): number {
  return expected >= TELLING_EVENTS ? seen / expected : 1;
}
