import type { PlanInput } from "@tributary/contract";

type Component = PlanInput["components"][number];
type Plans = Readonly<
  Record<string, { readonly name: string; readonly plan: Omit<PlanInput, "language" | "currency"> }>
>;

const cpa = {
  code: "acquisition",
  model: "cpa",
  clause: "3.1",
  amount: "90.00",
  qualification: { metric: "deposits", atLeast: "30.00" },
  window: { from: "registration", days: 45 },
  clawback: { on: ["chargeback"], within: { days: 60 } },
  hold: { days: 14, from: "earned" },
} as const satisfies Component;

/** Net gaming revenue as this casino declares it: what is taken off, in which order, and of what. */
const NGR: NonNullable<PlanInput["bases"]> = {
  ngr: {
    name: "ngr",
    terms: [
      { add: "ggr" },
      { deduct: "bonus" },
      { deduct: { rate: "0.05", of: "ggr", name: "gaming_duty" } },
      { deduct: { rate: "0.02", of: ["deposit", "withdrawal"], name: "payment_fees" } },
      { deduct: { rate: "0.08", of: "remainder", name: "platform_fee" } },
      { deduct: "chargeback" },
    ],
  },
};

const netShare = {
  code: "net_share",
  model: "revenue_share",
  clause: "4.1",
  base: "ngr",
  rate: "0.35",
  carryover: { mode: "full", unit: "base" },
} as const satisfies Component;

const WEST = ["DE", "FR", "IT"];
const SOUTH = ["ES", "PT", "PL", "GR", "CZ"];

/** What affiliates of a casino are paid by. */
export const CASINO_PLANS: Plans = {
  cpa: { name: "CPA", plan: { components: [cpa] } },
  revenue_share: { name: "Revenue share", plan: { bases: NGR, components: [netShare] } },
  hybrid: {
    name: "Hybrid",
    plan: {
      bases: NGR,
      components: [
        { ...cpa, amount: "40.00" },
        { ...netShare, rate: "0.20" },
      ],
    },
  },
  tiered_share: {
    name: "Revenue share by first deposits",
    plan: {
      bases: NGR,
      components: [
        {
          ...netShare,
          rate: {
            metric: { count: "first_deposits", period: "last_closed" },
            mode: "whole",
            bounds: "at_least",
            bands: [
              { name: "Bronze", from: "0", value: "0.25" },
              { name: "Silver", from: "4", value: "0.30" },
              { name: "Gold", from: "10", value: "0.36" },
              { name: "Platinum", from: "25", value: "0.42" },
            ],
          },
          carryover: { mode: "limited", settlements: 3, unit: "base" },
          highRoller: {
            threshold: "1500.00",
            unit: "base",
            when: "always",
            month: "excluded",
            carry: "whole",
            writtenOffAfterMonths: 12,
          },
        },
      ],
    },
  },
  cpa_country: {
    name: "CPA by country",
    plan: {
      components: [
        {
          ...cpa,
          amount: {
            rows: [
              { when: { country: WEST }, value: "120.00" },
              { when: { country: SOUTH }, value: "80.00" },
              { when: { country: ["BR", "MX", "CL", "CO", "PE"] }, value: "35.00" },
            ],
            otherwise: "25.00",
          },
          caps: [{ name: "monthly", limit: "15", of: "items", per: "month", overflow: "next_period" }],
        },
      ],
    },
  },
  advance: {
    name: "CPA as an advance on revenue share",
    plan: {
      bases: NGR,
      components: [
        { ...cpa, amount: "60.00" },
        { ...netShare, rate: "0.40", recoups: { component: "acquisition", scope: "month_cohort" } },
      ],
    },
  },
  media: {
    name: "Clicks and impressions",
    plan: {
      components: [
        {
          code: "clicks",
          model: "cpc",
          clause: "1.1",
          amount: { rows: [{ when: { country: WEST }, value: "0.32" }], otherwise: "0.12" },
          count: "unique_clicks",
          atMost: "2000.00",
        },
        { code: "impressions", model: "cpm", clause: "1.2", amount: "1.80" },
      ],
    },
  },
};
