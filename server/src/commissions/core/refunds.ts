import type { BaseTerm } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  negate,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
import { addDays, type Day } from "../../kernel/period.ts";
import type { Customer, Entry } from "./entries.ts";
import { inOrder } from "./entries.ts";
import { type ConversionLog, measuresOf } from "./exchange.ts";
import type { About } from "./match.ts";
import { type OrderRule, type OrderRun, orderName, type PaidOrder, priceOrders, quantityOf } from "./order-items.ts";
import { paidThen } from "./order-rates.ts";
import type { Settlement } from "./order-settlement.ts";
import { quotient, settled } from "./trades.ts";

/** What refunds of the month take back of one order. */
export interface Taken {
  readonly order: string;
  /** Above zero: it is taken away. Below zero gives back, when an order grew after it had been refunded. */
  readonly amount: Decimal;
  readonly day: Day;
  readonly at: number | null;
  readonly about: About;
  /** The day whose rate it is taken back at. */
  readonly paidOn: Day;
  readonly arithmetic: string | null;
  /** Whether the whole order lies before the month. */
  readonly ofEarlier: boolean;
}

/** An order with all its parts and all its refunds, whenever they were. */
interface Group {
  readonly lines: Entry[];
  readonly refunds: Refund[];
}

interface Refund {
  readonly entry: Entry;
  readonly value: Decimal | "whole";
  /** The lines of the order that the refund names by what tells them apart (product, category …); null: the order as a whole. */
  readonly of: readonly Entry[] | null;
}

const BEGINNING: Day = "0001-01-01";
const DIMENSIONS_THAT_BIND = ["product", "subscription"];

/**
 * What refunds take back in the month: of each order its commission × refunded ÷ paid up to the month's end, less the same up to its beginning.
 * So it does not matter in which order, in which month and in how many parts order and refunds come, and never more goes than was paid.
 * @param paid the month's own orders
 */
export function takenBack(
  run: OrderRun,
  rule: OrderRule,
  paid: readonly PaidOrder[],
  settlement: Settlement,
  log: ConversionLog,
): Taken[] {
  if (run.component.refunds === "kept") return [];
  const now = new Map(paid.map((one) => [one.entry, keptNow(one, settlement)]));
  const earlier = new EarlierOrders(run, rule);
  const amountOf = (entry: Entry) => now.get(entry) ?? earlier.amount(entry);
  const days = new Map<string, ReturnType<typeof daysOn>>();
  return run.customers().flatMap((customer) => {
    if (!customer.entries.some((entry) => isRefund(run, entry) && entry.day <= run.last)) return [];
    const known = days.get(customer.cohort) ?? daysOn(run, customer.cohort);
    days.set(customer.cohort, known);
    if (known === null) return [];
    return groupsOf(run, customer, log).flatMap((group) => {
      const taken = takenOf(run, group, known, amountOf);
      return taken === null ? [] : [{ ...taken, ofEarlier: !group.lines.some((line) => now.has(line)) }];
    });
  });
}

/** What the caps left; the gate is applied to the month's orders and their refunds together. */
function keptNow({ entry, amount }: PaidOrder, { part, cut }: Settlement): Decimal {
  const left = cut.get(entry);
  return left === undefined || part.units === 0n ? amount : settled(quotient(left, part));
}

/** First and last day of the month on which the customers of a cohort are on these terms. */
function daysOn(run: OrderRun, cohort: string): { readonly first: Day; readonly last: Day } | null {
  let first: Day | null = null;
  let last: Day | null = null;
  for (let day = run.first; day <= run.last; day = addDays(day, 1)) {
    if (!run.isOn(cohort, day)) continue;
    first ??= day;
    last = day;
  }
  return first === null || last === null ? null : { first, last };
}

function isRefund(run: OrderRun, entry: Entry): boolean {
  return (entry.type === "refund" || entry.type === "chargeback") && entry.type !== run.component.event;
}

