import type { Base, PlanDocument } from "@tributary/contract";
import { add, type Decimal, decimal, ZERO } from "../../../kernel/decimal.ts";
import { currency as currencyOf, toDecimal, toMinor } from "../../../kernel/money.ts";
import type { Month } from "../../../kernel/period.ts";
import { type CalculatedLine, type Calculation, calculate } from "../../core/calculate.ts";
import type { Facts } from "../../core/entries.ts";
import type { RateTable } from "../../core/rates.ts";
import type { Terms } from "../../core/terms.ts";

/** Terms of a plan that is not signed: they hold for everybody and always. */
export function termsOfPlan(plan: PlanDocument, planHash: string): Terms {
  const validity = { version: 1, validFrom: "0001-01-01", validTo: null, customers: "move" as const };
  return { agreementVersionId: "simulated", ...validity, plan, planHash };
}

/** What a plan paid, added up over partners. */
export class Paid {
  readonly #months = new Map<Month, bigint>();
  readonly #components = new Map<string, bigint>();
  readonly #qualified = new Set<string>();
  #acquires = false;

  /** @param convert an amount of another currency into the one that is shown */
  add(
    lines: readonly CalculatedLine[],
    partnerId: string,
    range: Range,
    convert: (line: CalculatedLine) => bigint,
  ): void {
    for (const line of lines) {
      if (line.month < range.from || line.month > range.to) continue;
      const minor = convert(line);
      this.#months.set(line.month, (this.#months.get(line.month) ?? 0n) + minor);
      this.#components.set(line.component, (this.#components.get(line.component) ?? 0n) + minor);
      if (line.subjectKind === "customer" && line.amountMinor > 0n)
        this.#qualified.add(`${partnerId} ${line.subjectId}`);
    }
  }

  /** Notes that the plan has components that are earned per customer. */
  noteTerms(terms: readonly Terms[]): void {
    const models = terms.flatMap((one) => one.plan.components.map((component) => component.model));
    if (models.some((model) => model === "cpa" || model === "cpl" || model === "cpa_ladder")) this.#acquires = true;
  }

  inMonth(month: Month): bigint {
    return this.#months.get(month) ?? 0n;
  }

  get components(): readonly (readonly [string, bigint])[] {
    return [...this.#components].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Customers that something was earned for; null when the plan pays for none by himself. */
  get qualified(): number | null {
    return this.#acquires ? this.#qualified.size : null;
  }
}

export interface Range {
  readonly from: Month;
  readonly to: Month;
}

/**
 * Runs one plan over facts that are at hand: the production's calculation, nothing else.
 * @param shown the currency in which it is added up
 */
export function runOver(
  plan: PlanDocument,
  planHash: string,
  facts: Facts,
  rates: RateTable,
  range: Range,
  shown: string = plan.currency,
): Paid {
  const terms = termsOfPlan(plan, planHash);
  const calculated = calculate({ ...range, terms: [terms], termsFor: () => terms, facts, rates, memories: [] });
  const paid = new Paid();
  paid.noteTerms([terms]);
  paid.add(calculated.lines, facts.partnerId, range, (line) => shownIn(line, rates, shown));
  return paid;
}

/** A line's amount in another currency, at the rate of the day on which it was earned. */
export function shownIn(line: CalculatedLine, rates: RateTable, shown: string): bigint {
  if (line.currency === shown) return line.amountMinor;
  const [from, to] = [currencyOf(line.currency), currencyOf(shown)];
  const { value } = rates.convert(toDecimal({ minor: line.amountMinor, currency: from }), from, to, line.earnedOn);
  return toMinor(value, to);
}

const REVENUE = "revenue";

/** A plan that is paid the whole of a base: what it comes to is the revenue, by the very arithmetic that shares of it are taken by. */
export function revenuePlan(plan: PlanDocument, base: string): PlanDocument {
  return {
    language: 1,
    currency: plan.currency,
    conversion: plan.conversion,
    rounding: { mode: "half_up" },
    ...(plan.bases === undefined ? {} : { bases: plan.bases }),
    components: [
      {
        code: REVENUE,
        model: "revenue_share",
        base: declaredBase(plan, base),
        rate: "1",
        netting: [],
        carryover: { mode: "none" },
        ringFenced: true,
        hold: { days: 0, from: "earned" },
      },
    ],
  };
}

/** A base that the plan declares under this name, or else the measure itself. */
function declaredBase(plan: PlanDocument, name: string): Base | string {
  if (plan.bases?.[name] !== undefined) return name;
  for (const component of plan.components)
    if (component.model === "revenue_share" && typeof component.base === "object" && component.base.name === name)
      return { ...component.base, floor: "none" };
  return { name, terms: [{ add: name }], floor: "none" };
}

/** Revenue by month, below zero where it was. */
export function revenueOf(input: Calculation, range: Range): Map<Month, Decimal> {
  const revenue = new Map<Month, Decimal>();
  for (const figure of calculate(input).figures) {
    if (figure.name !== "base" || figure.month < range.from || figure.month > range.to) continue;
    revenue.set(figure.month, add(revenue.get(figure.month) ?? ZERO, decimal(figure.value)));
  }
  return revenue;
}

/** The same over facts that are at hand. */
export function revenueOver(plan: PlanDocument, base: string, facts: Facts, rates: RateTable, range: Range) {
  const terms = termsOfPlan(revenuePlan(plan, base), REVENUE);
  return revenueOf({ ...range, terms: [terms], termsFor: () => terms, facts, rates, memories: [] }, range);
}
