import type { Component, PlanValue, WorkingInput, WorkingStep } from "@tributary/contract";
import { add, type Decimal, decimal, formatDecimal, multiply, roundTo, ZERO } from "../../kernel/decimal.ts";
import { currency, parseCurrency } from "../../kernel/money.ts";
import type { ComponentResult, ComponentRun, Priced } from "./component-run.ts";
import { type Entry, inOrder } from "./entries.ts";
import type { ConversionLog } from "./exchange.ts";
import { matches } from "./match.ts";
import { labelOf, type PaidItem, periodDraft, stepsByRate } from "./paid-items.ts";
import { isTiered, lookUp } from "./tiers.ts";
import { type Counted, countTrade, type LeftOut, numberOf, settled, WHOLE, weigh, within } from "./trades.ts";

export type TradingComponent = Extract<Component, { sides: unknown }>;
type TradingRun<C extends TradingComponent = TradingComponent> = ComponentRun<C>;

/** What one trade is worth to a model: how much there is to be multiplied with the plan's value. */
export interface Measured {
  readonly quantity: Decimal;
  /** The amount comes out in this currency and is converted afterwards; the plan's when left out. */
  readonly currency?: string;
  /** By how much it moves metrics through which tiers glide. */
  readonly moves?: Readonly<Record<string, Decimal>>;
}

export type Measure = (entry: Entry, counted: Counted, log: ConversionLog) => Measured | LeftOut;

interface Collected {
  readonly things: Priced[];
  readonly currencies: (string | undefined)[];
  readonly left: Map<string, { readonly why: LeftOut; count: number; lots: Decimal }>;
  lots: Decimal;
  counted: number;
  reduced: number;
  facts: number;
}

/**
 * Pays for the trades of the month: filter and sides, the model's own quantity, the plan's value, conversion, the most per trade, rounding per
 * trade, the sum. One line for the month, in the plan's currency, unrounded unless the plan rounds per trade.
 * @param value of one unit of the model's quantity
 */
export function payTrades<C extends TradingComponent>(
  run: TradingRun<C>,
  value: PlanValue,
  measure: Measure,
  eventType = "trade",
): ComponentResult {
  const log = run.log();
  const found = collect(run, measure, eventType, log);
  if (found.facts === 0) return { drafts: [], state: null };
  const price = run.price(value, found.things);
  const raw = found.things.map((thing, index) => {
    const amount = settled(price.amounts[index] ?? ZERO);
    return toPlan(run, thing.about.entry, amount, found.currencies[index], run.component.code, log);
  });
  const paid = limitAndRound(run.component, found.things, raw);
  const total = settled(paid.items.reduce((sum, one) => add(sum, one.amount), ZERO));
  const before = found.things.map((thing, index) => ({ thing, label: labelOf(thing), amount: raw[index] ?? ZERO }));
  const working = {
    inputs: inputsOf(found),
    steps: [
      ...countSteps(found),
      ...price.steps,
      ...stepsByRate(before, "trades_paid", run.plan.currency),
      ...paid.steps(run.plan.currency),
    ],
    conversions: log.rows(),
    rate: price.rate === null ? null : formatDecimal(price.rate),
    tier: price.tier,
  };
  return { drafts: periodDraft(run, total, working, paid.items), state: null, figures: { lots: settled(found.lots) } };
}

function collect<C extends TradingComponent>(
  run: TradingRun<C>,
  measure: Measure,
  type: string,
  log: ConversionLog,
): Collected {
  const found: Collected = {
    things: [],
    currencies: [],
    left: new Map(),
    lots: ZERO,
    counted: 0,
    reduced: 0,
    facts: 0,
  };
  for (const entry of inTheirOrder(run)) {
    if (entry.type !== type) continue;
    found.facts += entry.count;
    const counted = countTrade(entry, run.component.trades, run.component.sides);
    const measured = "reason" in counted ? counted : measure(entry, counted, log);
    if ("reason" in counted || "reason" in measured) {
      leaveOut(found, entry, "reason" in counted ? counted : (measured as LeftOut));
      continue;
    }
    found.counted += entry.count;
    if (counted !== WHOLE) found.reduced += entry.count;
    const lots = weigh(numberOf(entry, "lots") ?? ZERO, counted);
    found.lots = add(found.lots, lots);
    found.currencies.push(measured.currency);
    found.things.push({
      quantity: measured.quantity,
      about: run.about(entry),
      day: entry.day,
      at: entry.at,
      name: nameOf(entry),
      moves: { lots, ...measured.moves },
    });
  }
  return found;
}

/** Trades in the order in which they happened, where what came before decides: in tiers that they move through, and under limits. */
function inTheirOrder(run: TradingRun): readonly Entry[] {
  const text = JSON.stringify(run.component);
  return text.includes('"bands"') ? run.entries().toSorted(inOrder) : run.entries();
}

function leaveOut(found: Collected, entry: Entry, why: LeftOut): void {
  const before = found.left.get(why.reason) ?? { why, count: 0, lots: ZERO };
  before.count += entry.count;
  before.lots = add(before.lots, numberOf(entry, "lots") ?? ZERO);
  found.left.set(why.reason, before);
}

function nameOf(entry: Entry): string {
  const { order, position, symbol } = entry.dimensions;
  return order ?? position ?? entry.id ?? symbol ?? entry.day;
}

