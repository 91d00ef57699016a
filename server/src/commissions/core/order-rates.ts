import { compare, type Decimal, decimal, formatDecimal, multiply } from "../../kernel/decimal.ts";
import { addMonths, type Month, monthOf } from "../../kernel/period.ts";
import type { State, StateValue } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import type { OrderRun, PaidOrder } from "./order-items.ts";
import { quotient } from "./trades.ts";

/** How long rates are remembered: card schemes let a payment be charged back for a year and a half. */
const MONTHS_KEPT = 24;

/** At which rates the orders of a month were paid: the most frequent one, the orders of the others, and amounts that are no product. */
interface MonthRates {
  readonly rate: string;
  readonly others: Readonly<Record<string, readonly string[]>>;
  readonly paid: Readonly<Record<string, string>>;
}

/** What the component remembers: rates by month, so that a later refund takes back at the rate that was paid and not at today's. */
export function recordRates(run: OrderRun, paid: readonly PaidOrder[]): State | null {
  if (run.component.refunds === "kept") return null;
  const oldest = addMonths(run.month, -MONTHS_KEPT);
  const months = Object.entries(monthsOf(run.state)).filter(([month]) => month >= oldest);
  // Another version of the agreement may have paid a part of the same month before.
  const before = months.find(([month]) => month === run.month)?.[1];
  const rates = Object.fromEntries(months);
  if (paid.length > 0)
    rates[run.month] = ratesOf(paid, before as unknown as MonthRates | undefined) as unknown as StateValue;
  return Object.keys(rates).length === 0 ? null : { rates };
}

/** What was paid for an order of an earlier month, before its limits; undefined: that month is not remembered. */
export function amountThen(run: OrderRun, entry: Entry, quantity: Decimal): Decimal | undefined {
  const rates = monthsOf(run.state)[monthOf(entry.day)] as unknown as MonthRates | undefined;
  if (rates === undefined) return undefined;
  const key = keyOf(entry);
  const amount = rates.paid[key];
  if (amount !== undefined) return decimal(amount);
  const other = Object.keys(rates.others).find((rate) => rates.others[rate]?.includes(key));
  return multiply(quantity, decimal(other ?? rates.rate));
}

function monthsOf(state: State): Readonly<Record<Month, StateValue>> {
  return (state.rates ?? {}) as Readonly<Record<Month, StateValue>>;
}

function ratesOf(paid: readonly PaidOrder[], before: MonthRates | undefined): MonthRates {
  const byRate = new Map<string, string[]>();
  const amounts: Record<string, string> = { ...before?.paid };
  for (const one of paid) {
    const key = keyOf(one.entry);
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
  return { rate: usual, others, paid: amounts };
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
