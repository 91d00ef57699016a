import { z } from "zod";
import { PlanAmount, PlanCode } from "./amounts.ts";
import { BaseTerm } from "./base.ts";
import { common, ItemRounding, overridesOf } from "./common.ts";
import { AmountValue, RateValue } from "./value.ts";

/** What an order or payment is worth: its measure `sale`, or terms over the measures it carries (`sale` less `tax` and `fees`). */
const Worth = z.array(BaseTerm).min(1).max(20).default([{ add: "sale" }]);

const order = {
  ...common,
  event: PlanCode.default("sale"),
  basis: Worth,
  rate: RateValue.optional(),
  amount: AmountValue.optional().describe("a flat amount per order instead of a share"),
  overrides: overridesOf(AmountValue),
  refunds: z
    .enum(["proportional", "whole", "kept"])
    .default("proportional")
    .describe("a refund or chargeback of an order (same `order` dimension, else the customer's latest) takes back its share, all of it, or nothing"),
  itemAtMost: PlanAmount.optional().describe("most per order"),
  itemRounding: ItemRounding.optional(),
};

/** A share of, or an amount for, every order: all of them or a customer's first only. Exactly one of `rate` and `amount`. */
export const SaleComponent = z.strictObject({
  model: z.literal("sale"),
  ...order,
  orders: z.enum(["all", "first"]).default("all"),
});
export type SaleComponent = z.infer<typeof SaleComponent>;

/**
 * A share of, or an amount for, the payments of a subscription, for so many payments or months. Pauses do not prolong months. An annual payment
 * (dimension `billing` is `annual`) counts as one payment and is paid `as_paid`, or at the measure `monthly_price` as if it were one month's.
 */
export const RecurringComponent = z.strictObject({
  model: z.literal("recurring"),
  ...order,
  limit: z.union([
    z.literal("life"),
    z.strictObject({ payments: z.int().min(1).max(600) }),
    z.strictObject({ months: z.int().min(1).max(240), from: z.enum(["first_payment", "registration"]) }),
  ]),
  annual: z.enum(["as_paid", "monthly_price", "twelve_payments"]).default("as_paid").describe("twelve_payments: counts as twelve of the limit"),
});
export type RecurringComponent = z.infer<typeof RecurringComponent>;
