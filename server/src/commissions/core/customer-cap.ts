import type { RevenueShareComponent, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, subtract, ZERO } from "../../kernel/decimal.ts";
import type { Day } from "../../kernel/period.ts";
import type { ComponentRun, StateValue } from "./component-run.ts";
import { measuresOf } from "./exchange.ts";
import type { CustomerResult } from "./high-roller.ts";

type Rule = NonNullable<RevenueShareComponent["customerAtMost"]>;
type Run = Pick<ComponentRun, "customer" | "exchange" | "first" | "last" | "plan">;

/** What a customer's base came to so far and how much of it was counted. */
export interface Counted {
  readonly sum: Decimal;
  readonly counted: Decimal;
}

export interface Capped {
  /** Of customers whose base does not count as it is. */
  readonly counted: ReadonlyMap<string, Decimal>;
  readonly state: ReadonlyMap<string, Counted>;
  readonly steps: readonly WorkingStep[];
}

/** Limits what customers bring to what they put in themselves; in a month, or in their life. */
export function capCustomers(
  rule: Rule,
  customers: readonly CustomerResult[],
  before: ReadonlyMap<string, Counted>,
  run: Run,
): Capped {
  const counted = new Map<string, Decimal>();
  const state = new Map(before);
  const steps: WorkingStep[] = [];
  for (const { customerId, value } of customers) {
    const limit = sumOf(rule, customerId, run);
    const past = rule.period === "lifetime" ? (before.get(customerId) ?? NOTHING) : NOTHING;
    const sum = add(past.sum, value);
    const allowed = smaller(sum, limit);
    const now = subtract(allowed, past.counted);
    if (rule.period === "lifetime") state.set(customerId, { sum, counted: allowed });
    if (compare(now, value) === 0) continue;
    counted.set(customerId, now);
    const values = {
      customer: customerId,
      name: rule.metric,
      most: formatDecimal(limit),
      value: formatDecimal(now),
      currency: run.plan.currency,
    };
    steps.push({ code: "customer_at_most", values });
  }
  return { counted, state, steps };
}

const NOTHING: Counted = { sum: ZERO, counted: ZERO };

/** The metric's sum over the customer's month, or over life up to the end of the month. */
function sumOf(rule: Rule, customerId: string, run: Run): Decimal {
  const first: Day = rule.period === "month" ? run.first : "0001-01-01";
  const entries = (run.customer(customerId)?.entries ?? []).filter(
    (entry) => entry.day >= first && entry.day <= run.last,
  );
  let sum = ZERO;
  for (const [sign, measure] of measuresOf(rule.metric)) {
    for (const entry of entries) {
      const value = run.exchange.of(entry, measure);
      sum = sign === 1 ? add(sum, value) : subtract(sum, value);
    }
  }
  return sum;
}

function smaller(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b;
}

export function writeCounted(state: ReadonlyMap<string, Counted>): StateValue {
  if (state.size === 0) return null;
  const rows = [...state].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(rows.map(([id, one]) => [id, [formatDecimal(one.sum), formatDecimal(one.counted)]]));
}

export function readCounted(value: StateValue | undefined): Map<string, Counted> {
  const stored = (value ?? {}) as Readonly<Record<string, readonly [string, string]>>;
  return new Map(
    Object.entries(stored).map(([id, [sum, counted]]) => [id, { sum: decimal(sum), counted: decimal(counted) }]),
  );
}
