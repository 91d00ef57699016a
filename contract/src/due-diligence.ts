import { z } from "zod";
import { Sentence } from "./agreement-rounds.ts";
import { DocumentBook, DocumentNeed } from "./documents.ts";
import { PageQuery, pageOf } from "./page.ts";
import { PartnerEntity } from "./partners.ts";
import { RiskBook } from "./risk.ts";
import { CountryCode, Day, Instant, RuleCode } from "./values.ts";

const Points = z.number().int().min(-1000).max(1000);
const Percent = z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, "a number of per cent, e.g. 25.5");

// ——— ownership
export const OwnershipBook = z.object({
  thresholds: z
    .array(
      z.object({
        regimes: z.array(RuleCode).max(50).describe("empty: wherever no other line speaks"),
        moreThan: Percent.describe("who owns more than this, directly or through others, is a beneficial owner"),
        source: z.string().max(300),
      }),
    )
    .min(1)
    .max(50),
});
export type OwnershipBook = z.infer<typeof OwnershipBook>;

export const OwnershipNode = z.object({
  id: z.string().describe("of the person; the partner's own id at the top"),
  name: z.string(),
  kind: z.enum(["partner", "person", "organization"]),
  role: z.string().nullable(),
  control: z.string(),
  effective: z.string().nullable().describe("per cent of the partner, through all ways; exact to six places"),
  isBeneficialOwner: z.boolean(),
  why: z.enum(["share", "control", ""]).describe("why it counts as a beneficial owner"),
});
export const OwnershipEdge = z.object({ holderId: z.string(), heldId: z.string(), share: z.string() });
export const OwnershipStructure = z.object({
  partnerId: z.string(),
  entity: PartnerEntity.nullable(),
  regime: z.string(),
  threshold: z.string(),
  nodes: z.array(OwnershipNode),
  edges: z.array(OwnershipEdge),
  sentences: z.array(Sentence).describe("what does not add up"),
  holds: z.boolean(),
});
export type OwnershipStructure = z.infer<typeof OwnershipStructure>;
export const NewHolding = z.object({
  holderId: z.string().max(60),
  heldId: z.string().max(60),
  share: Percent.nullable().describe("null: not any more"),
});
export type NewHolding = z.infer<typeof NewHolding>;
export const ControlStatement = z.object({
  personId: z.string().max(60),
  control: z.string().trim().max(500).describe("how it controls the partner otherwise; empty: it does not"),
});
export type ControlStatement = z.infer<typeof ControlStatement>;

export const PartnerProfile = z.object({
  partnerId: z.string(),
  entity: PartnerEntity.nullable(),
  guessed: z.boolean().describe("the partner's record does not say it: a legal form in its name does"),
  regime: z.string(),
  unexplained: z.string(),
  revision: z.number().int(),
});
export type PartnerProfile = z.infer<typeof PartnerProfile>;
export const ProfileChange = z.object({
  revision: z.number().int().min(0),
  regime: z.union([z.literal(""), RuleCode]).default(""),
  unexplained: z.string().trim().max(500).default("").describe("why the shares do not make up the whole"),
});
export type ProfileChange = z.infer<typeof ProfileChange>;

