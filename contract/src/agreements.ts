import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { PlanDocument } from "./plan-language/index.ts";
import { Day, Instant } from "./values.ts";

export const AgreementVersionStatus = z.enum(["proposed", "approved", "accepted", "withdrawn"]);
export type AgreementVersionStatus = z.infer<typeof AgreementVersionStatus>;

export const AgreementVersion = z.object({
  id: z.string(),
  agreementId: z.string(),
  version: z.number().int(),
  status: AgreementVersionStatus,
  planVersionId: z.string(),
  planId: z.string(),
  planVersion: z.number().int(),
  validFrom: Day,
  validTo: Day.nullable().describe("first day on which it does not hold any more; null: open"),
  customers: z
    .enum(["move", "stay"])
    .describe("do customers bound before move to these terms, or stay on those they entered"),
  termsText: z.string(),
  termsHash: z.string().describe("sha256 of everything that is agreed: text, plan, validity, customers"),
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: Instant,
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  acceptedName: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  acceptedAddress: z.string().nullable().describe("network address that the acceptance came from"),
});
export type AgreementVersion = z.infer<typeof AgreementVersion>;
export const AgreementVersionDetail = AgreementVersion.extend({
  plan: PlanDocument,
  planText: z.object({ en: z.array(z.string()), es: z.array(z.string()) }),
});
export type AgreementVersionDetail = z.infer<typeof AgreementVersionDetail>;

export const Agreement = z.object({
  id: z.string(),
  partnerId: z.string(),
  programId: z.string(),
  createdAt: Instant,
  inForce: AgreementVersion.nullable().describe("the version in force today for somebody who comes today"),
  pending: AgreementVersion.nullable().describe("the newest version that waits for approval or acceptance"),
});
export type Agreement = z.infer<typeof Agreement>;
export const AgreementDetail = Agreement.extend({ versions: z.array(AgreementVersionDetail) });
export type AgreementDetail = z.infer<typeof AgreementDetail>;

export const NewTerms = z.object({
  planVersionId: z.string().max(60),
  validFrom: Day,
  validTo: Day.nullable().default(null),
  customers: z.enum(["move", "stay"]).default("move"),
  termsText: z.string().trim().min(1).max(50_000).optional().describe("left out: the plan in plain language"),
  note: z.string().max(2000).default(""),
});
export type NewTerms = z.input<typeof NewTerms>;
export const NewAgreement = NewTerms.extend({ partnerId: z.string().max(60), programId: z.string().max(60) });
export type NewAgreement = z.input<typeof NewAgreement>;

export const Acceptance = z.object({
  name: z.string().trim().min(2).max(200).describe("who signs"),
  termsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("hash of the terms that were shown"),
});
export type Acceptance = z.infer<typeof Acceptance>;

export const AgreementQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  programId: z.string().max(60).optional(),
});
export type AgreementQuery = z.infer<typeof AgreementQuery>;
export const AgreementPage = pageOf(Agreement);