/** The customer's orders that were refunded. */
function groupsOf(run: OrderRun, customer: Customer, log: ConversionLog): Group[] {
  const groups = new Map<string, Group>();
  const seen = customer.entries.filter((entry) => entry.day <= run.last).toSorted(inOrder);
  seen.forEach((entry, index) => {
    if (entry.type !== run.component.event) return;
    const key = entry.dimensions.order ?? `#${index}`;
    const group = groups.get(key) ?? { lines: [], refunds: [] };
    group.lines.push(entry);
    groups.set(key, group);
  });
  for (const refund of seen) {
    if (!isRefund(run, refund)) continue;
    const { order } = refund.dimensions;
    const group = order === undefined ? unnamed(run, [...groups.values()], refund) : groups.get(order);
    if (group === undefined || isTooLate(run, group, refund)) continue;
    const of = linesNamed(group.lines, refund);
    group.refunds.push({ entry: refund, value: refundedOf(run, of ?? group.lines, refund, log), of });
  }
  return [...groups.values()].filter((group) => group.refunds.length > 0);
}

/** Whether more days than the plan lets pass lie between an order and a refund of it; the last of them counts. */
function isTooLate(run: OrderRun, group: Group, refund: Entry): boolean {
  const { refundsWithin } = run.component;
  const [line] = group.lines;
  return refundsWithin !== undefined && line !== undefined && refund.day > addDays(line.day, refundsWithin.days);
}

/** The lines that a refund names; null when it names none or cannot tell them apart. */
function linesNamed(lines: readonly Entry[], refund: Entry): readonly Entry[] | null {
  if (lines.length < 2) return null;
  const names = Object.keys(refund.dimensions).filter(
    (name) => new Set(lines.map((line) => line.dimensions[name])).size > 1,
  );
  const named = lines.filter((line) => names.every((name) => line.dimensions[name] === refund.dimensions[name]));
  return named.length === 0 || named.length === lines.length ? null : named;
}

/** The order, not wholly refunded yet, of a refund that names none: the latest before it unless the plan says otherwise. */
function unnamed(run: OrderRun, groups: readonly Group[], refund: Entry): Group | undefined {
  const { refundsWithoutOrder } = run.component;
  if (refundsWithoutOrder === "nothing") return undefined;
  const open = groups.filter(
    (group) =>
      group.lines.some((line) => isBefore(line, refund)) &&
      group.lines.some((line) => agrees(line, refund)) &&
      !isSpent(run, group),
  );
  const sorted = open.toSorted((a, b) => inOrder(newest(a, refund), newest(b, refund)));
  return refundsWithoutOrder === "first" ? sorted[0] : sorted.at(-1);
}

function newest(group: Group, refund: Entry): Entry {
  return group.lines.findLast((line) => isBefore(line, refund)) ?? (group.lines[0] as Entry);
}

/** Without instants the day has to do: an order of the same day lies before the refund. */
function isBefore(line: Entry, refund: Entry): boolean {
  if (line.day !== refund.day || line.at === null || refund.at === null) return line.day <= refund.day;
  return line.at <= refund.at;
}

function agrees(line: Entry, refund: Entry): boolean {
  return DIMENSIONS_THAT_BIND.every(
    (name) => refund.dimensions[name] === undefined || refund.dimensions[name] === line.dimensions[name],
  );
}

function isSpent(run: OrderRun, group: Group): boolean {
  if (group.refunds.some(({ value }) => value === "whole")) return true;
  return group.refunds.length > 0 && compare(refundedBy(group, run.last) as Decimal, grossOf(run, group.lines)) >= 0;
}

/** What was given back, in the currency of the order. */
function refundedOf(run: OrderRun, lines: readonly Entry[], refund: Entry, log: ConversionLog): Decimal | "whole" {
  const name = [refund.type, "refund", "chargeback", "sale"].find((one) => refund.measures[one] !== undefined);
  const raw = name === undefined ? undefined : refund.measures[name];
  const [line] = lines;
  if (name === undefined || raw === undefined || line === undefined) return "whole";
  const size = raw.units < 0n ? negate(raw) : raw;
  if ((refund.currency ?? run.plan.currency) === (line.currency ?? run.plan.currency)) return size;
  const inPlan = run.exchange.convert(size, refund.currency ?? run.plan.currency, refund.day, name, log);
  const gross = grossOf(run, [line]);
  const grossInPlan = run.exchange.convert(gross, line.currency ?? run.plan.currency, line.day, name);
  return grossInPlan.units === 0n ? "whole" : divide(multiply(inPlan, gross), grossInPlan, 18);
}

