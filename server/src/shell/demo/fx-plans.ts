import type { PlanInput } from "@tributary/contract";

type Component = PlanInput["components"][number];
type Plans = Readonly<
  Record<string, { readonly name: string; readonly plan: Omit<PlanInput, "language" | "currency"> }>
>;

const cpa = (amount: string): Component => ({
  code: "acquisition",
  model: "cpa",
  clause: "3.1",
  amount,
  qualification: {
    all: [
      { metric: "first_deposit", atLeast: "250.00" },
      { milestone: "kyc_passed" },
      { metric: "lots", atLeast: "0.10" },
    ],
  },
  window: { from: "registration", days: 60 },
  clawback: { on: ["chargeback"], within: { days: 90 } },
  hold: { days: 30, from: "earned" },
});

const revenueShare = (rate: string): Component => ({
  code: "spread_share",
  model: "revenue_share",
  clause: "4.1",
  base: { name: "broker_revenue", terms: [{ add: "spread" }, { add: "commission" }] },
  rate,
  carryover: { mode: "none" },
});

/** Per lot: gold by itself, then by group; only trades that were meant to be trades. */
const lotRebate: Component = {
  code: "lot_rebate",
  model: "lot_rebate",
  clause: "2.1",
  amount: {
    rows: [
      { when: { symbol: ["XAUUSD"] }, value: "9.00" },
      { when: { group: ["majors"] }, value: "6.00" },
      { when: { group: ["indices"] }, value: "3.00" },
    ],
    otherwise: "4.00",
  },
  trades: { minSeconds: 180, minPoints: "3", exclude: ["hedged", "bonus_funds"] },
};

/** What introducing brokers and affiliates of a broker are paid by. */
export const FX_PLANS: Plans = {
  cpa: { name: "CPA", plan: { components: [cpa("400.00")] } },
  revenue_share: { name: "Revenue share", plan: { components: [revenueShare("0.30")] } },
  hybrid: { name: "Hybrid", plan: { components: [cpa("200.00"), revenueShare("0.15")] } },
  lots: {
    name: "Lot rebate with client rebate",
    plan: {
      components: [
        lotRebate,
        {
          code: "client_rebate",
          model: "client_rebate",
          clause: "2.4",
          share: "0.20",
          of: ["lot_rebate"],
          to: "customers",
          schedule: "weekly",
        },
      ],
    },
  },
  ib_levels: {
    name: "Introducing broker, two levels",
    plan: {
      components: [
        lotRebate,
        {
          code: "sub_partners",
          model: "sub_partner",
          clause: "5.1",
          pays: { mode: "percent_of_commission", rates: ["0.10", "0.05"], negative: "floor" },
        },
      ],
    },
  },
  ib_master: {
    name: "Master introducing broker",
    plan: {
      active: { count: "trade", atLeast: "1" },
      components: [
        {
          ...lotRebate,
          amount: {
            metric: { count: "active_customers" },
            mode: "whole",
            bounds: "at_least",
            bands: [
              { name: "Start", from: "0", value: "6.50" },
              { name: "Silver", from: "15", value: "7.25" },
              { name: "Gold", from: "40", value: "8.00" },
            ],
          },
        },
        {
          code: "level_difference",
          model: "sub_partner",
          clause: "5.2",
          pays: { mode: "level_difference", own: "8.00", of: { quantity: "lots" }, ownCustomers: "elsewhere" },
        },
      ],
    },
  },
  spread_tiers: {
    name: "Spread share by active customers",
    plan: {
      active: { count: "trade", atLeast: "3" },
      components: [
        {
          code: "spread",
          model: "spread_share",
          clause: "4.2",
          spread: { from: "measure", measure: "spread" },
          mostPerLot: "18.00",
          trades: { minSeconds: 60 },
          rate: {
            metric: { count: "active_customers" },
            mode: "whole",
            bounds: "at_least",
            bands: [
              { name: "Start", from: "0", value: "0.25" },
              { name: "Plus", from: "10", value: "0.30" },
              { name: "Prime", from: "30", value: "0.38" },
            ],
          },
        },
      ],
    },
  },
};
