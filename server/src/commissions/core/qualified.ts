import type { CpaComponent, CplComponent, WorkingInput, WorkingStep } from "@tributary/contract";
import { formatDecimal } from "../../kernel/decimal.ts";
import type { Qualified } from "./component-run.ts";
import type { Customer } from "./entries.ts";
import type { Exchange } from "./exchange.ts";
import { firstDepositOf } from "./first-deposit.ts";
import { dayOfMeeting, milestoneOf, type Question, qualify, type Tried } from "./qualify.ts";
import type { Terms } from "./terms.ts";

/** A customer's qualification for a component under some terms, as of all facts known; null: not (yet). */
export function qualifiedFor(
  component: CpaComponent | CplComponent,
  terms: Terms,
  customer: Customer,
  exchange: Exchange,
  partner: Readonly<Record<string, string>>,
): Qualified | null {
  const question: Question = { plan: terms.plan, exchange, window: component.window, customer, partner };
  const result = qualify(question, component.qualification);
  if (result.met === null) return null;
  const met = dayOfMeeting(result.met, customer);
  const paid = component.paidIn === "qualification" ? met : (milestoneOf(question, component.paidIn) ?? met);
  return {
    customer,
    on: paid.day,
    at: paid.at,
    met: met.day,
    steps: [
      ...result.tried.filter((one) => one.met !== null).map(stepOf),
      { code: "qualified", values: { day: met.day } },
    ],
    conversions: result.tried.flatMap((one) => one.conversions),
    inputs: inputsOf(question),
    alternatives: result.tried
      .filter((one) => one.met === null)
      .map((one) => ({ rule: one.path, reason: one.missed ?? "not_reached", values: valuesOf(one) })),
  };
}

/** Every condition as it was tried on a customer, met or missed, with what was there and what was asked. */
export function tryConditions(
  component: CpaComponent | CplComponent,
  terms: Terms,
  customer: Customer,
  exchange: Exchange,
  partner: Readonly<Record<string, string>>,
): { readonly qualifiedOn: string | null; readonly steps: readonly WorkingStep[] } {
  const question: Question = { plan: terms.plan, exchange, window: component.window, customer, partner };
  const result = qualify(question, component.qualification);
  return {
    qualifiedOn: result.met === null ? null : dayOfMeeting(result.met, customer).day,
    steps: result.tried.map(stepOf),
  };
}

export function stepOf(tried: Tried): WorkingStep {
  if (tried.met === null)
    return { code: "condition_missed", values: { ...valuesOf(tried), reason: tried.missed ?? "not_reached" } };
  return { code: "condition_met", values: { ...valuesOf(tried), day: tried.met.day } };
}

function valuesOf(tried: Tried): Record<string, string> {
  return {
    condition: nameOf(tried),
    found: tried.found,
    asked: tried.asked,
    ...(tried.until === null ? {} : { until: tried.until }),
  };
}

function nameOf({ condition }: Tried): string {
  if ("milestone" in condition) return condition.milestone;
  if ("attribute" in condition) return condition.attribute;
  return "metric" in condition ? condition.metric : condition.count;
}

function inputsOf(question: Question): WorkingInput[] {
  const { customer, plan, exchange } = question;
  const inputs: WorkingInput[] = [];
  for (const name of ["registration", "kyc_passed"]) {
    const reached = customer.milestones[name];
    if (reached !== undefined) inputs.push({ name, value: "1", day: reached.day });
  }
  const first = firstDepositOf(plan, customer, exchange);
  if (first !== null) {
    inputs.push({ name: "first_deposit", value: "1", day: first.day });
    inputs.push({ name: "first_deposit", value: formatDecimal(first.value), currency: plan.currency });
  }
  return inputs;
}