/** What customers paid for some orders, in their currency: the events' own amount, else the measures that the basis adds. */
function grossOf(run: OrderRun, lines: readonly Entry[]): Decimal {
  return lines.reduce((sum, line) => {
    const own = line.measures[line.type];
    if (own !== undefined) return add(sum, own);
    return addedMeasures(run.component.basis).reduce((all, name) => add(all, line.measures[name] ?? ZERO), sum);
  }, ZERO);
}

function addedMeasures(terms: readonly BaseTerm[]): string[] {
  return terms.flatMap((term) => {
    if (!("add" in term)) return [];
    const body = term.add;
    const name = typeof body === "string" ? body : "measure" in body ? body.measure : undefined;
    return name === undefined ? [] : measuresOf(name).flatMap(([sign, measure]) => (sign === 1 ? [measure] : []));
  });
}

/** Refunds up to a day; null: none. */
function refundedBy(group: Group, day: Day): Decimal | "whole" | null {
  const some = group.refunds.filter(({ entry }) => entry.day <= day).map(({ value }) => value);
  if (some.length === 0) return null;
  return some.reduce(
    (sum, value) => (sum === "whole" || value === "whole" ? "whole" : add(sum, value)),
    ZERO as Decimal | "whole",
  );
}

interface Part {
  readonly amount: Decimal;
  readonly commission: Decimal;
  readonly refunded: Decimal | "whole" | null;
  readonly gross: Decimal;
  /** What is left, where refunds name lines of the order. */
  readonly kept?: Decimal;
}

/**
 * How much is gone where refunds name lines: what is given back of a line takes the same part of that line's commission; what names none, or is more
 * than its line was, takes its part of what is left of all lines.
 */
function goneByLine(
  run: OrderRun,
  group: Group,
  lines: readonly Entry[],
  day: Day,
  amountOf: (entry: Entry) => Decimal,
): Decimal {
  const left = new Map(lines.map((line) => [line, grossOf(run, [line])]));
  const isWhole = run.component.refunds === "whole";
  let rest: Decimal | "whole" = ZERO;
  for (const { entry, value, of } of group.refunds) {
    if (entry.day > day) continue;
    const all = value === "whole" || isWhole;
    let over = all ? ZERO : value;
    for (const line of of ?? []) {
      const there = left.get(line) ?? ZERO;
      const taken = all || compare(over, there) > 0 ? there : over;
      left.set(line, subtract(there, taken));
      if (!all) over = subtract(over, taken);
    }
    if (of === null && all) rest = "whole";
    else if (rest !== "whole") rest = add(rest, over);
  }
  const whole = lines.reduce((sum, line) => add(sum, amountOf(line)), ZERO);
  const [gross, kept] = lines.reduce<readonly [Decimal, Decimal]>(
    ([sum, amount], line) => {
      const [there, before] = [left.get(line) ?? ZERO, grossOf(run, [line])];
      if (before.units <= 0n) return [sum, add(amount, amountOf(line))];
      return [add(sum, there), add(amount, quotient(multiply(amountOf(line), there), before))];
    },
    [ZERO, ZERO],
  );
  if (rest === "whole" || compare(rest, gross) >= 0) return whole;
  return subtract(whole, settled(quotient(multiply(kept, subtract(gross, rest)), gross)));
}

/** How much of an order's commission is gone by a day. */
function goneBy(run: OrderRun, group: Group, day: Day, amountOf: (entry: Entry) => Decimal): Part {
  const lines = group.lines.filter((line) => line.day <= day);
  const commission = lines.reduce((sum, line) => add(sum, amountOf(line)), ZERO);
  const gross = grossOf(run, lines);
  const refunded = refundedBy(group, day);
  if (group.refunds.some(({ entry, of }) => of !== null && entry.day <= day)) {
    const amount = goneByLine(run, group, lines, day, amountOf);
    return { amount, commission, refunded, gross, kept: subtract(commission, amount) };
  }
  const none = refunded === null || commission.units <= 0n;
  const all = refunded === "whole" || run.component.refunds === "whole" || gross.units <= 0n;
  if (none) return { amount: ZERO, commission, refunded, gross };
  if (all || compare(refunded, gross) >= 0) return { amount: commission, commission, refunded, gross };
  return { amount: settled(quotient(multiply(commission, refunded), gross)), commission, refunded, gross };
}

