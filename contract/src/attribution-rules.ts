import { z } from "zod";

export const TouchKind = z.enum(["click", "code", "partner"]);

/** How a program decides whose a customer is. */
export const AttributionRules = z.strictObject({
  model: z.literal("last_click").default("last_click"),
  windowDays: z.number().int().min(1).max(3650).default(30).describe("a click may claim events of this many days"),
  priority: z
    .array(TouchKind)
    .max(3)
    .default(["code", "click", "partner"])
    .describe("which kind of touch goes first; a kind that is left out is not used"),
  binding: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("lifetime") }),
      z.object({ kind: z.literal("days"), days: z.number().int().min(1).max(36500) }),
    ])
    .default({ kind: "lifetime" })
    .describe("how long the customer stays the partner's"),
  existingCustomers: z
    .enum(["attribute", "keep"])
    .default("attribute")
    .describe("may a touch claim a customer who was known before it"),
});
export type AttributionRules = z.infer<typeof AttributionRules>;
