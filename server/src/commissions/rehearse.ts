import type { PlanDocument, PlanLanguage } from "@tributary/contract";
import { hashPlan } from "../plans/index.ts";
import { Exchange } from "./core/exchange.ts";
import { factsOfFile } from "./core/facts-of-file.ts";
import { planNames } from "./core/plan-names.ts";
import { tryConditions } from "./core/qualified.ts";
import { RateTable } from "./core/rates.ts";
import { renderSteps, stepAsText } from "./core/render-working.ts";
import { type Evaluation, evaluateFacts } from "./evaluate.ts";
import { readFactLines } from "./facts-file.ts";

/** What a component would ask of a customer before it pays. */
export interface RehearsedCondition {
  readonly component: string;
  /** null: not yet */
  readonly qualifiedOn: string | null;
  /** every condition, with what was found and what is asked */
  readonly steps: readonly string[];
}

export interface Rehearsed {
  /** null: there is no fact of any month yet */
  readonly evaluation: Evaluation | null;
  readonly conditions: readonly RehearsedCondition[];
}

/**
 * What a plan would pay for the life of one test customer, and which condition is missing: the program's own calculation over facts in memory.
 * Nothing is booked, and nothing of it is known anywhere else.
 * @param facts one JSON object per line, as for `evaluate`
 * @throws Refusal as `evaluate`
 */
export function rehearsePlan(
  plan: PlanDocument,
  facts: string,
  options: { readonly timeZone: string; readonly language: PlanLanguage },
): Rehearsed {
  const known = factsOfFile(readFactLines(facts), plan.currency, options.timeZone, planNames(plan));
  const [customer] = known.customers;
  if (customer === undefined || customer.entries.length === 0) return { evaluation: null, conditions: [] };
  const rates = new RateTable("ecb", [], []);
  const validity = { version: 1, validFrom: "0001-01-01", validTo: null, customers: "move" as const };
  const terms = { agreementVersionId: "test", ...validity, plan, planHash: hashPlan(plan) };
  const conditions = plan.components.flatMap((component): RehearsedCondition[] => {
    if (component.model !== "cpa" && component.model !== "cpl") return [];
    const tried = tryConditions(component, terms, customer, new Exchange(plan, rates, {}), known.partnerAttributes);
    const steps = renderSteps(tried.steps, plan.currency, options.language).map(stepAsText);
    return [{ component: component.code, qualifiedOn: tried.qualifiedOn, steps }];
  });
  return { evaluation: evaluateFacts(plan, known, rates, [], options), conditions };
}
