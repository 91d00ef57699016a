import type { Assumptions, DealResult, Metric, PlanDocument, Scenario, TierCliff } from "@tributary/contract";
import { add, compare, type Decimal, decimal, divide, formatDecimal, subtract, ZERO } from "../../../kernel/decimal.ts";
import { addMonths, type Month } from "../../../kernel/period.ts";
import type { Facts } from "../../core/entries.ts";
import type { RateTable } from "../../core/rates.ts";
import { forecastFacts } from "./forecast.ts";
import { runOver } from "./plan-run.ts";

/** A band of a tiered value somewhere in a plan. */
interface Bound {
  readonly component: string;
  readonly metric: Exclude<Metric, { ratio: unknown } | { item: string }>;
  readonly bound: string;
  readonly bounds: "at_least" | "more_than";
}

export interface Cliffs {
  readonly found: readonly TierCliff[];
  /** Bounds that were not looked at. */
  readonly left: readonly DealResult["notes"][number][];
}

/** More customers than this are not made for one bound. */
const MOST_CUSTOMERS = 5_000;
const MOST_BOUNDS = 30;
const UNIT = decimal(1);
const CUSTOMER_COUNTS = new Set(["registrations", "first_deposits", "qualified", "active_customers", "customers"]);

/**
 * What one typical month comes to one unit below every band's bound and at it; what one more unit is worth is seen in the step after it. A count is reached by so many customers, a sum by a typical month
 * whose revenue comes to it; the metric itself is told to the plan, so that it is at the bound exactly.
 */
export function tierCliffs(plan: PlanDocument, planHash: string, assumptions: Assumptions, rates: RateTable): Cliffs {
  const found: TierCliff[] = [];
  const left: DealResult["notes"][number][] = [];
  const bounds = boundsOf(plan);
  for (const bound of bounds.slice(0, MOST_BOUNDS)) {
    if ("count" in bound.metric && compare(decimal(bound.bound), decimal(MOST_CUSTOMERS)) > 0) {
      left.push({
        code: "bound_too_large",
        values: { component: bound.component, metric: bound.metric.count, bound: bound.bound },
      });
      continue;
    }
    found.push(cliffAt(plan, planHash, assumptions, rates, bound));
  }
  if (bounds.length > MOST_BOUNDS)
    left.push({ code: "more_bounds", values: { shown: String(MOST_BOUNDS), all: String(bounds.length) } });
  return { found, left };
}

function cliffAt(
  plan: PlanDocument,
  planHash: string,
  assumptions: Assumptions,
  rates: RateTable,
  bound: Bound,
): TierCliff {
  const month = `${assumptions.start}-01`;
  const total = (value: Decimal): bigint => {
    if (value.units < 0n) return 0n;
    const facts = typicalMonth(assumptions, plan.currency, bound, value);
    return runOver(plan, planHash, facts, rates, { from: month, to: month }).inMonth(month);
  };
  const at = bound.bounds === "at_least" ? decimal(bound.bound) : add(decimal(bound.bound), UNIT);
  const [below, reached, after] = [total(subtract(at, UNIT)), total(at), total(add(at, UNIT))];
  const money = (minor: bigint) => ({ minor: String(minor), currency: plan.currency });
  const [own, jump] = [after - reached, reached - below];
  return {
    component: bound.component,
    metric: nameOf(bound.metric),
    bound: formatDecimal(decimal(bound.bound)),
    below: money(below),
    at: money(reached),
    own: money(own),
    jump: money(jump),
    cliff: size(jump - own) > 1n,
  };
}

/** A month in which the metric is at a value. */
function typicalMonth(assumptions: Assumptions, currency: string, bound: Bound, value: Decimal): Facts {
  const counts = "count" in bound.metric && CUSTOMER_COUNTS.has(bound.metric.count);
  const customers = counts ? Number(formatDecimal(value).split(".")[0]) : Math.max(1, monthly(assumptions));
  const each = {
    registrationRate: "1",
    ftdRate: "1",
    clicks: Math.min(customers, MOST_CUSTOMERS),
    months: 1,
    churn: "0",
  };
  const seasonality = Array.from({ length: 12 }, () => "1");
  const flat: Scenario = { name: "base", traffic: "1", conversion: "1", revenue: "1", churn: "1" };
  const revenue = counts ? {} : { revenuePerActive: formatDecimal(divide(value, decimal(each.clicks), 8)) };
  const { facts } = forecastFacts({ ...assumptions, ...each, ...revenue, seasonality }, currency, flat);
  const month = `${assumptions.start}-01`;
  const name = nameOf(bound.metric);
  const stated = [month, addMonths(month, -1)].map((one: Month) => ({ name, month: one, value }));
  return { ...facts, stated: bound.metric.period === "last_closed" ? stated : stated.slice(0, 1) };
}

/** First deposits of an average month. */
function monthly(assumptions: Assumptions): number {
  const share = Number(assumptions.registrationRate) * Number(assumptions.ftdRate);
  return Math.min(200, Math.round(assumptions.clicks * share));
}

/** Every band of every tiered value, in the order of the plan; each bound of a metric once per component. */
export function boundsOf(plan: PlanDocument): Bound[] {
  const bounds = new Map<string, Bound>();
  for (const component of plan.components) {
    walk(component, (tiered) => {
      const { metric } = tiered;
      if ("ratio" in metric || "item" in metric) return;
      for (const band of tiered.bands) {
        if (decimal(band.from).units === 0n) continue;
        const one = { component: component.code, metric, bound: band.from, bounds: band.bounds ?? tiered.bounds };
        bounds.set(`${component.code} ${nameOf(metric)} ${band.from}`, one);
      }
    });
  }
  return [...bounds.values()];
}

interface Tiered {
  readonly metric: Metric;
  readonly bounds: "at_least" | "more_than";
  readonly bands: readonly { readonly from: string; readonly bounds?: Bound["bounds"] | undefined }[];
}

function walk(node: unknown, see: (tiered: Tiered) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, see);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if ("bands" in node && "metric" in node && Array.isArray(node.bands)) see(node as Tiered);
  for (const child of Object.values(node)) walk(child, see);
}

/** How facts state the metric. */
function nameOf(metric: Bound["metric"]): string {
  if (metric.name !== undefined) return metric.name;
  if ("count" in metric) return metric.count;
  if ("sum" in metric) return metric.sum;
  if ("base" in metric) return metric.base;
  return "commission" in metric ? "commission" : metric.stated;
}

function size(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/** The smallest first deposit with which a customer can qualify; `1` where none is asked for. */
export function smallestDeposit(plan: PlanDocument): string {
  let most = ZERO;
  for (const component of plan.components) {
    if (component.model !== "cpa" && component.model !== "cpl") continue;
    walkConditions(component.qualification, (metric, bound) => {
      if (!["first_deposit", "deposits", "net_deposits"].includes(metric)) return;
      if (compare(decimal(bound), most) > 0) most = decimal(bound);
    });
  }
  return most.units === 0n ? "1" : formatDecimal(most);
}

function walkConditions(node: unknown, see: (metric: string, bound: string) => void): void {
  if (Array.isArray(node)) for (const one of node) walkConditions(one, see);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const { metric, atLeast, moreThan, all, any } = node as Readonly<Record<string, unknown>>;
  for (const bound of [atLeast, moreThan])
    if (typeof metric === "string" && typeof bound === "string") see(metric, bound);
  walkConditions(all, see);
  walkConditions(any, see);
}
