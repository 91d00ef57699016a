import type {
  Component,
  Metric,
  MetricCondition,
  Model,
  PlanDocument,
  PlanValue,
  Working,
  WorkingConversion,
  WorkingInput,
  WorkingStep,
} from "@tributary/contract";
import type { Decimal } from "../../kernel/decimal.ts";
import type { Day, Month } from "../../kernel/period.ts";
import type { BandLimit } from "./band-limits.ts";
import type { Customer, Entry, Facts } from "./entries.ts";
import type { ConversionLog, Exchange } from "./exchange.ts";
import type { About } from "./match.ts";
import type { Terms } from "./terms.ts";

/** What a component remembers from month to month (a carried base, who is fenced in, what was recouped): plain JSON, decimals as text. */
export type StateValue =
  | string
  | number
  | boolean
  | null
  | readonly StateValue[]
  | { readonly [name: string]: StateValue };
export type State = { readonly [name: string]: StateValue };

/** One thing that is paid for, so that caps can count it in its order. */
export interface Item {
  readonly day: Day;
  readonly at: number | null;
  /** What it is worth, unrounded. */
  readonly value: Decimal;
  /** Of what was taken back and is worth nothing any more: what it was worth. It keeps its place in a cap that does not refill. */
  readonly takenBack?: Decimal;
  /** Of how many items it is the sum; one when left out. */
  readonly count?: Decimal;
  readonly about: About;
  /** What people know it by: an order, a trade, a customer. */
  readonly name: string;
}

/** What a draft says about how it came about; the run adds terms, rounding and hold. */
export interface DraftWorking {
  readonly inputs: readonly WorkingInput[];
  readonly steps: readonly WorkingStep[];
  readonly conversions: readonly WorkingConversion[];
  readonly rate?: string | null;
  readonly tier?: string | null;
  readonly carry?: Working["carry"];
  readonly alternatives?: Working["alternatives"];
}

/** A line before limits, rounding and hold. Its sign is what it does to the partner: a clawback is negative. */
export interface Draft {
  readonly subjectKind: "customer" | "period" | "partner";
  /** Customer, `2026-03`, or sub-partner. */
  readonly subjectId: string;
  /** Names the line within its component and subject when there may be several in a lifetime; the month when left out. */
  readonly period?: string;
  readonly earnedOn: Day;
  /** From where its hold is counted, where that is not the day it is booked on: the qualification of what is paid in an earlier month. */
  readonly heldFrom?: Day;
  readonly value: Decimal;
  readonly working: DraftWorking;
  /** Held whatever the days say: by a gate, a cap that asks for a decision, or an event that has not come. */
  readonly pending?: { readonly reason: string } | undefined;
  /** The event that releases it has come on this day. */
  readonly releasedOn?: Day | undefined;
  /** For caps; without them the draft itself is the one item. */
  readonly items?: readonly Item[];
}

export interface ComponentResult {
  readonly drafts: readonly Draft[];
  /** What it remembers into the next month; null: nothing. */
  readonly state: State | null;
  /** Numbers worth showing that are no amounts of their own: the base before carry, lots, how many qualified. */
  readonly figures?: Readonly<Record<string, Decimal>>;
  /** Of a negative month that is not ring-fenced: how much it takes from other components (below zero). */
  readonly deficit?: Decimal;
}

/** A customer's qualification for a component: day and instant, the window's end, what was tried. */
export interface Qualified {
  readonly customer: Customer;
  readonly on: Day;
  readonly at: number | null;
  /** The day of qualification itself; `on` is the one it is paid on. */
  readonly met: Day;
  readonly steps: readonly WorkingStep[];
  readonly conversions: readonly WorkingConversion[];
  readonly alternatives: Working["alternatives"];
  readonly inputs: readonly WorkingInput[];
}

/** The value of a metric and how it came about. */
export interface Reading {
  readonly value: Decimal;
  readonly name: string;
  readonly steps: readonly WorkingStep[];
}

/** A value that was looked up; `value` null: nothing is paid. */
export interface Resolved {
  readonly value: Decimal | null;
  /** Band that was reached, e.g. `15 – 30` or its name. */
  readonly tier: string | null;
  readonly steps: readonly WorkingStep[];
  /** Most that the band lets be paid. */
  readonly atMost?: BandLimit;
}

