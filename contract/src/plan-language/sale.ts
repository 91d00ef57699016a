import { z } from "zod";
import { PlanAmount, PlanCode } from "./amounts.ts";
import { BaseTerm } from "./base.ts";
import { common, ItemRounding, overridesOf } from "./component-fields.ts";
import { AmountValue, RateValue } from "./value.ts";

/** What an order or payment is worth: its measure `sale`, or terms over the measures it carries (`sale` less `tax` and `fees`). */
const Worth = z
  .array(BaseTerm)
  .min(1)
  .max(20)
  .default([{ add: "sale" }]);

/**
 * What becomes of refunds and chargebacks. They belong to the order of the same `order` dimension, in whichever month that lies and whichever of the two
 * is heard of first; without one to the customer's `latest` order before them that is not wholly refunded yet (of the same `product` and `subscription`
 * where the refund names them), or as `refundsWithoutOrder` says. The share of an order is what was given back ÷ what the customer had paid (the event's own amount; the measures that
 * `basis` adds where it has none), never more than all of it; one that states no amount takes the whole. It is a share of what this component paid for
 * the order then: at the rate, limits and currency rate of the order. A refunded order stays a customer's first, and a refunded payment stays one of the
 * payments that a limit counts.
 */
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
    .describe(
      "a refund or chargeback of an order takes back its share of what the order was paid, all of it, or nothing",
    ),
  refundsWithin: z
    .strictObject({ days: z.int().min(0).max(3650) })
    .optional()
    .describe("a refund more than so many days after the day of its order takes nothing back; whenever when left out"),
  refundsWithoutOrder: z
    .enum(["latest", "first", "nothing"])
    .optional()
    .describe(
      "a refund that names no order is of the customer's latest order before it that is not wholly refunded (when left out), of the first such order, or takes nothing back",
    ),
  itemAtMost: PlanAmount.optional().describe("most per order: all lines with one order number together"),
  itemRounding: ItemRounding.optional(),
};

/**
 * A share of, or an amount for, every order: all of them or a customer's first only (the first that `only` and `except` let through, whenever it was:
 * `from` does not make a later one the first). Exactly one of `rate` and `amount`.
 */
export const SaleComponent = z.strictObject({
  model: z.literal("sale"),
  ...order,
  orders: z.enum(["all", "first"]).default("all"),
});
export type SaleComponent = z.infer<typeof SaleComponent>;

/**
 * A share of, or an amount for, the payments of a subscription, for so many payments or months. A payment of nothing (a trial, a free month) is no payment
 * and uses up no place. Months begin on the day of the first payment (or of the registration; without one the first payment stands for it) and end with
 * the day before the same day of the month after the last; pauses do not prolong them. Upgrades and downgrades simply change what a payment is worth.
 * An annual payment (dimension `billing` is `annual`) is one payment and paid `as_paid`, or is one payment at the measure `monthly_price` as if it were one
 * month's (a twelfth of the payment when it does not say), or stands for `twelve_payments`: as many twelfths of it as there are places or months left.
 */
export const RecurringComponent = z.strictObject({
  model: z.literal("recurring"),
  ...order,
  limit: z.union([
    z.literal("life"),
    z.strictObject({ payments: z.int().min(1).max(600) }),
    z.strictObject({ months: z.int().min(1).max(240), from: z.enum(["first_payment", "registration"]) }),
  ]),
  each: z
    .enum(["customer", "subscription"])
    .default("customer")
    .describe(
      "whose payments or months the limit counts: all of the customer's, or apart for each `subscription` dimension",
    ),
  annual: z.enum(["as_paid", "monthly_price", "twelve_payments"]).default("as_paid"),
});
export type RecurringComponent = z.infer<typeof RecurringComponent>;
