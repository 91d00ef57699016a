import type { SpreadShareComponent } from "@tributary/contract";
import { add, compare, type Decimal, decimal, multiply, subtract, ZERO } from "../../../kernel/decimal.ts";
import type { ComponentRun, ModelOf } from "../component-run.ts";
import type { Entry } from "../entries.ts";
import type { ConversionLog } from "../exchange.ts";
import { currenciesOf, currencyFor, settingOf, toPlan } from "../trade-currency.ts";
import { payTrades } from "../trade-payment.ts";
import { absolute, type Counted, type LeftOut, lesser, numberOf, WHOLE, weigh } from "../trades.ts";

type Run = ComponentRun<SpreadShareComponent>;

/** What the spread of a trade comes to in the plan's currency, and the number that the usual spread is compared with. */
interface Spread {
  readonly amount: Decimal;
  readonly current: Decimal;
}

/** Rate × spread of the trade, after damping and the most that is shared. */
export const calculateSpreadShare: ModelOf<"spread_share"> = (run) =>
  payTrades(run, run.component.rate, (entry, counted, log) => {
    const spread = spreadOf(run, entry, log);
    if ("reason" in spread) return spread;
    const most = mostShared(run, entry, spread);
    if ("reason" in most) return most;
    const part = lesser(damped(run, entry, spread.current, log), most);
    const shared = { share: multiply(part.share, counted.share), over: multiply(part.over, counted.over) };
    const quantity = weigh(spread.amount, shared);
    return { quantity, moves: { spread: quantity }, unlimited: weigh(spread.amount, counted) };
  });

function spreadOf(run: Run, entry: Entry, log: ConversionLog): Spread | LeftOut {
  const { spread } = run.component;
  const lots = numberOf(entry, "lots");
  if (spread.from === "measure") {
    if (numberOf(entry, spread.measure) === undefined) return { reason: "amount_unknown", asked: spread.measure };
    const amount = run.exchange.of(entry, spread.measure, log);
    if (!spread.perLot) return { amount, current: amount };
    return lots === undefined ? { reason: "lots_unknown" } : { amount: multiply(amount, lots), current: amount };
  }
  if (lots === undefined) return { reason: "lots_unknown" };
  if (spread.from === "prices") return fromPrices(run, entry, lots, spread, log);
  const points = numberOf(entry, "spread_points");
  if (points === undefined) return { reason: "spread_points_unknown" };
  const value = settingOf(run, spread.pointValue, entry, ["point_value"], log);
  if (value === null) return { reason: "point_value_unknown" };
  const wide = notNegative(points);
  return { amount: multiply(multiply(wide, value), lots), current: wide };
}

function fromPrices(
  run: Run,
  entry: Entry,
  lots: Decimal,
  spread: Extract<SpreadShareComponent["spread"], { from: "prices" }>,
  log: ConversionLog,
): Spread | LeftOut {
  const contract = settingOf(run, spread.contract, entry, ["contract", "contract_size"], log);
  if (contract === null) return { reason: "contract_unknown" };
  const open = spread.at === "close" ? null : difference(entry, "open");
  const close = spread.at === "open" ? null : difference(entry, "close");
  if (open === undefined || close === undefined) return { reason: "prices_unknown" };
  const wide = open === null || close === null ? (open ?? close ?? ZERO) : multiply(add(open, close), decimal("0.5"));
  const amount = multiply(multiply(wide, contract), lots);
  const code = currencyFor(run, entry, currenciesOf(entry).quote);
  return { amount: toPlan(run, entry, amount, code, "spread", log), current: wide };
}

/** Ask less bid at one end of the trade, never below zero; undefined: the trade does not say. */
function difference(entry: Entry, end: "open" | "close"): Decimal | undefined {
  const ask = numberOf(entry, `${end}_ask`) ?? numberOf(entry, "ask");
  const bid = numberOf(entry, `${end}_bid`) ?? numberOf(entry, "bid");
  return ask === undefined || bid === undefined ? undefined : notNegative(subtract(ask, bid));
}

function notNegative(value: Decimal): Decimal {
  return value.units < 0n ? ZERO : value;
}

/** Usual over current spread, when the current one is the wider. Only amounts have a currency: prices and points are plain numbers. */
function damped(run: Run, entry: Entry, current: Decimal, log: ConversionLog): Counted {
  const average = numberOf(entry, "average_spread", "average_spread_points");
  if (run.component.damping === undefined || average === undefined) return WHOLE;
  const stated = numberOf(entry, "current_spread", "current_spread_points");
  const isAmount = stated === undefined && run.component.spread.from === "measure";
  const usual = notNegative(isAmount ? run.exchange.of(entry, "average_spread", log) : average);
  const now = absolute(stated ?? current);
  return compare(now, usual) > 0 ? { share: usual, over: now } : WHOLE;
}

/** The part of the spread that lies under the plan's limits. */
function mostShared(run: Run, entry: Entry, { amount, current }: Spread): Counted | LeftOut {
  const { mostPoints, mostPerLot, spread } = run.component;
  let part = WHOLE;
  if (mostPoints !== undefined) {
    const points = numberOf(entry, "spread_points");
    // Prices say it as well, where the trade tells how large a point is.
    const tick = spread.from === "prices" ? numberOf(entry, "tick", "tick_size") : undefined;
    if (points === undefined && tick === undefined) return { reason: "spread_points_unknown", asked: mostPoints };
    const most = points === undefined ? multiply(decimal(mostPoints), tick ?? ZERO) : decimal(mostPoints);
    const wide = points ?? current;
    if (compare(wide, most) > 0) part = { share: most, over: wide };
  }
  if (mostPerLot !== undefined) {
    const lots = numberOf(entry, "lots");
    if (lots === undefined) return { reason: "lots_unknown" };
    const most = multiply(decimal(mostPerLot), absolute(lots));
    if (compare(absolute(amount), most) > 0) part = lesser(part, { share: most, over: absolute(amount) });
  }
  return part;
}
