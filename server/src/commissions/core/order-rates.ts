import { compare, type Decimal, decimal, formatDecimal, multiply } from "../../kernel/decimal.ts";
import { addMonths, type Month, monthOf } from "../../kernel/period.ts";
import type { State, StateValue } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import { limitOrder, type OrderRun, type PaidOrder } from "./order-items.ts";
import type { Settlement } from "./order-settlement.ts";
import { quotient } from "./trades.ts";

/** How long rates are remembered: card schemes let a payment be charged back for a year and a half. */
const MONTHS_KEPT = 24;

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
    const month = ratesOf(paid, settlement, before as unknown as MonthRates | undefined);
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

function ratesOf(paid: readonly PaidOrder[], { part, cut }: Settlement, before: MonthRates | undefined): MonthRates {
  const usualPart = before?.part ?? formatDecimal(part);
  const kept: Record<string, string> = { ...before?.kept };
  const byRate = new Map<string, string[]>();
  const amounts: Record<string, string> = { ...before?.paid };
  for (const one of paid) {
    const key = keyOf(one.entry);
    const left = cut.get(one.entry);
    if (left !== undefined) kept[key] = formatDecimal(left);
    else if (usualPart !== formatDecimal(part)) kept[key] = formatDecimal(multiply(one.amount, part));
    const rate = rateOf(one);
    if (rate === null) amounts[key] = formatDecimal(one.priced);
    else {
      const keys = byRate.get(rate) ?? [];
      keys.push(key);
      byRate.set(rate, keys);
    }
  }
  const sorted = [...byRate].sort(([a, some], [b, more]) => more.length - some.length || (a < b ? -1 : 1));
  const usual = before?.rate ?? sorted[0]?.[0] ?? "0";
  const others: Record<string, readonly string[]> = { ...before?.others };
  for (const [rate, keys] of sorted) if (rate !== usual) others[rate] = [...(others[rate] ?? []), ...keys];
  return { rate: usual, others, paid: amounts, kept, part: usualPart };
}

/** The one number that the quantity was multiplied with, if there is one. */
function rateOf({ thing, priced }: PaidOrder): string | null {
  if (thing.quantity.units === 0n) return null;
  const rate = quotient(priced, thing.quantity);
  return compare(multiply(rate, thing.quantity), priced) === 0 ? formatDecimal(rate) : null;
}

function keyOf(entry: Entry): string {
  const { order, product } = entry.dimensions;
  return entry.id ?? [entry.customerId, entry.day, order, product].join("|");
}
