import type { DealMeasures } from "@tributary/contract";
import { type Decimal, decimal, divide, divideRounded, formatDecimal } from "../../../kernel/decimal.ts";
import { currency as currencyOf, toMinor } from "../../../kernel/money.ts";
import { addMonths, type Month } from "../../../kernel/period.ts";
import type { Paid, Range } from "./plan-run.ts";

/** What a month brought, whatever the plan. */
export interface MonthNumbers {
  readonly revenue: ReadonlyMap<Month, Decimal>;
  readonly firstDeposits: ReadonlyMap<Month, number>;
}

const SHARE_PLACES = 6;

/** What a plan that paid this comes to in the months of a range. */
export function measure(
  paid: Paid,
  numbers: MonthNumbers,
  range: Range,
  code: string,
  breakEvenFtd: number | null = null,
): DealMeasures {
  const money = (minor: bigint) => ({ minor: String(minor), currency: code });
  let [cost, revenue, firstDeposits] = [0n, 0n, 0];
  const months = monthsOf(range).map((month) => {
    const own = { cost: paid.inMonth(month), revenue: minorOf(numbers.revenue.get(month), code) };
    const deposits = numbers.firstDeposits.get(month) ?? 0;
    cost += own.cost;
    revenue += own.revenue;
    firstDeposits += deposits;
    const name = month.slice(0, 7);
    const net = revenue - cost;
    return {
      month: name,
      cost: money(own.cost),
      revenue: money(own.revenue),
      cumulativeNet: money(net),
      firstDeposits: deposits,
    };
  });
  const { qualified } = paid;
  return {
    cost: money(cost),
    revenue: money(revenue),
    net: money(revenue - cost),
    costShare: revenue > 0n ? formatDecimal(divide(decimal(cost), decimal(revenue), SHARE_PLACES)) : null,
    firstDeposits,
    qualified,
    costPerFtd: firstDeposits === 0 ? null : money(perOne(cost, firstDeposits)),
    costPerQualified: qualified === null || qualified === 0 ? null : money(perOne(cost, qualified)),
    paybackMonth: paybackOf(months.map((one) => ({ month: one.month, net: BigInt(one.cumulativeNet.minor) }))),
    breakEvenFtd,
    components: paid.components.map(([component, minor]) => ({ code: component, cost: money(minor) })),
    months,
  };
}

/** The first month from which on the sum so far never falls below zero again; null when it ends below. */
export function paybackOf(months: readonly { readonly month: string; readonly net: bigint }[]): string | null {
  let found: string | null = null;
  for (const { month, net } of months) {
    if (net < 0n) found = null;
    else found ??= month;
  }
  return found;
}

export function monthsOf({ from, to }: Range): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function minorOf(value: Decimal | undefined, code: string): bigint {
  return value === undefined ? 0n : toMinor(value, currencyOf(code));
}

function perOne(minor: bigint, count: number): bigint {
  return divideRounded(minor, BigInt(count), "half_up");
}
