import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { PlanDocument } from "./plan-language/index.ts";
import { Code, Name } from "./programs.ts";
import { Instant } from "./values.ts";

export const PlanLanguage = z.enum(["en", "es"]);
export type PlanLanguage = z.infer<typeof PlanLanguage>;

/** What the linter says. An error makes the plan unusable, a warning or a hint does not. */
export const PlanFinding = z.object({
  severity: z.enum(["error", "warning", "hint"]),
  code: z.string(),
  path: z.string().describe("where in the document, e.g. components[0].window"),
  message: z.string(),
  readings: z.array(z.string()).length(2).optional().describe("the two ways in which it could be read"),
  wayOut: z.string().optional().describe("what to write instead"),
});
export type PlanFinding = z.infer<typeof PlanFinding>;

/** A part of a plan in plain language. Every sentence names the place in the document that it says. */
export const PlanSection = z.object({
  title: z.string(),
  path: z.string(),
  sentences: z.array(
    z.object({
      path: z.string(),
      text: z.string(),
      level: z.int().describe("0, or how far below the sentence before"),
    }),
  ),
});
export type PlanSection = z.infer<typeof PlanSection>;

export const PlanCheckRequest = z.object({
  document: z.unknown(),
  language: PlanLanguage.default("en"),
  planId: z.string().max(60).optional().describe("runs the test cases of this plan as well"),
});
export const PlanCheckResult = z.object({
  valid: z.boolean(),
  findings: z.array(PlanFinding),
  document: PlanDocument.nullable().describe("the plan with every default written out; null when it is not valid"),
  hash: z.string().nullable(),
  text: z.array(z.string()).describe("the plan in plain language"),
  sections: z
    .array(PlanSection)
    .describe("the same, part by part; the last one is the order in which the plan decides"),
});
export type PlanCheckResult = z.infer<typeof PlanCheckResult>;

const CaseCount = z.int().nullable();

export const PlanVersion = z.object({
  id: z.string(),
  planId: z.string(),
  version: z.number().int(),
  status: z.enum(["draft", "published"]),
  document: PlanDocument,
  source: z.string().nullable().describe("as it was written in YAML, with its comments; null when it came as JSON"),
  hash: z.string().describe("sha256 of the canonical JSON"),
  text: z.array(z.string()).describe("the plan in plain language"),
  sections: z.array(PlanSection),
  casesRun: CaseCount.describe("how many test cases were run on it; null: never"),
  casesFailing: CaseCount.describe("how many of them failed"),
  createdBy: z.string(),
  createdAt: Instant,
  publishedBy: z.string().nullable(),
  publishedAt: Instant.nullable(),
  publishedReason: z.string().nullable().describe("why it was published although test cases failed"),
});
export type PlanVersion = z.infer<typeof PlanVersion>;

export const Plan = z.object({
  id: z.string(),
  programId: z.string(),
  code: z.string(),
  name: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  latestVersion: z.number().int(),
  publishedVersion: z.number().int().nullable().describe("newest published version"),
  models: z.array(z.string()).describe("models of the newest version's components"),
  currency: z.string(),
  caseCount: z.int(),
  casesFailing: CaseCount.describe("failing test cases of the newest version"),
});
export type Plan = z.infer<typeof Plan>;
export const PlanDetail = Plan.extend({ versions: z.array(PlanVersion) });
export type PlanDetail = z.infer<typeof PlanDetail>;

const Source = z.string().max(200_000).describe("the same document in YAML, kept with its comments").optional();
export const NewPlan = z.object({
  programId: z.string().max(60),
  code: Code,
  name: Name,
  document: z.unknown(),
  source: Source,
});
export type NewPlan = z.infer<typeof NewPlan>;
export const NewPlanVersion = z.object({ document: z.unknown(), source: Source });
export type NewPlanVersion = z.infer<typeof NewPlanVersion>;
export const PlanPublication = z.object({
  reason: z.string().trim().min(3).max(1000).optional().describe("required when test cases fail"),
});
export type PlanPublication = z.infer<typeof PlanPublication>;

export const PlanQuery = PageQuery.extend({ programId: z.string().max(60).optional() });
export type PlanQuery = z.infer<typeof PlanQuery>;
export const PlanPage = pageOf(Plan);

// ---- test cases ----

const CaseAmount = z.string().regex(/^-?\d{1,15}(\.\d{1,8})?$/, "write an amount like 120.00: digits and a point");
const CaseMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month like 2026-03");

/** What a case expects of a month: of one component, or of the whole plan (`component` null). */
export const PlanExpectation = z.object({
  month: CaseMonth,
  component: z.string().max(40).nullable(),
  amount: CaseAmount,
});
export type PlanExpectation = z.infer<typeof PlanExpectation>;

export const NewPlanCase = z.object({
  name: z.string().trim().min(1).max(120),
  facts: z.string().max(200_000).describe("lines of a facts file, one JSON object each"),
  expected: z.array(PlanExpectation).min(1).max(200),
});
export type NewPlanCase = z.infer<typeof NewPlanCase>;

export const PlanCase = NewPlanCase.extend({
  id: z.string(),
  planId: z.string(),
  changedBy: z.string(),
  changedAt: Instant,
});
export type PlanCase = z.infer<typeof PlanCase>;

/** What a case came to: expected and calculated, month by month, and how each line was worked out. */
export const PlanCaseResult = z.object({
  caseId: z.string(),
  passed: z.boolean(),
  problem: z.string().nullable().describe("why it could not be calculated"),
  months: z.array(PlanExpectation.extend({ actual: z.string().nullable(), matches: z.boolean() })),
  lines: z.array(
    z.object({
      component: z.string(),
      subject: z.string(),
      month: z.string(),
      amount: z.string(),
      explanation: z.array(z.string()),
    }),
  ),
});
export type PlanCaseResult = z.infer<typeof PlanCaseResult>;

export const PlanCaseRun = z.object({ document: z.unknown(), language: PlanLanguage.default("en") });
export const PlanCaseRunResult = z.object({ results: z.array(PlanCaseResult), run: z.int(), failing: z.int() });
export type PlanCaseRunResult = z.infer<typeof PlanCaseRunResult>;
export const PlanCases = z.object({ data: z.array(PlanCase) });

// ---- templates ----

/** A plan of the field to begin with. */
export const PlanTemplate = z.object({
  code: z.string(),
  title: z.string(),
  text: z.string(),
  fields: z.array(z.enum(["igaming", "fx", "saas", "commerce", "media"])),
  source: z.string().describe("YAML"),
});
export type PlanTemplate = z.infer<typeof PlanTemplate>;
export const PlanTemplates = z.object({ data: z.array(PlanTemplate) });
