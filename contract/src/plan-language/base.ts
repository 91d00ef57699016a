import { z } from "zod";
import { PlanCode } from "./amounts.ts";

/** One term of a base: a measure of the customers' events in the month, added or deducted. Measures are positive as events carry them. */
export const BaseTerm = z.union([z.strictObject({ add: PlanCode }), z.strictObject({ deduct: PlanCode })]);
export type BaseTerm = z.infer<typeof BaseTerm>;

/** What the share is taken of, spelled out: `ggr - bonus - fees - taxes`, or one measure that the operator states (`ngr`). */
export const Base = z.strictObject({
  name: PlanCode.describe("how statements call it, e.g. ngr"),
  terms: z.array(BaseTerm).min(1).max(20),
  products: z
    .array(PlanCode)
    .min(1)
    .max(50)
    .optional()
    .describe("only facts of these products; without it every product"),
});
export type Base = z.infer<typeof Base>;
