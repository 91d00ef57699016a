import { z } from "zod";
import { InLanguage, manyOf, PageQuery, pageOf } from "./page.ts";
import { Day, Instant } from "./values.ts";

/** What data rules speak of. Faults of contacts count against their partner. */
export const DATA_RECORDS = ["partner", "contact", "offer"] as const;
export const DataRecord = z.enum(DATA_RECORDS);
export type DataRecord = z.infer<typeof DataRecord>;

/** Fields that rules may name, by record. */
export const DATA_FIELDS = {
  partner: [
    "code",
    "name",
    "legalName",
    "kind",
    "status",
    "region",
    "country",
    "language",
    "email",
    "website",
    "owner",
    "deputy",
    "entity",
    "parent",
    "tags",
    "note",
    "contacts",
    "signatories",
    "programs",
    "links",
    "createdAt",
    "activatedAt",
    "changedAt",
  ],
  contact: ["name", "email", "phone", "role", "signatory", "createdAt"],
  offer: ["code", "name", "status", "description", "landingUrl", "owner", "tags", "countries", "endsAt", "createdAt"],
} as const satisfies Record<DataRecord, readonly string[]>;
const ALL_FIELDS = [...new Set(Object.values(DATA_FIELDS).flat())] as [string, ...string[]];
export const DataField = z.enum(ALL_FIELDS);

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
/** One thing that a field must be; all that is named must hold. An empty field is less and more than nothing. */
const FieldCondition = z.strictObject({
  field: z.string().max(60),
  is: z.array(Scalar).min(1).max(200).optional().describe("one of these, in any case; of a list: at least one"),
  isNot: z.array(Scalar).min(1).max(200).optional(),
  empty: z.boolean().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  startsWith: z.string().min(1).max(100).optional(),
  contains: z.string().min(1).max(100).optional(),
  olderThanDays: z.number().int().min(0).max(20_000).optional(),
  withinDays: z.number().int().min(0).max(20_000).optional().describe("ago or ahead"),
});
export type FieldCondition = z.infer<typeof FieldCondition>;
/** A condition as plain data; nothing of it is ever run as code. */
export type DataCondition =
  | FieldCondition
  | { all: DataCondition[] }
  | { any: DataCondition[] }
  | { not: DataCondition };
export const DataCondition: z.ZodType<DataCondition> = z.lazy(() =>
  z.union([
    FieldCondition,
    z.strictObject({ all: z.array(DataCondition).min(1).max(20) }),
    z.strictObject({ any: z.array(DataCondition).min(1).max(20) }),
    z.strictObject({ not: DataCondition }),
  ]),
);

export const DATA_FORMATS = ["email", "url", "phone", "country", "pattern"] as const;
/** What is asked of a record. */
export const DataCheck = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("completeness"), field: z.string().max(60) }),
  z.strictObject({
    kind: z.literal("format"),
    field: z.string().max(60),
    format: z.enum(DATA_FORMATS),
    pattern: z.string().min(1).max(200).optional().describe("a regular expression for the whole value, format pattern"),
  }),
  z.strictObject({
    kind: z.literal("freshness"),
    field: z.string().max(60).default("changedAt"),
    days: z.number().int().min(1).max(5000),
  }),
  z.strictObject({
    kind: z.literal("uniqueness"),
    field: z.string().max(60),
    compare: z.enum(["exact", "lower", "letters", "host"]).default("lower"),
  }),
  z.strictObject({ kind: z.literal("cross_field"), must: DataCondition, field: z.string().max(60) }),
]);
export type DataCheck = z.infer<typeof DataCheck>;
export const DATA_CHECK_KINDS = ["completeness", "format", "freshness", "uniqueness", "cross_field"] as const;
export const DATA_SEVERITIES = ["low", "medium", "high", "critical"] as const;
/** What a fault weighs when the rule does not say. */
export const SEVERITY_WEIGHTS = { low: 1, medium: 3, high: 6, critical: 10 } as const;

const InWords = z.object({ en: z.string().trim().min(1).max(600), es: z.string().trim().max(600).default("") });
/** A rule about records, as a person writes it. */
export const DataRuleDefinition = z.strictObject({
  title: InWords,
  record: DataRecord,
  check: DataCheck,
  for: z
    .strictObject({
      kinds: z.array(z.string().max(40)).max(20).default([]),
      statuses: z.array(z.string().max(40)).max(20).default([]),
      regions: z.array(z.string().max(60)).max(50).default([]).describe("ids of regions"),
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/))
        .max(250)
        .default([]),
    })
    .prefault({})
    .describe("of the record, or of the contact's partner; empty: all"),
  severity: z.enum(DATA_SEVERITIES),
  weight: z.number().int().min(1).max(100).nullable().default(null).describe("null: by severity 1, 3, 6, 10"),
  ownerRole: z.string().max(60).default("key_account_manager").describe("who mends it"),
  meaning: InWords.describe("what the field is"),
  why: InWords.describe("what goes wrong without it"),
  mend: InWords.describe("how it is put right"),
});
export type DataRuleDefinition = z.infer<typeof DataRuleDefinition>;

