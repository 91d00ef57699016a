import type { Decimal } from "../../kernel/decimal.ts";
import type { Day, Month } from "../../kernel/period.ts";

/**
 * Something that happened, as the calculation reads it: one event, or all events of one kind of a day folded into one (then without an instant).
 */
export interface Entry {
  /** Of the program's time zone. */
  readonly day: Day;
  /** Milliseconds since 1970; null when a whole day is folded. */
  readonly at: number | null;
  /** deposit, trade, activity, sale, click … */
  readonly type: string;
  /** The source's id of a single event; null when folded. */
  readonly id: string | null;
  /** null: nobody's in particular (clicks; sums over all customers). */
  readonly customerId: string | null;
  /** Names the version that the customer entered under, see {@link Customer.cohort}. */
  readonly cohort: string;
  readonly currency: string | null;
  /** Whole units of `currency`. */
  readonly measures: Readonly<Record<string, Decimal>>;
  /** Exact numbers: lots, points, seconds … */
  readonly quantities: Readonly<Record<string, Decimal>>;
  /** product, symbol, group, brand, order …; flags are "true". */
  readonly dimensions: Readonly<Record<string, string>>;
  /** How many events this stands for. */
  readonly count: number;
}

export interface Reached {
  readonly day: Day;
  readonly at: number | null;
}

/** An amount of one day in whole units of its currency. */
export interface DayAmount extends Reached {
  readonly currency: string;
  readonly value: Decimal;
}

export interface Customer {
  readonly customerId: string;
  /** Whose customer: the partner that is calculated, or one below it. */
  readonly partnerId: string;
  /** Customers who entered under the same agreement version (its id; "" when there was none or it does not matter). */
  readonly cohort: string;
  /** country, brand, offer, status … as the records say now. */
  readonly attributes: Readonly<Record<string, string>>;
  /** registration, kyc_passed, first_deposit, and the first of any other type of event that the plan asks about. */
  readonly milestones: Readonly<Record<string, Reached>>;
  /** The first deposit by itself; a plan may define another one, see first-deposit.ts. */
  readonly firstDeposit: DayAmount | null;
  /** In the order of days and instants. As much of the customer's life as the plan looks at. */
  readonly entries: readonly Entry[];
}

/** A number that is told, not worked out. Whole units of the plan's currency where it is an amount. */
export interface Stated {
  readonly name: string;
  readonly month: Month;
  /** For caps per day. */
  readonly day?: Day;
  readonly value: Decimal;
}

/** What a partner earned in a month, unrounded sums of lines; of months before the calculated ones. */
export interface Earned {
  readonly partnerId: string;
  readonly component: string;
  readonly model: string;
  readonly month: Month;
  /** The day it was earned on, where it is of a day (a CPA); left out: of the whole month. */
  readonly day?: Day;
  readonly customerId: string | null;
  /** Of the sub-partner's own plan; the calculated plan's when left out. */
  readonly currency?: string;
  readonly value: Decimal;
}

/** A partner below the calculated one. */
export interface SubPartner {
  readonly partnerId: string;
  readonly parentId: string;
  /** First day under this parent, and the day after the last. */
  readonly from: Day;
  readonly until: Day | null;
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A component that the partner may not be paid by on some days: the rules of a jurisdiction, which compliance has not waived. */
export interface Restriction {
  readonly agreementVersionId: string;
  readonly component: string;
  readonly rule: string;
  readonly from: Day;
  /** Exclusive; null: open. */
  readonly until: Day | null;
}

/** Everything that is known about one partner in one program. */
export interface Facts {
  readonly partnerId: string;
  readonly partnerAttributes: Readonly<Record<string, string>>;
  /** What the partner's attributes were up to a day (exclusive), where they have changed since: the earliest first. */
  readonly partnerUntil?: readonly { readonly until: Day; readonly attributes: Readonly<Record<string, string>> }[];
  /** Own customers, and those of sub-partners where a component looks at them. */
  readonly customers: readonly Customer[];
  /** Own customers' entries summed per day and cohort by the database; null: the customers' own entries are all there is. */
  readonly totals: readonly Entry[] | null;
  /** Clicks (`type` click, quantity `unique`) and impressions. */
  readonly traffic: readonly Entry[];
  /** The partner's customers in other programs, for metrics that look at all. */
  readonly elsewhere: readonly Customer[];
  readonly stated: readonly Stated[];
  readonly tree: readonly SubPartner[];
  /** Own earlier months, and what sub-partners earned. */
  readonly earned: readonly Earned[];
  /** Day of payment by month, for plans that convert then. */
  readonly payoutDays: Readonly<Record<Month, Day>>;
  readonly restrictions: readonly Restriction[];
}

export const NO_FACTS: Facts = {
  partnerId: "self",
  partnerAttributes: {},
  customers: [],
  totals: null,
  traffic: [],
  elsewhere: [],
  stated: [],
  tree: [],
  earned: [],
  payoutDays: {},
  restrictions: [],
};

/** The partner's attributes as they were on a day. */
export function partnerOn(facts: Facts, day: Day): Readonly<Record<string, string>> {
  return facts.partnerUntil?.find((one) => day < one.until)?.attributes ?? facts.partnerAttributes;
}

/** The order in which things happened; of one day folded facts come first, and ids decide between equals. */
export function inOrder(a: Entry, b: Entry): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.at !== b.at) return (a.at ?? 0) - (b.at ?? 0);
  const [one, other] = [`${a.type} ${a.id ?? ""} ${a.customerId}`, `${b.type} ${b.id ?? ""} ${b.customerId}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
