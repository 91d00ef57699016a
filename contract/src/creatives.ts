import { z } from "zod";
import { Sentence } from "./agreement-rounds.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Day, Instant } from "./values.ts";

export const CreativeKind = z.enum(["banner", "text", "email", "page", "video", "other"]);
export const CreativeState = z.enum(["proposed", "approved", "rejected", "withdrawn"]);
const Language = z.string().regex(/^[a-z]{2}$/, "is no language like en");
const parts = {
  name: z.string().trim().min(1).max(120),
  kind: CreativeKind,
  language: Language.describe("as in ISO 639-1"),
  address: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .describe("where it can be seen"),
  wording: z.string().trim().max(20_000).describe("what it says; looked at for risk warnings and forbidden claims"),
  expiresOn: Day.nullable().describe("last day on which it may be used"),
};

/** What an offer is promoted with, once a second person has found it good. */
export const Creative = z.object({
  ...parts,
  id: z.string(),
  programId: z.string(),
  offerId: z.string(),
  state: CreativeState,
  expired: z.boolean(),
  file: z.object({ name: z.string(), mediaType: z.string(), sha256: z.string() }).nullable(),
  warnings: z.array(z.object({ regime: Sentence, text: z.string() })).describe("what it has to carry word by word"),
  faults: z.array(Sentence).describe("what its wording lacks or may not say; for the operator"),
  proposedName: z.string().nullable().describe("null for partners"),
  proposedAt: Instant,
  decidedName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string(),
  revision: z.number().int(),
});
export type Creative = z.infer<typeof Creative>;
export const CreativePage = pageOf(Creative);
export const CreativeQuery = PageQuery.extend({
  offerId: z.string().max(60).optional(),
  programId: manyOf(z.string().max(60)).optional(),
  state: manyOf(CreativeState).optional(),
});
export type CreativeQuery = z.output<typeof CreativeQuery>;

export const NewCreative = z.object({
  ...parts,
  offerId: z.string().max(60),
  address: parts.address.default(null),
  wording: parts.wording.default(""),
  expiresOn: parts.expiresOn.default(null),
});
export type NewCreative = z.input<typeof NewCreative>;

/** Any change puts it before the second person again. */
export const CreativeChange = z.object({
  revision: z.number().int(),
  name: parts.name.optional(),
  kind: parts.kind.optional(),
  language: parts.language.optional(),
  address: parts.address.optional(),
  wording: parts.wording.optional(),
  expiresOn: parts.expiresOn.optional(),
});
export type CreativeChange = z.infer<typeof CreativeChange>;

export const CreativeDecision = z.object({
  revision: z.number().int(),
  decision: z.enum(["approve", "reject", "withdraw"]),
  reason: z.string().trim().min(3).max(1000),
  warningsSeen: z.boolean().default(false).describe("what no words tell carries the warnings too"),
});
export type CreativeDecision = z.input<typeof CreativeDecision>;
