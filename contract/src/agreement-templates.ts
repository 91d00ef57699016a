import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { Code, Name } from "./programs.ts";
import { Instant } from "./values.ts";

/** Names that a clause may hold in double braces; the round fills them in. */
export const TERMS_PLACEHOLDERS = [
  "partner.name",
  "partner.legalName",
  "partner.country",
  "program.name",
  "program.currency",
  "agreement.validFrom",
  "agreement.validTo",
  "agreement.customers",
  "plan.text",
] as const;

export const ClauseKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "lower-case letters, digits and underscores");
/** One clause: Markdown with placeholders. A locked one stays as the template has it. */
export const Clause = z.object({
  key: ClauseKey,
  title: z.string().trim().max(200),
  text: z.string().max(20_000),
  locked: z.boolean(),
});
export type Clause = z.infer<typeof Clause>;

export const TemplateVersion = z.object({
  id: z.string(),
  templateId: z.string(),
  version: z.number().int(),
  planVersionId: z.string().describe("the standard plan"),
  language: z.enum(["en", "es"]),
  customers: z.enum(["move", "stay"]),
  clauses: z.array(Clause),
  createdBy: z.string(),
  createdAt: Instant,
});
export type TemplateVersion = z.infer<typeof TemplateVersion>;

export const AgreementTemplate = z.object({
  id: z.string(),
  programId: z.string(),
  code: z.string(),
  name: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  latest: TemplateVersion,
});
export type AgreementTemplate = z.infer<typeof AgreementTemplate>;
export const AgreementTemplateDetail = AgreementTemplate.extend({ versions: z.array(TemplateVersion) });
export type AgreementTemplateDetail = z.infer<typeof AgreementTemplateDetail>;

export const NewTemplateVersion = z.object({
  planVersionId: z.string().max(60),
  language: z.enum(["en", "es"]).default("en"),
  customers: z.enum(["move", "stay"]).default("move"),
  clauses: z.array(Clause).min(1).max(60),
});
export type NewTemplateVersion = z.input<typeof NewTemplateVersion>;
export const NewAgreementTemplate = NewTemplateVersion.extend({
  programId: z.string().max(60),
  code: Code,
  name: Name,
});
export type NewAgreementTemplate = z.input<typeof NewAgreementTemplate>;

export const TemplateQuery = PageQuery.extend({ programId: z.string().max(60).optional() });
export type TemplateQuery = z.infer<typeof TemplateQuery>;
export const TemplatePage = pageOf(AgreementTemplate);
