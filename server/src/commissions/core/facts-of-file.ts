import type { FactLine } from "@tributary/contract";
import { type Decimal, decimal, ZERO } from "../../kernel/decimal.ts";
import { parseCurrency } from "../../kernel/money.ts";
import { type Day, dayOf, type Month } from "../../kernel/period.ts";
import { type Complaint, Refusal } from "../../kernel/refusal.ts";
import { type Customer, type Entry, type Facts, inOrder, NO_FACTS } from "./entries.ts";
import { partnersOf, SELF, unplaced } from "./partners-of-file.ts";
import type { PlanNames } from "./plan-names.ts";

/** Numbers of events that are no amounts. Every other number is an amount in the event's currency. */
const QUANTITIES = new Set(
  "lots volume points seconds spread_points average_spread_points contract contract_size tick tick_size tick_value digits bets spins hands players_dealt unique quantity units items turns sessions minutes own_funds_share hedged_share probability payments score".split(
    " ",
  ),
);
/** Names that are texts even when they look like numbers. */
const DIMENSIONS = new Set(
  "product brand program country region symbol group order offer billing side method account account_type instrument category game campaign placement base_currency channel platform status level plan sub1 sub2 sub3 position ticket reason card device".split(
    " ",
  ),
);
const NAMES = new Set([
  "type",
  "customer",
  "on",
  "at",
  "id",
  "external_id",
  "currency",
  "count",
  "repeat",
  "partner",
  "measures",
  "quantities",
  "dimensions",
]);

/** Sums that plans name, told as if they were measures: what they are sums of. */
const SUMS: Readonly<Record<string, string>> = {
  deposits: "deposit",
  net_deposits: "deposit",
  withdrawals: "withdrawal",
  sales: "sale",
  net_sales: "sale",
};
/** Events that carry several amounts: `amount` alone would say none of them. */
const SEVERAL_AMOUNTS = new Set(["trade", "activity"]);

interface Draft {
  attributes: Record<string, string>;
  partnerId: string;
  /** What the customer's own line says. */
  recordedPartner?: string;
  entries: Entry[];
}

/**
 * The facts of a file as the calculation reads them.
 * @param names names that the plan compares with texts (`level`, `tier`): numbers under them are texts too; and names under which it reads numbers
 * @throws Refusal `invalid_input` for a line that says when in no way or in two
 */
export function factsOfFile(
  lines: readonly FactLine[],
  currency: string,
  timeZone: string,
  names: PlanNames = { dimensions: new Set(), numbers: new Set() },
): Facts {
  const customers = new Map<string, Draft>();
  const traffic: Entry[] = [];
  const of = (name: string): Draft => {
    const known = customers.get(name) ?? { attributes: {}, partnerId: SELF, entries: [] };
    customers.set(name, known);
    return known;
  };
  const told = lines.map(repeated);
  const whose = partnersOfCustomers(told.flat());
  told.forEach((some, position) => {
    const index = (lines[position]?.line ?? position + 1) - 1;
    for (const [turn, line] of some.entries()) {
      const n = turn + 1;
      const one = ofPartner(line, whose, index);
      if (one.kind === "customer") describe(of(one.fact.customer), one.fact, index);
      const entry = entryOf(one, { currency, timeZone, ...names }, index, n);
      if (entry === null) continue;
      if (entry.customerId === null) traffic.push(entry);
      else ofProgram(of, entry).entries.push(entry);
      if (one.kind === "event" && typeof one.fact.partner === "string" && entry.customerId !== null)
        of(entry.customerId).partnerId = one.fact.partner;
    }
  });
  const every = told.flat();
  const { partnerAttributes, partnerUntil, tree } = partnersOf(every);
  const everybody = [...customers].map(([name, draft]) => customerOf(name, draft, currency));
  const people = everybody.filter((one) => isHere(one, partnerAttributes.program));
  const named = [
    ...people.map((one) => one.partnerId),
    ...every.flatMap((line) => (line.kind === "earned" ? [line.fact.partner] : [])),
  ];
  return {
    ...NO_FACTS,
    partnerAttributes,
    ...(partnerUntil.length === 0 ? {} : { partnerUntil }),
    elsewhere: everybody.filter((one) => !isHere(one, partnerAttributes.program)),
    tree: [...tree, ...unplaced(named, tree)],
    partnerId: SELF,
    customers: people,
    traffic: traffic.sort(inOrder),
    stated: lines.flatMap((line) => {
      if (line.kind !== "metric") return [];
      const { metric, value, month, on } = line.fact;
      const of = month ?? on?.slice(0, 7);
      if (of === undefined)
        throw wrong(
          `line ${line.line ?? 0}: The metric ${metric} names neither a month (month: 2026-03) nor a day (on: 2026-03-02).`,
          metric,
        );
      return [{ name: metric, month: monthDay(of), value: decimal(value), ...(on === undefined ? {} : { day: on }) }];
    }),
    earned: every.flatMap((line) => {
      if (line.kind !== "earned") return [];
      const { partner, earned, month, on, component, model, customer, currency: code } = line.fact;
      const of = { partnerId: partner, component, model, month: monthDay(month), customerId: customer ?? null };
      const money = { value: decimal(earned), ...(code === undefined ? {} : { currency: code }) };
      return [{ ...of, ...money, ...(on === undefined ? {} : { day: on }) }];
    }),
    payoutDays: Object.fromEntries(
      lines.flatMap((line) => (line.kind === "payout" ? [[monthDay(line.fact.payout), line.fact.on]] : [])),
    ),
  };
}

