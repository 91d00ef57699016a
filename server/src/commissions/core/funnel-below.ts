import type { PlanDocument, SubPartnerComponent } from "@tributary/contract";
import { type Decimal, decimal } from "../../kernel/decimal.ts";
import { addDays, type Month } from "../../kernel/period.ts";
import { type Customer, type Earned, type Entry, type Facts, NO_FACTS, type SubPartner } from "./entries.ts";
import { typeOfMeasure } from "./facts-of-file.ts";

type Pays = SubPartnerComponent["pays"];

/** What a plan looks at below the partner, as far as a funnel can tell it: one direct sub-partner that brings the same every month. */
export interface BelowLooks {
  /** Components whose commission the sub-partner earns; none: nobody asks for it. */
  readonly commission: { readonly model: string; readonly component: string } | null;
  /** Measures and quantities that the sub-partner's customers bring in a month. */
  readonly measures: ReadonlySet<string>;
  readonly quantities: ReadonlySet<string>;
  /** The component whose customers are counted. */
  readonly qualified: string | null;
  readonly referrals: boolean;
  /** The attribute by which a sub-partner states its own value, and the partner's value where it is one number. */
  readonly level: { readonly attribute: string; readonly own: number | null } | null;
}

export function belowLooks(plan: PlanDocument): BelowLooks {
  const looks = {
    commission: null as BelowLooks["commission"],
    measures: new Set<string>(),
    quantities: new Set<string>(),
    qualified: null as string | null,
    referrals: false,
    level: null as BelowLooks["level"],
  };
  for (const component of plan.components) {
    if (component.model !== "sub_partner") continue;
    const { pays } = component;
    if (pays.mode === "percent_of_commission" || (pays.mode === "decrement" && pays.of === "commission"))
      looks.commission ??= commissionOf(pays);
    else if (pays.mode === "percent_of_revenue")
      for (const name of measuresOf(pays.base, plan)) looks.measures.add(name);
    else if (pays.mode === "per_qualified") looks.qualified ??= pays.component;
    else if (pays.mode === "per_referral") looks.referrals = true;
    else if (typeof pays.of === "string") looks.measures.add(pays.of);
    else looks.quantities.add(pays.of.quantity);
    if (pays.mode === "level_difference") looks.level ??= { attribute: pays.attribute, own: numberOf(pays.own) };
    if (component.atMostOf !== undefined) looks.measures.add(component.atMostOf.measure);
  }
  return looks;
}

/** The first model and component that the plan asks of the sub-partner's commission, or a share of revenue. */
function commissionOf(pays: Extract<Pays, { mode: "percent_of_commission" | "decrement" }>) {
  const model = pays.models?.[0] ?? "revenue_share";
  return { model, component: pays.components?.[0] ?? model };
}

function numberOf(value: unknown): number | null {
  return typeof value === "string" && Number.isFinite(Number(value)) ? Number(value) : null;
}

/** Names that are added, deducted and summed in a base, and in the bases that it names. */
function measuresOf(base: unknown, plan: PlanDocument, seen: ReadonlySet<string> = new Set()): string[] {
  if (typeof base === "string") {
    const named = plan.bases?.[base];
    return named === undefined || seen.has(base) ? [] : measuresOf(named, plan, new Set([...seen, base]));
  }
  if (Array.isArray(base)) return base.flatMap((one) => measuresOf(one, plan, seen));
  if (typeof base !== "object" || base === null) return [];
  return Object.entries(base).flatMap(([name, value]) => {
    if (typeof value !== "string") return measuresOf(value, plan, seen);
    if (name === "base") return measuresOf(value, plan, seen);
    return ["add", "deduct", "sum", "measure"].includes(name) ? [value] : [];
  });
}

export interface BelowFunnel {
  /** By the slider's id. */
  readonly number: (id: string) => number;
  readonly choices: Readonly<Record<string, string>>;
  /** Customers as the funnel makes them, so many in each month. */
  readonly people: (many: number) => readonly Customer[];
}

const SUB_PARTNER = "sub-partner";

