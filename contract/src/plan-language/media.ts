import { z } from "zod";
import { PlanCode } from "./amounts.ts";
import { Clawback, common, overridesOf } from "./component-fields.ts";
import { AmountValue } from "./value.ts";

/** An amount per click that counts (bots, prefetches and duplicates never do). */
export const CpcComponent = z.strictObject({
  model: z.literal("cpc"),
  ...common,
  amount: AmountValue,
  overrides: overridesOf(AmountValue),
  count: z
    .enum(["clicks", "unique_clicks"])
    .describe(
      "unique: once per visitor and day (quantity `unique` of clicks that are summed, else the dimension `visitor`); clicks that do not say count as none",
    ),
});
export type CpcComponent = z.infer<typeof CpcComponent>;

/** An amount per thousand impressions; parts of a thousand are paid in proportion. */
export const CpmComponent = z.strictObject({
  model: z.literal("cpm"),
  ...common,
  amount: AmountValue.describe("per 1,000"),
  overrides: overridesOf(AmountValue),
});
export type CpmComponent = z.infer<typeof CpmComponent>;

/** An amount per event of a type: an install, a registration, one that the program declares. */
export const PerEventComponent = z.strictObject({
  model: z.literal("per_event"),
  ...common,
  event: PlanCode,
  amount: AmountValue,
  overrides: overridesOf(AmountValue),
  each: z
    .enum(["event", "customer"])
    .describe(
      "every event, or the first that matches of each customer, ever; events without a customer count as none then",
    ),
  clawback: z.union([Clawback, z.literal("none")]).default("none"),
});
export type PerEventComponent = z.infer<typeof PerEventComponent>;
