import { Assumptions } from "@tributary/contract";
import { type Decimal, decimal, divide, formatDecimal, roundTo, subtract } from "../../../kernel/decimal.ts";
import { currency as currencyOf, toDecimal } from "../../../kernel/money.ts";
import type { Month } from "../../../kernel/period.ts";

/** A month as it was. */
export interface HistoryMonth {
  readonly month: Month;
  clicks: number;
  registrations: number;
  firstDeposits: number;
  /** Customers who did more than register. */
  active: number;
  /** Of them those who were there the month before. */
  kept: number;
  /** By measure and currency, parted by a space: minor units and events. */
  readonly sums: Map<string, { readonly minor: bigint; readonly events: number }>;
}

const ONE = decimal(1);
const NONE = decimal(0);

/**
 * Assumptions that months of the past suggest: their averages. Amounts are those in the currency of the plan only; what was paid in others is left out.
 * @param start first month of the forecast, `2026-04`
 * @returns null when nobody registered in any of the months
 */
export function proposeAssumptions(
  history: readonly HistoryMonth[],
  code: string,
  base: string,
  start: string,
): Assumptions | null {
  const sum = (of: (one: HistoryMonth) => number) => history.reduce((all, one) => all + of(one), 0);
  const [clicks, registrations, deposits] = [
    sum((one) => one.clicks),
    sum((one) => one.registrations),
    sum((one) => one.firstDeposits),
  ];
  if (registrations === 0) return null;
  const amount = (measure: string) => amountOf(history, measure, code);
  const [first, all] = [amount("first_deposit"), amount("deposit")];
  const active = sum((one) => one.active);
  const months = history.length;
  // Without recorded clicks every registration is taken for one.
  const shownClicks = Math.max(clicks, registrations);
  const repeat = Math.max(0, all.events - deposits);
  const revenue = history.some((one) => one.sums.has(`ggr ${code}`)) ? amount("ggr") : amount(base);
  return Assumptions.parse({
    start,
    months: 12,
    clicks: Math.round(shownClicks / months),
    registrationRate: share(registrations, shownClicks),
    ftdRate: share(deposits, registrations),
    averageFirstDeposit: each(first.value, deposits, 2),
    repeatDeposits: active === 0 ? "0" : each(decimal(repeat), active, 3),
    averageDeposit: each(subtract(all.value, first.value), repeat, 2),
    revenuePerActive: each(revenue.value, active, 2),
    churn: churnOf(history),
    paymentFees: feesOf(amount("fees").value, all.value),
    seasonality: seasonsOf(history),
  });
}

function amountOf(history: readonly HistoryMonth[], measure: string, code: string): { value: Decimal; events: number } {
  let [minor, events] = [0n, 0];
  for (const one of history) {
    const found = one.sums.get(`${measure} ${code}`);
    minor += found?.minor ?? 0n;
    events += found?.events ?? 0;
  }
  return { value: toDecimal({ minor, currency: currencyOf(code) }), events };
}

/** Of those who were active in a month, how many were gone in the next. */
function churnOf(history: readonly HistoryMonth[]): string {
  const before = history.slice(0, -1).reduce((sum, one) => sum + one.active, 0);
  const kept = history.slice(1).reduce((sum, one) => sum + one.kept, 0);
  if (before === 0) return "0.1";
  return formatDecimal(subtract(ONE, decimal(share(Math.min(kept, before), before))));
}

function feesOf(fees: Decimal, deposits: Decimal): string {
  if (fees.units <= 0n || deposits.units <= 0n) return "0";
  const rate = divide(fees, deposits, 4);
  return subtract(ONE, rate).units < 0n ? "1" : formatDecimal(rate);
}

/** A month's clicks over the average, where a whole year is known. */
function seasonsOf(history: readonly HistoryMonth[]): string[] {
  const total = history.reduce((sum, one) => sum + one.clicks, 0);
  if (history.length < 12 || total === 0) return Array.from({ length: 12 }, () => "1");
  const latest = history.slice(-12);
  const average = latest.reduce((sum, one) => sum + one.clicks, 0);
  return Array.from({ length: 12 }, (_, index) => {
    const month = latest.find((one) => Number(one.month.slice(5, 7)) === index + 1);
    return formatDecimal(divide(decimal((month?.clicks ?? 0) * 12), decimal(Math.max(average, 1)), 3));
  });
}

function share(part: number, whole: number): string {
  if (whole === 0) return "0";
  return part >= whole ? "1" : formatDecimal(divide(decimal(part), decimal(whole), 6));
}

/** Never below zero: a month of big winners is no assumption. */
function each(value: Decimal, count: number, places: number): string {
  if (count === 0 || value.units <= 0n) return formatDecimal(NONE);
  return formatDecimal(roundTo(divide(value, decimal(count), 8), places));
}
