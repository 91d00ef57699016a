import type { TheoreticalComponent } from "@tributary/contract";
import { add, type Decimal, formatDecimal, multiply, ZERO } from "../../../kernel/decimal.ts";
import type { ComponentRun, ModelOf, Priced } from "../component-run.ts";
import type { Entry } from "../entries.ts";
import { labelOf, type PaidItem, periodDraft, stepsByRate } from "../paid-items.ts";
import { isTiered, lookUp } from "../tiers.ts";
import { numberOf, settled } from "../trades.ts";

function edgeOf(run: ComponentRun<TheoreticalComponent>, entry: Entry): Decimal | null {
  const { edge } = run.component;
  if (edge === "stated") return numberOf(entry, "edge") ?? null;
  const about = run.about(entry);
  return isTiered(edge) ? run.resolve(edge, about).value : lookUp(edge, about);
}

/** Turnover × house edge × rate × factors, by product or game. */
export const calculateTheoretical: ModelOf<"theoretical"> = (run) => {
  const { turnover, rate } = run.component;
  const log = run.log();
  let [facts, unknown] = [0, 0];
  let [played, expected] = [ZERO, ZERO];
  const things: Priced[] = [];
  for (const entry of run.entries()) {
    if (numberOf(entry, turnover) === undefined) continue;
    facts += entry.count;
    const about = run.about(entry);
    const part = edgeOf(run, entry);
    const amount = run.exchange.of(entry, turnover, log);
    if (part === null) {
      unknown += entry.count;
      continue;
    }
    const win = multiply(amount, part);
    played = add(played, amount);
    expected = add(expected, win);
    const name = entry.dimensions.game ?? entry.dimensions.product ?? entry.day;
    things.push({ quantity: win, about, day: entry.day, at: entry.at, name, moves: { [turnover]: amount } });
  }
  if (facts === 0) return { drafts: [], state: null };
  const price = run.price(rate, things);
  const items = things.map(
    (thing, index): PaidItem => ({ thing, label: labelOf(thing), amount: price.amounts[index] ?? ZERO }),
  );
  const total = settled(items.reduce((sum, one) => add(sum, one.amount), ZERO));
  const { currency } = run.plan;
  const steps = [
    { code: "theoretical_win", values: { value: formatDecimal(expected), currency } },
    ...(unknown === 0 ? [] : [{ code: "edge_unknown", values: { count: String(unknown), held: "false" } }]),
    ...price.steps,
    ...stepsByRate(items, "theoretical_paid", currency),
  ];
  const inputs = [{ name: turnover, value: formatDecimal(played), currency }];
  const paidRate = price.rate === null ? null : formatDecimal(price.rate);
  const working = { inputs, steps, conversions: log.rows(), rate: paidRate, tier: price.tier };
  return {
    drafts: periodDraft(run, total, working, items),
    state: null,
    figures: { turnover: played, theoretical: expected },
  };
};
