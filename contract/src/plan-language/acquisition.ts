import { z } from "zod";
import { PlanAmount, PlanCode } from "./amounts.ts";
import { Clawback, common, overridesOf } from "./component-fields.ts";
import { Qualification } from "./conditions.ts";
import { Window } from "./timing.ts";
import { AmountValue } from "./value.ts";

const acquisition = {
  ...common,
  amount: AmountValue,
  overrides: overridesOf(AmountValue),
  qualification: Qualification,
  window: z.union([Window, z.literal("none")]).describe("by when the customer has to qualify; none: whenever"),
  beside: z
    .union([z.literal("all"), z.array(PlanCode).min(1).max(40)])
    .optional()
    .describe(
      "other CPAs of the plan by which the same customer is paid as well; without it a plan with several says by `customers`, `only` or days which one pays whom",
    ),
  uniqueBy: z
    .array(PlanCode)
    .min(1)
    .max(5)
    .optional()
    .describe(
      "attributes of the customer: of those with the same values of them only the first that qualifies is paid (a person with several accounts); each customer when left out",
    ),
  paidIn: z
    .enum(["qualification", "first_deposit", "registration"])
    .default("qualification")
    .describe("which day's month and terms it falls under"),
  clawback: z.union([Clawback, z.literal("none")]).default({ on: ["chargeback"], within: "ever" }),
};

/**
 * A fixed amount for each customer that qualifies, once in the life of the customer. With tiers on `qualified` the customer's place in the month
 * counts: `marginal` pays each by its own band (ordinal), `whole` all by the band reached.
 */
export const CpaComponent = z.strictObject({ model: z.literal("cpa"), ...acquisition });
export type CpaComponent = z.infer<typeof CpaComponent>;

/** A fixed amount for each lead that is verified as the qualification says; calculated like a CPA. */
export const CplComponent = z.strictObject({
  model: z.literal("cpl"),
  ...acquisition,
  window: acquisition.window.default("none"),
});
export type CplComponent = z.infer<typeof CplComponent>;

/**
 * A ladder of amounts over what the customer has brought so far: pays the amount of the step reached less what was paid before. Going down again pays
 * nothing and takes nothing back.
 */
export const CpaLadderComponent = z.strictObject({
  model: z.literal("cpa_ladder"),
  ...common,
  of: PlanCode.describe("deposits, net_deposits, lots, or any measure or quantity of the customer, summed over life"),
  steps: z
    .array(z.strictObject({ from: PlanAmount, amount: PlanAmount }))
    .min(1)
    .max(50)
    .describe("reached at `from`; amounts in total, not on top"),
  condition: Qualification.optional().describe(
    'must hold as well before a step is paid; `of: "amount"` is what would be paid',
  ),
  window: z.union([Window, z.literal("none")]),
  clawback: z.union([Clawback, z.literal("none")]).default({ on: ["chargeback"], within: "ever" }),
});
export type CpaLadderComponent = z.infer<typeof CpaLadderComponent>;
