import { z } from "zod";
import { MonthDays, PlanAmount, PlanCode, PlanNumber } from "./amounts.ts";
import { Base } from "./base.ts";
import { common, overridesOf } from "./component-fields.ts";
import { FactorValue, RateValue } from "./value.ts";

const unit = z
  .enum(["base", "commission"])
  .default("base")
  .describe("base: before the rate; commission: after it (they differ when the rate changes)");
const onChange = z
  .enum(["follows", "ends"])
  .default("follows")
  .describe(
    "whether a new version of the agreement takes the balance over; ends: each version has a balance of its own",
  );

const resets = z
  .enum(["quarter", "half_year", "year"])
  .optional()
  .describe("every balance begins at zero again with each of these; never when left out");

/**
 * What becomes of a negative month. `none`: every month starts at zero. `full`: it reduces later months until it is used up. `limited`: for so many
 * settlements (the months after it, whether or not anything happened in them), the rest is written off; each negative month has its own term, and the
 * oldest is used up first. `capped`: a negative month adds to the balance only until that (or, `of: month`, what the month adds) is an amount, or up to so many times the average of the months
 * before it: their positive results in the balance's unit, divided by that number of months, a month without facts counting zero.
 * `by_reason`: only as far as these measures (chargebacks) made it negative.
 */
export const Carryover = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("none") }),
  z.strictObject({ mode: z.literal("full"), unit, onChange, resets }),
  z.strictObject({ mode: z.literal("limited"), settlements: z.int().min(1).max(60), unit, onChange, resets }),
  z.strictObject({
    mode: z.literal("capped"),
    most: z.union([PlanAmount, z.strictObject({ times: PlanNumber, averageOfMonths: z.int().min(1).max(24) })]),
    of: z
      .enum(["balance", "month"])
      .optional()
      .describe("what is never more than `most`: all that is carried (when left out), or what each single month adds"),
    unit,
    onChange,
    resets,
  }),
  z.strictObject({ mode: z.literal("by_reason"), measures: z.array(PlanCode).min(1).max(10), unit, onChange, resets }),
]);
export type Carryover = z.infer<typeof Carryover>;

/**
 * Customers who win a lot. A customer whose result in a month (`unit`) is minus `threshold` or lower is a high roller of that month.
 * `month`: whether that month's negative still counts against the partner (`netted`) or the customer is left out of it (`excluded`).
 * `carry`: what is fenced in and only ever offset by the same customer's later results: `whole`, the customer's negative; `partner_negative`, no
 * more than the partner's negative month, split among several high rollers in proportion (largest remainder); `nothing`: the customer is removed for good.
 * `monthDays`: only what these days of the month brought of a customer is looked at and excluded; its other days count.
 */
export const HighRoller = z.strictObject({
  threshold: PlanAmount,
  bound: z
    .enum(["at_least", "more_than"])
    .default("at_least")
    .describe("whether a loss of exactly the threshold is one"),
  unit,
  monthDays: MonthDays.optional().describe(
    "only wins of these days: late ones that the player would still hold at the month's end; the whole month when left out",
  ),
  when: z.enum(["always", "partner_negative"]),
  month: z.enum(["netted", "excluded"]),
  carry: z.enum(["whole", "partner_negative", "nothing"]),
  writtenOffAfterMonths: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .describe(
      "what is still fenced in so many months after the last month that added to it is given up; never when left out",
    ),
});
export type HighRoller = z.infer<typeof HighRoller>;

/** Which commission the share has to bring in again before it is paid: CPA as an advance. An advance that is taken back later is paid out again. */
export const Recoups = z.strictObject({
  component: PlanCode,
  scope: z
    .enum(["customer", "month_cohort", "agreement"])
    .describe(
      "each customer against its own advance, the customers of a month of qualification together, or all together",
    ),
});

/**
 * A share of a declared base of the partner's customers, month by month. Facts are netted within each group of `netting` (all together when it is
 * empty); each group has its own floor, carry and balance, and the groups' positive results are added.
 * Amount of a group = rate × max(0, base + carried from before).
 * Where the rate depends on a dimension that is not netted (poker 30 %), or an override begins within the month, each part has its own
 * base and rate, negative parts count against the others, and what is carried takes the same share of every part.
 * A rate may ask about the group itself: `{ item: "base" }` is its base in the month, carried amounts included.
 */
export const RevenueShareComponent = z.strictObject({
  model: z.literal("revenue_share"),
  ...common,
  base: z.union([Base, PlanCode.describe("one of the plan's `bases`")]),
  rate: RateValue,
  overrides: overridesOf(RateValue),
  programs: z
    .enum(["this", "all"])
    .optional()
    .describe(
      "this when left out; all: the partner's customers in every program of the operator are paid here, in one balance unless `netting` names `program`; no agreement of the other programs may pay them a share as well",
    ),
  netting: z
    .array(PlanCode)
    .max(5)
    .default([])
    .describe('dimensions whose values are balanced apart: ["brand"], ["product"], ["customer"]'),
  carryover: Carryover,
  highRoller: HighRoller.optional(),
  customerAtMost: z
    .strictObject({
      metric: PlanCode.describe("deposits, or any measure of the customer"),
      period: z.enum(["month", "lifetime"]),
    })
    .optional()
    .describe(
      "a customer's base counts up to this much of its own; lifetime: all of its base so far up to all of it so far, less what was counted before",
    ),
  recoups: Recoups.optional(),
  ringFenced: z
    .boolean()
    .default(true)
    .describe(
      "true: a negative share is never taken from what other components pay; false: it is, down to zero for the plan, and what was taken is not carried as well",
    ),
});
export type RevenueShareComponent = z.infer<typeof RevenueShareComponent>;

/** A share of the theoretical win: turnover × edge × rate. */
export const TheoreticalComponent = z.strictObject({
  model: z.literal("theoretical"),
  ...common,
  turnover: PlanCode.default("turnover").describe("the measure that was played"),
  edge: z
    .union([FactorValue, z.literal("stated")])
    .describe("the house edge as a share of one, by product or game; stated: each event's own number `edge`"),
  rate: RateValue,
  overrides: overridesOf(RateValue),
});
export type TheoreticalComponent = z.infer<typeof TheoreticalComponent>;
