import type { BaseTerm, RecurringComponent, SaleComponent } from "@tributary/contract";
import { add, compare, type Decimal, decimal, multiply, negate, roundTo, ZERO } from "../../kernel/decimal.ts";
import { evaluateTerms } from "./bases.ts";
import type { ComponentRun, Price, Priced } from "./component-run.ts";
import { type Entry, inOrder } from "./entries.ts";
import { type ConversionLog, measuresOf } from "./exchange.ts";
import { type About, matches } from "./match.ts";
import { type Counted, weigh } from "./trades.ts";

export type OrderRun = ComponentRun<SaleComponent | RecurringComponent>;

/** Which orders count, how much of each, and what it is worth; asked of any order of a customer's life. */
export interface OrderRule {
  /** null: not at all. */
  share(entry: Entry): Counted | null;
  /** In the plan's currency. */
  worth(entry: Entry, log?: ConversionLog): Decimal;
  /** Why orders that do not count are left out: the code of the step that says how many. */
  readonly leftOut: string;
}

/** An order and what is paid for it, before refunds. */
export interface PaidOrder {
  readonly entry: Entry;
  readonly thing: Priced;
  /** As priced. */
  readonly priced: Decimal;
  /** After the most per order and the rounding of orders. */
  readonly amount: Decimal;
}

/** Orders that count with what the component pays for them today: its rate of what they are worth, or its amount for each. */
export function priceOrders(
  run: OrderRun,
  rule: OrderRule,
  orders: readonly Entry[],
  log?: ConversionLog,
): { readonly paid: readonly PaidOrder[]; readonly price: Price } {
  const { rate, amount } = run.component;
  const counted = orders.toSorted(inOrder).flatMap((entry) => {
    const quantity = quantityOf(run, rule, entry, log);
    return quantity === null ? [] : [{ entry, thing: thingOf(run, entry, quantity) }];
  });
  const price = run.price(
    rate ?? amount ?? "0",
    counted.map(({ thing }) => thing),
  );
  const paid = counted.map(({ entry, thing }, index) => {
    const priced = price.amounts[index] ?? ZERO;
    return { entry, thing, priced, amount: limitOrder(run, thing.about, entry, priced) };
  });
  return { paid, price };
}

/** What the rate or the amount is multiplied with; null: the order does not count. */
export function quantityOf(run: OrderRun, rule: OrderRule, entry: Entry, log?: ConversionLog): Decimal | null {
  const share = rule.share(entry);
  if (share === null) return null;
  return weigh(run.component.rate === undefined ? decimal(entry.count) : rule.worth(entry, log), share);
}

function thingOf(run: OrderRun, entry: Entry, quantity: Decimal): Priced {
  return { quantity, about: run.about(entry), day: entry.day, at: entry.at, name: orderName(entry) };
}

/** What people know an order by. */
export function orderName(entry: Entry): string {
  return entry.dimensions.order ?? entry.id ?? `${entry.customerId ?? ""} ${entry.day}`;
}

/** The most per order, then the rounding of orders. */
export function limitOrder(run: OrderRun, about: About, entry: Entry, amount: Decimal): Decimal {
  const { itemAtMost, itemRounding } = run.component;
  const most = itemAtMost === undefined ? undefined : multiply(decimal(itemAtMost), decimal(entry.count));
  const kept = most !== undefined && compare(amount, most) > 0 ? most : amount;
  if (itemRounding === undefined || !matches(about, itemRounding.only)) return kept;
  return roundTo(kept, itemRounding.places, itemRounding.mode);
}

/** Whether the component looks at an order of the customer's life at all, whenever it was. */
export function isOrder(run: OrderRun, entry: Entry): boolean {
  if (entry.type !== run.component.event) return false;
  return run.looksAt(entry);
}

/** What an order is worth by the terms of its basis. */
export function worthOf(run: OrderRun, entry: Entry, log?: ConversionLog): Decimal {
  const plain = plainTerms(run.component.basis);
  if (plain === null) return evaluateTerms(run.component.basis, [entry], run, { log }).value;
  return plain.reduce((sum, [sign, measure]) => {
    const value = run.exchange.of(entry, measure, log);
    return add(sum, sign === 1 ? value : negate(value));
  }, ZERO);
}

type PlainTerms = readonly (readonly [1 | -1, string])[] | null;
const PLAIN = new WeakMap<readonly BaseTerm[], { readonly terms: PlainTerms }>();

/** Terms that are nothing but measures are summed directly: most orders of the field are `sale`. */
function plainTerms(terms: readonly BaseTerm[]): PlainTerms {
  const known = PLAIN.get(terms);
  if (known !== undefined) return known.terms;
  const found: (readonly [1 | -1, string])[] = [];
  let plain = true;
  for (const term of terms) {
    const body = "add" in term ? term.add : term.deduct;
    if (typeof body !== "string") plain = false;
    else
      for (const [sign, name] of measuresOf(body))
        found.push(["add" in term ? sign : sign === 1 ? -1 : 1, name] as const);
  }
  const result = plain ? found : null;
  PLAIN.set(terms, { terms: result });
  return result;
}
