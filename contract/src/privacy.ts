import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { Revision } from "./programs.ts";
import { Day, Instant } from "./values.ts";

const Id = z.string().max(60);
const Reason = z.string().trim().min(3).max(500);

export const PersonKind = z.enum(["user", "contact", "related_person", "lead"]);
export type PersonKind = z.infer<typeof PersonKind>;

/** What one room holds about a person, and what becomes of it. */
export const PersonalShare = z.object({
  room: z.string(),
  kind: z.string(),
  records: z.number().int(),
  fate: z.enum(["erased", "pseudonymized", "kept"]),
  why: z.string().describe("of what is kept: on what ground"),
});
export type PersonalShare = z.infer<typeof PersonalShare>;

export const PrivacyPreview = z.object({
  subjectKind: PersonKind,
  subjectId: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  shares: z.array(PersonalShare),
  blockedBy: z
    .array(z.object({ holdId: z.string(), reason: z.string() }))
    .describe("legal holds: no erasure while there is one"),
  hash: z.string().describe("of what the preview says; an erasure carries out what was previewed or nothing"),
});
export type PrivacyPreview = z.infer<typeof PrivacyPreview>;

export const PrivacyRequest = z.object({
  id: z.string(),
  kind: z.enum(["export", "erasure"]),
  subjectKind: PersonKind,
  subjectId: z.string(),
  state: z.enum(["proposed", "refused", "done"]),
  reason: z.string(),
  shares: z.array(PersonalShare),
  pseudonym: z.string().nullable(),
  certificate: z
    .object({
      erasedAt: Instant,
      proposedBy: z.string(),
      approvedBy: z.string(),
      shares: z.array(PersonalShare),
      keysDestroyed: z.number().int(),
      trailHead: z.string().describe("hash of the audit trail's last entry before the erasure"),
      statement: z.string(),
    })
    .nullable(),
  certificateHash: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionNote: z.string(),
  revision: Revision,
});
export type PrivacyRequest = z.infer<typeof PrivacyRequest>;
export const PrivacyRequestPage = pageOf(PrivacyRequest);
export const PrivacyRequestQuery = PageQuery.extend({
  kind: z.enum(["export", "erasure"]).optional(),
  state: z.enum(["proposed", "refused", "done"]).optional(),
});
export type PrivacyRequestQuery = z.output<typeof PrivacyRequestQuery>;
export const PersonAddress = z.object({ subjectKind: PersonKind, subjectId: Id });
export type PersonAddress = z.infer<typeof PersonAddress>;
export const NewErasure = PersonAddress.extend({ reason: Reason, hash: z.string().max(80) });
export type NewErasure = z.infer<typeof NewErasure>;
export const ErasureDecision = z.object({
  revision: Revision,
  approve: z.boolean(),
  note: z.string().trim().max(500).default(""),
});
export type ErasureDecision = z.output<typeof ErasureDecision>;
export const NewPersonExport = PersonAddress.extend({ reason: Reason });
export type NewPersonExport = z.infer<typeof NewPersonExport>;

export const LegalHold = z.object({
  id: z.string(),
  subjectKind: z.enum([...PersonKind.options, "partner"]),
  subjectId: z.string(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: Instant,
  liftedBy: z.string().nullable(),
  liftedAt: Instant.nullable(),
  liftReason: z.string(),
});
export type LegalHold = z.infer<typeof LegalHold>;
export const LegalHoldPage = pageOf(LegalHold);
export const LegalHoldQuery = PageQuery.extend({ state: z.enum(["open", "lifted"]).optional() });
export type LegalHoldQuery = z.output<typeof LegalHoldQuery>;
export const NewLegalHold = LegalHold.pick({ subjectKind: true }).extend({ subjectId: Id, reason: Reason });
export type NewLegalHold = z.infer<typeof NewLegalHold>;
export const LiftHold = z.object({ reason: Reason });

/** How long records of a kind live, and what ends them. */
export const RetentionRule = z.object({
  recordKind: z.string(),
  room: z.string(),
  keepDays: z.number().int().nullable().describe("null: no rule, kept for ever"),
  active: z.boolean(),
  basis: z.string().describe("why so long: the law or the contract it follows from"),
  least: z.number().int().describe("days below which the records are still needed"),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
  revision: z.number().int(),
});
export type RetentionRule = z.infer<typeof RetentionRule>;
export const RetentionRuleList = z.object({ data: z.array(RetentionRule) });
export const RetentionRuleChange = z.object({
  revision: z.number().int().min(0).describe("0 for the first rule of a kind"),
  keepDays: z.number().int().min(1).max(36_500),
  active: z.boolean(),
  basis: z.string().trim().min(3).max(300),
});
export type RetentionRuleChange = z.infer<typeof RetentionRuleChange>;
export const RetentionShare = z.object({
  recordKind: z.string(),
  before: Day,
  due: z.number().int().describe("records older than that"),
  held: z.number().int().describe("of them kept because of a legal hold"),
  removed: z.number().int(),
});
export type RetentionShare = z.infer<typeof RetentionShare>;
export const RetentionRun = z.object({
  id: z.string(),
  dry: z.boolean(),
  startedBy: z.string(),
  at: Instant,
  report: z.array(RetentionShare),
});
export type RetentionRun = z.infer<typeof RetentionRun>;
export const RetentionRunPage = pageOf(RetentionRun);
export const RetentionRunQuery = PageQuery.extend({});
