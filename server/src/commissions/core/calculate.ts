import type { Component, Working } from "@tributary/contract";
import { type Decimal, decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import { addMonths, type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import { type Carry, type CustomerFacts, foldTotals, type Total } from "./facts.ts";
import { type CpaResult, calculateCpa } from "./models/cpa.ts";
import { calculateRevenueShare } from "./models/revenue-share.ts";
import type { RateTable } from "./rates.ts";
import { lineKey, monthName, type Terms, type TermsChoice } from "./terms.ts";

export interface Calculation {
  /** First and last month of the period components, both included. Customers are looked at over their whole life: lines of what a customer
   * earned carry the month it was earned in. */
  readonly from: Month;
  readonly to: Month;
  /** Accepted versions of one agreement. */
  readonly terms: readonly Terms[];
  /** The order in which they apply, see agreements/core/precedence.ts. */
  readonly termsFor: TermsChoice;
  readonly customers: readonly CustomerFacts[];
  readonly totals: readonly Total[];
  /** What is carried into the first month. */
  readonly carryIn: readonly Carry[];
  readonly rates: RateTable;
}

export interface CalculatedLine {
  readonly key: string;
  readonly agreementVersionId: string;
  readonly component: string;
  readonly subjectKind: "customer" | "period";
  readonly subjectId: string;
  readonly month: Month;
  readonly earnedOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly heldUntil: Day | null;
  readonly working: Working;
}

export interface Calculated {
  readonly lines: readonly CalculatedLine[];
  /** What is carried into each month after the first, up to the one after the last; a zero says that nothing is any more. */
  readonly carries: readonly Carry[];
}

/**
 * What a partner earned under one agreement in some months, and why: a pure function of terms, facts, carry and rates. The same input gives
 * the same output for ever, in whatever order the facts come.
 * @throws Refusal `rate_missing` when an amount cannot be converted: nothing is calculated then
 */
export function calculate(input: Calculation): Calculated {
  const lines = [...customerLines(input)];
  const carries: Carry[] = [];
  let carried = input.carryIn;
  const byMonth = Map.groupBy(foldTotals(input.totals), (total) => monthOf(total.day));
  for (let month = input.from; month <= input.to; month = addMonths(month, 1)) {
    const period = periodLines(input, month, byMonth.get(month) ?? [], carried);
    lines.push(...period.lines);
    carried = period.carries;
    carries.push(...carried);
  }
  return { lines, carries };
}

/** Components of the kind in the order of versions and of the plan. */
function componentsOf<M extends Component["model"]>(
  terms: readonly Terms[],
  model: M,
): { readonly terms: Terms; readonly component: Extract<Component, { model: M }> }[] {
  return terms.flatMap((one) =>
    one.plan.components
      .filter((component): component is Extract<Component, { model: M }> => component.model === model)
      .map((component) => ({ terms: one, component })),
  );
}

/** The version that a cohort is on, on a day. */
function termsOfCohort({ terms, termsFor }: Calculation, cohort: string, day: Day): Terms | undefined {
  const entered = terms.find((one) => one.agreementVersionId === cohort);
  return termsFor(terms, entered, day);
}

function* customerLines(input: Calculation): Generator<CalculatedLine> {
  const components = componentsOf(input.terms, "cpa");
  if (components.length === 0) return;
  for (const customer of input.customers) {
    const line = bestCpa(input, components, customer);
    if (line !== undefined) yield line;
  }
}

/** A customer is paid for once in life: under the version in force on the day of qualification, the earliest day first. */
function bestCpa(
  input: Calculation,
  components: ReturnType<typeof componentsOf<"cpa">>,
  customer: CustomerFacts,
): CalculatedLine | undefined {
  let best: { readonly terms: Terms; readonly code: string; readonly result: CpaResult } | undefined;
  for (const { terms, component } of components) {
    const result = calculateCpa(component, terms, customer, input.rates);
    if (result === null) continue;
    if (termsOfCohort(input, customer.cohort, result.qualifiedOn) !== terms) continue;
    if (best === undefined || result.qualifiedOn < best.result.qualifiedOn)
      best = { terms, code: component.code, result };
  }
  if (best === undefined) return undefined;
  const { terms, code, result } = best;
  return {
    key: lineKey(terms.agreementVersionId, code, "customer", customer.customerId, "life"),
    agreementVersionId: terms.agreementVersionId,
    component: code,
    subjectKind: "customer",
    subjectId: customer.customerId,
    month: monthOf(result.qualifiedOn),
    earnedOn: result.qualifiedOn,
    currency: terms.plan.currency,
    amountMinor: result.minor,
    heldUntil: result.heldUntil,
    working: result.working,
  };
}

function periodLines(
  input: Calculation,
  month: Month,
  totals: readonly Total[],
  carryIn: readonly Carry[],
): { readonly lines: CalculatedLine[]; readonly carries: Carry[] } {
  const lines: CalculatedLine[] = [];
  const carried = new Map(carryIn.map((one) => [`${one.component} ${one.currency}`, decimal(one.base)]));
  const byTerms = Map.groupBy(totals, (total) => termsOfCohort(input, total.cohort, total.day));
  for (const { terms, component } of componentsOf(input.terms, "revenue_share")) {
    const own = byTerms.get(terms);
    if (own === undefined) continue;
    const place = `${component.code} ${terms.plan.currency}`;
    const result = calculateRevenueShare(component, terms, month, own, carried.get(place) ?? ZERO, input.rates);
    if (result === null) continue;
    if (component.carryover.mode === "full" || carried.has(place)) carried.set(place, result.carryOut);
    lines.push({
      key: lineKey(terms.agreementVersionId, component.code, "period", monthName(month), monthName(month)),
      agreementVersionId: terms.agreementVersionId,
      component: component.code,
      subjectKind: "period",
      subjectId: monthName(month),
      month,
      earnedOn: lastDay(month),
      currency: terms.plan.currency,
      amountMinor: result.minor,
      heldUntil: result.heldUntil,
      working: result.working,
    });
  }
  return { lines, carries: carriesInto(addMonths(month, 1), carried) };
}

function carriesInto(month: Month, carried: ReadonlyMap<string, Decimal>): Carry[] {
  return [...carried].map(([place, base]) => {
    const [component = "", currency = ""] = place.split(" ");
    return { component, currency, month, base: formatDecimal(base) };
  });
}