function monthDay(month: string): Month {
  return `${month.slice(0, 7)}-01`;
}

/** A line as often as it says: `{n}` in texts is the number of the repetition; a customer or sub-partner without it gets it at the end. */
function repeated(line: FactLine): FactLine[] {
  const times = "repeat" in line.fact && typeof line.fact.repeat === "number" ? line.fact.repeat : undefined;
  return times === undefined ? [line] : Array.from({ length: times }, (_, index) => numbered(line, index + 1));
}

function numbered(line: FactLine, n: number): FactLine {
  const fact = Object.fromEntries(
    Object.entries(line.fact).map(([name, value]) => {
      if (typeof value !== "string") return [name, value];
      const counted = name === "customer" || (name === "partner" && line.kind === "partner");
      if (counted && !value.includes("{n}")) return [name, `${value}${n}`];
      return [name, value.replaceAll("{n}", String(n))];
    }),
  );
  return { ...line, fact } as FactLine;
}

/** The partners that a customer is said to be of, where they are several: one name is used for several customers then. */
function partnersOfCustomers(told: readonly FactLine[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, fact } of told) {
    if ((kind !== "event" && kind !== "customer") || typeof fact.partner !== "string") continue;
    const { customer } = fact;
    if (customer !== undefined) found.set(customer, (found.get(customer) ?? new Set()).add(fact.partner));
  }
  return new Map([...found].filter(([, partners]) => partners.size > 1));
}

/** The line with the name of its own customer. */
function ofPartner(line: FactLine, whose: ReadonlyMap<string, ReadonlySet<string>>, index: number): FactLine {
  const { fact } = line;
  const customer = "customer" in fact ? fact.customer : undefined;
  const partners = typeof customer === "string" ? whose.get(customer) : undefined;
  if (partners === undefined || line.kind === "earned") return line;
  const own = "partner" in fact ? fact.partner : undefined;
  if (typeof own === "string") return { ...line, fact: { ...fact, customer: `${customer} (${own})` } } as FactLine;
  throw wrong(
    `line ${index + 1}: ${customer} is a customer of ${[...partners].sort().join(" and ")}: the line does not say of which \`partner\`. Give each customer a name of its own.`,
    `line ${index + 1}`,
    String(customer),
  );
}

/** The customer of an event, in the program that it names: the same name in two programs is two customers. */
function ofProgram(of: (name: string) => Draft, entry: Entry): Draft {
  const name = entry.customerId ?? "";
  const { program } = entry.dimensions;
  const known = of(name);
  if (program === undefined || known.attributes.program === program) return known;
  if (known.attributes.program === undefined && known.entries.length === 0) {
    known.attributes.program = program;
    return known;
  }
  const other = of(`${name} (${program})`);
  other.attributes = { ...known.attributes, program };
  return other;
}

/** Whether a customer is one of the program whose plan is evaluated: it says no program, or the one that the partner's own line names. */
function isHere(customer: Customer, program: string | undefined): boolean {
  const own = customer.attributes.program;
  return own === undefined || own === program;
}

function describe(draft: Draft, fact: Record<string, unknown>, index: number): void {
  const dated = ["on", "at", "from", "until"].find((name) => name in fact);
  if (dated !== undefined)
    throw wrong(
      `line ${index + 1}: What the records say of a customer has no day (\`${dated}\`): it holds for its whole life. What changes is said by each event: { "type": "deposit", …, "status": "vip" }. A line that tells an event says its \`type\`.`,
      `line ${index + 1}`,
    );
  for (const [name, value] of Object.entries(fact)) {
    if (name === "customer" || name === "repeat") continue;
    const known = name === "partner" ? draft.recordedPartner : draft.attributes[name];
    if (known !== undefined && known !== String(value) && name !== "program")
      throw wrong(
        `line ${index + 1}: The records of ${String(fact.customer)} say ${name} ${String(value)} here and ${known} in a line before: what they say holds for the whole life. What changes is said by each event.`,
        `line ${index + 1}`,
        String(value),
      );
    if (name !== "partner") draft.attributes[name] = String(value);
    else draft.partnerId = draft.recordedPartner = String(value);
  }
}

