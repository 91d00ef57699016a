import { evaluatePlan } from "../test-run.ts";

export const MONTH = "2026-03-01";
export type Plan = Parameters<typeof evaluatePlan>[0];
type Component = Plan["components"][number];
export type Pays = Extract<Component, { model: "sub_partner" }>["pays"];
export type Fact = Record<string, unknown>;

/** A plan with one component that earns on sub-partners. */
export function plan(pays: Pays, more: Partial<Extract<Component, { model: "sub_partner" }>> = {}): Plan {
  return { currency: "USD", components: [{ code: "network", model: "sub_partner", pays, ...more }] };
}

/** What the lines came to: `sub 30.00`, own customers under the month's name. */
export function lines(of: Plan, facts: readonly Fact[], component = "network"): string[] {
  return evaluatePlan(of, facts, { month: MONTH })
    .lines.filter((line) => line.component === component)
    .map((line) => `${line.subject} ${line.amount}`);
}

export const sub = (partner: string, parent = "self", more: Fact = {}): Fact => ({ partner, parent, ...more });
export const earned = (partner: string, amount: string, more: Fact = {}): Fact => ({
  partner,
  earned: amount,
  month: "2026-03",
  component: "share",
  model: "revenue_share",
  ...more,
});
export const trade = (partner: string, numbers: Fact, more: Fact = {}): Fact => ({
  type: "trade",
  customer: `customer of ${partner}`,
  ...(partner === "self" ? {} : { partner }),
  on: "2026-03-10",
  currency: "USD",
  ...numbers,
  ...more,
});
