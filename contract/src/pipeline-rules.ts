import { z } from "zod";
import { PartnerKind } from "./partners.ts";
import { DecisionWord, LeadChannel } from "./pipeline.ts";
import { CountryCode, Instant } from "./values.ts";

const Person = z.string().max(60);
const Some = (item: z.ZodType<string>) => z.array(item).max(300).default([]);

/** Whose a lead is. Empty conditions hold for every lead; the first rule that holds decides. */
export const RoutingRule = z.object({
  name: z.string().trim().min(1).max(80),
  active: z.boolean().default(true),
  when: z
    .object({
      regionIds: Some(z.string().max(60)),
      programIds: Some(z.string().max(60)),
      languages: Some(z.string().max(10)),
      kinds: Some(PartnerKind),
      verticals: Some(z.string().max(60)),
      countries: Some(CountryCode),
      sources: Some(z.string().max(80)),
      channels: Some(LeadChannel),
    })
    .prefault({}),
  to: z.object({
    how: z
      .enum(["person", "turns", "load"])
      .describe("one person · by turns, by weight · who has fewest open leads for its weight"),
    people: z
      .array(z.object({ userId: Person, weight: z.coerce.number().int().min(1).max(100).default(1) }))
      .min(1)
      .max(100),
    most: z.coerce
      .number()
      .int()
      .min(1)
      .max(100_000)
      .nullable()
      .default(null)
      .describe("open leads a person has at most"),
  }),
});
export type RoutingRule = z.infer<typeof RoutingRule>;

export const SourceRule = z.object({
  match: z.enum(["exact", "prefix", "contains", "pattern"]),
  text: z.string().trim().min(1).max(200),
  source: z.string().trim().min(1).max(80).describe("the clean source"),
  active: z.boolean().default(true),
});
export type SourceRule = z.infer<typeof SourceRule>;

const versionOf = <T extends z.ZodType>(rule: T) =>
  z.object({
    version: z.int().describe("0: there is none yet"),
    rules: z.array(rule),
    note: z.string(),
    createdAt: Instant.nullable(),
    createdBy: z.string(),
  });
export const RoutingRules = versionOf(RoutingRule);
export type RoutingRules = z.infer<typeof RoutingRules>;
export const SourceRules = versionOf(SourceRule);
export type SourceRules = z.infer<typeof SourceRules>;
export const RuleVersionQuery = z.object({ version: z.coerce.number().int().min(1).optional() });

const newVersionOf = <T extends z.ZodType>(rule: T) =>
  z.object({
    rules: z.array(rule).max(500),
    after: z.int().min(0).describe("the version that was changed"),
    note: z.string().trim().max(400).default(""),
  });
export const NewRoutingRules = newVersionOf(RoutingRule);
export type NewRoutingRules = z.input<typeof NewRoutingRules>;
export const NewSourceRules = newVersionOf(SourceRule);
export type NewSourceRules = z.input<typeof NewSourceRules>;

/** What rules would have made of the newest leads. */
export const TryRoutingRules = z.object({
  rules: z.array(RoutingRule).max(500),
  leads: z.coerce.number().int().min(1).max(2000).default(200),
});
export const TrySourceRules = z.object({
  rules: z.array(SourceRule).max(500),
  leads: z.coerce.number().int().min(1).max(20_000).default(2000),
});
export const RulesTried = z.object({
  looked: z.int(),
  changed: z.int(),
  unmatched: z.int(),
  counts: z.array(z.object({ key: z.string(), before: z.int(), after: z.int() })),
  rows: z.array(
    z.object({
      leadId: z.string(),
      name: z.string(),
      given: z.string(),
      before: z.string(),
      after: z.string(),
      words: z.array(DecisionWord),
    }),
  ),
});
export type RulesTried = z.infer<typeof RulesTried>;

/** A source that no rule knows, with what it may be. */
export const UnmatchedSource = z.object({
  raw: z.string(),
  leads: z.int(),
  newest: Instant,
  suggestion: z.object({ source: z.string(), likeness: z.int(), because: z.string() }).nullable(),
});
export type UnmatchedSource = z.infer<typeof UnmatchedSource>;
export const UnmatchedSourcePage = z.object({ data: z.array(UnmatchedSource) });
export const SourceAnswer = z.object({
  raw: z.string().min(1).max(500),
  source: z.string().trim().min(1).max(80),
  match: z.enum(["exact", "prefix", "contains"]).default("exact"),
});
export type SourceAnswer = z.infer<typeof SourceAnswer>;
export const SourceAnswered = z.object({ version: z.int(), leads: z.int() });