interface Reading extends PlanNames {
  readonly currency: string;
  readonly timeZone: string;
}

function entryOf(line: FactLine, reading: Reading, index: number, n: number): Entry | null {
  const { currency, timeZone } = reading;
  if (line.kind === "event") return eventOf(line.fact, reading, index, n);
  if (line.kind !== "measure" && line.kind !== "milestone") return null;
  const { fact } = line;
  const base = {
    ...whenOf(fact, timeZone, index),
    id: placeOf(index, n),
    customerId: fact.customer,
    cohort: "",
    count: 1,
  };
  if (line.kind === "milestone")
    return { ...base, type: line.fact.milestone, currency: null, measures: {}, quantities: {}, dimensions: {} };
  const { amount, product } = line.fact;
  const measure = SUMS[line.fact.measure] ?? line.fact.measure;
  const dimensions: Record<string, string> = product === undefined ? {} : { product };
  const isQuantity = QUANTITIES.has(measure);
  return {
    ...base,
    type: typeOfMeasure(measure),
    currency: currencyOf(line.fact.currency ?? currency, index),
    measures: isQuantity ? {} : { [measure]: decimal(amount) },
    quantities: isQuantity ? { [measure]: decimal(amount) } : {},
    dimensions,
  };
}

/** The type of event that usually carries a measure. */
export function typeOfMeasure(measure: string): string {
  if (["ggr", "ngr", "bonus", "fees", "taxes", "turnover"].includes(measure)) return "activity";
  if (["lots", "notional", "spread", "commission", "markup"].includes(measure)) return "trade";
  return measure;
}

type EventFact = Extract<FactLine, { kind: "event" }>["fact"];

function eventOf(fact: EventFact, reading: Reading, index: number, n: number): Entry {
  const { currency, timeZone } = reading;
  const measures: Record<string, Decimal> = {};
  const quantities: Record<string, Decimal> = {};
  const dimensions: Record<string, string> = {};
  const take = (name: string, value: unknown): void => {
    const number = numberOf(value);
    if (number === undefined && !DIMENSIONS.has(name) && !reading.dimensions.has(name))
      refuseNoNumber(name, value, index, reading.numbers.has(SUMS[name] ?? name) || name === "amount");
    if (number === undefined || DIMENSIONS.has(name) || reading.dimensions.has(name)) {
      if (value !== null && value !== undefined) dimensions[name] = String(value);
    } else if (name === "amount") measures[amountOf(fact.type, index)] = number;
    else if (QUANTITIES.has(name)) quantities[name] = number;
    else measures[SUMS[name] ?? name] = number;
  };
  for (const [name, value] of Object.entries(fact)) if (!NAMES.has(name)) take(name, value);
  addAll(measures, fact.measures, index);
  addAll(quantities, fact.quantities, index);
  for (const [name, value] of Object.entries((fact.dimensions ?? {}) as object)) dimensions[name] = String(value);
  const isTraffic = fact.type === "click" || fact.type === "impression";
  if (fact.customer === undefined && !isTraffic && fact.partner === undefined)
    throw wrong(
      `line ${index + 1}: The ${fact.type} names no customer: give one, "customer": "all" where it is a sum of many.`,
      `line ${index + 1}`,
    );
  return {
    ...whenOf(fact, timeZone, index),
    type: fact.type,
    id: String(fact.id ?? fact.external_id ?? placeOf(index, n)),
    customerId: isTraffic ? null : (fact.customer ?? `(${String(fact.partner)})`),
    cohort: "",
    currency: currencyOf(fact.currency ?? currency, index),
    measures,
    quantities,
    dimensions,
    count: Number(fact.count ?? 1),
  };
}

/**
 * `1,000.00`, `12,34`, `€50` and `25 %` are meant as numbers: as texts they would silently count for nothing. So would anything that is no number under a
 * name by which the plan reads one, and a number of more digits than are kept.
 */
