import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Instant } from "./values.ts";

export const ScreeningTopic = z.enum(["sanction", "pep", "watch"]);
export type ScreeningTopic = z.infer<typeof ScreeningTopic>;

export const ScreeningHitState = z.enum(["open", "proposed", "false_positive", "true_match", "gone"]);
export type ScreeningHitState = z.infer<typeof ScreeningHitState>;

/** clear: nobody is left to decide about; waiting: hits are undecided; match: two people said that it is them; unscreened: not screened as it stands now */
export const ScreeningVerdict = z.enum(["clear", "waiting", "match", "unscreened"]);
export type ScreeningVerdict = z.infer<typeof ScreeningVerdict>;

/** Which word met which, and what it cost. */
export const ScreeningStep = z.object({
  what: z.enum([
    "same",
    "spelling",
    "form",
    "transliteration",
    "initial",
    "typo",
    "joined",
    "acronym",
    "particle",
    "missing",
    "extra",
    "contradicts",
    "legal-form",
    "single-name",
    "characters",
    "only-initials",
    "servant",
    "swapped",
    "letters",
    "office",
  ]),
  asked: z.string(),
  listed: z.string(),
  agreement: z.number(),
  weight: z.number(),
  cost: z.number().describe("taken from a score of 1"),
});
export type ScreeningStep = z.infer<typeof ScreeningStep>;

export const ScreeningEvidence = z.object({
  what: z.enum(["identifier", "birth", "country", "kind"]),
  says: z.enum(["same", "near", "different"]),
  asked: z.string(),
  listed: z.string(),
  change: z.number().describe("added to the score"),
});
export type ScreeningEvidence = z.infer<typeof ScreeningEvidence>;

export const ScreeningParty = z.object({
  name: z.string(),
  names: z.array(z.string()),
  kind: z.string(),
  births: z.array(z.string()),
  countries: z.array(z.string()),
  identifiers: z.array(z.string()),
});
export type ScreeningParty = z.infer<typeof ScreeningParty>;

export const ScreeningHit = z.object({
  id: z.string(),
  partnerId: z.string(),
  subjectId: z.string(),
  subjectKind: z.enum(["partner", "legal_name", "contact", "related_person"]),
  subjectName: z.string(),
  list: z.string(),
  entryId: z.string(),
  topic: ScreeningTopic,
  matchedName: z.string().describe("which of the entry's names was met"),
  score: z.number(),
  state: ScreeningHitState,
  reason: z.string(),
  proposedBy: z.string().nullable(),
  proposedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reopenedWhy: z.enum(["subject_changed", "entry_changed", "sent_back", "listed_again"]).nullable(),
  openedAt: Instant,
  updatedAt: Instant,
  revision: z.number().int(),
});
export type ScreeningHit = z.infer<typeof ScreeningHit>;

export const ScreeningHitDetail = ScreeningHit.extend({
  asked: ScreeningParty,
  listed: ScreeningParty.extend({ programs: z.array(z.string()), remarks: z.string() }),
  steps: z.array(ScreeningStep),
  evidence: z.array(ScreeningEvidence),
});
export type ScreeningHitDetail = z.infer<typeof ScreeningHitDetail>;

export const ScreeningHitQuery = PageQuery.extend({
  state: manyOf(ScreeningHitState).optional(),
  topic: manyOf(ScreeningTopic).optional(),
  list: z.string().max(80).optional(),
  partnerId: z.string().max(60).optional(),
});
export const ScreeningHitPage = pageOf(ScreeningHit);

/** What a person says about a hit. */
export const ScreeningDecision = z.object({
  revision: z.number().int(),
  reason: z.string().trim().min(3).max(2000).describe("why: kept for the trail, and shown when the hit comes again"),
});
export type ScreeningDecision = z.infer<typeof ScreeningDecision>;

export const ScreeningSubject = z.object({
  subjectId: z.string(),
  subjectKind: z.enum(["partner", "legal_name", "contact", "related_person"]),
  name: z.string(),
  screenedAt: Instant,
});

export const PartnerScreening = z.object({
  partnerId: z.string(),
  state: ScreeningVerdict,
  screenedAt: Instant.nullable(),
  subjects: z.array(ScreeningSubject),
  open: z.number().int().describe("hits that nobody has decided about, or that wait for a second person"),
  matches: z.number().int().describe("hits that two people said are them"),
  lists: z.number().int().describe("lists that are screened against"),
});
export type PartnerScreening = z.infer<typeof PartnerScreening>;

export const ScreeningList = z.object({
  list: z.string(),
  topic: ScreeningTopic,
  version: z.number().int(),
  format: z.string(),
  file: z.string(),
  entries: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  altered: z.number().int(),
  loadedAt: Instant,
  loadedBy: z.string(),
  appliedAt: Instant.nullable().describe("when partners were screened against what it changed"),
});
export type ScreeningList = z.infer<typeof ScreeningList>;
export const ScreeningListQuery = PageQuery.extend({
  list: z.string().max(80).optional().describe("all versions of this list"),
});
export const ScreeningListPage = pageOf(ScreeningList);

export const ScreeningListChange = z.object({
  entryId: z.string(),
  change: z.enum(["added", "removed", "altered"]),
  name: z.string(),
});
export type ScreeningListChange = z.infer<typeof ScreeningListChange>;
export const ScreeningChangeQuery = PageQuery.extend({
  list: z.string().max(80),
  version: z.coerce.number().int().min(1),
});
export const ScreeningChangePage = pageOf(ScreeningListChange);

const Share = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, "write a number of per cent, e.g. 25.5");
export const RelatedPersonRole = z.enum(["director", "owner", "beneficial_owner", "signatory", "manager", "other"]);
export type RelatedPersonRole = z.infer<typeof RelatedPersonRole>;

/** A director, an owner or somebody else behind a partner. */
export const NewRelatedPerson = z.object({
  kind: z.enum(["person", "organization"]),
  role: RelatedPersonRole,
  name: z.string().trim().min(2).max(200),
  share: Share.nullable().default(null).describe("per cent owned"),
  birth: z
    .string()
    .regex(/^(\d{4}(-\d{2}(-\d{2})?)?)?$/, "write 1963-07-28, 1963-07 or 1963")
    .default(""),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "write two capital letters, e.g. DE")
    .nullable()
    .default(null),
  identifier: z.string().trim().max(60).default(""),
  note: z.string().trim().max(1000).default(""),
});
export type NewRelatedPerson = z.infer<typeof NewRelatedPerson>;
export const RelatedPersonChange = NewRelatedPerson.extend({ revision: z.number().int() });
export type RelatedPersonChange = z.infer<typeof RelatedPersonChange>;

export const RelatedPerson = NewRelatedPerson.extend({
  id: z.string(),
  partnerId: z.string(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
  revision: z.number().int(),
});
export type RelatedPerson = z.infer<typeof RelatedPerson>;
export const RelatedPersonPage = pageOf(RelatedPerson);