// ——— questionnaires
export const Question = z.object({
  code: RuleCode,
  text: Sentence,
  kind: z.enum(["yes_no", "choice", "choices", "text", "number", "countries"]),
  options: z
    .array(z.object({ code: RuleCode, text: Sentence }))
    .max(60)
    .default([]),
  required: z.boolean().default(true),
  onlyIf: z
    .object({ question: RuleCode, is: z.string().max(60) })
    .nullable()
    .default(null),
  consequences: z
    .array(
      z.object({
        is: z.string().max(60).describe("yes, no, the code of an option, a country, or any"),
        points: Points,
        flag: Sentence.nullable().default(null),
      }),
    )
    .max(60)
    .default([]),
});
export type Question = z.infer<typeof Question>;
export const Questionnaire = z.object({
  code: RuleCode,
  name: Sentence,
  entities: z.array(PartnerEntity).describe("empty: both"),
  partnerKinds: z.array(z.string().max(40)).max(20).describe("empty: all"),
  programs: z.array(z.string().max(60)).max(50).default([]).describe("empty: all"),
  repeatMonths: z.number().int().min(0).max(120).describe("asked again after these months; 0: once"),
  questions: z.array(Question).min(1).max(200),
});
export type Questionnaire = z.infer<typeof Questionnaire>;
export const QuestionnaireBook = z.object({ questionnaires: z.array(Questionnaire).max(50) });
export type QuestionnaireBook = z.infer<typeof QuestionnaireBook>;
export const Answers = z.record(RuleCode, z.union([z.string().max(4000), z.array(z.string().max(60)).max(250)]));
export type Answers = z.infer<typeof Answers>;
export const NewAnswers = z.object({
  questionnaire: RuleCode,
  partnerId: z.string().max(60).optional(),
  answers: Answers,
});
export type NewAnswers = z.infer<typeof NewAnswers>;
export const QuestionnaireAnswer = z.object({
  id: z.string(),
  partnerId: z.string(),
  questionnaire: z.string(),
  version: z.number().int(),
  answers: Answers,
  points: z.number().int().nullable().describe("null for the partner's own people"),
  flags: z.array(Sentence),
  answeredBy: z.string(),
  answeredAt: Instant,
  byPartner: z.boolean(),
});
export type QuestionnaireAnswer = z.infer<typeof QuestionnaireAnswer>;
/** Answers as they are asked of a partner now, with what was answered last. */
export const AskedQuestionnaire = z.object({
  questionnaire: Questionnaire,
  version: z.number().int(),
  last: QuestionnaireAnswer.nullable(),
  state: z
    .enum(["open", "answered", "again", "changed"])
    .describe("again: its months are over; changed: it has questions that were not answered"),
});
export type AskedQuestionnaire = z.infer<typeof AskedQuestionnaire>;

// ——— sites
const Words = z.array(z.string().trim().min(2).max(120)).max(300);
export const ReviewBook = z.object({
  months: z.number().int().min(1).max(60).describe("until a site is looked at again"),
  checklist: z
    .array(
      z.object({
        code: RuleCode,
        text: Sentence,
        sign: z.string().max(200).nullable().describe("what a page that has it says; found by itself"),
      }),
    )
    .max(60),
  claims: z
    .array(
      z.object({
        code: RuleCode,
        name: Sentence,
        grave: z.boolean(),
        words: z.record(z.string().regex(/^[a-z]{2}$/), Words),
      }),
    )
    .max(100),
});
export type ReviewBook = z.infer<typeof ReviewBook>;
export const SiteKind = z.enum(["website", "social", "app", "email", "other"]);
export const NewSite = z.object({
  partnerId: z.string().max(60).optional(),
  kind: SiteKind,
  address: z.string().trim().min(3).max(500),
  note: z.string().trim().max(500).default(""),
});
export type NewSite = z.infer<typeof NewSite>;
export const Site = z.object({
  id: z.string(),
  partnerId: z.string(),
  kind: SiteKind,
  address: z.string(),
  note: z.string(),
  state: z.enum(["unreviewed", "passed", "failed"]),
  reviewOn: Day.nullable(),
  addedBy: z.string(),
  addedAt: Instant,
  byPartner: z.boolean(),
  revision: z.number().int(),
});
export type Site = z.infer<typeof Site>;
export const SitePage = pageOf(Site);
export const SiteQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  state: z.enum(["unreviewed", "passed", "failed"]).optional(),
  due: z.enum(["true"]).optional().describe("never looked at, or due again"),
});
export const ClaimFinding = z.object({
  claim: z.string(),
  name: Sentence,
  grave: z.boolean(),
  word: z.string(),
  language: z.string(),
  before: z.string(),
  found: z.string(),
  after: z.string(),
  negated: z.boolean().describe("the words before it say no: not risk-free"),
});
export type ClaimFinding = z.infer<typeof ClaimFinding>;
export const SiteSnapshot = z.object({
  id: z.string(),
  siteId: z.string(),
  address: z.string(),
  finalAddress: z.string(),
  status: z.number().int().nullable(),
  problem: z.string(),
  sha256: z.string().nullable(),
  words: z.string().describe("the text of the page"),
  findings: z.array(ClaimFinding),
  signs: z.record(z.string(), z.boolean()).describe("what of the checklist the page says"),
  picture: z.boolean(),
  takenBy: z.string(),
  takenAt: Instant,
});
export type SiteSnapshot = z.infer<typeof SiteSnapshot>;
export const SiteReview = z.object({
  id: z.string(),
  snapshotId: z.string().nullable(),
  verdict: z.enum(["passed", "failed"]),
  reason: z.string(),
  checklist: z.record(z.string(), z.enum(["yes", "no", "not_applicable"])),
  reviewedBy: z.string(),
  reviewedAt: Instant,
  reviewOn: Day.nullable(),
});
export type SiteReview = z.infer<typeof SiteReview>;
export const SiteDetail = Site.extend({
  snapshots: z.array(SiteSnapshot),
  reviews: z.array(SiteReview),
  checklist: z.array(z.object({ code: z.string(), text: Sentence })),
});
export type SiteDetail = z.infer<typeof SiteDetail>;
export const NewReview = z.object({
  revision: z.number().int(),
  verdict: z.enum(["passed", "failed"]),
  reason: z.string().trim().min(3).max(2000),
  checklist: z.record(RuleCode, z.enum(["yes", "no", "not_applicable"])),
  reviewOn: Day.nullable().default(null).describe("null: after the months of the rules"),
});
export type NewReview = z.infer<typeof NewReview>;

