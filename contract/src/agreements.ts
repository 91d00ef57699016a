import { z } from "zod";
import { ApprovalsOfVersion, ComponentVerdict, Difference, Round } from "./agreement-rounds.ts";
import { Clause } from "./agreement-templates.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { PlanDocument } from "./plan-language/index.ts";
import { Day, Instant } from "./values.ts";

export const AgreementVersionStatus = z.enum([
  "draft",
  "proposed",
  "approved",
  "sent",
  "countered",
  "accepted",
  "declined",
  "withdrawn",
  "expired",
]);
export type AgreementVersionStatus = z.infer<typeof AgreementVersionStatus>;

/** Where signed terms stand today. A base under a boost is `scheduled` again: it resumes when the boost ends. */
export const AgreementPhase = z.enum(["active", "scheduled", "superseded", "ended"]);
export type AgreementPhase = z.infer<typeof AgreementPhase>;

export const AgreementVersion = z.object({
  id: z.string(),
  agreementId: z.string(),
  version: z.number().int(),
  status: AgreementVersionStatus,
  phase: AgreementPhase.nullable().describe("of accepted terms: where they stand today"),
  round: z.number().int().describe("the round that stands, of those that the caller sees"),
  planVersionId: z.string().describe("the standard that the terms are measured against"),
  planId: z.string(),
  planVersion: z.number().int(),
  standard: z.boolean().describe("the plan is the standard, unchanged"),
  validFrom: Day,
  validTo: Day.nullable().describe("first day on which it does not hold any more; null: open"),
  customers: z
    .enum(["move", "stay"])
    .describe("do customers bound before move to these terms, or stay on those they entered"),
  termsText: z.string(),
  termsHash: z.string().describe("sha256 of everything that is agreed: text, plan, validity, customers"),
  answerBy: Day.nullable().describe("last day on which the partner may answer"),
  templateVersionId: z.string().nullable(),
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: Instant,
  approvedBy: z.string().nullable().describe("who gave the last approval"),
  approvedAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  acceptedName: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  acceptedAddress: z.string().nullable().describe("network address that the acceptance came from"),
  acceptedUserAgent: z.string().nullable(),
  declineReason: z.string(),
});
export type AgreementVersion = z.infer<typeof AgreementVersion>;

export const AgreementVersionDetail = AgreementVersion.extend({
  plan: PlanDocument,
  planText: z.object({ en: z.array(z.string()), es: z.array(z.string()) }),
  clauses: z.array(Clause),
  rounds: z.array(Round).describe("the negotiation, oldest first"),
  deviation: Difference.nullable().describe("from the standard plan and the template; for the operator"),
  approvals: ApprovalsOfVersion.nullable().describe("for the operator"),
  jurisdiction: z.array(ComponentVerdict).describe("components that a jurisdiction rule speaks of; for the operator"),
});
export type AgreementVersionDetail = z.infer<typeof AgreementVersionDetail>;

export const Agreement = z.object({
  id: z.string(),
  partnerId: z.string(),
  programId: z.string(),
  createdAt: Instant,
  inForce: AgreementVersion.nullable().describe("the version in force today for somebody who comes today"),
  pending: AgreementVersion.nullable().describe("the newest version that is still negotiated"),
  next: AgreementVersion.nullable().describe("signed terms that apply next, when those in force end or are overlaid"),
  nextFrom: Day.nullable(),
});
export type Agreement = z.infer<typeof Agreement>;

/** A stretch of days and the version that applies to somebody who comes on one of them; printed precedence. */
export const ScheduleSegment = z.object({
  from: Day,
  to: Day.nullable().describe("exclusive; null: open"),
  version: z.number().int().nullable().describe("null: no terms"),
  overruled: z
    .array(z.number().int())
    .describe("versions that cover these days too and lose, because their number is lower"),
});
export type ScheduleSegment = z.infer<typeof ScheduleSegment>;

export const AgreementDetail = Agreement.extend({
  versions: z.array(AgreementVersionDetail),
  schedule: z.array(ScheduleSegment),
});
export type AgreementDetail = z.infer<typeof AgreementDetail>;

