import type { RevenueShareComponent, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, negate, subtract, ZERO } from "../../kernel/decimal.ts";
import { type Month, monthOf } from "../../kernel/period.ts";
import type { ComponentRun, StateValue } from "./component-run.ts";

type Rule = NonNullable<RevenueShareComponent["recoups"]>;
type Run = Pick<ComponentRun, "earlier" | "facts" | "month" | "plan">;

/** Advances that are not brought in again yet, by whom they have to be brought in. Below zero: more was brought in than the advance came to be. */
export interface Advances {
  readonly owed: ReadonlyMap<string, Decimal>;
  /** The month of qualification of each customer, for scope `month_cohort`. */
  readonly cohorts: ReadonlyMap<string, Month>;
  /** What was noted of a month: a share that is calculated under two versions in a month must not note it twice. */
  readonly noted: { readonly month: Month; readonly sums: ReadonlyMap<string, Decimal> };
}

const EVERYBODY = "all";

/** Advances as this month finds them: those of earlier months less what was brought in, and what the acquisition paid or took back now. */
export function advancesNow(rule: Rule, before: Advances | null, run: Run): Advances {
  const owed = new Map(before?.owed);
  const cohorts = new Map(before?.cohorts);
  const keyFor = (customerId: string | null, month: Month) => {
    if (customerId !== null && !cohorts.has(customerId)) cohorts.set(customerId, month);
    return keyOf(rule, customerId, cohorts) ?? EVERYBODY;
  };
  if (before === null) {
    for (const one of run.facts.earned) {
      const own = one.partnerId === run.facts.partnerId && one.component === rule.component && one.month < run.month;
      if (own) addTo(owed, keyFor(one.customerId, one.month), one.value);
    }
  }
  const sums = new Map<string, Decimal>();
  for (const { component, result } of run.earlier) {
    if (component.code !== rule.component) continue;
    for (const draft of result.drafts) {
      const customerId = draft.subjectKind === "customer" ? draft.subjectId : null;
      addTo(sums, keyFor(customerId, monthOf(draft.earnedOn)), draft.value);
    }
  }
  for (const [key, value] of sums) addTo(owed, key, value);
  if (before?.noted.month === run.month) {
    for (const [key, value] of before.noted.sums) addTo(owed, key, negate(value));
  }
  return { owed, cohorts, noted: { month: run.month, sums } };
}

function addTo(sums: Map<string, Decimal>, key: string, value: Decimal): void {
  sums.set(key, add(sums.get(key) ?? ZERO, value));
}

function keyOf(rule: Rule, customerId: string | null, cohorts: ReadonlyMap<string, Month>): string | undefined {
  if (rule.scope === "agreement" || customerId === null) return EVERYBODY;
  return rule.scope === "customer" ? customerId : cohorts.get(customerId);
}

export interface Recouped {
  /** What the month's share is reduced by; below zero when a taken back advance is paid out again. */
  readonly deduction: Decimal;
  readonly advances: Advances;
  readonly steps: readonly WorkingStep[];
}

/**
 * Lets the share bring in what was paid in advance.
 * @param share all of the month's, before anything is brought in
 * @param byCustomer each customer's part of it, for scopes that look at customers; may be negative
 */
export function recoup(
  rule: Rule,
  advances: Advances,
  share: Decimal,
  byCustomer: ReadonlyMap<string, Decimal>,
  run: Run,
): Recouped {
  const brought = broughtIn(rule, advances, share, byCustomer);
  const owed = new Map(advances.owed);
  const steps: WorkingStep[] = [];
  let deduction = ZERO;
  for (const key of [...owed.keys()].sort()) {
    const before = owed.get(key) ?? ZERO;
    const own = brought.get(key) ?? ZERO;
    // No scope can take more than is there altogether: others' negative months have used up the rest.
    const room = subtract(share, deduction);
    const taken = before.units <= 0n ? before : smaller(smaller(own, before), room.units > 0n ? room : ZERO);
    if (taken.units === 0n) continue;
    const after = subtract(before, taken);
    if (after.units === 0n) owed.delete(key);
    else owed.set(key, after);
    deduction = add(deduction, taken);
    const code = taken.units > 0n ? "recouped" : "recouped_returned";
    const values = { name: rule.component, scope: key, advance: formatDecimal(before), left: formatDecimal(after) };
    steps.push({
      code,
      values: {
        ...values,
        value: formatDecimal(taken.units < 0n ? negate(taken) : taken),
        currency: run.plan.currency,
      },
    });
  }
  for (const [key, value] of owed) if (value.units === 0n) owed.delete(key);
  return { deduction, advances: { ...advances, owed }, steps };
}

/** What each scope brings this month, never below zero. */
function broughtIn(
  rule: Rule,
  advances: Advances,
  share: Decimal,
  byCustomer: ReadonlyMap<string, Decimal>,
): Map<string, Decimal> {
  const sums = new Map<string, Decimal>([[EVERYBODY, share]]);
  for (const [customerId, value] of byCustomer) {
    const key = keyOf(rule, customerId, advances.cohorts);
    if (key !== undefined && key !== EVERYBODY) sums.set(key, add(sums.get(key) ?? ZERO, value));
  }
  for (const [key, value] of sums) if (value.units < 0n) sums.set(key, ZERO);
  return sums;
}

function smaller(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b;
}

export function writeAdvances(rule: Rule, advances: Advances): StateValue {
  const cohorts = rule.scope === "month_cohort" ? Object.fromEntries([...advances.cohorts].sort(byKey)) : {};
  const { month, sums } = advances.noted;
  return { owed: texts(advances.owed), cohorts, noted: { month, sums: texts(sums) } };
}

/** null: there is none yet, so that what was paid earlier has still to be read from the facts. */
export function readAdvances(value: StateValue | undefined): Advances | null {
  if (value === null || value === undefined) return null;
  const stored = value as {
    readonly owed: Record<string, string>;
    readonly cohorts: Record<string, Month>;
    readonly noted: { readonly month: Month; readonly sums: Record<string, string> };
  };
  return {
    owed: amounts(stored.owed),
    cohorts: new Map(Object.entries(stored.cohorts)),
    noted: { month: stored.noted.month, sums: amounts(stored.noted.sums) },
  };
}

function texts(sums: ReadonlyMap<string, Decimal>): Record<string, string> {
  return Object.fromEntries([...sums].sort(byKey).map(([key, value]) => [key, formatDecimal(value)]));
}

function amounts(stored: Record<string, string>): Map<string, Decimal> {
  return new Map(Object.entries(stored).map(([key, amount]) => [key, decimal(amount)]));
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
