import { z } from "zod";
import { DeliveryAttempt } from "./deliveries.ts";

/** What a partner fills into a template. */
export const TemplateSetting = z.object({
  name: z.string(),
  title: z.string(),
  hint: z.string(),
  example: z.string(),
  kind: z.enum(["host", "text", "secret"]).describe("secret: kept sealed and never shown again"),
  required: z.boolean(),
});
export type TemplateSetting = z.infer<typeof TemplateSetting>;

/** How one tracker, network or ad platform wants to be called. */
export const PostbackTemplate = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(["tracker", "network", "ads", "generic"]),
  settings: z.array(TemplateSetting),
  method: z.enum(["GET", "POST"]),
  url: z.string().describe("with our macros and <settings>"),
  body: z.string().nullable().describe("with our macros; null: none, or composed by the program (ad platforms)"),
  statusWords: z.record(z.string(), z.string()),
  occasions: z.array(z.string()).describe("what it is usually told"),
  clickIdParameter: z.string().describe("parameter of the tracking link that carries the receiver's click id"),
  clickIdToken: z.string().describe("the receiver's own token for its click id, to be put into the tracking link"),
  parameters: z
    .array(z.object({ name: z.string(), value: z.string(), means: z.string() }))
    .describe("what each parameter of the call holds"),
  notes: z.array(z.string()),
  source: z.string().describe("where the shape is documented"),
  live: z.boolean().describe("false: written to the published contract, never run against the platform itself"),
});
export type PostbackTemplate = z.infer<typeof PostbackTemplate>;
export const PostbackTemplates = z.object({ data: z.array(PostbackTemplate) });

/** An address as it stands in the instructions of some other system. */
export const TranslationRequest = z.object({
  template: z.string().max(40).nullable().default(null),
  url: z.string().trim().min(1).max(4000),
  body: z.string().max(8000).nullable().default(null),
});
export type TranslationRequest = z.infer<typeof TranslationRequest>;

export const Translation = z.object({
  url: z.string().describe("with our macros"),
  body: z.string().nullable(),
  mapping: z.array(z.object({ found: z.string(), becomes: z.string(), means: z.string() })),
  unknown: z.array(z.object({ found: z.string(), hint: z.string() })).describe("left as they are: a person decides"),
});
export type Translation = z.infer<typeof Translation>;

/** One call with example values, marked as a test: the request as it went out, and the answer. */
export const PostbackTrial = DeliveryAttempt.omit({ attempt: true }).extend({ delivered: z.boolean() });
export type PostbackTrial = z.infer<typeof PostbackTrial>;

/** A signing secret; shown in this answer only. */
export const PostbackSecret = z.object({
  secret: z.string(),
  createdAt: z.string(),
  previousUntil: z.string().nullable().describe("until then calls carry a signature of the secret before as well"),
});
export type PostbackSecret = z.infer<typeof PostbackSecret>;
export const SecretRotation = z.object({
  overlapHours: z.number().int().min(0).max(720).default(24).describe("how long the secret before still signs too"),
});