/** The tree, the customers and the earnings below the partner for where the sliders stand. */
export function belowFacts(
  plan: PlanDocument,
  months: readonly Month[],
  { number, choices, people }: BelowFunnel,
): Pick<Facts, "tree" | "earned" | "customers"> {
  const looks = belowLooks(plan);
  const level = looks.level === null ? {} : { [looks.level.attribute]: exactText(number("belowValue")) };
  const own = placeOf(SUB_PARTNER, "0001-01-01", level);
  const recruits = looks.referrals ? months.flatMap((month) => recruitsOf(month, Math.round(number("referrals")))) : [];
  const commission = looks.commission === null ? 0 : number("below");
  const qualified = looks.qualified === null ? [] : people(Math.round(number("belowQualified")));
  const earned = [
    ...months.flatMap((month) => (commission > 0 ? [earnedIn(plan, month, SUB_PARTNER, looks, commission)] : [])),
    ...recruits.map((one) => earnedIn(plan, monthOfPlace(one), one.partnerId, looks, 1)),
    ...qualified.flatMap((customer) => paidFor(plan, customer, looks.qualified)),
  ];
  return {
    tree: [own, ...recruits],
    earned,
    customers: [
      ...qualified.map((one) => ({ ...one, partnerId: SUB_PARTNER })),
      ...bringing(plan, months, looks, number, choices),
    ],
  };
}

function placeOf(partnerId: string, from: string, attributes: Readonly<Record<string, string>>): SubPartner {
  return { partnerId, parentId: NO_FACTS.partnerId, from, until: null, active: true, attributes };
}

function recruitsOf(month: Month, many: number): SubPartner[] {
  return Array.from({ length: many }, (_, index) => placeOf(`recruit ${month} ${index}`, month, {}));
}

function monthOfPlace(place: SubPartner): Month {
  return place.from as Month;
}

function earnedIn(plan: PlanDocument, month: Month, partnerId: string, looks: BelowLooks, amount: number): Earned {
  const { model, component } = looks.commission ?? { model: "revenue_share", component: "revenue_share" };
  return { partnerId, component, model, month, customerId: null, currency: plan.currency, value: exact(amount) };
}

/** That the sub-partner was paid for a customer by a component of its own plan, on the day of the first deposit. */
function paidFor(plan: PlanDocument, customer: Customer, component: string | null): Earned[] {
  const day = customer.firstDeposit?.day;
  if (day === undefined || component === null || plan.components.some((one) => one.code === component)) return [];
  const month = `${day.slice(0, 7)}-01` as Month;
  const { customerId } = customer;
  const shared = { component, model: "cpa", month, day, customerId, currency: plan.currency };
  return [{ partnerId: SUB_PARTNER, ...shared, value: decimal(1) }];
}

/** One customer who stands for all of the sub-partner's: what they bring is told as a sum. */
function bringing(
  plan: PlanDocument,
  months: readonly Month[],
  looks: BelowLooks,
  number: BelowFunnel["number"],
  choices: BelowFunnel["choices"],
): Customer[] {
  const names = [...looks.measures, ...looks.quantities];
  const [first] = months;
  if (names.length === 0 || first === undefined) return [];
  const reached = { day: first, at: null };
  const entries = months.flatMap((month) =>
    names.flatMap((name): Entry[] => {
      const value = exact(number(`below:${name}`));
      if (value.units === 0n) return [];
      const isQuantity = looks.quantities.has(name);
      const day = addDays(month, 14);
      return [
        {
          day,
          at: null,
          type: isQuantity ? "trade" : typeOfMeasure(name),
          id: `below ${name} ${day}`,
          customerId: "of the sub-partner",
          cohort: "",
          currency: plan.currency,
          measures: isQuantity ? {} : { [name]: value },
          quantities: isQuantity ? { [name]: value } : {},
          dimensions: choices,
          count: 1,
        },
      ];
    }),
  );
  return [
    {
      customerId: "of the sub-partner",
      partnerId: SUB_PARTNER,
      cohort: "",
      attributes: choices,
      milestones: { registration: reached, kyc_passed: reached, first_deposit: reached, first_trade: reached },
      firstDeposit: null,
      entries,
    },
  ];
}

function exact(value: number): Decimal {
  return decimal(value.toFixed(2));
}

function exactText(value: number): string {
  return value.toFixed(2);
}
