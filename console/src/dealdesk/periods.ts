import type { DealMeasures, DealPlanResult, DealResult } from "@tributary/contract";

/** What is looked at: the months that were, or a scenario of those to come. */
export type Period = "history" | "base" | "optimistic" | "worst";

export function periodsOf(deal: DealResult): Period[] {
  const [first] = deal.plans.filter((one) => one.history !== null || one.forecast.length > 0);
  const scenarios = first?.forecast.map((one) => one.scenario) ?? [];
  return [...scenarios, ...(deal.history === null ? [] : (["history"] as const))];
}

export function measuresOf(plan: DealPlanResult, period: Period): DealMeasures | null {
  if (period === "history") return plan.history;
  return plan.forecast.find((one) => one.scenario === period)?.measures ?? null;
}
