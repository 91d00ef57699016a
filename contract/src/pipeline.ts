import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { PartnerKind } from "./partners.ts";
import { Name, Revision } from "./programs.ts";
import { CountryCode, Day, Instant, MoneyValue, Month } from "./values.ts";

const Id = z.string().max(60);
const Key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "a lower-case letter, then letters, digits and underscores");
/** One text per language, at least in English. */
export const Texts = z.object({ en: z.string().trim().min(1).max(2000) }).catchall(z.string().trim().max(2000));
export type Texts = z.infer<typeof Texts>;

/** A column of the board. The two with an outcome end the way. */
export const LeadStage = z.object({
  id: Key,
  names: Texts,
  probability: z.coerce.number().int().min(0).max(100).describe("per cent of leads of this stage that are won"),
  usualDays: z.coerce.number().int().min(0).max(999).describe("days that are usual here; 0: no time is usual"),
  outcome: z.enum(["won", "lost"]).nullable(),
  active: z.boolean(),
});
export type LeadStage = z.infer<typeof LeadStage>;

export const LostReason = z.object({
  id: Key,
  names: Texts,
  reapplyDays: z
    .int()
    .min(0)
    .max(3650)
    .nullable()
    .describe("days after which the same applicant may apply again; 0 at once, null never"),
  active: z.boolean(),
});
export type LostReason = z.infer<typeof LostReason>;

export const PipelineSettings = z.object({ stages: z.array(LeadStage), lostReasons: z.array(LostReason) });
export type PipelineSettings = z.infer<typeof PipelineSettings>;
export const PipelineSettingsChange = z.object({
  stages: z.array(LeadStage).min(3).max(20),
  lostReasons: z.array(LostReason).min(1).max(50),
});
export type PipelineSettingsChange = z.infer<typeof PipelineSettingsChange>;

export const LEAD_STATUSES = ["unconfirmed", "open", "won", "lost", "merged"] as const;
export const LeadStatus = z.enum(LEAD_STATUSES);
export const LEAD_CHANNELS = ["form", "file", "api", "mail", "hand"] as const;
export const LeadChannel = z.enum(LEAD_CHANNELS);
export const HANDLE_KINDS = ["telegram", "skype", "whatsapp", "discord", "linkedin", "instagram", "other"] as const;
export const Handle = z.object({ kind: z.enum(HANDLE_KINDS), handle: z.string().trim().min(1).max(120) });

/** A fact of a decision; screens put it into words: `rule` "LATAM Spanish", `matched` language es. */
export const DecisionWord = z.object({ code: z.string(), values: z.record(z.string(), z.string()) });
export type DecisionWord = z.infer<typeof DecisionWord>;

export const Lead = z.object({
  id: z.string(),
  status: LeadStatus,
  stageId: z.string(),
  stageSince: Instant,
  daysInStage: z.int(),
  usualDays: z.int(),
  name: z.string(),
  contactName: z.string(),
  email: z.string(),
  phone: z.string(),
  website: z.string(),
  handles: z.array(Handle),
  kind: PartnerKind,
  vertical: z.string(),
  country: CountryCode.nullable(),
  language: z.string(),
  regionId: z.string().nullable(),
  programId: z.string().nullable(),
  channel: LeadChannel,
  sourceRaw: z.string().describe("as it was given"),
  source: z.string().nullable().describe("clean, by the rules of sources; null: none knew it"),
  ownerUserId: z.string().nullable(),
  recruiterPartnerId: z.string().nullable(),
  recruiterUserId: z.string().nullable(),
  expectedFtds: z.int().nullable().describe("first-time depositors a month"),
  expectedRevenue: MoneyValue.nullable().describe("a month"),
  expectedMonth: Month.nullable().describe("first month in which it is expected to bring something"),
  probability: z.int(),
  nextStep: z.string(),
  nextStepOn: Day.nullable(),
  note: z.string(),
  tags: z.array(z.string()),
  lostReason: z.string().nullable(),
  lostNote: z.string(),
  endedAt: Instant.nullable(),
  partnerId: z.string().nullable(),
  mergedInto: z.string().nullable(),
  duplicatesOpen: z.boolean(),
  externalRef: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  revision: Revision,
});
export type Lead = z.infer<typeof Lead>;