export const DataRule = z.object({
  id: z.string(),
  code: z.string(),
  active: z.boolean(),
  version: z.number().int(),
  definition: DataRuleDefinition,
  weight: z.number().int(),
  findings: z.number().int().describe("open faults in what the asker may see"),
  excepted: z.number().int(),
  changedAt: Instant,
  changedBy: z.string(),
});
export type DataRule = z.infer<typeof DataRule>;
export const DataRules = z.object({ data: z.array(DataRule) });
const Code = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60);
export const NewDataRule = z.object({ code: Code, active: z.boolean().default(true), definition: DataRuleDefinition });
export type NewDataRule = z.input<typeof NewDataRule>;
export const DataRuleChange = z.object({
  version: z.number().int().describe("the version that was read"),
  active: z.boolean(),
  definition: DataRuleDefinition,
});
export type DataRuleChange = z.input<typeof DataRuleChange>;
export const DataRuleTry = z.object({ definition: DataRuleDefinition });
export const DataRuleTried = z.object({
  records: z.number().int().describe("for which it holds"),
  faults: z.number().int(),
  samples: z.array(z.object({ id: z.string(), name: z.string(), partnerId: z.string().nullable(), value: z.string() })),
});
export type DataRuleTried = z.infer<typeof DataRuleTried>;

export const DataFinding = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleCode: z.string(),
  title: z.string(),
  why: z.string(),
  mend: z.string(),
  kind: z.enum(DATA_CHECK_KINDS),
  severity: z.enum(DATA_SEVERITIES),
  weight: z.number().int(),
  record: DataRecord,
  subjectId: z.string(),
  subjectName: z.string(),
  partnerId: z.string().nullable(),
  regionId: z.string().nullable(),
  ownerUserId: z.string().nullable(),
  ownerRole: z.string(),
  field: z.string(),
  value: z.string().describe("what stands there; may be empty"),
  opens: z.string().describe("the console's screen with the field"),
  since: Instant,
  assignedTo: z.string().nullable(),
  exception: z
    .object({ until: Day, reason: z.string(), by: z.string(), at: Instant })
    .nullable()
    .describe("accepted as it is until a day"),
});
export type DataFinding = z.infer<typeof DataFinding>;
export const DataFindingQuery = PageQuery.extend({
  language: InLanguage.shape.language,
  ruleId: manyOf(z.string()).optional(),
  severity: manyOf(z.enum(DATA_SEVERITIES)).optional(),
  record: manyOf(DataRecord).optional(),
  partnerId: manyOf(z.string()).optional(),
  regionId: manyOf(z.string()).optional(),
  ownerUserId: manyOf(z.string()).optional(),
  assigned: z.enum(["me", "nobody"]).optional(),
  mine: z.enum(["true"]).optional().describe("of partners whom the asker looks after, or assigned to the asker"),
  state: z.enum(["open", "excepted"]).default("open"),
});
export type DataFindingQuery = z.infer<typeof DataFindingQuery>;
export const DataFindingPage = pageOf(DataFinding);
const Ids = z.array(z.string().max(60)).min(1).max(500);
export const FindingAssign = z.object({ ids: Ids, userId: z.string().max(60).nullable() });
export const FindingExcept = z.object({ ids: Ids, until: Day, reason: z.string().trim().min(3).max(500) });
export const FindingIds = z.object({ ids: Ids });
export const ManyDone = z.object({
  done: z.number().int(),
  refused: z.array(z.object({ id: z.string(), detail: z.string() })),
});
export type ManyDone = z.infer<typeof ManyDone>;

const ScoreOf = z.object({
  id: z.string().nullable().describe("region, owner; null: of none"),
  records: z.number().int(),
  score: z.number().describe("mean of the records' scores, 0 to 100"),
  faulty: z.number().int().describe("records with a fault"),
});
export type ScoreOf = z.infer<typeof ScoreOf>;
export const DataScores = z.object({
  evaluatedAt: Instant.nullable(),
  total: ScoreOf,
  regions: z.array(ScoreOf),
  owners: z.array(ScoreOf),
  rules: z.array(
    z.object({ ruleId: z.string(), title: z.string(), severity: z.enum(DATA_SEVERITIES), findings: z.number().int() }),
  ),
  history: z.array(z.object({ day: Day, score: z.number(), records: z.number().int(), findings: z.number().int() })),
});
export type DataScores = z.infer<typeof DataScores>;
/** How the score of one partner comes about: 100 × (1 − lost ÷ total). */
export const DataScore = z.object({
  partnerId: z.string(),
  score: z.number().int(),
  lost: z.number().int(),
  total: z.number().int(),
  rules: z.array(
    z.object({
      ruleId: z.string(),
      title: z.string(),
      weight: z.number().int(),
      state: z.enum(["holds", "fault", "excepted"]),
      mend: z.string(),
      opens: z.string(),
    }),
  ),
});
export type DataScore = z.infer<typeof DataScore>;

