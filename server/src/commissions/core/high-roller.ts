import type { HighRoller, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, negate, roundTo, ZERO } from "../../kernel/decimal.ts";
import { currency, exponent, splitByWeights, toDecimal } from "../../kernel/money.ts";
import type { Month } from "../../kernel/period.ts";
import { monthsFrom } from "./carryover.ts";

/** Fenced amounts by customer (below zero), and who is left out for good. */
export interface Fences {
  readonly amounts: Readonly<Record<string, Decimal>>;
  readonly removed: readonly string[];
  /** The last month that added to an amount; only where the rule gives amounts up. */
  readonly since: Readonly<Record<string, Month>>;
}

export const NO_FENCES: Fences = { amounts: {}, removed: [], since: {} };

/** Fences as a month finds them: what was given up is gone. */
export function standing(rule: HighRoller, fences: Fences, month: Month): Fences {
  const { writtenOffAfterMonths: most } = rule;
  if (most === undefined) return fences;
  const kept = Object.entries(fences.amounts).filter(([id]) => monthsFrom(fences.since[id] ?? month, month) <= most);
  return { ...fences, amounts: Object.fromEntries(kept) };
}

/** Fences after a month, with the month noted where they grew. */
export function dated(rule: HighRoller, before: Fences, after: Fences, month: Month): Fences {
  if (rule.writtenOffAfterMonths === undefined) return after;
  const since = Object.entries(after.amounts).map(([id, amount]) => {
    const grown = compare(amount, before.amounts[id] ?? ZERO) < 0;
    return [id, grown ? month : (before.since[id] ?? month)];
  });
  return { ...after, since: Object.fromEntries(since) };
}

export interface CustomerResult {
  readonly customerId: string;
  /** What the customer's month comes to, in the unit of the rule. */
  readonly value: Decimal;
}

export interface Quarantine {
  /** What counts of the customers with whom something was done; of all others everything does. */
  readonly counted: ReadonlyMap<string, Decimal>;
  readonly fences: Fences;
  /** How much of each high roller's negative no balance carries any more, because it is fenced in or gone; below zero. */
  readonly taken: ReadonlyMap<string, Decimal>;
  readonly steps: readonly WorkingStep[];
}

/**
 * One month of the rule about customers who win a lot, see `HighRoller` of the plan language.
 * @param others result of everybody who is not in `customers`, zero when all are
 */
export function quarantine(
  rule: HighRoller,
  customers: readonly CustomerResult[],
  others: Decimal,
  before: Fences,
  code: string,
): Quarantine {
  const counted = new Map<string, Decimal>();
  const amounts: Record<string, Decimal> = { ...before.amounts };
  const steps: WorkingStep[] = [];
  const high: CustomerResult[] = [];
  let sum = others;
  for (const one of customers) {
    const fence = amounts[one.customerId];
    if (before.removed.includes(one.customerId)) {
      counted.set(one.customerId, ZERO);
      steps.push(step("high_roller_removed", one.customerId, one.value, code));
    } else if (fence !== undefined && one.value.units > 0n) {
      const rest = add(fence, one.value);
      const brings = rest.units > 0n ? rest : ZERO;
      counted.set(one.customerId, brings);
      sum = add(sum, brings);
      fenceIn(amounts, one.customerId, rest.units < 0n ? rest : ZERO);
      const arithmetic = `${formatDecimal(one.value)} − ${formatDecimal(negate(fence))}`;
      steps.push(step("high_roller_recouped", one.customerId, brings, code, { arithmetic }));
    } else if (fence !== undefined && rule.month === "excluded" && rule.carry === "whole") {
      counted.set(one.customerId, ZERO);
      fenceIn(amounts, one.customerId, add(fence, one.value));
      steps.push(step("high_roller_fenced", one.customerId, add(fence, one.value), code));
    } else {
      if (isHigh(rule, one.value)) high.push(one);
      sum = add(sum, one.value);
    }
  }
  const quiet = high.length === 0 || (rule.when === "partner_negative" && sum.units >= 0n);
  if (quiet) return { counted, fences: { ...before, amounts }, taken: new Map(), steps };
  return fenceHigh(rule, high, sum, { counted, amounts, before, steps }, code);
}

interface Draft {
  readonly counted: Map<string, Decimal>;
  readonly amounts: Record<string, Decimal>;
  readonly before: Fences;
  readonly steps: WorkingStep[];
}

function fenceHigh(
  rule: HighRoller,
  high: readonly CustomerResult[],
  sum: Decimal,
  draft: Draft,
  code: string,
): Quarantine {
  const { counted, amounts, steps } = draft;
  const parts = carriedBy(rule, high, sum, code);
  high.forEach((one, index) => {
    const part = parts[index] ?? ZERO;
    counted.set(one.customerId, rule.month === "netted" ? one.value : ZERO);
    fenceIn(amounts, one.customerId, add(amounts[one.customerId] ?? ZERO, part));
    steps.push(step(`high_roller_${rule.month}`, one.customerId, one.value, code, { threshold: rule.threshold }));
    if (part.units !== 0n)
      steps.push(step("high_roller_fenced", one.customerId, amounts[one.customerId] ?? ZERO, code));
  });
  const leaving = rule.carry === "nothing" ? high.map((one) => one.customerId) : [];
  const netted = rule.month === "netted" ? high : [];
  const taken = netted.map(
    (one, index) => [one.customerId, rule.carry === "nothing" ? one.value : (parts[index] ?? ZERO)] as const,
  );
  return {
    counted,
    fences: { ...draft.before, amounts, removed: [...new Set([...draft.before.removed, ...leaving])].sort() },
    taken: new Map(taken),
    steps,
  };
}

/** What each high roller has to bring in again. Shares of the partner's negative are whole minor units that sum to it. */
function carriedBy(rule: HighRoller, high: readonly CustomerResult[], sum: Decimal, code: string): Decimal[] {
  if (rule.carry === "nothing") return high.map(() => ZERO);
  if (rule.carry === "whole") return high.map((one) => one.value);
  const own = high.reduce((total, one) => add(total, one.value), ZERO);
  const negative = sum.units < 0n ? (compare(sum, own) > 0 ? sum : own) : ZERO;
  const places = exponent(currency(code));
  const minor = roundTo(negative, places).units;
  if (minor === 0n) return high.map(() => ZERO);
  const scale = Math.max(...high.map((one) => one.value.scale));
  const weights = high.map((one) => -roundTo(one.value, scale).units);
  return splitByWeights(minor, weights).map((part) => toDecimal({ minor: part, currency: currency(code) }));
}

function isHigh(rule: HighRoller, value: Decimal): boolean {
  const order = compare(negate(value), decimal(rule.threshold));
  return value.units < 0n && (rule.bound === "at_least" ? order >= 0 : order > 0);
}

function fenceIn(amounts: Record<string, Decimal>, customerId: string, amount: Decimal): void {
  if (amount.units === 0n) delete amounts[customerId];
  else amounts[customerId] = amount;
}

function step(
  code: string,
  customer: string,
  value: Decimal,
  money: string,
  more: Readonly<Record<string, string>> = {},
): WorkingStep {
  return { code, values: { customer, value: formatDecimal(value), currency: money, ...more } };
}
