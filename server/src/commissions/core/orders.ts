import type { WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, negate, subtract, ZERO } from "../../kernel/decimal.ts";
import type { ComponentResult, Price } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import type { ConversionLog } from "./exchange.ts";
import { type OrderRule, type OrderRun, orderKey, type PaidOrder, priceOrders } from "./order-items.ts";
import { groupByRate, recordRates } from "./order-rates.ts";
import { settlementOf } from "./order-settlement.ts";
import { type PaidItem, periodDraft } from "./paid-items.ts";
import { type Taken, takenBack } from "./refunds.ts";
import { settled } from "./trades.ts";

/** Rows of orders or refunds that a working shows one by one. */
const MOST_ROWS = 20;

/** The month of a component that pays for orders: what they were paid, less what refunds take back. */
export function payOrders(run: OrderRun, rule: OrderRule): ComponentResult {
  const log = run.log();
  const orders = run.entries().filter((entry) => entry.type === run.component.event);
  const { paid, price } = priceOrders(run, rule, orders, log);
  const settlement = settlementOf(run, paid);
  const taken = takenBack(run, rule, paid, settlement, log);
  const state = recordRates(run, paid, settlement);
  if (paid.length === 0 && taken.length === 0) return { drafts: [], state };
  const figures = { orders: decimal(countOf(entriesOf(paid))), refunded: sumOf(taken.map((one) => one.amount)) };
  // A gate decides about what is paid, not about what is taken back of earlier months: that has a line of its own then.
  const isGated = run.component.gate !== undefined || run.plan.gate !== undefined;
  const apart = isGated ? taken.filter((one) => one.ofEarlier) : [];
  const rest = isGated ? taken.filter((one) => !one.ofEarlier) : taken;
  const drafts = [
    ...(paid.length > 0 || rest.length > 0 ? ordersDraft(run, rule, { orders, paid, price, taken: rest, log }) : []),
    ...(apart.length > 0 ? refundsDraft(run, apart) : []),
  ];
  return { drafts, state, figures };
}

interface Month {
  readonly orders: readonly Entry[];
  readonly paid: readonly PaidOrder[];
  readonly price: Price;
  readonly taken: readonly Taken[];
  readonly log: ConversionLog;
}

function ordersDraft(run: OrderRun, rule: OrderRule, { orders, paid, price, taken, log }: Month) {
  const items = paid.map((one): PaidItem => ({ thing: one.thing, label: "", amount: one.amount }));
  const all = [...items, ...taken.map(refundItem)];
  const { currency } = run.plan;
  const working = {
    inputs: inputsOf(run, paid, taken),
    steps: [
      ...price.steps,
      ...rateSteps(paid, currency),
      ...limitSteps(paid, currency),
      ...leftOutStep(rule, orders, paid),
      ...refundSteps(taken, currency),
    ],
    conversions: log.rows(),
    rate: price.rate === null ? null : formatDecimal(price.rate),
    tier: price.tier,
  };
  return periodDraft(run, settled(sumOf(all.map((one) => one.amount))), working, all);
}

function refundsDraft(run: OrderRun, taken: readonly Taken[]) {
  const items = taken.map(refundItem);
  const working = { inputs: inputsOf(run, [], taken), steps: refundSteps(taken, run.plan.currency), conversions: [] };
  const drafts = periodDraft(run, settled(sumOf(items.map((one) => one.amount))), working, items);
  return drafts.map((draft) => ({ ...draft, period: `${draft.period ?? run.month.slice(0, 7)}:refunds` }));
}

function refundItem(taken: Taken): PaidItem {
  const { about, day, at, order, amount } = taken;
  const thing = { quantity: ZERO, about, day, at, name: `${order} refund` };
  // What is taken back waits as long as what it is taken from.
  return { thing, label: "", amount: negate(amount), heldFrom: taken.paidOn };
}

/** Lines of one order number are one order. */
function countOf(entries: readonly Entry[]): number {
  const seen = new Set<string>();
  let count = 0;
  for (const entry of entries) {
    const key = orderKey(entry);
    if (key === null) count += entry.count;
    else seen.add(key);
  }
  return count + seen.size;
}

