import type { PlanValue } from "@tributary/contract";
import { add, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import type { ComponentResult } from "./component-run.ts";
import { labelOf, periodDraft, stepsByRate } from "./paid-items.ts";
import {
  collectTrades,
  countSteps,
  inputsOf,
  type Measure,
  type TradingComponent,
  type TradingRun,
} from "./trade-collection.ts";
import { toPlan } from "./trade-currency.ts";
import { limitAndRound } from "./trade-limits.ts";
import { numberOf, settled } from "./trades.ts";

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
  const { currency } = run.plan;
  const found = collectTrades(run, measure, eventType, log);
  if (found.facts === 0) return { drafts: [], state: null };
  const price = run.price(value, found.things);
  const raw = found.things.map((thing, index) => {
    const amount = settled(price.amounts[index] ?? ZERO);
    return toPlan(run, thing.about.entry, amount, found.currencies[index], run.component.code, log);
  });
  const paid = limitAndRound(run.component, currency, found.things, raw, (entry, name) =>
    numberOf(entry, name) === undefined ? undefined : run.exchange.of(entry, name),
  );
  const total = settled(paid.items.reduce((sum, one) => add(sum, one.amount), ZERO));
  const before = found.things.map((thing, index) => ({ thing, label: labelOf(thing), amount: raw[index] ?? ZERO }));
  const working = {
    inputs: inputsOf(found, currency),
    steps: [
      ...countSteps(found, currency),
      ...price.steps,
      ...stepsByRate(before, "trades_paid", currency),
      ...paid.steps,
    ],
    conversions: log.rows(),
    rate: price.rate === null ? null : formatDecimal(price.rate),
    tier: price.tier,
  };
  const figures = Object.fromEntries([...found.sums].map(([name, sum]) => [name, settled(sum)]));
  return { drafts: periodDraft(run, total, working, paid.items), state: null, figures };
}
