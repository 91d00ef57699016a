import type { Base } from "@tributary/contract";
import { add, type Decimal, ZERO } from "../../kernel/decimal.ts";
import { type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import { type Acquisition, isAcquisition } from "./acquisition.ts";
import { evaluateBase } from "./bases.ts";
import type { Qualified } from "./component-run.ts";
import { type Customer, type Entry, type Facts, partnerOn } from "./entries.ts";
import { Exchange } from "./exchange.ts";
import { firstDepositOf } from "./first-deposit.ts";
import type { About } from "./match.ts";
import { dimension, matches, matchesAny } from "./match.ts";
import { type DayRange, holds, type MetricSource, readMetric } from "./metrics.ts";
import { type PricingContext, resolve } from "./price.ts";
import { qualifiedFor } from "./qualified.ts";
import { milestoneOf, qualify } from "./qualify.ts";
import type { RateTable } from "./rates.ts";
import type { Terms, TermsChoice } from "./terms.ts";
import { isInAudience, isInLife } from "./whose.ts";
import { Heard } from "./windows.ts";

/** A qualification and the version of the agreement it counts under. */
export type QualifiedUnder = Qualified & { readonly terms: Terms };

export interface WorldInput {
  readonly terms: readonly Terms[];
  readonly termsFor: TermsChoice;
  readonly facts: Facts;
  readonly rates: RateTable;
}

/** What the months of one calculation share: facts by month, whose terms hold when, who qualified. Everything is worked out when first asked for. */
export class World {
  readonly facts: Facts;
  readonly terms: readonly Terms[];
  readonly #input: WorldInput;
  readonly #customers: ReadonlyMap<string, Customer>;
  readonly own: readonly Customer[];
  readonly #exchanges = new Map<Terms, Exchange>();
  readonly #termsOf = new Map<string, Terms | undefined>();
  readonly #qualified = new Map<string, ReadonlyMap<string, QualifiedUnder>>();
  readonly #candidatesOf = new Map<string, ReadonlyMap<string, QualifiedUnder>>();
  readonly #earned = new Map<string, Decimal>();
  readonly #heard = new Heard();
  #byMonth: Map<Month, Entry[]> | undefined;
  #cohorts: Set<string> | undefined;
  /** Customers whom a cap handed over to another component, by the component that did not pay. */
  readonly handedOver = new Map<string, Set<string>>();

  constructor(input: WorldInput) {
    this.#input = input;
    this.facts = input.facts;
    this.terms = input.terms;
    this.own = input.facts.customers.filter((customer) => customer.partnerId === input.facts.partnerId);
    this.#customers = new Map([...input.facts.customers, ...input.facts.elsewhere].map((one) => [one.customerId, one]));
    for (const one of input.facts.earned) {
      if (one.partnerId === input.facts.partnerId) this.noteEarned(one.component, one.month, one.value);
    }
  }

  exchange(terms: Terms): Exchange {
    const known = this.#exchanges.get(terms) ?? new Exchange(terms.plan, this.#input.rates, this.facts.payoutDays);
    this.#exchanges.set(terms, known);
    return known;
  }

  /** The version that a cohort is on, on a day. */
  termsOf(cohort: string, day: Day): Terms | undefined {
    const key = `${cohort} ${day}`;
    if (this.#termsOf.has(key)) return this.#termsOf.get(key);
    const entered = this.terms.find((one) => one.agreementVersionId === cohort);
    const terms = this.#input.termsFor(this.terms, entered, day);
    this.#termsOf.set(key, terms);
    return terms;
  }

  /** Whether anybody can be on these terms in a month. */
  isInForce(terms: Terms, month: Month): boolean {
    this.#cohorts ??= new Set([
      "",
      ...this.own.map((one) => one.cohort),
      ...(this.facts.totals ?? []).map((one) => one.cohort),
    ]);
    const days = [month, lastDay(month), ...(monthOf(terms.validFrom) === month ? [terms.validFrom] : [])];
    return [...this.#cohorts].some((cohort) => days.some((day) => this.termsOf(cohort, day) === terms));
  }

  customer(customerId: string | null): Customer | undefined {
    return customerId === null ? undefined : this.#customers.get(customerId);
  }

  about(entry: Entry): About {
    return { entry, customer: this.customer(entry.customerId), partner: partnerOn(this.facts, entry.day) };
  }

  /** @param day on which the partner is looked at; as it is now when left out */
  aboutCustomer(customer: Customer, day?: Day): About {
    return { customer, partner: day === undefined ? this.facts.partnerAttributes : partnerOn(this.facts, day) };
  }

  /** Own customers' entries of a month, or the sums that stand for them. */
  entriesOf(month: Month, everywhere = false): readonly Entry[] {
    if (everywhere) return this.entriesBetween(month, lastDay(month), true);
    this.#byMonth ??= Map.groupBy(this.#all(), (entry) => monthOf(entry.day));
    return this.#byMonth.get(month) ?? [];
  }

  /** @param everywhere with the partner's customers in the operator's other programs */
  entriesBetween(first: Day, last: Day, everywhere = false): readonly Entry[] {
    const others = everywhere ? this.facts.elsewhere.flatMap((customer) => customer.entries) : [];
    return [...this.#all(), ...others].filter((entry) => entry.day >= first && entry.day <= last);
  }

  #all(): readonly Entry[] {
    return this.facts.totals ?? this.own.flatMap((customer) => customer.entries);
  }

  /** Months in which anything happened to own customers. */
  customerMonths(): Month[] {
    return [...new Set(this.own.flatMap((customer) => customer.entries.map((entry) => monthOf(entry.day))))].sort();
  }

  /**
   * Who qualified for an acquisition component in any version and belongs to those whom it is for, each once in life: under the terms of the day it is
   * paid for.
   */
  qualified(code: string): ReadonlyMap<string, QualifiedUnder> {
    // Whom a cap has handed over by now belongs to others from then on.
    const key = `${code} ${[...this.handedOver.values()].reduce((sum, one) => sum + one.size, 0)}`;
    const known = this.#qualified.get(key);
    if (known !== undefined) return known;
    const found = new Map(this.#candidates(code));
    this.#qualified.set(key, found);
    for (const [customerId, one] of found) if (this.#isPaidBefore(customerId, one, code)) found.delete(customerId);
    for (const [customerId, one] of found) if (!this.#isMeant(one, code)) found.delete(customerId);
    for (const customerId of this.#repetitions(found, code)) found.delete(customerId);
    return found;
  }

  /** Whether a customer was one of those whom the component is for on the day of qualification. */
  #isMeant(one: QualifiedUnder, code: string): boolean {
    const component = one.terms.plan.components.find((other) => other.code === code);
    if (component === undefined) return true;
    const when = { day: one.on, at: one.at };
    const place = {
      plan: one.terms.plan,
      exchange: this.exchange(one.terms),
      customer: one.customer,
      heard: this.#heard,
    };
    return (
      isInLife(component.lifetime, when, { ...place, qualified: (name) => this.qualified(name) }) &&
      isInAudience(component.customers, when, {
        ...place,
        qualified: (name) => this.qualified(name),
        isHandedOver: (name) => this.handedOver.get(name)?.has(one.customer.customerId) === true,
      })
    );
  }

  /** Customers of whom another one with the same attributes qualified before, where the component pays only the first of them. */
  #repetitions(found: ReadonlyMap<string, QualifiedUnder>, code: string): string[] {
    const seen = new Set<string>();
    const order = [...found].sort(([a, one], [b, other]) => {
      const [left, right] = [
        `${one.on} ${String(one.at ?? 0).padStart(15, "0")} ${a}`,
        `${other.on} ${String(other.at ?? 0).padStart(15, "0")} ${b}`,
      ];
      return left < right ? -1 : 1;
    });
    return order.flatMap(([customerId, { terms, customer }]) => {
      const component = terms.plan.components.find((one) => one.code === code);
      const names = component !== undefined && "uniqueBy" in component ? component.uniqueBy : undefined;
      if (names === undefined) return [];
      const values = names.map((name) => dimension(this.aboutCustomer(customer), name));
      // Who says nothing is nobody else's repetition.
      if (values.includes(undefined)) return [];
      const key = JSON.stringify(values);
      if (seen.has(key)) return [customerId];
      seen.add(key);
      return [];
    });
  }

  /** A component that a later version renames or replaces does not pay again for customers whom the earlier one has paid for. */
  #isPaidBefore(customerId: string, one: QualifiedUnder, code: string): boolean {
    const own = new Set(one.terms.plan.components.map((component) => component.code));
    const replaced = this.terms
      .filter((terms) => terms !== one.terms && terms.version < one.terms.version)
      .flatMap((terms) => terms.plan.components.filter(isAcquisition).map((component) => component.code))
      .filter((other) => other !== code && !own.has(other));
    return replaced.some((other) => {
      const before = this.#candidates(other).get(customerId);
      return before !== undefined && before.on < one.on;
    });
  }

  #candidates(code: string): ReadonlyMap<string, QualifiedUnder> {
    const known = this.#candidatesOf.get(code);
    if (known !== undefined) return known;
    const found = new Map<string, QualifiedUnder>();
    this.#candidatesOf.set(code, found);
    for (const terms of this.terms) {
      const component = terms.plan.components.find(
        (one): one is Acquisition => one.code === code && isAcquisition(one),
      );
      if (component === undefined || component.model === "cpa_ladder") continue;
      for (const customer of this.own) {
        const about = this.aboutCustomer(customer);
        if (!matches(about, component.only) || matchesAny(about, component.except)) continue;
        const result = qualifiedFor(component, terms, customer, this.exchange(terms), this.facts.partnerAttributes);
        if (result === null || this.termsOf(customer.cohort, result.on) !== terms) continue;
        const before = found.get(customer.customerId);
        if (before === undefined || result.on < before.on) found.set(customer.customerId, { ...result, terms });
      }
    }
    return found;
  }

  noteEarned(component: string, month: Month, value: Decimal): void {
    const key = `${component} ${month}`;
    this.#earned.set(key, add(this.#earned.get(key) ?? ZERO, value));
  }

  forgetEarned(month: Month): void {
    for (const key of this.#earned.keys()) if (key.endsWith(` ${month}`)) this.#earned.delete(key);
  }

  /** What components brought in a month that is already calculated; all but those named in `except`. */
  earned(components: "all" | readonly string[], month: Month): Decimal {
    if (components !== "all") {
      return components.map((code) => this.#earned.get(`${code} ${month}`) ?? ZERO).reduce(add, ZERO);
    }
    return [...this.#earned]
      .filter(([key]) => key.endsWith(` ${month}`))
      .map(([, value]) => value)
      .reduce(add, ZERO);
  }

  /** Where metrics read from, under the terms whose plan says what things mean. */
  metrics(terms: Terms, component: string | null = null): MetricSource {
    const { plan } = terms;
    const exchange = this.exchange(terms);
    const people: MetricSource["customers"] = (subPartners, programs) => {
      const here = this.facts.customers.filter((customer) => isMeant(customer, this.facts.partnerId, subPartners));
      return programs === "this" ? here : [...here, ...this.facts.elsewhere];
    };
    return {
      partnerId: this.facts.partnerId,
      component,
      stated: this.facts.stated,
      partner: this.facts.partnerAttributes,
      customers: people,
      entries: (range, subPartners, programs) => {
        const own = subPartners === "excluded" && programs === "this" && this.facts.totals !== null;
        if (own) return this.entriesBetween(range.first, range.last);
        return people(subPartners, programs).flatMap((customer) =>
          customer.entries.filter((entry) => isIn(entry, range)),
        );
      },
      traffic: (range) => this.facts.traffic.filter((entry) => isIn(entry, range)),
      aboutEntry: (entry) => this.about(entry),
      aboutCustomer: (customer) => this.aboutCustomer(customer),
      value: (entry, name) => exchange.of(entry, name),
      firstDeposit: (customer) => firstDepositOf(plan, customer, exchange)?.value ?? ZERO,
      milestone: (customer, name) =>
        name === "first_deposit"
          ? (firstDepositOf(plan, customer, exchange)?.day ?? null)
          : (milestoneOf({ plan, customer, exchange }, name)?.day ?? null),
      qualifiedOn: (customer, component) => this.qualified(component).get(customer.customerId)?.on ?? null,
      isActive: (customer, between) => this.#isActive(terms, customer, between),
      base: (base, entries, month) => this.baseValue(terms, base, entries, month),
      commission: (components, month) => this.earned(components, month),
      subPartners: (range) =>
        this.facts.tree.filter(
          (one) =>
            one.parentId === this.facts.partnerId &&
            one.from <= range.last &&
            (one.until === null || one.until > range.first),
        ).length,
    };
  }

  /** Of some entries of a month, as metrics see it. */
  baseValue(terms: Terms, base: string | Base, entries: readonly Entry[], month: Month): Decimal {
    const declared = typeof base === "string" ? terms.plan.bases?.[base] : base;
    if (declared === undefined) return ZERO;
    const pricing: PricingContext = {
      metric: (metric, about, seen) => readMetric(this.metrics(terms), metric, month, about, seen),
      holds: (condition) => holds(this.metrics(terms), condition, month).holds,
      bands: new Map(),
      bandsBefore: new Map(),
      month,
      metricIn: (metric, one) => readMetric(this.metrics(terms), metric, one),
      replacement: null,
    };
    return evaluateBase(declared, entries, {
      plan: terms.plan,
      exchange: this.exchange(terms),
      about: (entry) => this.about(entry),
      resolve: (value, about) => resolve(pricing, value, about),
    }).value;
  }

  #isActive(terms: Terms, customer: Customer, between: DayRange): boolean {
    const rule = terms.plan.active;
    if (rule === undefined) return customer.entries.some((entry) => isIn(entry, between));
    const partner = this.facts.partnerAttributes;
    const exchange = this.exchange(terms);
    return qualify({ plan: terms.plan, exchange, window: "none", customer, partner, between }, rule).met !== null;
  }
}

function isIn(entry: Entry, range: DayRange): boolean {
  return entry.day >= range.first && entry.day <= range.last;
}

function isMeant(customer: Customer, partnerId: string, subPartners: "excluded" | "included" | "only"): boolean {
  const own = customer.partnerId === partnerId;
  return subPartners === "included" || own === (subPartners === "excluded");
}
