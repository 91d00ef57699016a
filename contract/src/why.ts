import { z } from "zod";
import { Instant } from "./values.ts";

/** The way of a click to the partner's money, and to the partner's own system. */
export const WHY_STAGES = [
  "link",
  "click",
  "landing",
  "event",
  "attribution",
  "qualification",
  "commission",
  "statement",
  "payment",
  "postback",
] as const;
export const WhyStage = z.enum(WHY_STAGES);
export type WhyStage = z.infer<typeof WhyStage>;

export const WhyKind = z.enum(["click", "event", "customer", "receipt"]);
export type WhyKind = z.infer<typeof WhyKind>;

/** What the pasted text names. */
export const WhyFound = z.object({
  kind: WhyKind,
  id: z.string().describe("ask again with this to see its way"),
  title: z.string(),
  at: Instant.nullable(),
});
export type WhyFound = z.infer<typeof WhyFound>;

export const WhyStep = z.object({
  stage: WhyStage,
  state: z
    .enum(["ok", "stopped", "waiting", "unknown"])
    .describe("unknown: nothing is known, because it did not get here"),
  at: Instant.nullable(),
  code: z.string().describe("reason code; docs/reference/why.md"),
  rule: z.string().describe("what the rule says, in the asked language"),
  whatToDo: z.string().describe("empty: nothing"),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  refs: z.array(z.object({ kind: z.string(), id: z.string() })).describe("records to look at"),
});
export type WhyStep = z.infer<typeof WhyStep>;

export const WhyQuery = z.object({
  q: z.string().trim().min(1).max(300).describe("a click ID, order or external ID, customer ID, event or receipt ID"),
  programId: z.string().max(60).optional(),
  language: z.enum(["en", "es"]).default("en"),
});
export type WhyQuery = z.infer<typeof WhyQuery>;

/** What is known of the way. The rules speak; whose fault it was is not guessed. */
export const WhyAnswer = z.object({
  found: z.array(WhyFound).describe("none: nothing that you may see has this id; several: choose one"),
  way: z.array(WhyStep).describe("empty unless exactly one was found"),
  stoppedAt: WhyStage.nullable(),
  hint: z.string().describe("where nothing or several were found: what to try"),
});
export type WhyAnswer = z.infer<typeof WhyAnswer>;
