import type { PlanDocument } from "@tributary/contract";
import { type Decimal, decimal } from "../../kernel/decimal.ts";
import { addDays, addMonths, type Day, lastDay, type Month } from "../../kernel/period.ts";
import { type Customer, type Entry, type Facts, NO_FACTS } from "./entries.ts";
import { typeOfMeasure } from "./facts-of-file.ts";
import { belowFacts } from "./funnel-below.ts";
import { type Looks, looksOf, QUANTITIES } from "./funnel-sliders.ts";

/** Where the sliders stand, by their ids, and the values chosen for dimensions. */
export interface Funnel {
  readonly numbers: Readonly<Record<string, number>>;
  readonly choices: Readonly<Record<string, string>>;
}

export interface FunnelMonth {
  readonly month: Month;
  readonly clicks: number;
  readonly registrations: number;
  readonly ftds: number;
  readonly active: number;
}

export interface FunnelFacts {
  readonly facts: Facts;
  readonly months: readonly FunnelMonth[];
}

/** Days over which a month's customers come in. */
const SPREAD_DAYS = 28;
/** What every trade says beside what a slider gives, so that filters of short or small trades let it through. */
const ORDINARY_TRADE: Readonly<Record<string, string>> = {
  seconds: "3600",
  points: "100",
  spread_points: "10",
  pip_value: "10",
  tick: "0.00001",
  contract: "100000",
  price: "1",
  equity: "1000",
  own_funds_share: "1",
  bid: "1",
  ask: "1.0001",
};

/**
 * Facts of a partner that brings the same funnel every month: whole people, spread evenly over the month. The numbers of the sliders are the only ones
 * that are no exact decimals to begin with; they become ones of two places here.
 */
export function funnelFacts(plan: PlanDocument, funnel: Funnel, first: Month, months: number): FunnelFacts {
  const looks = looksOf(plan);
  const number = (id: string) => Math.max(0, funnel.numbers[id] ?? 0);
  const clicks = Math.round(number("clicks"));
  const registrations = Math.round((clicks * number("registrationRate")) / 100);
  const ftds = Math.round((registrations * number("ftdRate")) / 100);
  const all = Array.from({ length: months }, (_, index) => addMonths(first, index));
  const people = { registrations, ftds, number, looks, plan, choices: funnel.choices, last: all.at(-1) ?? first };
  const cohorts = all.map((month) => cohortOf(month, people));
  const below = belowFacts(plan, all, {
    number,
    choices: funnel.choices,
    people: (many) => all.flatMap((month) => othersOf(month, { ...people, registrations: many, ftds: many })),
  });
  const facts: Facts = {
    ...NO_FACTS,
    partnerAttributes: funnel.choices,
    customers: [...cohorts.flatMap((one) => one.customers), ...below.customers],
    traffic: all.flatMap((month) => trafficOf(month, clicks, Math.round(number("impressions")), funnel.choices)),
    stated: [...looks.stated].flatMap((name) =>
      all.map((month) => ({ name, month, value: exact(number(`stated:${name}`)) })),
    ),
    tree: below.tree,
    earned: below.earned,
  };
  const active = (month: Month) => cohorts.reduce((sum, one) => sum + (one.active.get(month) ?? 0), 0);
  return { facts, months: all.map((month) => ({ month, clicks, registrations, ftds, active: active(month) })) };
}

interface People {
  readonly registrations: number;
  readonly ftds: number;
  readonly number: (id: string) => number;
  readonly looks: Looks;
  readonly plan: PlanDocument;
  readonly choices: Readonly<Record<string, string>>;
  readonly last: Month;
}

/** People of the same kind who are somebody else's: their names differ. */
function othersOf(month: Month, people: People): Customer[] {
  const named = (one: Customer) => `other ${one.customerId}`;
  return cohortOf(month, people).customers.map((one) => ({
    ...one,
    customerId: named(one),
    entries: one.entries.map((entry) => ({ ...entry, id: `other ${entry.id}`, customerId: named(one) })),
  }));
}

/** Those who come in in a month, and how many of them are active in it and later. */
function cohortOf(month: Month, people: People): { customers: Customer[]; active: Map<Month, number> } {
  const { registrations, ftds, looks } = people;
  const active = new Map<Month, number>();
  const kept = looks.brought.size + looks.orders.size > 0 ? people.number("keptRate") / 100 : 0;
  for (let at = month, share = 1; at <= people.last; at = addMonths(at, 1), share *= kept)
    active.set(at, Math.round(ftds * share));
  // People who only register are told one by one only where somebody asks for them.
  const told = looks.registrations || looks.events.size > 0 ? Math.max(registrations, ftds) : ftds;
  const customers = Array.from({ length: told }, (_, index) => customerOf(month, index, told, active, people));
  return { customers, active };
}