/** Something to be priced: `quantity` × the value that applies to it. */
export interface Priced {
  readonly quantity: Decimal;
  /** By how much it moves metrics through which tiers glide (`lots` that count), where that is not the entry's own number. */
  readonly moves?: Readonly<Record<string, Decimal>>;
  /** Of how many things it is the sum, where that is not the entry's own number: clicks, impressions, events that are told as one. */
  readonly count?: Decimal;
  readonly about: About;
  readonly day: Day;
  readonly at: number | null;
  readonly name: string;
}

/** What pricing came to: one amount per thing, in their order. */
export interface Price {
  readonly amounts: readonly Decimal[];
  readonly total: Decimal;
  readonly tier: string | null;
  /** The one rate or amount, when it was the same for all. */
  readonly rate: Decimal | null;
  readonly steps: readonly WorkingStep[];
}

export interface FirstDeposit {
  readonly day: Day;
  readonly at: number | null;
  /** In the plan's currency. */
  readonly value: Decimal;
  /** Where several deposits are summed: what they had come to with each of them. */
  readonly grown?: readonly { readonly day: Day; readonly at: number | null; readonly value: Decimal }[];
}

/**
 * One month of one component under one version of an agreement: everything that a model may ask. Pure; facts are those of the customers who are on
 * these terms.
 */
export interface ComponentRun<C extends Component = Component> {
  readonly component: C;
  readonly terms: Terms;
  readonly plan: PlanDocument;
  readonly month: Month;
  readonly first: Day;
  readonly last: Day;
  readonly facts: Facts;
  readonly exchange: Exchange;
  /** As the month before left it; {} at first. */
  readonly state: State;
  /** The agreement version that left it; null at first. Another one than the run's: the terms have changed since. */
  readonly stateLeftBy: string | null;
  /** What the component's caps had used up before the month, see limits.ts. */
  readonly capsBefore: State;
  /** Results of the components of this month that were calculated before this one, in the order of the plan's arithmetic. */
  readonly earlier: readonly { readonly component: Component; readonly result: ComponentResult }[];
  /** Entries of the month that the component looks at: own customers on these terms; `only`, `except`, `from`, `until`, `customers` and `lifetime` applied. */
  entries(): readonly Entry[];
  /** The same of other days, for components that look back (an order that is refunded); `lifetime` and `customers` applied. */
  entriesBetween(first: Day, last: Day): readonly Entry[];
  /** Whether `only`, `except` and `where` let a fact through, whenever it was. */
  looksAt(entry: Entry): boolean;
  /** Whether a fact is one that the component counts, in whichever month: its own days, `only`, `except`, `where`, `customers` and `lifetime`. */
  counts(entry: Entry): boolean;
  /** Clicks and impressions of the month. */
  traffic(): readonly Entry[];
  /** Whether those who entered under a version (see {@link Customer.cohort}) are on these terms on a day. */
  isOn(cohort: string, day: Day): boolean;
  /** Own customers on these terms on any day of the month. */
  customers(): readonly Customer[];
  customer(customerId: string | null): Customer | undefined;
  about(entry: Entry): About;
  /** @param day on which the partner is looked at; the last of the month when left out */
  aboutCustomer(customer: Customer, day?: Day): About;
  /** The partner's attributes on the last day of the month. */
  readonly partner: Readonly<Record<string, string>>;
  /** Who qualified for an acquisition component of the plan, ever; by customer. */
  qualified(code: string): ReadonlyMap<string, Qualified>;
  firstDeposit(customer: Customer): FirstDeposit | null;
  metric(metric: Metric, about?: About): Reading;
  /** Whether conditions about the month hold, and how each came out. */
  holds(condition: MetricCondition): { readonly holds: boolean; readonly steps: readonly WorkingStep[] };
  /** A value for something; tiers as `whole`. */
  resolve(value: PlanValue, about: About, day?: Day): Resolved;
  /** Quantities × value with overrides and the component's factors applied, tiers in every mode. */
  /** @param carried balances carried into the month, for tiers whose metric includes them */
  price(value: PlanValue, things: readonly Priced[], carried?: Decimal): Price;
  log(): ConversionLog;
}

/** What a model is: from a run to its lines. */
export type ModelOf<M extends Model> = (run: ComponentRun<Extract<Component, { model: M }>>) => ComponentResult;
