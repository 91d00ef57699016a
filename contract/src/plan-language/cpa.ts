import { z } from "zod";
import { PlanAmount, PlanCode } from "./amounts.ts";
import { Qualification } from "./qualification.ts";
import { Hold, Window } from "./timing.ts";

/** Takes the whole amount back when one of these events happens to the customer. */
export const Clawback = z.strictObject({
  on: z
    .array(z.enum(["chargeback", "refund"]))
    .min(1)
    .max(2),
  within: z.union([
    z.literal("ever"),
    z.strictObject({ days: z.int().min(0).max(3650).describe("after the day of qualification, that day included") }),
  ]),
});

/** A fixed amount for each customer that qualifies, once in the life of the customer. */
export const CpaComponent = z.strictObject({
  code: PlanCode,
  model: z.literal("cpa"),
  clause: z.string().max(500).optional().describe("where the signed terms say this"),
  amount: PlanAmount,
  qualification: Qualification,
  window: z.union([Window, z.literal("none")]).describe("by when the customer has to qualify; none: whenever"),
  clawback: z.union([Clawback, z.literal("none")]).default({ on: ["chargeback"], within: "ever" }),
  hold: Hold.default({ days: 0, from: "earned" }),
});
export type CpaComponent = z.infer<typeof CpaComponent>;
