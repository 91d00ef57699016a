import { z } from "zod";
import { PlanAmount, PlanCode } from "./amounts.ts";
import { common } from "./common.ts";
import { MetricCondition } from "./metric.ts";
import { AmountValue, RateValue } from "./value.ts";

const Components = z.union([z.literal("all"), z.array(PlanCode).min(1).max(40)]);

/** A fixed amount for a placement, a listing, a sponsorship: once, or every period between `from` and `until`. */
export const FlatFeeComponent = z.strictObject({
  model: z.literal("flat_fee"),
  ...common,
  amount: AmountValue,
  per: z.enum(["once", "month", "quarter", "year"]).describe("once: on the day `from`"),
  placement: z.string().max(200).optional(),
  proration: z.enum(["none", "days"]).describe("days: a month that is only partly covered is paid by its days"),
});
export type FlatFeeComponent = z.infer<typeof FlatFeeComponent>;

/**
 * At least so much per period. `top_up`: what the components fall short of it is paid on top. `advance`: it is paid in full, and what the components
 * earn is paid only beyond it. `shortfall`: whether an advance that was not earned back reduces later periods.
 */
export const MinimumGuaranteeComponent = z.strictObject({
  model: z.literal("minimum_guarantee"),
  ...common,
  amount: AmountValue,
  per: z.enum(["month", "quarter", "term"]).describe("term: settled once, in the month of `until`"),
  of: Components.describe("which components count towards it"),
  kind: z.enum(["top_up", "advance"]),
  shortfall: z.enum(["forgiven", "carried"]).describe("carried: recouped from what the components earn above the guarantee later"),
  proration: z.enum(["none", "days"]).default("none"),
});
export type MinimumGuaranteeComponent = z.infer<typeof MinimumGuaranteeComponent>;

/** An amount, or a share of commission, when a target is met: once, every month, every quarter. Never part of its own basis. */
export const BonusComponent = z.strictObject({
  model: z.literal("bonus"),
  ...common,
  needs: MetricCondition.optional().describe("the target; without it the value's own tiers decide"),
  pays: z.enum(["once", "month", "quarter"]).describe("quarter: in its last month"),
  amount: AmountValue.optional(),
  rate: RateValue.optional(),
  of: Components.default("all").describe("with a rate: of whose commission"),
  over: z.enum(["month", "quarter"]).default("month").describe("with a rate: of which period"),
});
export type BonusComponent = z.infer<typeof BonusComponent>;
export type PlanAmountText = z.infer<typeof PlanAmount>;