// ——— domains
export const DomainProof = z.object({
  id: z.string(),
  partnerId: z.string(),
  domain: z.string(),
  state: z.enum(["waiting", "proved", "lost"]),
  method: z.enum(["dns", "file", "meta"]).nullable(),
  record: z.string().describe("the text of the TXT record"),
  recordName: z.string(),
  fileAddress: z.string(),
  metaTag: z.string(),
  said: z
    .array(z.object({ method: z.enum(["dns", "file", "meta"]), sentence: Sentence }))
    .describe("what each way answered"),
  sentence: Sentence,
  checkedAt: Instant.nullable(),
  provedAt: Instant.nullable(),
  createdAt: Instant,
});
export type DomainProof = z.infer<typeof DomainProof>;
export const DomainProofPage = pageOf(DomainProof);
export const NewDomain = z.object({
  partnerId: z.string().max(60).optional(),
  domain: z.string().trim().min(3).max(253),
});
export type NewDomain = z.infer<typeof NewDomain>;
export const OfPartnerQuery = PageQuery.extend({ partnerId: z.string().max(60).optional() });

// ——— regimes
export const Regime = z.object({
  code: RuleCode,
  name: Sentence,
  regulator: z.string().max(200),
  countries: z.array(z.string().regex(/^([A-Z]{2}(-[A-Z0-9]{1,3})?|EEA)$/)).max(250),
  licences: z.array(z.string().max(40)).max(20).describe("classes of licence that it knows"),
  termRules: z
    .array(RuleCode)
    .max(20)
    .describe("codes of the jurisdiction rules of agreements: which components are allowed"),
  figures: z
    .array(z.object({ code: RuleCode, name: Sentence, unit: z.string().max(20) }))
    .max(10)
    .describe("what a warning needs to be filled in, e.g. loss"),
  warnings: z
    .array(
      z.object({
        code: RuleCode,
        text: z.record(z.string().regex(/^[a-z]{2}$/), z.string().max(2000)),
        needed: z.boolean(),
      }),
    )
    .max(20),
  marks: z
    .array(z.object({ code: RuleCode, name: Sentence, anyOf: z.array(z.string().min(1).max(60)).min(1).max(20) }))
    .max(20),
  forbidden: z.array(RuleCode).max(100).describe("codes of claims in the list of words"),
  duties: z.array(Sentence).max(20),
  source: z.string().max(500),
});
export type Regime = z.infer<typeof Regime>;
export const RegimeBook = z.object({ regimes: z.array(Regime).max(100) });
export type RegimeBook = z.infer<typeof RegimeBook>;
export const RegimeSubject = z.object({ subjectKind: z.enum(["partner", "offer"]), subjectId: z.string().max(60) });
export const RegimeAttachment = z.object({
  regime: z.string(),
  name: Sentence,
  regulator: z.string(),
  figures: z.record(z.string(), z.string()),
  byCountry: z.boolean().describe("it holds because of the country, nobody attached it"),
});
export type RegimeAttachment = z.infer<typeof RegimeAttachment>;
export const RegimeAttachments = z.object({ data: z.array(RegimeAttachment) });
export type RegimeAttachments = z.infer<typeof RegimeAttachments>;
export const NewRegimeAttachment = RegimeSubject.extend({
  regime: RuleCode,
  figures: z.record(RuleCode, Percent).default({}),
  attached: z.boolean().default(true),
});
export type NewRegimeAttachment = z.infer<typeof NewRegimeAttachment>;
export const JurisdictionQuestion = z.object({
  partnerId: z.string().max(60).optional(),
  offerId: z.string().max(60).optional(),
  country: CountryCode.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default("en"),
  text: z.string().max(200_000).optional(),
});
export type JurisdictionQuestion = z.infer<typeof JurisdictionQuestion>;
export const JurisdictionAnswer = z.object({
  passes: z.boolean(),
  regimes: z.array(
    z.object({
      code: z.string(),
      name: Sentence,
      source: z.string(),
      termRules: z.array(z.string()),
      duties: z.array(Sentence),
      warnings: z.array(
        z.object({
          code: z.string(),
          text: z.string(),
          missing: z.array(z.string()).describe("figures that nobody gave"),
          present: z.boolean().nullable(),
        }),
      ),
      marks: z.array(z.object({ code: z.string(), name: Sentence, present: z.boolean().nullable() })),
    }),
  ),
  findings: z.array(ClaimFinding),
  sentences: z.array(Sentence),
});
export type JurisdictionAnswer = z.infer<typeof JurisdictionAnswer>;

