import { z } from "zod";
import { PlanCode, PlanRate } from "./amounts.ts";
import { Base } from "./base.ts";
import { Hold } from "./timing.ts";

/** What becomes of a month whose base is negative. `full`: it reduces the base of later months until it is used up. */
export const Carryover = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("none") }),
  z.strictObject({ mode: z.literal("full"), unit: z.literal("base").default("base") }),
]);

/** A share of a declared base of all the partner's customers together, month by month. Never below zero in a month. */
export const RevenueShareComponent = z.strictObject({
  code: PlanCode,
  model: z.literal("revenue_share"),
  clause: z.string().max(500).optional().describe("where the signed terms say this"),
  base: Base,
  rate: PlanRate,
  carryover: Carryover,
  hold: Hold.default({ days: 0, from: "earned" }),
});
export type RevenueShareComponent = z.infer<typeof RevenueShareComponent>;