export const Likeness = z.object({
  id: z.string(),
  otherKind: z.enum(["lead", "partner"]),
  otherId: z.string(),
  otherName: z.string(),
  score: z.int().describe("0 to 100"),
  reasons: z.array(DecisionWord),
  state: z.enum(["open", "linked", "merged", "different"]),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
});
export type Likeness = z.infer<typeof Likeness>;
export const LikenessDecision = z.object({ decision: z.enum(["linked", "merged", "different"]) });
export type LikenessDecision = z.infer<typeof LikenessDecision>;

export const StageMove = z.object({
  from: z.string().nullable(),
  to: z.string(),
  at: Instant,
  by: z.string(),
});

export const LeadDetail = Lead.extend({
  sourceWords: z.array(DecisionWord),
  routingWords: z.array(DecisionWord),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  likenesses: z.array(Likeness),
  moves: z.array(StageMove),
});
export type LeadDetail = z.infer<typeof LeadDetail>;

const Email = z.union([z.literal(""), z.email().max(254)]);
const Language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "a language like en or pt-BR");
const LeadFields = {
  name: Name,
  contactName: z.string().trim().max(120),
  email: Email,
  phone: z.string().trim().max(40),
  website: z.string().trim().max(500),
  handles: z.array(Handle).max(10),
  kind: PartnerKind,
  vertical: z.string().trim().max(60),
  country: CountryCode.nullable(),
  language: Language,
  regionId: Id.nullable(),
  programId: Id.nullable(),
  expectedFtds: z.coerce.number().int().min(0).max(10_000_000).nullable(),
  expectedRevenue: MoneyValue.nullable(),
  expectedMonth: Month.nullable(),
  nextStep: z.string().trim().max(400),
  nextStepOn: Day.nullable(),
  note: z.string().trim().max(10_000),
  tags: z.array(z.string().trim().min(1).max(40)).max(30),
} as const;

export const NewLead = z.object({
  name: LeadFields.name,
  contactName: LeadFields.contactName.default(""),
  email: LeadFields.email.default(""),
  phone: LeadFields.phone.default(""),
  website: LeadFields.website.default(""),
  handles: LeadFields.handles.default([]),
  kind: LeadFields.kind.default("affiliate"),
  vertical: LeadFields.vertical.default(""),
  country: LeadFields.country.default(null),
  language: LeadFields.language.default("en"),
  regionId: LeadFields.regionId.default(null),
  programId: LeadFields.programId.default(null),
  expectedFtds: LeadFields.expectedFtds.default(null),
  expectedRevenue: LeadFields.expectedRevenue.default(null),
  expectedMonth: LeadFields.expectedMonth.default(null),
  nextStep: LeadFields.nextStep.default(""),
  nextStepOn: LeadFields.nextStepOn.default(null),
  note: LeadFields.note.default(""),
  tags: LeadFields.tags.default([]),
  source: z.string().trim().max(500).default("").describe("as it was told: a campaign, utm parameters, a word"),
  ownerUserId: Id.nullable().default(null).describe("null: the routing rules say whose it is"),
  recruiter: z
    .string()
    .trim()
    .max(100)
    .default("")
    .describe("code or id of the partner, or id of the user, who recruited"),
  externalRef: z.string().trim().max(200).nullable().default(null).describe("the other system's id; taken once"),
  answers: z.record(z.string().max(60), z.string().max(10_000)).default({}),
});
export type NewLead = z.input<typeof NewLead>;
export const NewLeads = z.object({ leads: z.array(NewLead).min(1).max(1000) });
export const TakenLeads = z.object({
  taken: z.array(
    z.object({
      index: z.int(),
      id: z.string(),
      outcome: z
        .enum(["new", "looks_like", "known"])
        .describe("known: a lead with this externalRef exists, it is not changed"),
      ownerUserId: z.string().nullable(),
    }),
  ),
  refused: z.array(z.object({ index: z.int(), code: z.string(), detail: z.string() })),
});
export type TakenLeads = z.infer<typeof TakenLeads>;

export const LeadChange = z
  .object({ ...LeadFields, ownerUserId: Id.nullable(), source: z.string().trim().max(80).nullable() })
  .partial()
  .extend({ revision: Revision });
export type LeadChange = z.infer<typeof LeadChange>;

