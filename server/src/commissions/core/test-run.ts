import { PlanDocument, type PlanInput } from "@tributary/contract";
import type { Month } from "../../kernel/period.ts";
import { type Evaluation, evaluate } from "../evaluate.ts";

/** A plan over some facts, for tables of tests: facts as the lines of a facts file, without quoting. */
export function evaluatePlan(
  plan: Omit<PlanInput, "language">,
  facts: readonly object[],
  options: { readonly month?: Month; readonly until?: Month; readonly timeZone?: string } = {},
): Evaluation {
  const document = PlanDocument.parse({ language: 1, ...plan });
  return evaluate(document, facts.map((fact) => JSON.stringify(fact)).join("\n"), options);
}

/** Earned by month: `["2026-03 120.00"]`. */
export function byMonth(evaluation: Evaluation): string[] {
  return evaluation.months.map((one) => `${one.month} ${one.amount}`);
}
