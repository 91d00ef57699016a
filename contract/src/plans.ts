import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { PlanDocument } from "./plan-language/index.ts";
import { Code, Name } from "./programs.ts";
import { Instant } from "./values.ts";

export const PlanLanguage = z.enum(["en", "es"]);
export type PlanLanguage = z.infer<typeof PlanLanguage>;

/** What the linter says. An error makes the plan unusable, a warning does not. */
export const PlanFinding = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  path: z.string().describe("where in the document, e.g. components[0].window"),
  message: z.string(),
  readings: z.array(z.string()).length(2).optional().describe("the two ways in which it could be read"),
});

export const PlanCheckRequest = z.object({ document: z.unknown(), language: PlanLanguage.default("en") });
export const PlanCheckResult = z.object({
  valid: z.boolean(),
  findings: z.array(PlanFinding),
  document: PlanDocument.nullable().describe("the plan with every default written out; null when it is not valid"),
  hash: z.string().nullable(),
  text: z.array(z.string()).describe("the plan in plain language"),
});
export type PlanCheckResult = z.infer<typeof PlanCheckResult>;

export const PlanVersion = z.object({
  id: z.string(),
  planId: z.string(),
  version: z.number().int(),
  status: z.enum(["draft", "published"]),
  document: PlanDocument,
  hash: z.string().describe("sha256 of the canonical JSON"),
  text: z.array(z.string()).describe("the plan in plain language"),
  createdBy: z.string(),
  createdAt: Instant,
  publishedBy: z.string().nullable(),
  publishedAt: Instant.nullable(),
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
});
export type Plan = z.infer<typeof Plan>;
export const PlanDetail = Plan.extend({ versions: z.array(PlanVersion) });
export type PlanDetail = z.infer<typeof PlanDetail>;

export const NewPlan = z.object({ programId: z.string().max(60), code: Code, name: Name, document: z.unknown() });
export type NewPlan = z.infer<typeof NewPlan>;
export const NewPlanVersion = z.object({ document: z.unknown() });

export const PlanQuery = PageQuery.extend({ programId: z.string().max(60).optional() });
export type PlanQuery = z.infer<typeof PlanQuery>;
export const PlanPage = pageOf(Plan);
