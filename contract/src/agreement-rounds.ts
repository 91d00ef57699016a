import { z } from "zod";
import { Clause } from "./agreement-templates.ts";
import { PlanDocument } from "./plan-language/index.ts";
import { Day, Instant } from "./values.ts";

/** The same sentence in the languages that the program speaks. */
export const Sentence = z.object({ en: z.string(), es: z.string() });
export type Sentence = z.infer<typeof Sentence>;

/** What a change does to the partner. `unclear` counts as worse where notice is asked for. */
export const Effect = z.enum(["better", "worse", "neutral", "unclear"]);

export const PlanChange = z.object({
  component: z.string().nullable().describe("code of the component; null: of the whole plan"),
  path: z.string().describe("address of the value, e.g. net_share.rate"),
  kind: z.enum(["changed", "added", "removed"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
  relative: z.string().nullable().describe("(after - before) / before with four decimals, where both are numbers"),
  effect: Effect.describe("for the partner"),
});
export type PlanChange = z.infer<typeof PlanChange>;

export const ClauseChange = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.enum(["changed", "added", "removed"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const Difference = z.object({
  plan: z.array(PlanChange),
  clauses: z.array(ClauseChange),
  terms: z.array(
    z.object({
      field: z.enum(["validFrom", "validTo", "customers"]),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type Difference = z.infer<typeof Difference>;

export const Round = z.object({
  round: z.number().int(),
  side: z.enum(["operator", "partner"]),
  authorId: z.string().describe("empty for the partner when the operator wrote it"),
  authorName: z.string(),
  at: Instant,
  message: z.string(),
  note: z.string().describe("of the caller's own side only"),
  planVersionId: z.string(),
  validFrom: Day,
  validTo: Day.nullable(),
  customers: z.enum(["move", "stay"]),
  plan: PlanDocument,
  planText: z.object({ en: z.array(z.string()), es: z.array(z.string()) }),
  clauses: z.array(Clause),
  termsText: z.string(),
  termsHash: z.string(),
  evidence: z.string().nullable(),
  shownAt: Instant.nullable().describe("since when the other side sees it"),
  difference: Difference.nullable().describe("from the round before, of those that the caller sees"),
});
export type Round = z.infer<typeof Round>;

export const ApprovalsOfVersion = z.object({
  needs: z.array(
    z.object({
      rule: z.string(),
      name: z.string(),
      reasons: z.array(Sentence).describe("why the rule asks"),
      approvers: z.array(z.object({ role: z.string(), count: z.number().int(), given: z.number().int() })),
      met: z.boolean(),
    }),
  ),
  given: z.array(
    z.object({
      person: z.string(),
      roles: z.array(z.string()),
      decision: z.enum(["approved", "refused"]),
      comment: z.string(),
      at: Instant,
      current: z.boolean().describe("false: it was given to another wording and counts no more"),
    }),
  ),
  authors: z.array(z.string()).describe("who entered or edited these terms, and so may not approve them"),
  mayApprove: z.boolean().describe("the caller is asked and has not answered yet"),
});
export type ApprovalsOfVersion = z.infer<typeof ApprovalsOfVersion>;

/** What a jurisdiction rule says to one component of a plan. */
export const ComponentVerdict = z.object({
  code: z.string().describe("of the component"),
  model: z.string(),
  jurisdiction: z.string(),
  licence: z.string(),
  allowed: z.boolean(),
  rule: z.string(),
  sentence: Sentence,
  source: z.string(),
  passed: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable().describe("by compliance"),
});
export type ComponentVerdict = z.infer<typeof ComponentVerdict>;

/** A value of a plan that can be talked about by itself. */
export const NegotiableValue = z.object({
  path: z.string(),
  component: z.string().nullable(),
  value: z.string(),
  kind: z.enum(["amount", "rate", "number", "count"]),
  says: Sentence.nullable().describe("the sentence of the plan in which the value stands"),
  clause: z.string().nullable().describe("where the program's own terms say it"),
});
export type NegotiableValue = z.infer<typeof NegotiableValue>;
export const NegotiableValues = z.object({ currency: z.string(), data: z.array(NegotiableValue) });
