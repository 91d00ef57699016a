import type { Component, Metric, MetricCondition, PlanDocument, PlanValue, Qualification } from "@tributary/contract";
import { isAcquisition } from "./acquisition.ts";
import { measuresOf } from "./exchange.ts";
import { isLevel } from "./levels.ts";
import { lapsesOf } from "./windows.ts";

/**
 * How finely facts have to be told: as sums of all customers per day; customer by customer, per day; or event by event. The coarser, the faster.
 */
export type Grain = "totals" | "days" | "events";

/** What the plans of an agreement look at. */
export interface Needs {
  readonly grain: Grain;
  /** Measures and quantities that acquisition looks at over a customer's whole life. */
  readonly life: ReadonlySet<string>;
  /** Milestones beyond the built-in ones, and other types that are counted. */
  readonly reach: "month" | "beginning";
  readonly subPartners: boolean;
  /** Whether facts of sub-partners' customers are asked, not only what sub-partners earned. */
  readonly subPartnerFacts: boolean;
  /** Whether sums, and where customers are told apart their own, may be of whole months: nothing of the plans asks on which day of it. Amounts to
   * convert keep their days. */
  readonly months: boolean;
  /** Whether everybody's milestones are asked where sums are enough for the rest. */
  readonly people: boolean;
  readonly traffic: boolean;
  readonly otherPrograms: boolean;
  readonly earned: boolean;
  /** Whether each customer's acquisition stands by itself: what others did, and what the component came to in all, has no say in it. */
  readonly apart: boolean;
  /** Whether what all customers brought together is asked. */
  readonly sums: boolean;
}

/** Dimensions that sums per day keep. */
const KEPT_IN_TOTALS = new Set(["product"]);
/** Dimensions that are known of every customer without its events. */
const KNOWN_OF_CUSTOMERS = new Set([
  "country",
  "offer",
  "customer",
  "partner",
  "sub1",
  "sub2",
  "sub3",
  "source",
  "creative",
  "program",
]);
const BUILT_IN = new Set(["registration", "kyc_passed", "first_deposit"]);

export function needsOf(plans: readonly PlanDocument[]): Needs {
  const walk = new Walk();
  for (const plan of plans) walk.plan(plan);
  return {
    grain: walk.grain,
    life: walk.life,
    reach: walk.reach,
    subPartners: walk.subPartners,
    subPartnerFacts: walk.subPartnerFacts,
    months: plans.every(walk.grain === "days" ? isShareByMonth : isByMonth),
    people: walk.people,
    traffic: walk.traffic,
    otherPrograms: walk.otherPrograms,
    earned: walk.earned,
    apart: walk.grain === "totals" && !walk.earned && plans.every(isApart),
    sums: !plans.every((plan) => isApart(plan) && plan.components.every(isAcquisition)),
  };
}

/** Acquisition at one amount without limits, and beside it shares that are not set against it. */
function isApart(plan: PlanDocument): boolean {
  if (plan.gate !== undefined || plan.caps !== undefined) return false;
  return plan.components.every((one) => {
    if (one.model === "revenue_share") return one.ringFenced;
    if (one.model !== "cpa" && one.model !== "cpl") return false;
    const { amount, overrides, factors, gate, caps, atMost, atLeast, uniqueBy } = one;
    const limits = [overrides, factors, gate, caps, atMost, atLeast, uniqueBy];
    return typeof amount === "string" && limits.every((part) => part === undefined);
  });
}

const BY_MONTH = new Set(["cpa", "cpl", "revenue_share"]);

/** Plain shares and acquisition: no bands, no windows or overrides within a month, nothing that is given away by day. */
function isByMonth(plan: PlanDocument): boolean {
  if (plan.gate !== undefined || plan.caps !== undefined || plan.active !== undefined) return false;
  return plan.components.every((one) => {
    if (!BY_MONTH.has(one.model)) return false;
    if (one.model !== "revenue_share") return true;
    const { from, until, monthDays, gate, caps, overrides, factors, rate } = one;
    const plain = [from, until, monthDays, gate, caps, overrides, factors].every((part) => part === undefined);
    return (
      plain &&
      (typeof rate === "string" || "rows" in rate) &&
      !JSON.stringify([one.base, plan.bases]).includes('"bands"')
    );
  });
}

/** The same where customers are told apart: acquisition asks on which day something was reached, so do rules about some days of a customer. */
function isShareByMonth(plan: PlanDocument): boolean {
  return (
    isByMonth(plan) &&
    plan.components.every((one) => {
      if (one.model !== "revenue_share") return false;
      const { customers, lifetime, customerAtMost, recoups, highRoller } = one;
      return [customers, lifetime, customerAtMost, recoups, highRoller?.monthDays].every((part) => part === undefined);
    })
  );
}

const ORDER: readonly Grain[] = ["totals", "days", "events"];

/** Goes through a plan and notes what it asks for. Whatever it does not know asks for everything. */
class Walk {
  grain: Grain = "totals";
  readonly life = new Set<string>();
  reach: Needs["reach"] = "month";
  subPartners = false;
  subPartnerFacts = false;
  traffic = false;
  otherPrograms = false;
  earned = false;
  people = false;

