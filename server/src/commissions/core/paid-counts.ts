import type { PlanValue, WorkingInput, WorkingStep } from "@tributary/contract";
import { add, type Decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import type { ComponentResult, ComponentRun, Priced } from "./component-run.ts";
import { labelOf, type PaidItem, periodDraft, stepsByRate } from "./paid-items.ts";
import { settled } from "./trades.ts";

/**
 * One line for things that are counted (clicks, impressions, events): quantity × value of each, summed, unrounded.
 * @param taken things that are not earned any more, in the order of `things`
 */
export function payCounts(
  run: Pick<ComponentRun, "component" | "plan" | "month" | "last" | "price">,
  value: PlanValue,
  things: readonly Priced[],
  said: { readonly code: string; readonly inputs: readonly WorkingInput[]; readonly steps: readonly WorkingStep[] },
  taken: readonly boolean[] = [],
): ComponentResult {
  const price = run.price(value, things);
  const items = things.flatMap((thing, index): PaidItem[] =>
    taken[index] === true ? [] : [{ thing, label: labelOf(thing), amount: price.amounts[index] ?? ZERO }],
  );
  const total = settled(items.reduce((sum, one) => add(sum, one.amount), ZERO));
  const working = {
    inputs: said.inputs,
    steps: [...said.steps, ...price.steps, ...stepsByRate(items, said.code, run.plan.currency)],
    conversions: [],
    rate: price.rate === null ? null : formatDecimal(price.rate),
    tier: price.tier,
  };
  // What was taken back keeps its place in a cap.
  const gone = things.flatMap((thing, index): PaidItem[] =>
    taken[index] === true
      ? [{ thing, label: labelOf(thing), amount: ZERO, takenBack: price.amounts[index] ?? ZERO }]
      : [],
  );
  const counted = run.component.caps === undefined ? items : [...items, ...gone];
  return { drafts: periodDraft(run, total, working, counted), state: null };
}

/** Sum of the quantities of things. */
export function quantityOf(things: readonly Priced[]): Decimal {
  return settled(things.reduce((sum, one) => add(sum, one.quantity), ZERO));
}