export const LeadMove = z.object({ revision: Revision, stageId: Key });
export type LeadMove = z.infer<typeof LeadMove>;
export const LeadLoss = z.object({ revision: Revision, reason: Key, note: z.string().trim().max(2000).default("") });
export type LeadLoss = z.infer<typeof LeadLoss>;
export const LeadWin = z.object({
  revision: Revision,
  code: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, "2 to 60 lower-case letters, digits and hyphens")
    .describe("the new partner's code"),
});
export type LeadWin = z.infer<typeof LeadWin>;
export const LeadReopening = z.object({ revision: Revision, reason: z.string().trim().min(3).max(1000) });
export type LeadReopening = z.infer<typeof LeadReopening>;

export const LeadQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of name, contact, e-mail, website or phone"),
  status: manyOf(LeadStatus).optional(),
  stageId: manyOf(Key).optional(),
  kind: manyOf(PartnerKind).optional(),
  ownerUserId: manyOf(Id).optional(),
  regionId: manyOf(Id).optional(),
  programId: manyOf(Id).optional(),
  country: manyOf(CountryCode).optional(),
  channel: manyOf(LeadChannel).optional(),
  source: z.string().max(80).optional(),
  queue: z
    .enum(["unrouted", "duplicates", "unmatched", "ageing", "no_next_step"])
    .optional()
    .describe("without owner · looks like another · source unknown · longer in its stage than usual · nothing planned"),
  sort: z.enum(["createdAt", "-createdAt", "name", "-name", "nextStepOn", "-nextStepOn"]).default("-createdAt"),
});
export type LeadQuery = z.output<typeof LeadQuery>;
export const LeadPage = pageOf(Lead);

/** The board: per stage the newest leads and the sums of all. */
export const LeadBoard = z.object({
  columns: z.array(
    z.object({
      stage: LeadStage,
      count: z.int(),
      expectedFtds: z.int(),
      leads: z.array(Lead),
    }),
  ),
});
export type LeadBoard = z.infer<typeof LeadBoard>;
export const LeadBoardQuery = z.object({
  ownerUserId: manyOf(Id).optional(),
  regionId: manyOf(Id).optional(),
  programId: manyOf(Id).optional(),
  kind: manyOf(PartnerKind).optional(),
  q: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type LeadBoardQuery = z.output<typeof LeadBoardQuery>;

/** Expected of open leads, weighted by the probability of their stage. */
export const ForecastQuery = z.object({
  by: z.enum(["month", "owner", "region", "stage"]).default("month"),
  ownerUserId: manyOf(Id).optional(),
  regionId: manyOf(Id).optional(),
  programId: manyOf(Id).optional(),
});
export type ForecastQuery = z.output<typeof ForecastQuery>;
export const Forecast = z.object({
  by: z.string(),
  rows: z.array(
    z.object({
      key: z.string().describe("a month, user, region or stage; empty: none is named"),
      leads: z.int(),
      ftds: z.int(),
      weightedFtds: z.string().describe("with one decimal"),
      revenue: z.array(MoneyValue),
      weightedRevenue: z.array(MoneyValue),
      target: z.int().nullable().describe("FTDs that are wanted, where a plan says so"),
    }),
  ),
});
export type Forecast = z.infer<typeof Forecast>;

export const PipelineTarget = z.object({
  month: Month,
  ownerUserId: z.string().max(60).describe("empty: of everybody"),
  ftds: z.coerce.number().int().min(0).max(100_000_000),
});
export const PipelineTargets = z.object({ data: z.array(PipelineTarget).max(500) });
export type PipelineTargets = z.infer<typeof PipelineTargets>;

/** A file with leads: first looked at, then taken. */
export const LeadFile = z.object({
  name: z.string().max(200),
  content: z.string().max(14_000_000).describe("base64"),
  mapping: z
    .record(z.string().max(40), z.string().max(200))
    .default({})
    .describe("field → column; what is left out is guessed"),
  run: z.boolean().default(false).describe("false: only what would happen"),
});
export type LeadFile = z.infer<typeof LeadFile>;
export const LeadFileResult = z.object({
  columns: z.array(z.string()),
  mapping: z.record(z.string(), z.string()),
  rows: z.int(),
  sample: z.array(z.record(z.string(), z.string())),
  taken: z.int(),
  alike: z.int().describe("of those taken: look like somebody who is known"),
  known: z.int(),
  rejects: z.array(z.object({ line: z.int(), field: z.string(), value: z.string(), detail: z.string() })),
});
export type LeadFileResult = z.infer<typeof LeadFileResult>;
