import type { PlanInput } from "@tributary/contract";
import type { PartnerPlan, Vertical } from "./world.ts";

/** What partners of each vertical are paid, by kind of deal. */
type Deal = PartnerPlan["deal"];

const CPA: Record<Vertical, PlanInput["components"][number] | undefined> = {
  fx: {
    code: "acquisition",
    model: "cpa",
    clause: "3.1",
    amount: "400.00",
    qualification: { all: [{ metric: "first_deposit", atLeast: "250.00" }, { milestone: "kyc_passed" }] },
    window: { from: "registration", days: 60 },
    clawback: { on: ["chargeback"], within: { days: 90 } },
    hold: { days: 30, from: "earned" },
  },
  casino: {
    code: "acquisition",
    model: "cpa",
    clause: "3.1",
    amount: "90.00",
    qualification: { metric: "deposits", atLeast: "30.00" },
    window: { from: "registration", days: 45 },
    clawback: { on: ["chargeback"], within: { days: 60 } },
    hold: { days: 14, from: "earned" },
  },
  saas: undefined,
};

const SHARE: Record<Vertical, PlanInput["components"][number]> = {
  fx: {
    code: "spread_share",
    model: "revenue_share",
    clause: "4.1",
    base: { name: "broker_revenue", terms: [{ add: "spread" }, { add: "commission" }] },
    rate: "0.30",
    carryover: { mode: "none" },
  },
  casino: {
    code: "net_share",
    model: "revenue_share",
    clause: "4.1",
    base: {
      name: "ngr",
      terms: [{ add: "ggr" }, { deduct: "bonus" }, { deduct: "fees" }, { deduct: "taxes" }, { deduct: "chargeback" }],
    },
    rate: "0.35",
    carryover: { mode: "full", unit: "base" },
  },
  saas: {
    code: "sales_share",
    model: "revenue_share",
    clause: "4.1",
    base: { name: "net_sales", terms: [{ add: "sale" }, { deduct: "refund" }, { deduct: "chargeback" }] },
    rate: "0.20",
    carryover: { mode: "full", unit: "base" },
    hold: { days: 30, from: "earned" },
  },
};

const CURRENCY: Record<Vertical, string> = { fx: "USD", casino: "EUR", saas: "EUR" };

/** The deals that a vertical offers; a SaaS vendor pays a share of its sales only. */
export function dealsOf(vertical: Vertical): readonly Deal[] {
  return vertical === "saas" ? ["revenue_share"] : ["cpa", "revenue_share", "hybrid"];
}

/** The commission plan of a deal. A hybrid pays both from the first day, each at about half. */
export function planOf(vertical: Vertical, deal: Deal): PlanInput {
  const cpa = CPA[vertical];
  const share = SHARE[vertical];
  const components =
    cpa === undefined || deal === "revenue_share"
      ? [share]
      : deal === "cpa"
        ? [cpa]
        : [
            { ...cpa, amount: vertical === "fx" ? "200.00" : "40.00" } as typeof cpa,
            { ...share, rate: vertical === "fx" ? "0.15" : "0.20" } as typeof share,
          ];
  return { language: 1, currency: CURRENCY[vertical], components };
}

/** The deal that a partner really gets: a plan of its vertical. */
export function dealOf(partner: PartnerPlan): Deal {
  return dealsOf(partner.vertical).includes(partner.deal) ? partner.deal : "revenue_share";
}