function refuseNoNumber(name: string, value: unknown, index: number, isAsked: boolean): void {
  if (value === null || value === undefined) return;
  const almost = /^[-+]?\s*[€$£¥]?\s*\d+([.,' ]\d{3})*([.,]\d+)?\s*(%|[€$£¥]|[A-Z]{3})?$/;
  const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (typeof value === "number")
    throw wrong(
      `line ${index + 1}: ${name} ${shown} has more digits than a JSON number keeps: write it as text, "120.00", with 18 digits and 12 decimals at most.`,
      name,
      shown,
    );
  if (!isAsked && !(typeof value === "string" && almost.test(value))) return;
  if (shown.trim() !== shown || shown === "")
    throw wrong(
      `line ${index + 1}: ${name} "${shown}" is no number: ${shown.trim() === "" ? "leave out what is not known" : "write it without spaces"}.`,
      name,
      shown,
    );
  const detail = `${name} ${shown} is no number: write digits and a point, 1000.00, and the currency in a field of its own.`;
  throw wrong(`line ${index + 1}: ${detail}`, name, shown);
}

/** What stands first in the file is first among facts of the same time. */
function placeOf(index: number, n: number): string {
  return `${String(index).padStart(9, "0")}-${String(n).padStart(7, "0")}`;
}

/** `amount` of a deposit is the measure `deposit`. */
function amountOf(type: string, index: number): string {
  if (!SEVERAL_AMOUNTS.has(type)) return type;
  const names = type === "trade" ? "spread, commission, markup, notional or lots" : "ggr, ngr, bonus or turnover";
  throw wrong(
    `line ${index + 1}: An event of type ${type} has no \`amount\`: name what the number is, e.g. ${names}.`,
    `line ${index + 1}`,
  );
}

function currencyOf(code: string, index: number): string {
  if (parseCurrency(code) === undefined)
    throw wrong(
      `line ${index + 1}: ${code} is no ISO 4217 currency: write three capital letters like EUR; a token is told in the currency that it follows, USDT in USD.`,
      `line ${index + 1}`,
      code,
    );
  return code;
}

function addAll(into: Record<string, Decimal>, given: unknown, index: number): void {
  for (const [name, value] of Object.entries((given ?? {}) as object)) {
    const number = numberOf(value);
    if (number === undefined)
      throw wrong(
        `line ${index + 1}: ${name} ${String(value)} is no number: write one like 120.00.`,
        name,
        String(value),
      );
    into[name] = number;
  }
}

function numberOf(value: unknown): Decimal | undefined {
  if (typeof value === "number" && /^-?\d{1,15}(\.\d{1,12})?$/.test(String(value))) return decimal(String(value));
  return typeof value === "string" && /^-?\d{1,18}(\.\d{1,12})?$/.test(value) ? decimal(value) : undefined;
}

function whenOf(
  fact: { readonly on?: string | undefined; readonly at?: string | undefined },
  timeZone: string,
  index: number,
): { readonly day: Day; readonly at: number | null } {
  if (fact.at !== undefined) {
    const instant = new Date(fact.at);
    if (Number.isNaN(instant.getTime()))
      throw wrong(`line ${index + 1}: ${fact.at} is no instant.`, `line ${index + 1}`, fact.at);
    const day = dayOf(instant, timeZone);
    if (fact.on !== undefined && fact.on !== day)
      throw wrong(
        `line ${index + 1}: ${fact.at} falls on ${day} in ${timeZone}, and the fact says ${fact.on}: leave out one of them.`,
        `line ${index + 1}`,
        fact.on,
      );
    return { day: nearDay(day, index), at: instant.getTime() };
  }
  if (fact.on === undefined)
    throw wrong(
      `line ${index + 1}: The fact says neither ` +
        "`on` (a day: 2026-03-02) nor `at` (an instant: 2026-03-02T10:00:00Z).",
      `line ${index + 1}`,
    );
  return { day: nearDay(fact.on, index), at: null };
}

/** A day that somebody may have meant. */
function nearDay(day: Day, index: number): Day {
  if (day >= "1970-01-01" && day <= "2199-12-31") return day;
  throw wrong(`line ${index + 1}: ${day} lies outside of the years 1970 to 2199.`, `line ${index + 1}`, day);
}

/** A first deposit that is told as such is a deposit of a customer of whom no other is told; as a milestone, of an amount that nobody knows. */
function withFirstDeposit(entries: Entry[], currency: string): Entry[] {
  if (entries.some((one) => one.measures.deposit !== undefined)) return entries;
  return entries.map((one) => {
    if (one.type !== "first_deposit") return one;
    const { first_deposit: deposit = ZERO, ...others } = one.measures;
    return { ...one, type: "deposit", currency: one.currency ?? currency, measures: { ...others, deposit } };
  });
}

function customerOf(customerId: string, draft: Draft, currency: string): Customer {
  const entries = withFirstDeposit(draft.entries.sort(inOrder), currency);
  const milestones: Record<string, { day: Day; at: number | null }> = {};
  for (const entry of entries) milestones[entry.type] ??= { day: entry.day, at: entry.at };
  const first = entries.find((entry) => entry.measures.deposit !== undefined);
  return {
    customerId,
    partnerId: draft.partnerId,
    cohort: "",
    attributes: draft.attributes,
    milestones,
    firstDeposit:
      first === undefined
        ? null
        : { day: first.day, at: first.at, currency: first.currency ?? "", value: first.measures.deposit ?? ZERO },
    entries,
  };
}

function wrong(detail: string, field: string, value?: string): Refusal {
  const complaint: Complaint = { field, message: detail, ...(value === undefined ? {} : { value }) };
  return new Refusal("invalid_input", detail, [complaint]);
}