interface Paid {
  readonly items: readonly PaidItem[];
  readonly steps: (currency: string) => WorkingStep[];
}

/** The most per trade first, then the rounding per trade. */
function limitAndRound(component: TradingComponent, things: readonly Priced[], amounts: readonly Decimal[]): Paid {
  const { itemAtMost, itemRounding } = component;
  const limit = itemAtMost === undefined ? undefined : decimal(itemAtMost);
  let [limited, rounded] = [0, 0];
  let afterLimit = ZERO;
  let afterRounding = ZERO;
  const items = things.map((thing, index): PaidItem => {
    const amount = amounts[index] ?? ZERO;
    const count = thing.about.entry?.count ?? 1;
    const most = limit === undefined ? undefined : multiply(limit, decimal(count));
    const kept = most === undefined ? amount : within(amount, most);
    if (kept !== amount) limited += count;
    afterLimit = add(afterLimit, kept);
    const rounds = itemRounding !== undefined && matches(thing.about, itemRounding.only);
    const near = rounds ? roundTo(kept, itemRounding.places, itemRounding.mode) : kept;
    const final = most === undefined ? near : within(near, most);
    if (rounds) rounded += count;
    afterRounding = add(afterRounding, final);
    return { thing, label: "", amount: final };
  });
  const steps = (code: string): WorkingStep[] => [
    ...(limited === 0
      ? []
      : [
          {
            code: "trades_at_most",
            values: {
              count: String(limited),
              limit: itemAtMost ?? "",
              value: formatDecimal(settled(afterLimit)),
              currency: code,
            },
          },
        ]),
    ...(rounded === 0
      ? []
      : [
          {
            code: "trades_rounded",
            values: {
              count: String(rounded),
              places: String(itemRounding?.places),
              value: formatDecimal(afterRounding),
              currency: code,
            },
          },
        ]),
  ];
  return { items, steps };
}

function inputsOf(found: Collected): WorkingInput[] {
  return found.lots.units === 0n ? [] : [{ name: "lots", value: formatDecimal(settled(found.lots)) }];
}

function countSteps(found: Collected): WorkingStep[] {
  const lots = (value: Decimal) => ({ value: formatDecimal(settled(value)), unit: "lots" });
  const counted = { code: "trades_counted", values: { count: String(found.counted), ...lots(found.lots) } };
  const reduced = { code: "trades_in_part", values: { count: String(found.reduced) } };
  const left = [...found.left.values()].map(({ why, count, lots: volume }) => ({
    code: `left_out_${why.reason}`,
    values: {
      count: String(count),
      ...(why.asked === undefined ? {} : { asked: why.asked }),
      ...lots(volume),
      held: "false",
    },
  }));
  return [counted, ...(found.reduced === 0 ? [] : [reduced]), ...left];
}

/**
 * An amount that a trade has in a currency of its own, at the rate that it states itself or else by the plan's rule.
 * @param code {@link OWN_RATE}: in whatever currency the trade's own rate is for; undefined: in the plan's already
 */
export function toPlan(
  run: TradingRun,
  entry: Entry | undefined,
  value: Decimal,
  code: string | undefined,
  name: string,
  log: ConversionLog,
): Decimal {
  if (entry === undefined || code === undefined) return value;
  const stated = ownRate(run.component, entry);
  if (stated !== undefined) return multiply(value, stated);
  return run.exchange.convert(value, currency(code), entry.day, name, log);
}

/** Stands for the currency of a trade that says its rate but not its currency. */
export const OWN_RATE = "own rate";

/** The currency that an amount of a trade is in, as far as anybody says; a rate of its own is enough. */
export function currencyFor(run: TradingRun, entry: Entry, code: string | undefined): string | undefined {
  return ownRate(run.component, entry) === undefined ? code : (code ?? OWN_RATE);
}

function ownRate(component: TradingComponent, entry: Entry): Decimal | undefined {
  return "tradeRate" in component && component.tradeRate !== undefined
    ? numberOf(entry, component.tradeRate)
    : undefined;
}

/**
 * Base and quote currency of a trade: as it says itself, else of a symbol of two codes like EURUSD, EURUSD.c, EUR/USD. The first need not be a
 * currency (XAUUSD, BTCUSD): then there is only a quote.
 */
export function currenciesOf(entry: Entry): { readonly base: string | undefined; readonly quote: string | undefined } {
  const { base_currency: base, quote_currency: quote, symbol } = entry.dimensions;
  const pair = /^([A-Z]{3})[/_-]?([A-Z]{3})(?![A-Za-z0-9])/.exec(symbol ?? "");
  const second = parseCurrency(pair?.[2] ?? "");
  const first = second === undefined ? undefined : parseCurrency(pair?.[1] ?? "");
  return { base: base ?? first, quote: quote ?? second };
}

/** A plain setting of the plan for a trade (contract, tick, value of a pip): from the plan, else the trade's own number. */
export function settingOf(
  run: TradingRun,
  value: PlanValue | undefined,
  entry: Entry,
  own: string,
  log: ConversionLog,
): Decimal | null {
  if (value !== undefined) {
    const about = run.about(entry);
    return isTiered(value) ? run.resolve(value, about).value : lookUp(value, about);
  }
  return entry.quantities[own] === undefined && entry.measures[own] === undefined
    ? null
    : run.exchange.of(entry, own, log);
}
