import { z } from "zod";
import { Sentence } from "./agreement-rounds.ts";
import { Code } from "./programs.ts";
import { CurrencyCode, Instant } from "./values.ts";

const Limit = z.string().regex(/^\d{1,15}(\.\d{1,8})?$/, "a number like 500.00");
const Share = z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, "a share of one: 0.40 is 40 %");
const Models = z.array(z.string().max(60)).max(60).describe("models of components; empty: every model");

/** When an approval rule asks. */
export const ApprovalCondition = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("always") }),
  z.object({
    kind: z.literal("amount"),
    models: Models,
    moreThan: Limit,
    currency: CurrencyCode.describe("a plan in another currency is asked about whatever its amounts"),
  }),
  z.object({ kind: z.literal("rate"), models: Models, moreThan: Share }),
  z.object({
    kind: z.literal("margin"),
    costShareMoreThan: Share.describe("cost over expected revenue, from the attached evidence"),
    withoutEvidence: z.enum(["asks", "passes"]),
  }),
  z.object({
    kind: z.literal("deviation"),
    byMoreThan: Share.nullable().describe("relative change of a value; null: any difference from the standard plan"),
  }),
  z.object({ kind: z.literal("clauses") }),
]);
export type ApprovalCondition = z.infer<typeof ApprovalCondition>;

export const ApproverRole = z.enum([
  "any",
  "administrator",
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
]);
export type ApproverRole = z.infer<typeof ApproverRole>;

export const ApprovalRule = z.object({
  code: Code,
  name: z.string().trim().min(1).max(200),
  when: ApprovalCondition,
  approvers: z
    .array(
      z.object({
        role: ApproverRole.describe("any: whoever has agreements.approve there"),
        count: z.number().int().min(1).max(5),
      }),
    )
    .min(1)
    .max(6),
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;

/** What a program asks of its terms. */
export const PolicyDocument = z.object({
  rules: z.array(ApprovalRule).min(1).max(40).describe("at least one, so that every deal has a second person"),
  notice: z.object({
    worseDays: z
      .number()
      .int()
      .min(0)
      .max(365)
      .describe("days between sending and the first day, when something gets worse for the partner"),
    anyDays: z.number().int().min(0).max(365).describe("the same for every change of terms in force"),
  }),
  answerDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .describe("how long a partner has to answer, when the proposal does not say"),
  reminderDays: z.array(z.number().int().min(1).max(365)).max(6).describe("days before terms end"),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

export const AgreementPolicy = z.object({
  programId: z.string(),
  version: z.number().int().describe("0: the rules that hold where none were written"),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
  document: PolicyDocument,
});
export type AgreementPolicy = z.infer<typeof AgreementPolicy>;
export const PolicyChange = z.object({
  version: z.number().int().min(0).describe("that was read"),
  document: PolicyDocument,
});
export type PolicyChange = z.infer<typeof PolicyChange>;

const Matcher = z.object({
  model: z.string().max(60),
  flat: z.boolean().default(false).describe("only with one fixed amount: no tiers, no table"),
});

/** Which models a partner may have, by where it works and what licence it holds there. */
export const JurisdictionRule = z.object({
  code: Code,
  name: z.string().trim().min(1).max(200),
  jurisdictions: z
    .array(z.string().regex(/^([A-Z]{2}(-[A-Z0-9]{1,3})?|EEA)$/, "a country like GB, a state like US-NJ, or EEA"))
    .min(1)
    .max(60),
  licences: z
    .array(z.string().max(40))
    .max(20)
    .describe("licence classes that it speaks of; none: no licence; empty: all"),
  kind: z.enum(["only", "not"]).describe("only these components, or all but these"),
  components: z.array(Matcher).max(60),
  effect: z.enum(["forbid", "warn"]),
  sentence: Sentence,
  source: z.string().trim().max(300),
});
export type JurisdictionRule = z.infer<typeof JurisdictionRule>;

export const JurisdictionRules = z.object({
  programId: z.string(),
  version: z.number().int(),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
  rules: z.array(JurisdictionRule),
});
export type JurisdictionRules = z.infer<typeof JurisdictionRules>;
export const JurisdictionRulesChange = z.object({
  version: z.number().int().min(0),
  rules: z.array(JurisdictionRule).max(200),
});
export type JurisdictionRulesChange = z.infer<typeof JurisdictionRulesChange>;
