import type { PlanDocument } from "@tributary/contract";
import { measuresOf } from "./exchange.ts";

type Visit = (field: string, value: unknown) => void;

/** Every field of a plan with what stands in it, however deep. */
export function visit(value: unknown, on: Visit): void {
  if (Array.isArray(value)) for (const one of value) visit(one, on);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [field, child] of Object.entries(value)) {
    on(field, child);
    visit(child, on);
  }
}

const MATCHES = new Set(["only", "except", "when", "subPartners"]);
const LISTS = new Set(["netting", "each", "same", "uniqueBy"]);

/** Names whose values the plan compares letter by letter: dimensions of events, attributes of customers and partners. */
function dimensionsOf(plan: PlanDocument): ReadonlySet<string> {
  const found = new Set<string>();
  visit(plan, (field, value) => {
    if (MATCHES.has(field) && typeof value === "object" && value !== null)
      for (const name of Object.keys(value)) found.add(name);
    if (LISTS.has(field) && Array.isArray(value)) for (const name of value) found.add(String(name));
    if (field === "attribute" && typeof value === "string") found.add(value);
  });
  return found;
}

/** Under which names a plan compares texts, and under which it reads numbers. */
export interface PlanNames {
  readonly dimensions: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

export function planNames(plan: PlanDocument): PlanNames {
  const numbers = new Set([...READ_ANYWAY, ...numbersNamed(plan)].flatMap((name) => [name, ...sumsOf(name)]));
  visit(plan, (field, value) => {
    if (field === "where" && typeof value === "object" && value !== null)
      for (const name of Object.keys(value)) numbers.add(name);
    if (!["of", "metric", "over", "turnover"].includes(field)) return;
    for (const name of Array.isArray(value) ? value : [value])
      if (typeof name === "string") for (const one of [name, ...sumsOf(name)]) numbers.add(one);
  });
  // A flag, or a number of lots.
  numbers.delete("hedged");
  return { dimensions: dimensionsOf(plan), numbers };
}

function sumsOf(name: string): string[] {
  return measuresOf(name).map(([, one]) => one);
}

/** Numbers that models read without the plan naming them. */
export const READ_ANYWAY = new Set(
  "lots seconds points spread_points average_spread average_spread_points current_spread tick contract pip_value price bid ask open_price close_price open_bid open_ask close_bid close_ask equity credit own_funds_share hedged_lots hedged_share hedged order_lots notional sale deposit withdrawal refund chargeback commission spread monthly_price edge unique unique_clicks impressions count".split(
    " ",
  ),
);

/** Every word of the plan. */
export function namesIn(plan: PlanDocument): ReadonlySet<string> {
  const found = new Set<string>();
  const take = (name: unknown) => {
    if (typeof name !== "string") return;
    found.add(name);
    for (const [, one] of measuresOf(name)) found.add(one);
  };
  visit(plan, (field, value) => {
    (Array.isArray(value) ? value : [value]).forEach(take);
    // The numbers of single events are asked about by their names.
    if (field === "where" && typeof value === "object" && value !== null) Object.keys(value).forEach(take);
  });
  return found;
}

/** What metrics and conditions count that is no type of event; deposits and trades that did not happen are no slip either. */
const COUNTED_ANYWAY = new Set(
  "registrations first_deposits qualified active_customers customers clicks unique_clicks impressions sub_partners active_days deposit trade sale activity withdrawal chargeback refund".split(
    " ",
  ),
);

/** Names of numbers that a base or a metric is made of. */
export function numbersNamed(plan: PlanDocument): ReadonlySet<string> {
  const bases = new Set(Object.keys(plan.bases ?? {}));
  const found = new Set<string>();
  visit(plan, (field, value) => {
    if (field === "count" && typeof value === "string" && !COUNTED_ANYWAY.has(value)) found.add(value);
    if (!["add", "deduct", "sum", "stated", "measure", "quantity"].includes(field)) return;
    if (typeof value === "string" && !bases.has(value)) found.add(value);
  });
  return found;
}