// ——— the books
export const RULE_BOOKS = {
  documents: DocumentBook,
  ownership: OwnershipBook,
  questionnaires: QuestionnaireBook,
  risk: RiskBook,
  reviews: ReviewBook,
  regimes: RegimeBook,
} as const;
export const RuleBookName = z.enum(["documents", "ownership", "questionnaires", "risk", "reviews", "regimes"]);
export type RuleBookName = z.infer<typeof RuleBookName>;
export const RuleBook = z.object({
  book: RuleBookName,
  version: z.number().int().describe("0: as shipped"),
  document: z.unknown(),
  reason: z.string(),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
});
export type RuleBook = z.infer<typeof RuleBook>;
export const RuleBookPage = pageOf(RuleBook.omit({ document: true }));
export const RuleBookQuery = z.object({ version: z.coerce.number().int().min(0).optional() });
export const RuleBookChange = z.object({
  version: z.number().int().min(0).describe("that was read"),
  document: z.unknown(),
  reason: z.string().trim().min(3).max(500),
});
export type RuleBookChange = z.infer<typeof RuleBookChange>;

// ——— the card
export const DiligenceFact = z.object({
  fact: z.string(),
  holds: z.boolean(),
  code: z.string(),
  sentence: z.string(),
  until: Day.nullable(),
});
export type DiligenceFact = z.infer<typeof DiligenceFact>;
export const DueDiligence = z.object({
  profile: PartnerProfile,
  needs: z.array(DocumentNeed),
  facts: z.array(DiligenceFact),
});
export type DueDiligence = z.infer<typeof DueDiligence>;
