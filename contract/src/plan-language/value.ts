import { z } from "zod";
import { Match, PlanAmount, PlanNumber, PlanRate } from "./amounts.ts";
import { Metric, MetricCondition } from "./metric.ts";

/**
 * A value that depends on dimensions: the first row whose dimensions all match applies. Dimensions are looked up on the event, then on the customer,
 * then on the partner. `otherwise` says what holds when no row matches.
 */
function tableOf<T extends z.ZodType>(value: T) {
  return z.strictObject({
    rows: z
      .array(z.strictObject({ when: Match, value }))
      .min(1)
      .max(1000),
    otherwise: z.union([value, z.literal("nothing")]),
  });
}

/**
 * A value that depends on how much was reached. `bounds` says whether a band begins at its `from` or above it; a band ends where the next begins, so
 * there are neither gaps nor overlaps. Below the first band nothing is paid.
 * `whole`: the band reached by the whole metric applies to everything in the period (`retroactive` is the same amount, booked as it
 * moves). `marginal`: every slice is paid with the value of its own band. `prospective`: the band reached before an item applies to it.
 */
function tieredOf<T extends z.ZodType>(value: T) {
  const plain = z.union([value, tableOf(value)]);
  return z.strictObject({
    metric: Metric,
    mode: z.enum(["whole", "retroactive", "marginal", "prospective"]),
    bounds: z.enum(["at_least", "more_than"]),
    bands: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(60).optional(),
          from: PlanNumber,
          bounds: z
            .enum(["at_least", "more_than"])
            .optional()
            .describe("where this band begins, when it is otherwise than the others"),
          value: plain,
          needs: MetricCondition.optional().describe(
            "the band is open only while this holds; else the highest open band below applies",
          ),
          atMost: z
            .union([PlanAmount, z.strictObject({ amount: PlanAmount, per: z.enum(["item", "day", "week"]) })])
            .optional()
            .describe("most that is paid in a month while in this band, or for each item, day or week (from Monday)"),
        }),
      )
      .min(1)
      .max(100),
    movement: z
      .strictObject({
        up: z.int().min(1).max(100).optional().describe("most bands up per month"),
        down: z.int().min(1).max(100).optional().describe("most bands down per month"),
        graceMonths: z.int().min(0).max(24).default(0).describe("months below the band before it goes down"),
      })
      .optional()
      .describe("how fast the band moves from month to month; at once when left out"),
    daily: z
      .strictObject({
        counts: z
          .enum(["day_before", "same_day"])
          .describe(
            "which day the metric is seen from: the day before (who reaches a band is in it from the next day on), or the day of the thing itself, whole",
          ),
        down: z
          .enum(["at_once", "month_start"])
          .default("at_once")
          .describe("month_start: a band that was reached is kept until the month is over"),
      })
      .optional()
      .describe(
        "`whole` tiers whose band moves day by day: every day's things are paid at the band of their day, and what was paid before stays. `current` is the month up to that day, rolling days and months end with it. Once a month when left out",
      ),
  });
}

export const AmountTable = z.union([PlanAmount, tableOf(PlanAmount)]);
export const RateValue = z.union([PlanRate, tableOf(PlanRate), tieredOf(PlanRate)]);
export const AmountValue = z.union([PlanAmount, tableOf(PlanAmount), tieredOf(PlanAmount)]);
export const FactorValue = z.union([PlanNumber, tableOf(PlanNumber), tieredOf(PlanNumber)]);
export type PlanValue = z.infer<typeof AmountValue>;
export type TableValue = Extract<PlanValue, { rows: unknown }>;
export type TieredValue = Extract<PlanValue, { bands: unknown }>;