function customerOf(
  month: Month,
  index: number,
  told: number,
  active: ReadonlyMap<Month, number>,
  people: People,
): Customer {
  const { number, plan, choices } = people;
  const day = addDays(month, Math.floor((index * SPREAD_DAYS) / Math.max(told, 1)));
  const customerId = `${month.slice(0, 7)} ${index}`;
  const reached = { day, at: null };
  const make = maker(customerId, plan.currency, choices);
  const registered = make(day, "registration", {}, {});
  const events = eventsOf(index, day, people, make, told);
  const base = { customerId, partnerId: NO_FACTS.partnerId, cohort: "", attributes: choices };
  const milestones = { registration: reached, kyc_passed: reached };
  const first = exact(number("firstDeposit"));
  if (index >= people.ftds) return { ...base, milestones, firstDeposit: null, entries: [registered, ...events] };
  const monthly = [...active].flatMap(([at, many]) => (index < many ? broughtIn(at, month, day, people, make) : []));
  return {
    ...base,
    milestones: { ...milestones, first_deposit: reached, first_trade: reached },
    firstDeposit: { day, at: null, currency: plan.currency, value: first },
    entries: [registered, make(day, "deposit", { deposit: first }, {}), ...events, ...monthly],
  };
}

type Make = (
  day: Day,
  type: string,
  measures: Readonly<Record<string, Decimal>>,
  quantities: Readonly<Record<string, Decimal>>,
) => Entry;

function maker(customerId: string, code: string, choices: Readonly<Record<string, string>>): Make {
  const dimensions = { ...choices, base_currency: code, quote_currency: code };
  return (day, type, measures, quantities) => ({
    day,
    at: null,
    type,
    id: `${type} ${customerId} ${day}`,
    customerId,
    cohort: "",
    currency: code,
    measures,
    quantities,
    dimensions,
    count: 1,
  });
}

/** So many events of a type a month, dealt out to the month's people one after the other. */
function eventsOf(index: number, day: Day, { looks, number }: People, make: Make, told: number): Entry[] {
  return [...looks.events].flatMap((type) => {
    const many = Math.round(number(`events:${type}`));
    const own = Math.floor(many / told) + (index < many % told ? 1 : 0);
    return own === 0 ? [] : [{ ...make(day, type, {}, {}), count: own }];
  });
}

/** What an active customer brings in a month: later deposits, revenue, trades, orders. */
function broughtIn(month: Month, joined: Month, firstDay: Day, people: People, make: Make): Entry[] {
  const { looks, number } = people;
  const day = month === joined ? firstDay : addDays(month, 14);
  const onOrders: Record<string, Decimal> = {};
  const byType = new Map<string, { measures: Record<string, Decimal>; quantities: Record<string, Decimal> }>();
  for (const [name, type] of looks.brought) {
    const value = exact(number(`brought:${name}`));
    if (value.units === 0n) continue;
    const carrier = type !== "" ? type : name === "lots" ? "trade" : typeOfMeasure(name);
    // What no activity and no trade is known to carry (tax, shipping) belongs to the order, where there are orders.
    if (looks.orders.size > 0 && carrier === name) {
      onOrders[name] = value;
      continue;
    }
    const own = byType.get(carrier) ?? { measures: {}, quantities: {} };
    byType.set(carrier, own);
    (QUANTITIES.has(name) ? own.quantities : own.measures)[name] = value;
  }
  const later = exact(number("laterDeposits"));
  return [
    ...(later.units > 0n && month !== joined ? [make(day, "deposit", { deposit: later }, {})] : []),
    ...[...byType].map(([type, { measures, quantities }]) =>
      make(day, type, measures, type === "trade" ? { ...ordinaryTrade(), ...quantities } : quantities),
    ),
    ...[...looks.orders].flatMap((event) => {
      const worth = { sale: exact(number(`worth:${event}`)), ...onOrders };
      const days = Array.from({ length: Math.round(number(`orders:${event}`)) }, (_, index) => addDays(day, index));
      return days.map((on) => make(within(on, month), event, worth, {}));
    }),
  ];
}

function within(day: Day, month: Month): Day {
  const last = lastDay(month);
  return day > last ? last : day;
}

function ordinaryTrade(): Record<string, Decimal> {
  return Object.fromEntries(Object.entries(ORDINARY_TRADE).map(([name, value]) => [name, decimal(value)]));
}

function trafficOf(
  month: Month,
  clicks: number,
  impressions: number,
  dimensions: Readonly<Record<string, string>>,
): Entry[] {
  const base = {
    day: month,
    at: null,
    id: null,
    customerId: null,
    cohort: "",
    currency: null,
    measures: {},
    dimensions,
  };
  return [
    { ...base, type: "click", quantities: { unique: decimal(clicks) }, count: clicks },
    { ...base, type: "impression", quantities: {}, count: impressions },
  ].filter((one) => one.count > 0);
}

function exact(value: number): Decimal {
  return decimal(value.toFixed(2));
}
