import type { SubPartnerComponent } from "@tributary/contract";
import { add, type Decimal, negate, ZERO } from "../../../../kernel/decimal.ts";
import { addDays, type Day, lastDay } from "../../../../kernel/period.ts";
import type { ComponentRun } from "../../component-run.ts";
import { type Customer, type Earned, type Entry, inOrder, partnerOn, type SubPartner } from "../../entries.ts";
import { ConversionLog, measuresOf } from "../../exchange.ts";
import { type About, matches, matchesAny } from "../../match.ts";
import { fits, isOnDays } from "../../narrow.ts";
import { type Chain, Tree } from "../../tree.ts";
import { addMonthsToDay } from "../../windows.ts";
import { PeopleBelow } from "./people-below.ts";

export type SubPartnerRun = ComponentRun<SubPartnerComponent>;
type Mode = SubPartnerComponent["pays"];
export type PaysBy<M extends Mode["mode"]> = Extract<Mode, { mode: M }>;

/** A fact that a sub-partner brought, and the way down to it on its day. */
export interface Brought {
  readonly entry: Entry;
  readonly customer: Customer;
  readonly chain: Chain;
  readonly about: About;
}

/** What all modes ask about those below the partner in the month. */
export class Below {
  readonly tree: Tree;
  readonly run: SubPartnerRun;
  readonly #logs = new Map<string, ConversionLog>();
  readonly #partners = new Map<string, Readonly<Record<string, string>>>();
  readonly #people: PeopleBelow;
  readonly #covered = new Map<Day, boolean>();
  #earned: readonly Earned[] | undefined;
  readonly #first: Day;
  readonly #last: Day;

  constructor(run: SubPartnerRun) {
    const { component, facts } = run;
    this.run = run;
    this.tree = new Tree(facts.partnerId, facts.tree);
    this.#people = new PeopleBelow(run);
    this.#first = component.from !== undefined && component.from > run.first ? component.from : run.first;
    this.#last = component.until !== undefined && component.until < run.last ? component.until : run.last;
  }

  /** Facts of the month that count, in the order in which they happened. */
  facts(): Brought[] {
    const found: Brought[] = [];
    for (const customer of this.run.facts.customers) {
      if (customer.partnerId === this.run.facts.partnerId) continue;
      for (const entry of customer.entries) {
        if (!this.covers(entry.day)) continue;
        const chain = this.chainOn(customer.partnerId, entry.day);
        if (chain === null) continue;
        const about = { entry, customer, partner: this.attributes(chain, entry.day) };
        if (this.#counts(about, entry, customer)) found.push({ entry, customer, chain, about });
      }
    }
    return found.sort((a, b) => inOrder(a.entry, b.entry));
  }

  /** Whether a day is one of the month that these terms and the component cover. Sub-partners are on the terms of the day, whenever they came. */
  covers(day: Day): boolean {
    if (day < this.#first || day > this.#last || !isOnDays(day, this.run.component.monthDays)) return false;
    const known = this.#covered.get(day) ?? this.run.isOn("", day);
    this.#covered.set(day, known);
    return known;
  }

  /** What sub-partners earned in the month, in the plan's currency. */
  earned(): readonly Earned[] {
    const { facts, month, exchange, plan } = this.run;
    this.#earned ??= facts.earned
      .filter((row) => row.partnerId !== facts.partnerId && row.month === month)
      .map((row) => {
        if (row.currency === undefined || row.currency === plan.currency) return row;
        const day = row.day ?? lastDay(row.month);
        const log = this.logOf(row.partnerId);
        return { ...row, value: exchange.convert(row.value, row.currency, day, row.component, log) };
      });
    return this.#earned;
  }

  /** What was converted for a sub-partner's line ("" for own customers'). */
  logOf(partnerId: string): ConversionLog {
    const log = this.#logs.get(partnerId) ?? new ConversionLog();
    this.#logs.set(partnerId, log);
    return log;
  }

  /** The last day of the month that is covered. */
  get last(): Day {
    let day = this.#last;
    while (day > this.#first && !this.run.isOn("", day)) day = addDays(day, -1);
    return day;
  }

  /** The way down to a sub-partner that counts on a day: with the attributes asked for, and not yet too long below the partner. */
  chainOn(partnerId: string, day: Day): Chain | null {
    const chain = this.tree.chainOn(partnerId, day);
    const sub = chain?.at(-1);
    if (chain === null || sub === undefined) return null;
    const { subPartners, forMonths } = this.run.component;
    if (!matches({ partner: sub.attributes }, subPartners)) return null;
    if (forMonths === undefined) return chain;
    const joined = this.tree.joinedOn(partnerId);
    return joined === null || day >= addMonthsToDay(joined, forMonths) ? null : chain;
  }

  /** What values and `only` see of a sub-partner: its level and attributes before the partner's own. */
  attributes(chain: Chain, day: Day = this.run.last): Readonly<Record<string, string>> {
    const sub = chain.at(-1) as SubPartner;
    const { facts } = this.run;
    const since = facts.partnerUntil?.findIndex((one) => day < one.until) ?? -1;
    const key = `${sub.partnerId} ${sub.from} ${chain.length} ${since}`;
    const known = this.#partners.get(key) ?? {
      ...partnerOn(facts, day),
      ...sub.attributes,
      level: String(chain.length),
    };
    this.#partners.set(key, known);
    return known;
  }

  /** The day on which a sub-partner's customer qualified by a CPA or CPL of the partner's own plan. */
  qualifiedOn(customer: Customer, code: string): Day | null {
    return this.#people.qualifiedOn(customer, code);
  }

  #counts(about: About, entry: Entry, customer: Customer): boolean {
    const { only, except, where } = this.run.component;
    if (!matches(about, only) || matchesAny(about, except)) return false;
    return fits(entry, where, (one, name) => this.run.exchange.of(one, name)) && this.#people.counts(customer, entry);
  }
}

/** How much of a measure (in the plan's currency) or a quantity an entry carries; null: it says nothing of it. */
export function amountOf(
  run: SubPartnerRun,
  entry: Entry,
  what: string | { readonly quantity: string },
  log: ConversionLog,
): Decimal | null {
  if (typeof what !== "string") return entry.quantities[what.quantity] ?? null;
  let found: Decimal | null = null;
  for (const [sign, name] of measuresOf(what)) {
    if (entry.measures[name] === undefined && entry.quantities[name] === undefined) continue;
    const value = run.exchange.of(entry, name, log);
    found = add(found ?? ZERO, sign === 1 ? value : negate(value));
  }
  return found;
}

export function nameOf(what: string | { readonly quantity: string }): string {
  return typeof what === "string" ? what : what.quantity;
}
