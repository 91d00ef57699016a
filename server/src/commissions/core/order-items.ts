import type { BaseTerm, RecurringComponent, SaleComponent } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  multiply,
  negate,
  roundTo,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
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
  const byWorth = goesByWorth(run.component);
  const counted = orders.toSorted(inOrder).flatMap((entry) => {
    const quantity = quantityOf(run, rule, entry, log);
    if (quantity === null) return [];
    const thing = thingOf(run, entry, quantity);
    if (!byWorth) return [{ entry, thing }];
    return [{ entry, thing: { ...thing, about: { ...thing.about, worth: rule.worth(entry) } } }];
  });
  const price = run.price(
    rate ?? amount ?? "0",
    counted.map(({ thing }) => thing),
  );
  const room: Room = new Map();
  const paid = counted.map(({ entry, thing }, index) => {
    const priced = price.amounts[index] ?? ZERO;
    return { entry, thing, priced, amount: limitOrder(run, thing.about, entry, priced, room) };
  });
  return { paid, price };
}

const BY_WORTH = new WeakMap<object, boolean>();

/** Whether bands go by what an order is worth. */
function goesByWorth(component: OrderRun["component"]): boolean {
  const known = BY_WORTH.get(component) ?? JSON.stringify(component).includes('"item":"worth"');
  BY_WORTH.set(component, known);
  return known;
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

/** Lines of a customer with one order number are one order; a line without a number is one by itself. */
export function orderKey(entry: Entry): string | null {
  const { order } = entry.dimensions;
  return order === undefined ? null : `${entry.customerId ?? ""}|${order}`;
}

/** What the most per order still leaves of an order, line by line. */
type Room = Map<string, Decimal>;

/** The most per order, then the rounding of orders. @param room of orders of several lines; without it the line is looked at by itself */
export function limitOrder(run: OrderRun, about: About, entry: Entry, amount: Decimal, room?: Room): Decimal {
  const { itemAtMost, itemRounding } = run.component;
  const key = itemAtMost === undefined || room === undefined ? null : orderKey(entry);
  const whole = itemAtMost === undefined ? undefined : multiply(decimal(itemAtMost), decimal(entry.count));
  const most = key === null ? whole : (room?.get(key) ?? whole);
  const limited = most !== undefined && compare(amount, most) > 0 ? most : amount;
  const isRounded = itemRounding !== undefined && matches(about, itemRounding.only);
  const kept = isRounded ? roundTo(limited, itemRounding.places, itemRounding.mode) : limited;
  if (key !== null && most !== undefined) room?.set(key, larger(subtract(most, kept), ZERO));
  return kept;
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) > 0 ? a : b;
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
