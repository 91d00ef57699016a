import type { CpaComponent, Working, WorkingStep } from "@tributary/contract";
import { decimal } from "../../../kernel/decimal.ts";
import { addDays, type Day } from "../../../kernel/period.ts";
import type { CustomerFacts, DayAmount } from "../facts.ts";
import { type Qualified, qualify, type Tried } from "../qualify.ts";
import type { RateTable } from "../rates.ts";
import { heldUntil, roundLine, type Terms } from "../terms.ts";

export interface CpaResult {
  readonly qualifiedOn: Day;
  readonly minor: bigint;
  readonly heldUntil: Day | null;
  readonly working: Working;
}

/**
 * A fixed amount for a customer that qualifies. A customer who does not gives null; {@link tryConditions} says why.
 * Amount = the component's amount, or nothing when a chargeback or refund of the plan's kind took it back.
 */
export function calculateCpa(
  component: CpaComponent,
  terms: Terms,
  customer: CustomerFacts,
  rates: RateTable,
): CpaResult | null {
  const { plan } = terms;
  const result = qualify({ plan, rates, window: component.window, customer }, component.qualification);
  if (result.metOn === null) return null;
  const reversal = takenBack(component, customer, result.metOn);
  const rounded = roundLine(plan, decimal(reversal === null ? component.amount : "0"));
  const until = heldUntil(component.hold, result.metOn);
  return {
    qualifiedOn: result.metOn,
    minor: rounded.minor,
    heldUntil: until,
    working: {
      model: "cpa",
      component: component.code,
      ...(component.clause === undefined ? {} : { clause: component.clause }),
      terms: { agreementVersionId: terms.agreementVersionId, version: terms.version, planHash: terms.planHash },
      inputs: inputsOf(customer),
      conversions: result.tried.flatMap((one) => one.conversions),
      steps: [...stepsOf(result, result.metOn), ...amountSteps(component, plan.currency, reversal)],
      rate: null,
      tier: null,
      rounding: rounded.working,
      hold: { days: component.hold.days, from: component.hold.from, until },
      carry: null,
      alternatives: alternativesOf(result),
    },
  };
}

/** Every condition as it was tried on a customer, met or missed, with what was there and what was asked. */
export function tryConditions(
  component: CpaComponent,
  terms: Terms,
  customer: CustomerFacts,
  rates: RateTable,
): { readonly qualifiedOn: Day | null; readonly steps: readonly WorkingStep[] } {
  const result = qualify({ plan: terms.plan, rates, window: component.window, customer }, component.qualification);
  return { qualifiedOn: result.metOn, steps: result.tried.map((one) => (one.metOn === null ? missed(one) : met(one))) };
}

interface Reversal {
  readonly kind: "chargeback" | "refund";
  readonly day: Day;
}

function takenBack(component: CpaComponent, customer: CustomerFacts, qualifiedOn: Day): Reversal | null {
  const { clawback } = component;
  if (clawback === "none") return null;
  const until = clawback.within === "ever" ? null : addDays(qualifiedOn, clawback.within.days);
  const found = clawback.on
    .flatMap((kind) => reversalsOf(kind, customer).map((one) => ({ kind, day: one.day })))
    .filter((one) => until === null || one.day <= until)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return found[0] ?? null;
}

function reversalsOf(kind: Reversal["kind"], customer: CustomerFacts): readonly DayAmount[] {
  return (kind === "chargeback" ? customer.chargebacks : customer.refunds).filter((one) => one.minor !== 0n);
}

function inputsOf(customer: CustomerFacts): Working["inputs"] {
  const days = [
    ["registration", customer.registeredOn],
    ["kyc_passed", customer.kycOn],
    ["first_deposit", customer.firstDeposit?.day ?? null],
  ] as const;
  return days.flatMap(([name, day]) => (day === null ? [] : [{ name, value: "1", day }]));
}

function stepsOf(result: Qualified, qualifiedOn: Day): WorkingStep[] {
  return [
    ...result.tried.filter((one) => one.metOn !== null).map(met),
    { code: "qualified", values: { day: qualifiedOn } },
  ];
}

function amountSteps(component: CpaComponent, currency: string, reversal: Reversal | null): WorkingStep[] {
  if (reversal === null) return [{ code: "amount", values: { amount: component.amount, currency } }];
  return [
    { code: "amount", values: { amount: component.amount, currency } },
    { code: "clawed_back", values: { kind: reversal.kind, day: reversal.day } },
  ];
}

/** Conditions that did not decide, because another branch of the tree did. */
function alternativesOf(result: Qualified): Working["alternatives"] {
  return result.tried
    .filter((one) => one.metOn === null)
    .map((one) => ({ rule: one.path, reason: one.missed ?? "not_reached", values: missed(one).values }));
}

function met(one: Tried): WorkingStep {
  return { code: "condition_met", values: { ...valuesOf(one), day: one.metOn ?? "" } };
}

function missed(one: Tried): WorkingStep {
  return { code: "condition_missed", values: { ...valuesOf(one), reason: one.missed ?? "" } };
}

function valuesOf(one: Tried): Record<string, string> {
  const condition = "milestone" in one.condition ? one.condition.milestone : one.condition.metric;
  return {
    path: one.path,
    condition,
    found: one.found,
    asked: one.asked,
    ...(one.until === null ? {} : { until: one.until }),
  };
}
