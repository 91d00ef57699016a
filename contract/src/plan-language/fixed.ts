import { z } from "zod";
import { type PlanAmount, PlanCode } from "./amounts.ts";
import { common } from "./component-fields.ts";
import { MetricCondition } from "./metric.ts";
import { AmountValue, RateValue } from "./value.ts";

const Components = z.union([z.literal("all"), z.array(PlanCode).min(1).max(40)]);

/**
 * A fixed amount for a placement, a listing, a sponsorship: once, or every calendar month, quarter or year that `from`, `until` and the terms' own
 * validity cover. A period that they cover in part is paid by its days (`days`), or whole (`none`); then, when the terms change within a period, those that
 * are in force on its last day pay it, so that it is never paid twice, and terms that end earlier without others do not. Days that are `booked` once are
 * such a period too: a placement of 15 June to 14 July that was taken down on 30 June.
 */
export const FlatFeeComponent = z.strictObject({
  model: z.literal("flat_fee"),
  ...common,
  amount: AmountValue,
  per: z
    .enum(["once", "month", "quarter", "year"])
    .describe("once: on the day `from`, else in the first month of the terms"),
  due: z
    .enum(["period_start", "period_end"])
    .default("period_end")
    .describe("in which month a quarter's, a year's or a booked fee is earned: the first or the last that is covered"),
  booked: z
    .strictObject({ from: z.iso.date(), until: z.iso.date() })
    .optional()
    .describe("with per once: the days that the amount is for; `until` says when it ended earlier"),
  placement: z.string().max(200).optional(),
  proration: z
    .enum(["none", "days"])
    .describe(
      "days: a period that is only partly covered is paid by its days, of 28, 29, 30, 31, of a quarter's or of a year's",
    ),
});
export type FlatFeeComponent = z.infer<typeof FlatFeeComponent>;

/**
 * At least so much per period. `top_up`: what the components fall short of it is paid on top, at the period's end. `advance`: it is paid in full in the
 * period's first month, and what the components earn is paid only beyond it. Over a whole period both come to the higher of the two.
 * `shortfall`, what was paid but not earned: `forgiven`, or `carried`: recouped from what the components earn above the guarantee of later periods,
 * in the month in which they earn it.
 * Other minimum guarantees never count towards one.
 */
export const MinimumGuaranteeComponent = z.strictObject({
  model: z.literal("minimum_guarantee"),
  ...common,
  amount: AmountValue,
  per: z.enum(["month", "quarter", "term"]).describe("term: settled once, in the month of `until`"),
  of: Components.describe("which components count towards it"),
  kind: z.enum(["top_up", "advance"]),
  shortfall: z
    .enum(["forgiven", "carried"])
    .describe("carried: recouped later, never below the guarantee of the later period"),
  proration: z
    .enum(["none", "days"])
    .default("none")
    .describe("days: less for a period that `from`, `until` or the terms cover only in part"),
});
export type MinimumGuaranteeComponent = z.infer<typeof MinimumGuaranteeComponent>;

/**
 * An amount, or a share of commission, when a target is met: once, every month, every quarter. Neither it nor another bonus nor a minimum guarantee is
 * part of its basis, unless `of` names that. Exactly one of `amount` and `rate`; a share of nothing or less is nothing.
 */
export const BonusComponent = z.strictObject({
  model: z.literal("bonus"),
  ...common,
  needs: MetricCondition.optional().describe("the target; without it the value's own tiers decide"),
  pays: z.enum(["once", "month", "quarter"]).describe("quarter: in its last month"),
  amount: AmountValue.optional(),
  rate: RateValue.optional(),
  of: Components.default("all").describe("with a rate: of whose commission"),
  over: z
    .enum(["month", "quarter"])
    .default("month")
    .describe("with a rate: of that month's commission, or of the calendar quarter's up to and with it"),
});
export type BonusComponent = z.infer<typeof BonusComponent>;
export type PlanAmountText = z.infer<typeof PlanAmount>;
