import { z } from "zod";
import { CurrencyCode } from "../values.ts";
import { CpaComponent } from "./cpa.ts";
import { RevenueShareComponent } from "./revenue-share.ts";
import { Conversion } from "./timing.ts";

/** One way to earn. Each model is a file of its own here and a file of the same name in the calculation. */
export const Component = z.discriminatedUnion("model", [CpaComponent, RevenueShareComponent]);
export type Component = z.infer<typeof Component>;

/** How an amount becomes minor units of the currency: once, at the line. Before that everything is kept with eight decimals. */
export const LineRounding = z.strictObject({ mode: z.enum(["half_up", "half_even", "down"]).default("half_up") });

/** A commission plan. Every component pays by itself; what the plan pays is their sum. */
export const PlanDocument = z.strictObject({
  language: z.literal(1),
  currency: CurrencyCode.describe("amounts of the plan and the partner's statements"),
  conversion: Conversion.default({ source: "ecb", at: "day" }),
  rounding: LineRounding.default({ mode: "half_up" }),
  components: z.array(Component).min(1).max(40),
});
export type PlanDocument = z.infer<typeof PlanDocument>;
/** A plan as people write it, defaults left out. */
export type PlanInput = z.input<typeof PlanDocument>;