  plan(plan: PlanDocument): void {
    if (plan.firstDeposit !== undefined) this.#atLeast("events");
    if (plan.active !== undefined) this.#condition(plan.active, false);
    if (plan.gate !== undefined) this.#metricCondition(plan.gate.needs);
    for (const cap of plan.caps ?? []) this.#cap(cap.per);
    for (const component of plan.components) this.#component(component);
    this.#values(plan);
  }

  #atLeast(grain: Grain): void {
    if (ORDER.indexOf(grain) > ORDER.indexOf(this.grain)) this.grain = grain;
  }

  /** What stands on single events is asked of the whole life: the day on which a condition held may lie long before the month. */
  #events(): void {
    this.reach = "beginning";
    this.#atLeast("events");
  }

  #component(component: Component): void {
    const { only, except, where, customers, lifetime, gate, caps = [], hold } = component;
    if (where !== undefined) this.#events();
    if (only !== undefined) this.#dimensions(Object.keys(only));
    if (except !== undefined) this.#dimensions(Object.keys(except));
    if (customers !== undefined) this.#atLeast("days");
    if (lifetime !== undefined)
      this.#atLeast(typeof lifetime.from === "string" && !BUILT_IN.has(lifetime.from) ? "events" : "days");
    if (lifetime?.lapses !== undefined) {
      this.reach = "beginning";
      if (lapsesOf(lifetime).some((one) => one.without !== "any")) this.#atLeast("events");
    }
    if (gate !== undefined) this.#metricCondition(gate.needs);
    for (const cap of caps) this.#cap(cap.per);
    if (hold.until !== undefined) this.#atLeast("events");
    this.#model(component);
  }

  #model(component: Component): void {
    switch (component.model) {
      case "cpa":
      case "cpl":
        this.#acquisition(component);
        return;
      case "cpa_ladder":
        for (const [, name] of measuresOf(component.of)) this.life.add(name);
        if (component.only !== undefined || component.except !== undefined) this.reach = "beginning";
        if (component.condition !== undefined) this.#condition(component.condition, true);
        this.#clawback(component.clawback);
        return;
      case "cpc":
      case "cpm":
        this.traffic = true;
        return;
      case "per_event":
        if (component.each === "customer") this.reach = "beginning";
        this.#clawback(component.clawback);
        this.#atLeast("events");
        return;
      case "revenue_share":
        this.#share(component);
        return;
      case "flat_fee":
        return;
      case "bonus":
      case "minimum_guarantee":
      case "client_rebate":
        this.earned = true;
        return;
      case "sub_partner":
        this.#levels(component);
        return;
      case "recurring":
      case "sale":
        this.reach = "beginning";
        this.#atLeast("events");
        return;
      default:
        this.#atLeast("events");
        return;
    }
  }

  /** What is worked out of facts, for sub-partners' or own customers, is told customer by customer; commission of others is in the books. */
  #levels(component: Extract<Component, { model: "sub_partner" }>): void {
    const { pays, atMostOf } = component;
    this.subPartners = true;
    this.earned = true;
    const ofCommission =
      pays.mode === "percent_of_commission" ||
      pays.mode === "per_referral" ||
      (pays.mode === "decrement" && pays.of === "commission");
    if (ofCommission && atMostOf === undefined && !component.only && !component.except) return;
    this.subPartnerFacts = true;
    this.#atLeast("days");
    if (pays.mode === "per_qualified") this.reach = "beginning";
  }

  #acquisition(component: Extract<Component, { model: "cpa" | "cpl" }>): void {
    this.#condition(component.qualification, true);
    this.#clawback(component.clawback);
    if (component.window !== "none") this.#window(component.window);
    if (component.uniqueBy !== undefined) this.#dimensions(component.uniqueBy);
    if (component.caps !== undefined || typeof component.amount === "object") this.#atLeast("days");
  }

  #clawback(clawback: "none" | { readonly on: readonly string[] }): void {
    if (clawback === "none") return;
    for (const type of clawback.on) {
      if (type === "chargeback" || type === "refund") this.life.add(type);
      else this.#atLeast("events");
    }
  }

  #share(component: Extract<Component, { model: "revenue_share" }>): void {
    const { netting, highRoller, customerAtMost, recoups, carryover, programs } = component;
    this.#dimensions(netting);
    if (programs === "all") this.otherPrograms = true;
    if (highRoller !== undefined || recoups !== undefined) this.#atLeast("days");
    if (recoups !== undefined) this.earned = true;
    if (customerAtMost !== undefined) {
      this.#atLeast("days");
      if (customerAtMost.period === "lifetime") this.reach = "beginning";
    }
    if (carryover.mode === "capped" && typeof carryover.most === "object") this.earned = true;
  }

  #dimensions(names: readonly string[]): void {
    for (const name of names) {
      if (KEPT_IN_TOTALS.has(name)) continue;
      this.#atLeast(KNOWN_OF_CUSTOMERS.has(name) ? "days" : "events");
    }
  }

  #cap(per: string): void {
    this.#atLeast("days");
    if (per === "total" || per === "customer") this.reach = "beginning";
  }

  #window(window: { readonly from: string; readonly hours?: number | undefined }): void {
    if (!BUILT_IN.has(window.from) || window.hours !== undefined) this.#atLeast("events");
  }

  #condition(node: Qualification, life: boolean): void {
    if ("all" in node) {
      for (const one of node.all) this.#condition(one, life);
      return;
    }
    if ("any" in node) {
      for (const one of node.any) this.#condition(one, life);
      return;
    }
    if ("attribute" in node) {
      this.#dimensions([node.attribute]);
      return;
    }
    if (node.within !== undefined) this.#window(node.within);
    if ("where" in node && node.where !== undefined) this.#events();
    if ("monthDays" in node && node.monthDays !== undefined) this.#atLeast("days");
    if ("milestone" in node) {
      if (!BUILT_IN.has(node.milestone)) this.#atLeast("events");
      return;
    }
    if (node.trades !== undefined || ("take" in node && node.take !== undefined)) {
      // Filters and levels are questions about single events, of the whole life where the condition is.
      if (life) this.reach = "beginning";
      this.#atLeast("events");
    }
    if ("count" in node) {
      this.#atLeast("events");
      return;
    }
    if (node.only !== undefined) this.#dimensions(Object.keys(node.only));
    for (const bound of [node.atLeast, node.moreThan]) {
      if (typeof bound === "object" && bound.of !== "amount" && bound.of !== "first_deposit")
        this.#lifeOf(bound.of, life);
    }
    if (node.metric !== "first_deposit") this.#lifeOf(node.metric, life);
  }

  #lifeOf(metric: string, life: boolean): void {
    if (isLevel(metric)) {
      if (life) this.reach = "beginning";
      this.#atLeast("events");
      return;
    }
    if (!life) {
      this.#atLeast("days");
      return;
    }
    for (const [, name] of measuresOf(metric)) this.life.add(name);
  }

  #metricCondition(condition: MetricCondition): void {
    if ("all" in condition) {
      for (const one of condition.all) this.#metricCondition(one);
      return;
    }
    if ("any" in condition) {
      for (const one of condition.any) this.#metricCondition(one);
      return;
    }
    this.#metric(condition.metric);
  }

  #metric(metric: Metric): void {
    if ("ratio" in metric) {
      for (const one of metric.ratio) this.#metric(one);
      return;
    }
    if ("item" in metric) {
      this.#atLeast("events");
      return;
    }
    if (metric.only !== undefined) this.#dimensions(Object.keys(metric.only));
    if (metric.trades !== undefined || metric.where !== undefined) this.#atLeast("events");
    if (metric.same !== undefined) this.#dimensions(metric.same);
    if (metric.subPartners !== "excluded") {
      this.subPartners = true;
      this.subPartnerFacts = true;
      this.#atLeast("days");
    }
    if (metric.programs === "all") this.otherPrograms = true;
    if (metric.period !== "current") this.reach = "beginning";
    if ("sum" in metric && isLevel(metric.sum)) this.#atLeast("events");
    if ("commission" in metric) this.earned = true;
    if (!("count" in metric)) return;
    if (["clicks", "unique_clicks", "impressions"].includes(metric.count)) this.traffic = true;
    else if (["registrations", "first_deposits"].includes(metric.count)) this.people = true;
    else if (["qualified", "active_customers", "customers"].includes(metric.count)) this.#atLeast("days");
    else if (metric.count !== "sub_partners") this.#atLeast("events");
    else this.subPartners = true;
  }

  /** Values with rows or bands anywhere in the plan. */
  #values(node: unknown): void {
    if (Array.isArray(node)) {
      for (const one of node) this.#values(one);
      return;
    }
    if (typeof node !== "object" || node === null) return;
    const value = node as Partial<Record<string, unknown>>;
    if (Array.isArray(value.rows)) {
      for (const row of value.rows as { when: Record<string, unknown> }[]) this.#dimensions(Object.keys(row.when));
    }
    if (Array.isArray(value.variants)) {
      for (const one of value.variants as { when: Record<string, unknown> }[]) this.#dimensions(Object.keys(one.when));
    }
    if (Array.isArray(value.bands)) {
      const tiered = node as Extract<PlanValue, { bands: unknown }>;
      this.#metric(tiered.metric);
      for (const band of tiered.bands) if (band.needs !== undefined) this.#metricCondition(band.needs);
    }
    if (Array.isArray(value.overrides)) {
      for (const one of value.overrides as { only?: Record<string, unknown> }[])
        this.#dimensions(Object.keys(one.only ?? {}));
    }
    if ("per" in value && "amount" in value && value.per !== "period" && !("model" in value)) this.#atLeast("events");
    if ("over" in value && "measure" in value) this.#atLeast("events");
    if ("each" in value && "of" in value) this.#atLeast("events");
    for (const child of Object.values(value)) this.#values(child);
  }
}