const entriesOf = (paid: readonly PaidOrder[]) => paid.map((one) => one.entry);

function sumOf(values: readonly Decimal[]): Decimal {
  let sum = ZERO;
  for (const value of values) {
    // Most amounts of a month have the same number of places.
    sum = value.scale === sum.scale ? { units: sum.units + value.units, scale: sum.scale } : add(sum, value);
  }
  return sum;
}

function inputsOf(run: OrderRun, paid: readonly PaidOrder[], taken: readonly Taken[]) {
  const worth = settled(sumOf(paid.map((one) => one.thing.quantity)));
  return [
    { name: "orders", value: String(countOf(entriesOf(paid))) },
    ...(run.component.rate === undefined
      ? []
      : [{ name: "order_value", value: formatDecimal(worth), currency: run.plan.currency }]),
    ...(taken.length === 0 ? [] : [{ name: "refunded_orders", value: String(taken.length) }]),
  ];
}

/** What was paid before the most per order and their rounding, rate by rate: `1250.00 × 0.10`. */
function rateSteps(paid: readonly PaidOrder[], currency: string): WorkingStep[] {
  const { rates, others } = groupByRate(paid);
  const rows = rates.map(({ rate, orders }) => ({ rate, orders, value: sumOf(orders.map((one) => one.priced)) }));
  rows.sort((a, b) => compare(b.value, a.value) || (a.rate < b.rate ? -1 : 1));
  const shown = rows.slice(0, MOST_ROWS).map(({ rate, orders, value }): WorkingStep => {
    const quantity = formatDecimal(settled(sumOf(orders.map((one) => one.thing.quantity))));
    const values = { count: String(countOf(entriesOf(orders))), arithmetic: `${quantity} × ${rate}` };
    return { code: "orders_at_rate", values: { ...values, value: formatDecimal(settled(value)), currency } };
  });
  const rest = [...rows.slice(MOST_ROWS).flatMap((row) => row.orders), ...others];
  if (rest.length === 0) return shown;
  const value = formatDecimal(settled(sumOf(rest.map((one) => one.priced))));
  return [...shown, { code: "orders_more", values: { count: String(countOf(entriesOf(rest))), value, currency } }];
}

/** Orders that the most per order or their rounding changed. */
function limitSteps(paid: readonly PaidOrder[], currency: string): WorkingStep[] {
  const changed = paid.filter((one) => compare(one.priced, one.amount) !== 0);
  const shown = changed.slice(0, MOST_ROWS).map((one): WorkingStep => {
    const values = {
      order: one.thing.name,
      before: formatDecimal(settled(one.priced)),
      value: formatDecimal(one.amount),
    };
    return { code: "order_limited", values: { ...values, currency } };
  });
  const rest = changed.slice(MOST_ROWS);
  if (rest.length === 0) return shown;
  const difference = rest.reduce((sum, one) => add(sum, subtract(one.amount, one.priced)), ZERO);
  const values = { count: String(rest.length), value: formatDecimal(settled(difference)), currency };
  return [...shown, { code: "orders_limited_more", values }];
}

function leftOutStep(rule: OrderRule, orders: readonly Entry[], paid: readonly PaidOrder[]): WorkingStep[] {
  const counted = new Set(entriesOf(paid));
  const left = countOf(orders.filter((entry) => !counted.has(entry)));
  return left === 0 ? [] : [{ code: rule.leftOut, values: { count: String(left), held: "false" } }];
}

function refundSteps(taken: readonly Taken[], currency: string): WorkingStep[] {
  const shown = taken.slice(0, MOST_ROWS).map((one): WorkingStep => {
    const values = {
      order: one.order,
      paidOn: one.paidOn,
      value: formatDecimal(negate(settled(one.amount))),
      currency,
    };
    return {
      code: "order_refunded",
      values: one.arithmetic === null ? values : { ...values, arithmetic: one.arithmetic },
    };
  });
  const rest = taken.slice(MOST_ROWS);
  if (rest.length === 0) return shown;
  const value = formatDecimal(negate(settled(sumOf(rest.map((one) => one.amount)))));
  return [...shown, { code: "orders_refunded_more", values: { count: String(rest.length), value, currency } }];
}
