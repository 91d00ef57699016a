import type { BaseTerm, RevenueShareComponent, Working, WorkingConversion, WorkingStep } from "@tributary/contract";
import { add, type Decimal, decimal, formatDecimal, multiply, negate, ZERO } from "../../../kernel/decimal.ts";
import { type Day, lastDay, type Month } from "../../../kernel/period.ts";
import { inPlanCurrency } from "../conversion.ts";
import type { Total } from "../facts.ts";
import type { RateTable } from "../rates.ts";
import { heldUntil, roundLine, type Terms } from "../terms.ts";

export interface RevenueShareResult {
  readonly minor: bigint;
  readonly heldUntil: Day | null;
  /** Base carried into the next month, never above zero. */
  readonly carryOut: Decimal;
  readonly working: Working;
}

interface Measured {
  readonly sums: readonly Decimal[];
  readonly conversions: readonly WorkingConversion[];
  readonly facts: number;
}

/**
 * A share of a declared base in one month: amount = max(0, base + carry in) × rate, rounded once.
 * Null when the month has no fact of the base: nothing is earned then and the carry passes through.
 * @param totals of the month, of the customers and days that these terms apply to
 */
export function calculateRevenueShare(
  component: RevenueShareComponent,
  terms: Terms,
  month: Month,
  totals: readonly Total[],
  carryIn: Decimal,
  rates: RateTable,
): RevenueShareResult | null {
  const measured = measure(component, terms, totals, rates);
  if (measured.facts === 0) return null;
  const base = component.base.terms.reduce(
    (sum, term, index) => add(sum, signed(term, measured.sums[index] ?? ZERO)),
    ZERO,
  );
  const brought = component.carryover.mode === "full" ? carryIn : ZERO;
  const after = add(base, brought);
  const negative = after.units < 0n;
  const carryOut = negative && component.carryover.mode === "full" ? after : ZERO;
  const rounded = roundLine(terms.plan, negative ? ZERO : multiply(after, decimal(component.rate)));
  const until = heldUntil(component.hold, lastDay(month));
  return {
    minor: rounded.minor,
    heldUntil: until,
    carryOut,
    working: {
      model: "revenue_share",
      component: component.code,
      ...(component.clause === undefined ? {} : { clause: component.clause }),
      terms: { agreementVersionId: terms.agreementVersionId, version: terms.version, planHash: terms.planHash },
      inputs: inputsOf(component, terms.plan.currency, measured),
      conversions: [...measured.conversions],
      steps: stepsOf(component, terms.plan.currency, measured, base, brought, after),
      rate: component.rate,
      tier: null,
      rounding: rounded.working,
      hold: { days: component.hold.days, from: component.hold.from, until },
      carry:
        component.carryover.mode === "none"
          ? null
          : { in: formatDecimal(brought), out: formatDecimal(carryOut), currency: terms.plan.currency },
      alternatives: [],
    },
  };
}

function measure(component: RevenueShareComponent, terms: Terms, totals: readonly Total[], rates: RateTable): Measured {
  const sums = component.base.terms.map(() => ZERO);
  const conversions: WorkingConversion[] = [];
  const products = component.base.products;
  let facts = 0;
  for (const total of totals) {
    const index = component.base.terms.findIndex((term) => measureOf(term) === total.measure);
    if (index < 0 || (products !== undefined && !products.includes(total.product))) continue;
    const { value, conversion } = inPlanCurrency(terms.plan, rates, total, total.measure);
    if (conversion !== null) conversions.push(conversion);
    sums[index] = add(sums[index] ?? ZERO, value);
    facts += 1;
  }
  return { sums, conversions, facts };
}

function measureOf(term: BaseTerm): string {
  return "add" in term ? term.add : term.deduct;
}

function signed(term: BaseTerm, value: Decimal): Decimal {
  return "add" in term ? value : negate(value);
}

function inputsOf(component: RevenueShareComponent, currency: string, measured: Measured): Working["inputs"] {
  return component.base.terms.map((term, index) => ({
    name: measureOf(term),
    value: formatDecimal(measured.sums[index] ?? ZERO),
    currency,
  }));
}

function stepsOf(
  component: RevenueShareComponent,
  currency: string,
  measured: Measured,
  base: Decimal,
  brought: Decimal,
  after: Decimal,
): WorkingStep[] {
  const terms: WorkingStep[] = component.base.terms.map((term, index) => ({
    code: "term",
    values: {
      sign: "add" in term ? "+" : "-",
      measure: measureOf(term),
      value: formatDecimal(measured.sums[index] ?? ZERO),
      currency,
    },
  }));
  const carried: WorkingStep[] =
    brought.units === 0n
      ? []
      : [
          { code: "carry_in", values: { value: formatDecimal(brought), currency } },
          { code: "base_after_carry", values: { value: formatDecimal(after), currency } },
        ];
  const last: WorkingStep =
    after.units < 0n
      ? { code: "negative", values: { value: formatDecimal(after), currency, carried: component.carryover.mode } }
      : {
          code: "share",
          values: {
            base: formatDecimal(after),
            rate: component.rate,
            value: formatDecimal(multiply(after, decimal(component.rate))),
            currency,
          },
        };
  return [
    ...terms,
    { code: "base", values: { name: component.base.name, value: formatDecimal(base), currency } },
    ...carried,
    last,
  ];
}