function takenOf(
  run: OrderRun,
  group: Group,
  days: { readonly first: Day; readonly last: Day },
  amountOf: (entry: Entry) => Decimal,
): Omit<Taken, "ofEarlier"> | null {
  const moved = [...group.lines, ...group.refunds.map(({ entry }) => entry)];
  const inMonth = moved.filter((entry) => entry.day >= days.first && entry.day <= days.last);
  const last = inMonth.toSorted(inOrder).at(-1);
  const [line] = group.lines;
  if (last === undefined || line === undefined) return null;
  const end = goneBy(run, group, days.last, amountOf);
  const start = goneBy(run, group, addDays(days.first, -1), amountOf);
  const amount = subtract(end.amount, start.amount);
  if (amount.units === 0n) return null;
  const order = orderName(line);
  const about = { ...run.about(last), entry: line };
  return { order, amount, day: last.day, at: last.at, about, paidOn: line.day, arithmetic: arithmeticOf(end, start) };
}

function arithmeticOf(end: Part, start: Part): string {
  const commission = formatDecimal(settled(end.commission));
  if (end.kept !== undefined) {
    const gone = `${commission} − ${formatDecimal(settled(end.kept))}`;
    return start.amount.units === 0n ? gone : `${gone} − ${formatDecimal(settled(start.amount))}`;
  }
  const part = end.refunded === "whole" || end.refunded === null || compare(end.amount, end.commission) === 0;
  const share = part
    ? commission
    : `${commission} × ${formatDecimal(settled(end.refunded as Decimal))} ÷ ${formatDecimal(end.gross)}`;
  return start.amount.units === 0n ? share : `${share} − ${formatDecimal(settled(start.amount))}`;
}

/** What orders of earlier months were paid, or of this month under other terms, as far as anybody asks. */
class EarlierOrders {
  readonly #run: OrderRun;
  readonly #rule: OrderRule;
  #looked: ReadonlySet<Entry> | undefined;
  readonly #known = new Map<Entry, Decimal>();

  constructor(run: OrderRun, rule: OrderRule) {
    this.#run = run;
    this.#rule = rule;
  }

  amount(entry: Entry): Decimal {
    const known = this.#known.get(entry) ?? this.#work(entry);
    this.#known.set(entry, known);
    return known;
  }

  #work(entry: Entry): Decimal {
    const run = this.#run;
    const isOwn = entry.day >= run.first && run.isOn(entry.cohort, entry.day);
    if (isOwn || !this.#counts(entry)) return ZERO;
    const quantity = quantityOf(run, this.#rule, entry);
    if (quantity === null) return ZERO;
    const then = paidThen(run, entry, quantity);
    if (then !== undefined) return then;
    if (!this.#wasPaid(entry)) return ZERO;
    return priceOrders(run, this.#rule, [entry]).paid[0]?.amount ?? ZERO;
  }

  /** Whether the component looked at the order in its month, whichever version of the agreement that was under. */
  #counts(entry: Entry): boolean {
    const { from, until, event } = this.#run.component;
    if (entry.type !== event || (from !== undefined && entry.day < from) || (until !== undefined && entry.day > until))
      return false;
    this.#looked ??= new Set(this.#run.entriesBetween(BEGINNING, this.#run.last));
    return this.#looked.has(entry);
  }

  /** Of months that are not remembered: whether these terms covered the day, or the books know that the component paid then. */
  #wasPaid(entry: Entry): boolean {
    const { facts, component, terms } = this.#run;
    if (this.#run.isOn(entry.cohort, entry.day)) return true;
    const month = entry.day.slice(0, 7);
    return (
      entry.day < terms.validFrom &&
      facts.earned.some(
        (one) => one.component === component.code && one.month.startsWith(month) && one.value.units > 0n,
      )
    );
  }
}
