import { z } from "zod";
import { Sentence } from "./agreement-rounds.ts";
import { Day, Instant, RuleCode } from "./values.ts";

const Points = z.number().int().min(-1000).max(1000);

export const RiskLevel = z.enum(["low", "medium", "high"]);
export type RiskLevel = z.infer<typeof RiskLevel>;
export const RiskBook = z.object({
  /** Points from which a level begins. */
  medium: z.number().int(),
  high: z.number().int(),
  reviewMonths: z.object({
    low: z.number().int().min(1).max(120),
    medium: z.number().int().min(1).max(120),
    high: z.number().int().min(1).max(120),
  }),
  factors: z
    .array(
      z.object({
        code: RuleCode,
        name: Sentence,
        fact: z.enum([
          "country",
          "partner_kind",
          "entity",
          "screening",
          "pep",
          "opacity",
          "traffic",
          "questionnaire",
          "age_months",
          "sites",
        ]),
        weight: z.number().int().min(0).max(100).describe("points are multiplied by it and divided by ten"),
        values: z
          .array(
            z.object({
              is: z.array(z.string().max(60)).min(1).max(250),
              points: Points,
              atLeast: RiskLevel.nullable().default(null),
            }),
          )
          .max(100)
          .describe("the first line that names the value counts; * names all others"),
      }),
    )
    .min(1)
    .max(50),
});
export type RiskBook = z.infer<typeof RiskBook>;
export const RiskLine = z.object({
  factor: z.string(),
  name: Sentence,
  value: z.string(),
  points: z.number().int(),
  weight: z.number().int(),
  result: z.number().int(),
  atLeast: RiskLevel.nullable(),
});
export type RiskLine = z.infer<typeof RiskLine>;
export const RiskOverride = z.object({
  id: z.string(),
  level: RiskLevel,
  reason: z.string(),
  until: Day,
  state: z.enum(["proposed", "approved", "refused", "ended"]),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  comment: z.string(),
});
export type RiskOverride = z.infer<typeof RiskOverride>;
export const RiskRating = z.object({
  id: z.string(),
  partnerId: z.string(),
  version: z.number().int(),
  level: RiskLevel.describe("by the factors"),
  holds: RiskLevel.describe("that counts now: an override in force, else by the factors"),
  points: z.number().int(),
  medium: z.number().int(),
  high: z.number().int(),
  working: z.array(RiskLine),
  ratedBy: z.string(),
  ratedAt: Instant,
  reviewOn: Day,
  decision: z.enum(["go", "no_go"]).nullable(),
  decisionReason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  override: RiskOverride.nullable().describe("the newest that is proposed or in force"),
  revision: z.number().int(),
});
export type RiskRating = z.infer<typeof RiskRating>;
export const NewOverride = z.object({ level: RiskLevel, reason: z.string().trim().min(3).max(2000), until: Day });
export type NewOverride = z.infer<typeof NewOverride>;
export const OverrideDecision = z.object({ approve: z.boolean(), comment: z.string().trim().min(3).max(2000) });
export const GoDecision = z.object({
  revision: z.number().int(),
  decision: z.enum(["go", "no_go"]),
  reason: z.string().trim().min(3).max(2000),
});
export type GoDecision = z.infer<typeof GoDecision>;
