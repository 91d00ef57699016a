import { compare, type Decimal, decimal, formatDecimal, multiply } from "../../kernel/decimal.ts";
import { addMonths, type Month, monthOf } from "../../kernel/period.ts";
import type { State, StateValue } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import { limitOrder, type OrderRun, type PaidOrder } from "./order-items.ts";
import type { Settlement } from "./order-settlement.ts";
import { quotient } from "./trades.ts";

/** How long rates are remembered: card schemes let a payment be charged back for a year and a half. */
const MONTHS_KEPT = 24;
const RATES_TRIED = 8;

/**
 * At which rates the orders of a month were paid: the most frequent one, the orders of the others, amounts that are no product, what caps left, and
 * which part a gate left of everything.
 */
interface MonthRates {
  readonly rate: string;
  readonly others: Readonly<Record<string, readonly string[]>>;
  readonly paid: Readonly<Record<string, string>>;
  readonly kept: Readonly<Record<string, string>>;
  readonly part: string;
}

/** What the component remembers: rates by month, so that a later refund takes back at the rate that was paid and not at today's. */
export function recordRates(run: OrderRun, paid: readonly PaidOrder[], settlement: Settlement): State | null {
  if (run.component.refunds === "kept") return null;
  const oldest = addMonths(run.month, -MONTHS_KEPT);
  const months = Object.entries(monthsOf(run.state)).filter(([month]) => month >= oldest);
  // Another version of the agreement may have paid a part of the same month before.
  const before = months.find(([month]) => month === run.month)?.[1];
  const rates = Object.fromEntries(months);
  if (paid.length > 0) {
    const month = ratesOf(run, paid, settlement, before as unknown as MonthRates | undefined);
    rates[run.month] = month as unknown as StateValue;
  }
  return Object.keys(rates).length === 0 ? null : { rates };
}

/** What was paid for an order of an earlier month; undefined: that month is not remembered. */
export function paidThen(run: OrderRun, entry: Entry, quantity: Decimal): Decimal | undefined {
  const rates = monthsOf(run.state)[monthOf(entry.day)] as unknown as MonthRates | undefined;
  if (rates === undefined) return undefined;
  const key = keyOf(entry);
  const kept = rates.kept[key];
  if (kept !== undefined) return decimal(kept);
  const amount = rates.paid[key];
  const priced = amount === undefined ? multiply(quantity, decimal(rateThen(rates, key))) : decimal(amount);
  return multiply(limitOrder(run, run.about(entry), entry, priced), decimal(rates.part));
}

const RATES = new WeakMap<MonthRates, ReadonlyMap<string, string>>();

function rateThen(rates: MonthRates, key: string): string {
  const others =
    RATES.get(rates) ?? new Map(Object.entries(rates.others).flatMap(([rate, keys]) => keys.map((one) => [one, rate])));
  RATES.set(rates, others);
  return others.get(key) ?? rates.rate;
}

function monthsOf(state: State): Readonly<Record<Month, StateValue>> {
  return (state.rates ?? {}) as Readonly<Record<Month, StateValue>>;
}

function ratesOf(
  run: OrderRun,
  paid: readonly PaidOrder[],
  { part, cut }: Settlement,
  before: MonthRates | undefined,
): MonthRates {
  const byRate = groupByRate(paid);
  const usualPart = before?.part ?? formatDecimal(part);
  const kept: Record<string, string> = { ...before?.kept };
  const moved = usualPart !== formatDecimal(part);
  if (moved) for (const one of paid) kept[keyOf(one.entry)] = formatDecimal(multiply(one.amount, part));
  for (const one of paid)
    if (isLimitedTogether(run, one)) kept[keyOf(one.entry)] = formatDecimal(multiply(one.amount, part));
  for (const [entry, left] of cut) kept[keyOf(entry)] = formatDecimal(left);
  const sorted = byRate.rates.toSorted((a, b) => b.orders.length - a.orders.length || (a.rate < b.rate ? -1 : 1));
  const usual = before?.rate ?? sorted[0]?.rate ?? "0";
  const others: Record<string, readonly string[]> = { ...before?.others };
  for (const { rate, orders } of sorted) {
    if (rate !== usual) others[rate] = [...(others[rate] ?? []), ...orders.map((one) => keyOf(one.entry))];
  }
  const amounts = Object.fromEntries(byRate.others.map((one) => [keyOf(one.entry), formatDecimal(one.priced)]));
  return { rate: usual, others, paid: { ...before?.paid, ...amounts }, kept, part: usualPart };
}

/** Whether the other lines of its order left a line less than the most per order would. */
function isLimitedTogether(run: OrderRun, { entry, thing, priced, amount }: PaidOrder): boolean {
  if (run.component.itemAtMost === undefined || entry.dimensions.order === undefined) return false;
  return compare(limitOrder(run, thing.about, entry, priced), amount) !== 0;
}

/** Orders with the number that their quantity was multiplied with, and those for which there is none. */
export interface ByRate {
  readonly rates: readonly { readonly rate: string; readonly orders: readonly PaidOrder[] }[];
  readonly others: readonly PaidOrder[];
}

const GROUPED = new WeakMap<readonly PaidOrder[], ByRate>();

/** Most orders of a month have one of a few rates: those known are tried before anything is divided. */
export function groupByRate(paid: readonly PaidOrder[]): ByRate {
  const known = GROUPED.get(paid);
  if (known !== undefined) return known;
  const groups = new Map<string, { readonly rate: string; readonly value: Decimal; readonly orders: PaidOrder[] }>();
  const others: PaidOrder[] = [];
  let last: { readonly value: Decimal; readonly orders: PaidOrder[] } | undefined;
  for (const one of paid) {
    if (last === undefined || !isAt(one, last.value)) {
      last = [...groups.values()].slice(0, RATES_TRIED).find((group) => isAt(one, group.value)) ?? divided(one, groups);
    }
    if (last === undefined) others.push(one);
    else last.orders.push(one);
  }
  const result = { rates: [...groups.values()], others };
  GROUPED.set(paid, result);
  return result;
}

function isAt({ thing, priced }: PaidOrder, rate: Decimal): boolean {
  return thing.quantity.units !== 0n && compare(multiply(rate, thing.quantity), priced) === 0;
}

function divided(
  one: PaidOrder,
  groups: Map<string, { readonly rate: string; readonly value: Decimal; readonly orders: PaidOrder[] }>,
) {
  if (one.thing.quantity.units === 0n) return undefined;
  const rate = formatDecimal(quotient(one.priced, one.thing.quantity));
  const value = decimal(rate);
  if (!isAt(one, value)) return undefined;
  const group = groups.get(rate) ?? { rate, value, orders: [] };
  groups.set(rate, group);
  return group;
}

function keyOf(entry: Entry): string {
  const { order, product } = entry.dimensions;
  return entry.id ?? [entry.customerId, entry.day, order, product].join("|");
}