export const DataDefinition = z.object({
  id: z.string(),
  area: z.string().describe("partner, contact, offer, metric, rule"),
  name: z.string(),
  code: z.string(),
  text: z.string(),
  formula: z.string().describe("of metrics; may be empty"),
  rules: z.array(z.string()).describe("titles of the data rules that hold for it"),
});
export type DataDefinition = z.infer<typeof DataDefinition>;
export const DataDefinitions = z.object({ data: z.array(DataDefinition) });

export const SUGGESTION_KINDS = [
  "link_no_traffic",
  "offer_no_traffic",
  "offer_ended",
  "landing_dead",
  "partner_inactive_link",
  "agreement_ended_link",
  "cap_full",
] as const;
export const SuggestionKind = z.enum(SUGGESTION_KINDS);
export type SuggestionKind = z.infer<typeof SuggestionKind>;
export const SUGGESTION_STATES = ["open", "done", "dismissed", "gone"] as const;
export const Suggestion = z.object({
  id: z.string(),
  kind: SuggestionKind,
  state: z.enum(SUGGESTION_STATES),
  subjectKind: z.enum(["link", "offer", "landing_page", "cap"]),
  subjectId: z.string(),
  subjectName: z.string(),
  partnerId: z.string().nullable(),
  programId: z.string(),
  action: z.enum(["pause", "archive", "close", "look"]).describe("what is proposed"),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).describe("what was found: days, url, status, since …"),
  foundAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string(),
  undoable: z.boolean(),
});
export type Suggestion = z.infer<typeof Suggestion>;
export const SuggestionQuery = PageQuery.extend({
  kind: manyOf(SuggestionKind).optional(),
  state: manyOf(z.enum(SUGGESTION_STATES)).optional(),
  programId: manyOf(z.string()).optional(),
  partnerId: manyOf(z.string()).optional(),
});
export type SuggestionQuery = z.infer<typeof SuggestionQuery>;
export const SuggestionPage = pageOf(Suggestion);
export const SuggestionIds = z.object({ ids: Ids });
export const SuggestionDismiss = z.object({ ids: Ids, reason: z.string().trim().min(3).max(500) });
export const SuggestionPreview = z.object({
  changes: z.array(
    z.object({ id: z.string(), subjectId: z.string(), name: z.string(), from: z.string(), to: z.string() }),
  ),
  refused: z.array(z.object({ id: z.string(), detail: z.string() })),
});
export type SuggestionPreview = z.infer<typeof SuggestionPreview>;

export const TAGGED_RECORDS = ["partner", "offer"] as const satisfies readonly DataRecord[];
const TaggedRecord = z.enum(TAGGED_RECORDS).describe("what the tag is set on");
export const TagRule = z.object({
  id: z.string(),
  record: TaggedRecord,
  tag: z.string(),
  title: z.string(),
  active: z.boolean(),
  when: DataCondition,
  version: z.number().int(),
  tagged: z.number().int().describe("records that have the tag by this rule"),
  changedAt: Instant,
  changedBy: z.string(),
});
export type TagRule = z.infer<typeof TagRule>;
export const TagRules = z.object({ data: z.array(TagRule) });
const Tag = z.string().regex(/^[a-z0-9][a-z0-9:_-]{0,49}$/);
export const NewTagRule = z.object({
  record: TaggedRecord.default("partner"),
  tag: Tag,
  title: z.string().trim().min(1).max(200),
  active: z.boolean().default(true),
  when: DataCondition,
});
export type NewTagRule = z.infer<typeof NewTagRule>;
/** What a rule sets its tag on stays as it is. */
export const TagRuleChange = NewTagRule.omit({ record: true }).extend({ version: z.number().int() });
export const TagRuleTried = z.object({
  add: z.number().int(),
  keep: z.number().int(),
  remove: z.number().int(),
  byHand: z.number().int().describe("have the tag by hand: never removed"),
  samples: z.array(z.object({ id: z.string(), name: z.string(), change: z.enum(["add", "remove"]) })),
});
export type TagRuleTried = z.infer<typeof TagRuleTried>;
export const TagOrigins = z.object({
  data: z.array(
    z.object({
      tag: z.string(),
      ruleId: z.string().nullable().describe("null: set by hand"),
      title: z.string(),
      since: Instant.nullable(),
    }),
  ),
});
export type TagOrigins = z.infer<typeof TagOrigins>;
