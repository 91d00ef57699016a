import type { Component, Metric, MetricCondition, PlanValue } from "@tributary/contract";
import type { Decimal } from "../../kernel/decimal.ts";
import { addMonths, type Day, lastDay, type Month } from "../../kernel/period.ts";
import type { ComponentResult, ComponentRun, Priced, Reading, State } from "./component-run.ts";
import { type Customer, type Entry, partnerOn } from "./entries.ts";
import { ConversionLog } from "./exchange.ts";
import { firstDepositOf } from "./first-deposit.ts";
import { type About, matches, matchesAny } from "./match.ts";
import { holds, type MetricSource, readMetric, type Seen, seenKey } from "./metrics.ts";
import { fits, isOnDays } from "./narrow.ts";
import { type Factor, type Override, type PricingContext, price, resolve, withCarried } from "./price.ts";
import type { Terms } from "./terms.ts";
import type { BandMemory } from "./tiers.ts";
import { isInAudience, isInLife } from "./whose.ts";
import { Heard } from "./windows.ts";
import type { World } from "./world.ts";

export interface RunInput {
  readonly world: World;
  readonly terms: Terms;
  readonly component: Component;
  readonly month: Month;
  readonly state: State;
  readonly stateLeftBy: string | null;
  readonly capsBefore?: State;
  readonly bandsBefore: ReadonlyMap<string, BandMemory>;
  readonly bands: Map<string, BandMemory>;
  readonly earlier: readonly { readonly component: Component; readonly result: ComponentResult }[];
  /** Replaces the component's rate or amount: its gate did not hold. */
  readonly replacement: PricingContext["replacement"];
}

/** One month of one component, ready to be asked. */
export class Run implements ComponentRun {
  readonly component: Component;
  readonly terms: Terms;
  readonly plan: Terms["plan"];
  readonly month: Month;
  readonly first: Day;
  readonly last: Day;
  readonly state: State;
  readonly stateLeftBy: string | null;
  readonly capsBefore: State;
  readonly earlier: RunInput["earlier"];
  readonly facts: World["facts"];
  readonly partner: Readonly<Record<string, string>>;
  readonly exchange: ComponentRun["exchange"];
  readonly #world: World;
  readonly #source: MetricSource;
  readonly #pricing: PricingContext;
  readonly #readings = new Map<Metric, Map<string, Reading>>();
  readonly #heard = new Heard();
  #entries: readonly Entry[] | undefined;

  constructor(input: RunInput) {
    const { world, terms, month } = input;
    this.#world = world;
    this.component = input.component;
    this.terms = terms;
    this.plan = terms.plan;
    this.month = month;
    this.first = month;
    this.last = lastDay(month);
    this.state = input.state;
    this.stateLeftBy = input.stateLeftBy;
    this.capsBefore = input.capsBefore ?? {};
    this.earlier = input.earlier;
    this.facts = world.facts;
    this.partner = partnerOn(world.facts, this.last);
    this.exchange = world.exchange(terms);
    this.#source = world.metrics(terms, input.component.code);
    this.#pricing = {
      metric: (metric, about, seen) => this.metric(metric, about, seen),
      holds: (condition) => holds(this.#source, condition, month).holds,
      bands: input.bands,
      bandsBefore: input.bandsBefore,
      month,
      metricIn: (metric, one) => readMetric(this.#source, metric, one),
      replacement: input.replacement,
    };
  }

  entries(): readonly Entry[] {
    this.#entries ??= this.#world
      .entriesOf(this.month, this.#everywhere())
      .filter((entry) => this.isOn(entry.cohort, entry.day) && this.counts(entry));
    return this.#entries;
  }

  entriesBetween(first: Day, last: Day): readonly Entry[] {
    return this.#world.entriesBetween(first, last, this.#everywhere()).filter((entry) => this.#isMeant(entry));
  }

  looksAt(entry: Entry): boolean {
    return this.#matches(this.about(entry));
  }

  counts(entry: Entry): boolean {
    return this.#isCovered(entry.day) && this.#isMeant(entry);
  }

  #everywhere(): boolean {
    return "programs" in this.component && this.component.programs === "all";
  }

  traffic(): readonly Entry[] {
    return this.facts.traffic.filter(
      (entry) =>
        entry.day >= this.first &&
        entry.day <= this.last &&
        this.#isCovered(entry.day) &&
        this.isOn("", entry.day) &&
        this.#matches(this.about(entry)),
    );
  }

  customers(): readonly Customer[] {
    return this.#world.own.filter(
      (customer) => this.isOn(customer.cohort, this.first) || this.isOn(customer.cohort, this.last),
    );
  }

  isOn(cohort: string, day: Day): boolean {
    return this.#world.termsOf(cohort, day) === this.terms;
  }

  customer(customerId: string | null): Customer | undefined {
    return this.#world.customer(customerId);
  }

  about(entry: Entry): About {
    return this.#world.about(entry);
  }

  aboutCustomer(customer: Customer, day: Day = this.last): About {
    return this.#world.aboutCustomer(customer, day);
  }

  qualified(code: string) {
    return this.#world.qualified(code);
  }

  firstDeposit(customer: Customer) {
    return firstDepositOf(this.plan, customer, this.exchange);
  }

  metric(metric: Metric, about?: About, seen: Seen = {}): Reading {
    if ("item" in metric) return readMetric(this.#source, metric, this.month, about);
    const known = this.#readings.get(metric) ?? new Map<string, Reading>();
    this.#readings.set(metric, known);
    const key = seenKey(metric, about, seen);
    const reading = known.get(key) ?? readMetric(this.#source, metric, this.month, about, seen);
    known.set(key, reading);
    return reading;
  }

  holds(condition: MetricCondition) {
    return holds(this.#source, condition, this.month);
  }

  resolve(value: PlanValue, about: About, day?: Day) {
    return resolve(this.#pricing, value, about, day ?? about.entry?.day ?? this.last);
  }

  price(value: PlanValue, things: readonly Priced[], carried?: Decimal) {
    const overrides = "overrides" in this.component ? ((this.component.overrides ?? []) as readonly Override[]) : [];
    const pricing = carried === undefined ? this.#pricing : withCarried(this.#pricing, carried);
    return price(pricing, value, overrides, (this.component.factors ?? []) as readonly Factor[], things);
  }

  log(): ConversionLog {
    return new ConversionLog();
  }

  #isMeant(entry: Entry): boolean {
    const about = this.about(entry);
    if (!this.#matches(about)) return false;
    const { customers, lifetime } = this.component;
    if (customers === undefined && lifetime === undefined) return true;
    const { customer } = about;
    if (customer === undefined) return false;
    const whose = {
      plan: this.plan,
      exchange: this.exchange,
      customer,
      heard: this.#heard,
      qualified: (code: string) => this.qualified(code),
      isHandedOver: (code: string) => this.#world.handedOver.get(code)?.has(customer.customerId) === true,
    };
    return isInLife(lifetime, entry, whose) && isInAudience(customers, entry, whose);
  }

  #matches(about: About): boolean {
    const { only, except, where } = this.component;
    if (!matches(about, only) || matchesAny(about, except)) return false;
    if (where === undefined || about.entry === undefined) return true;
    return fits(about.entry, where, (entry, name) => this.exchange.of(entry, name));
  }

  #isCovered(day: Day): boolean {
    const { from, until, monthDays } = this.component;
    return (from === undefined || day >= from) && (until === undefined || day <= until) && isOnDays(day, monthDays);
  }
}

/** Months from one to another, both included. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}
