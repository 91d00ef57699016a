import type { PlanValue } from "@tributary/contract";
import { type Decimal, multiply } from "../../kernel/decimal.ts";
import { currency, parseCurrency } from "../../kernel/money.ts";
import type { Entry } from "./entries.ts";
import type { ConversionLog } from "./exchange.ts";
import { isTiered, lookUp } from "./tiers.ts";
import type { TradingComponent, TradingRun } from "./trade-collection.ts";
import { numberOf } from "./trades.ts";

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

/** Of the settings those that are worth something in the trade's currency; sizes of contracts and ticks are plain numbers. */
const AMOUNTS = new Set(["pip_value", "point_value"]);

/**
 * A setting of the plan for a trade (contract, tick, value of a pip): from the plan, else the trade's own number.
 * @param own the names under which a trade may carry it
 */
export function settingOf(
  run: TradingRun,
  value: PlanValue | undefined,
  entry: Entry,
  own: readonly string[],
  log: ConversionLog,
): Decimal | null {
  if (value !== undefined) {
    const about = run.about(entry);
    return isTiered(value) ? run.resolve(value, about).value : lookUp(value, about);
  }
  const name = own.find((one) => numberOf(entry, one) !== undefined);
  if (name === undefined) return null;
  return AMOUNTS.has(name) ? run.exchange.of(entry, name, log) : (numberOf(entry, name) ?? null);
}