/** One value of the plan by its address, e.g. `net_share.rate`. */
export const ValueChange = z.object({ path: z.string().max(300), value: z.string().max(60) });
export type ValueChange = z.infer<typeof ValueChange>;
export const ClauseText = z.object({ key: z.string().max(60), text: z.string().max(20_000) });

/** What a round may change. What is left out stays as it was (in the first round: as the template or the plan has it). */
const Change = z.object({
  validFrom: Day.optional(),
  validTo: Day.nullable().optional(),
  values: z.array(ValueChange).max(200).optional().describe("single values of the plan"),
  clauses: z.array(ClauseText).max(100).optional().describe("texts of negotiable clauses"),
  message: z.string().trim().max(4000).default("").describe("for the other side"),
});

export const NewTerms = z.object({
  planVersionId: z.string().max(60).optional().describe("may be left out with a template"),
  templateVersionId: z.string().max(60).optional(),
  plan: z.unknown().optional().describe("a whole plan document instead of the standard one"),
  values: z.array(ValueChange).max(200).optional(),
  clauses: z.array(ClauseText).max(100).optional(),
  validFrom: Day,
  validTo: Day.nullable().default(null),
  customers: z.enum(["move", "stay"]).optional().describe("left out: as the template has it, else move"),
  termsText: z
    .string()
    .trim()
    .min(1)
    .max(50_000)
    .optional()
    .describe("without a template; left out: the plan in plain language"),
  answerBy: Day.nullable().optional(),
  message: z.string().trim().max(4000).default(""),
  note: z.string().max(2000).default("").describe("for the operator's own people"),
  evidence: z.string().max(60).nullable().default(null).describe("a stored simulation of the deal desk"),
  submit: z.boolean().default(true).describe("false: keep it as a draft"),
  sendWhenApproved: z.boolean().default(true).describe("the last approval sends it to the partner"),
});
export type NewTerms = z.input<typeof NewTerms>;
export const NewAgreement = NewTerms.extend({ partnerId: z.string().max(60), programId: z.string().max(60) });
export type NewAgreement = z.input<typeof NewAgreement>;

/** The operator changes terms that are not signed yet: the next round. */
export const NewRound = Change.extend({
  planVersionId: z.string().max(60).optional(),
  plan: z.unknown().optional(),
  customers: z.enum(["move", "stay"]).optional(),
  answerBy: Day.nullable().optional(),
  note: z.string().max(2000).default(""),
  evidence: z.string().max(60).nullable().optional(),
  submit: z.boolean().default(true),
});
export type NewRound = z.input<typeof NewRound>;

/** The partner answers with other terms. */
export const Counter = Change.extend({
  message: z.string().trim().min(1).max(4000),
  termsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("hash of the terms that were shown"),
});
export type Counter = z.input<typeof Counter>;

export const Acceptance = z.object({
  name: z.string().trim().min(2).max(200).describe("who signs"),
  termsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("hash of the terms that were shown"),
  authority: z
    .literal(true)
    .optional()
    .describe("the signatory confirms that it may bind the partner; a partner's own person has to"),
});
export type Acceptance = z.infer<typeof Acceptance>;

export const TermsApproval = z.object({
  termsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe("hash of the terms that were read"),
  comment: z.string().trim().max(2000).default(""),
});
export const TermsSending = z.object({
  termsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export const TermsReason = z.object({ reason: z.string().trim().min(1).max(2000) });

/** Compliance lets a forbidden component through. */
export const JurisdictionPass = z.object({
  component: z.string().max(60),
  rule: z.string().max(60),
  reason: z.string().trim().min(3).max(2000),
});

export const AgreementState = z.enum([
  "draft",
  "proposed",
  "approved",
  "sent",
  "countered",
  "active",
  "scheduled",
  "ending",
  "none",
]);
export const AgreementQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  programId: z.string().max(60).optional(),
  state: manyOf(AgreementState)
    .optional()
    .describe("of a version in negotiation, or of signed terms; ending: within the next 60 days; none: nothing signed"),
  planId: z
    .string()
    .max(60)
    .optional()
    .describe("terms that hold now or later, or that are being talked about, refer to a version of this plan"),
  awaiting: z.enum(["me"]).optional().describe("terms that the caller may approve now"),
});
export type AgreementQuery = z.infer<typeof AgreementQuery>;
export const AgreementPage = pageOf(Agreement);
