import type { PlanInput } from "@tributary/contract";

type Component = PlanInput["components"][number];
type Plans = Readonly<
  Record<string, { readonly name: string; readonly plan: Omit<PlanInput, "language" | "currency"> }>
>;

/** Subscriptions of a customer's first twelve months, without the tax. */
const recurring = {
  code: "sales_share",
  model: "recurring",
  clause: "4.1",
  basis: [{ add: "sale" }, { deduct: "tax" }],
  rate: "0.20",
  limit: { months: 12, from: "first_payment" },
  refunds: "proportional",
  hold: { days: 30, from: "earned" },
} as const satisfies Component;

/** What resellers and agencies of a software vendor are paid by. */
export const SAAS_PLANS: Plans = {
  revenue_share: { name: "Recurring, twelve months", plan: { components: [recurring] } },
  sale_tiers: {
    name: "Share of orders by size",
    plan: {
      components: [
        {
          code: "orders",
          model: "sale",
          clause: "4.2",
          basis: [{ add: "sale" }, { deduct: "tax" }],
          rate: {
            metric: { item: "amount" },
            mode: "whole",
            bounds: "at_least",
            bands: [
              { name: "Small", from: "0", value: "0.10" },
              { name: "Medium", from: "50", value: "0.15" },
              { name: "Large", from: "100", value: "0.22" },
            ],
          },
          refunds: "proportional",
          itemAtMost: "150.00",
          hold: { days: 30, from: "earned" },
        },
      ],
    },
  },
  tenancy: {
    name: "Listing fee and recurring share",
    plan: {
      components: [
        {
          code: "listing",
          model: "flat_fee",
          clause: "2.1",
          amount: "250.00",
          per: "month",
          placement: "Comparison table, first row",
          proration: "days",
        },
        { ...recurring, rate: "0.10" },
      ],
    },
  },
  guarantee: {
    name: "Recurring with guarantee and quarterly bonus",
    plan: {
      components: [
        recurring,
        {
          code: "guarantee",
          model: "minimum_guarantee",
          clause: "2.2",
          amount: "120.00",
          per: "month",
          of: ["sales_share"],
          kind: "top_up",
          shortfall: "forgiven",
          proration: "days",
        },
        {
          code: "quarter_bonus",
          model: "bonus",
          clause: "2.3",
          needs: { metric: { sum: "sale", period: "quarter" }, atLeast: "1500.00" },
          pays: "quarter",
          amount: "200.00",
        },
      ],
    },
  },
};
