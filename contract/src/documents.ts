import { z } from "zod";
import { Sentence } from "./agreement-rounds.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CountryCode, Day, Instant } from "./values.ts";

export const DocumentKindCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, "2 to 40 lower-case letters, digits and underscores");
/** Of whom a document is: the partner as a person or a company, or somebody behind it. */
export const DocumentOwner = z.enum(["individual", "company", "person"]);
export type DocumentOwner = z.infer<typeof DocumentOwner>;
const RegimeCode = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "lower-case letters, digits and hyphens");

export const DocumentKind = z.object({
  code: DocumentKindCode,
  name: Sentence,
  hint: Sentence.describe("what a partner is told to hand in"),
  owners: z.array(DocumentOwner).min(1),
  maxAgeDays: z.number().int().min(1).max(3650).nullable().describe("not older than this on the day it is handed in"),
  expiry: z.enum(["needed", "possible", "none"]).describe("whether it has a day on which it ends"),
  number: z.enum(["needed", "possible", "none"]),
  retentionYears: z.number().int().min(0).max(30).describe("kept after the end of the relationship"),
  seenBy: z.enum(["staff", "compliance"]).describe("who may open it"),
  fourEyes: z.boolean().describe("two people accept it"),
});
export type DocumentKind = z.infer<typeof DocumentKind>;

export const DocumentSet = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  name: Sentence,
  owner: DocumentOwner,
  countries: z.array(CountryCode).max(250).describe("of the partner's seat; empty: everywhere"),
  regimes: z.array(RegimeCode).max(50).describe("empty: under every regime"),
  roles: z
    .array(z.enum(["director", "owner", "beneficial_owner", "signatory", "manager", "other"]))
    .describe("of somebody behind a partner; empty: of all roles"),
  needed: z
    .array(z.array(DocumentKindCode).min(1).max(10))
    .min(1)
    .max(30)
    .describe("each line: one of these kinds is enough"),
});
export type DocumentSet = z.infer<typeof DocumentSet>;

export const DocumentBook = z.object({
  kinds: z.array(DocumentKind).min(1).max(100),
  sets: z.array(DocumentSet).max(200),
  remindDays: z.array(z.number().int().min(1).max(365)).max(6).describe("days before a document ends"),
});
export type DocumentBook = z.infer<typeof DocumentBook>;

export const DocumentState = z.enum(["submitted", "proposed", "accepted", "rejected", "replaced", "withdrawn"]);
export type DocumentState = z.infer<typeof DocumentState>;

export const PartnerDocument = z.object({
  id: z.string(),
  partnerId: z.string(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  kind: DocumentKindCode,
  kindName: Sentence,
  state: DocumentState,
  fileName: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  number: z.string().describe("empty for whoever may not open the document"),
  issuedOn: Day.nullable(),
  expiresOn: Day.nullable(),
  nameOnIt: z.string(),
  note: z.string(),
  replacedBy: z.string().nullable(),
  uploadedBy: z.string(),
  uploadedAt: Instant,
  byPartner: z.boolean(),
  proposedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string(),
  goneAt: Instant.nullable().describe("when its file was deleted because its time was over"),
  keptUntil: Day.nullable().describe("known once the relationship with the partner ended"),
  mayOpen: z.boolean(),
  revision: z.number().int(),
});
export type PartnerDocument = z.infer<typeof PartnerDocument>;
export const PartnerDocumentPage = pageOf(PartnerDocument);
export const DocumentQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  state: manyOf(DocumentState).optional(),
  kind: DocumentKindCode.optional(),
  expiresBefore: Day.optional().describe("accepted ones that end before this day"),
});

/** The file is the body. */
export const NewDocumentQuery = z.object({
  partnerId: z.string().max(60).optional().describe("a partner's own people leave it out"),
  personId: z.string().max(60).optional(),
  kind: DocumentKindCode,
  name: z.string().trim().min(1).max(200).describe("the file's name"),
  number: z.string().trim().max(80).default(""),
  issuedOn: Day.optional(),
  expiresOn: Day.optional(),
  nameOnIt: z.string().trim().max(200).default(""),
  note: z.string().trim().max(1000).default(""),
  replaces: z.string().max(60).optional(),
});
export type NewDocumentQuery = z.infer<typeof NewDocumentQuery>;

export const DocumentAcceptance = z.object({
  revision: z.number().int(),
  number: z.string().trim().max(80),
  issuedOn: Day.nullable(),
  expiresOn: Day.nullable(),
  nameOnIt: z.string().trim().max(200),
  reason: z.string().trim().min(3).max(2000).describe("what was looked at"),
});
export type DocumentAcceptance = z.infer<typeof DocumentAcceptance>;
export const DocumentRejection = z.object({
  revision: z.number().int(),
  reason: z.string().trim().min(3).max(2000).describe("told to the partner"),
});
export type DocumentRejection = z.infer<typeof DocumentRejection>;

export const DocumentLook = z.object({
  id: z.string(),
  viewer: z.string(),
  purpose: z.string(),
  seenAt: Instant,
});
export type DocumentLook = z.infer<typeof DocumentLook>;
export const DocumentLookPage = pageOf(DocumentLook);
export const DocumentFileQuery = z.object({
  purpose: z.string().trim().max(200).default("").describe("why it is opened; kept in its list of looks"),
});

/** One line of what is asked of a partner, and how it stands. */
export const DocumentNeed = z.object({
  set: z.string(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  kinds: z.array(z.object({ code: DocumentKindCode, name: Sentence, hint: Sentence })),
  state: z.enum(["missing", "waiting", "rejected", "expired", "ending", "held"]),
  documentId: z.string().nullable(),
  until: Day.nullable(),
});
export type DocumentNeed = z.infer<typeof DocumentNeed>;
