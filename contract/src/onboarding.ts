import { z } from "zod";
import { CapMetric, CapPeriod } from "./caps.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { PartnerKind } from "./partners.ts";
import { Revision } from "./programs.ts";
import { Day, Instant, MoneyValue } from "./values.ts";

/** How a partner gets from a stranger to somebody who is handed over, and how the work with it ends. */
const Id = z.string().max(60);
const Language = z.enum(["en", "es"]).default("en");
const Reason = z.string().trim().min(3).max(1000);
const ROLES = [
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "administrator",
  "owner",
  "partner",
] as const;

const Seen = z.object({
  what: z.string(),
  id: z.string().nullable(),
  text: z.string(),
  screen: z.string().nullable().describe("a screen of the console"),
});

/** One condition on the way to the launch, as it was asked this moment. */
export const LaunchGate = z.object({
  stage: z.string(),
  stageTitle: z.string(),
  key: z.string(),
  title: z.string(),
  kind: z.enum(["fact", "decision"]),
  holds: z.boolean(),
  how: z.enum(["fact", "signed", "waived"]).nullable(),
  sentence: z.string().describe("why it holds, or why it does not"),
  code: z.string().optional().describe("which sentence it is, and what is filled in, for other languages"),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  role: z.string().optional().describe("who can bring it about"),
  until: Day.nullable().describe("last day on which it holds if nothing is done"),
  evidence: z.array(Seen),
  waiver: z.object({ id: z.string(), until: Day, proposedBy: z.string(), signedBy: z.string() }).nullable(),
});
export type LaunchGate = z.infer<typeof LaunchGate>;

export const LaunchCap = z.object({
  metric: CapMetric,
  eventType: z.string().trim().toLowerCase().max(64).nullable().default(null),
  limit: z.string().regex(/^[1-9]\d{0,15}$/, "a whole number above 0"),
  period: CapPeriod,
  programId: Id.nullable()
    .default(null)
    .describe("null: the case's program, or every one that the partner has terms for"),
});
export type LaunchCap = z.infer<typeof LaunchCap>;

export const Launch = z.object({
  id: Id,
  partnerId: Id,
  programId: Id.nullable(),
  caseId: Id,
  mode: z.enum(["full", "soft"]),
  state: z.enum(["soft", "full"]),
  caps: z.array(LaunchCap.extend({ capId: Id })),
  criteria: z.string(),
  endsOn: Day.nullable().describe("of a soft launch: the day on which somebody has to decide"),
  overdue: z.boolean(),
  reason: z.string(),
  gates: z.array(LaunchGate),
  launchedBy: z.string(),
  launchedAt: Instant,
  raisedBy: z.string().nullable(),
  raisedAt: Instant.nullable(),
  raisedReason: z.string(),
  revision: Revision,
});
export type Launch = z.infer<typeof Launch>;
export const LaunchPage = pageOf(Launch);
export const LaunchQuery = PageQuery.extend({
  partnerId: manyOf(Id).optional(),
  state: manyOf(z.enum(["soft", "full"])).optional(),
});
export type LaunchQuery = z.output<typeof LaunchQuery>;

export const NewLaunch = z
  .strictObject({
    caseId: Id,
    mode: z.enum(["full", "soft"]),
    caps: z.array(LaunchCap).max(10).default([]),
    criteria: z.string().trim().max(1000).default("").describe("what it takes to be launched fully"),
    endsOn: Day.nullable().default(null),
    reason: z.string().trim().max(1000).default(""),
  })
  .refine((one) => one.mode === "full" || one.caps.length > 0, { path: ["caps"], message: "a soft launch has a cap" })
  .refine((one) => one.mode === "full" || one.endsOn !== null, {
    path: ["endsOn"],
    message: "a soft launch has an end",
  })
  .refine((one) => one.mode === "full" || one.criteria !== "", {
    path: ["criteria"],
    message: "say what it takes to be launched fully",
  });
export type NewLaunch = z.input<typeof NewLaunch>;
export const LaunchRaise = z.strictObject({ revision: Revision, reason: Reason });

/** How far a partner is from its launch, asked this moment. */
export const Readiness = z.object({
  partnerId: Id,
  activation: z.enum(["procedure", "approval"]).describe("approval: whoever approves partners activates them by hand"),
  procedure: z.string().nullable(),
  caseId: Id.nullable(),
  caseStatus: z.enum(["running", "finished", "dropped"]).nullable(),
  stage: z.string().nullable(),
  stageTitle: z.string().nullable(),
  dueAt: Instant.nullable(),
  atLaunch: z.boolean().describe("the case is at the stage that ends with the launch"),
  shut: z.number().int(),
  gates: z.array(LaunchGate),
  launch: Launch.nullable(),
  lapses: z.array(z.object({ condition: z.string(), sentence: z.string(), since: Instant })),
});
export type Readiness = z.infer<typeof Readiness>;

/** A row of the board of everybody on the way. */
export const OnboardingRow = z.object({
  caseId: Id,
  partnerId: Id,
  ownerUserId: z.string().nullable(),
  kind: PartnerKind,
  procedure: z.string(),
  title: z.string(),
  stage: z.string(),
  stageTitle: z.string(),
  stageNumber: z.number().int(),
  stages: z.number().int(),
  since: Instant,
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  waitingOn: z.array(z.enum(ROLES)),
  waits: z.array(z.object({ kind: z.string(), key: z.string(), title: z.string(), role: z.enum(ROLES) })),
});
export type OnboardingRow = z.infer<typeof OnboardingRow>;
export const OnboardingPage = pageOf(OnboardingRow);
export const OnboardingQuery = PageQuery.extend({
  procedure: manyOf(z.string().max(60)).optional(),
  stage: manyOf(z.string().max(60)).optional(),
  waitingOn: z.enum(ROLES).optional(),
  partnerId: manyOf(Id).optional(),
  overdue: z.stringbool().optional(),
  language: Language,
});
export type OnboardingQuery = z.output<typeof OnboardingQuery>;

/** The page that writes itself. */
export const HandoverSection = z.object({
  code: z.string(),
  title: z.string(),
  text: z.array(z.string()),
  rows: z.array(z.object({ label: z.string(), value: z.string(), screen: z.string().nullable() })),
});
export const HandoverContent = z.object({
  title: z.string(),
  language: z.enum(["en", "es"]),
  partnerName: z.string(),
  sections: z.array(HandoverSection),
});
export type HandoverContent = z.infer<typeof HandoverContent>;

const Word = z.object({ name: z.string(), at: Instant }).nullable();
export const Handover = z.object({
  id: Id,
  partnerId: Id,
  programId: Id.nullable(),
  number: z.number().int(),
  content: HandoverContent,
  sha256: z.string(),
  frozenBy: z.string(),
  frozenAt: Instant,
  operatorWord: Word.describe("the account manager's word that it is so"),
  partnerWord: Word.describe("the partner's signatory's"),
  revision: Revision,
});
export type Handover = z.infer<typeof Handover>;
export const HandoverList = z.object({ data: z.array(Handover) });
export type HandoverList = z.infer<typeof HandoverList>;
export const HandoverDraft = z.object({ content: HandoverContent, frozen: z.array(Handover) });
export type HandoverDraft = z.infer<typeof HandoverDraft>;
export const NewHandover = z.strictObject({
  language: z.enum(["en", "es"]).default("en"),
  programId: Id.nullable().default(null),
  notes: z.string().trim().max(5000).default("").describe("what only people know"),
});
export type NewHandover = z.output<typeof NewHandover>;
export const HandoverWord = z.strictObject({
  revision: Revision,
  sha256: z.string().length(64).describe("of the document that was read"),
});
export const LanguageQuery = z.object({ language: Language });

/** What closing a partner would mean, told before it is done. */
export const Consequence = z.object({
  code: z.enum([
    "links",
    "clicks",
    "balance",
    "holds",
    "statements",
    "payouts",
    "documents",
    "people",
    "keys",
    "sub_partners",
    "agreements",
    "work",
    "restrictions",
  ]),
  count: z.number().int(),
  amounts: z.array(MoneyValue),
  items: z.array(z.object({ text: z.string(), screen: z.string().nullable() })),
  money: z.boolean().describe("open money: it takes two people"),
});
export type Consequence = z.infer<typeof Consequence>;

export const Closing = z.object({
  id: Id,
  partnerId: Id,
  kind: z.enum(["suspension", "deactivation"]),
  state: z.enum(["proposed", "done", "reversed", "final", "withdrawn"]),
  reason: z.string(),
  consequences: z.array(Consequence),
  twoPeople: z.boolean(),
  proposedBy: z.string(),
  proposedById: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reversibleUntil: Instant.nullable(),
  stopped: z.array(z.object({ step: z.string(), count: z.number().int() })),
  reversedBy: z.string().nullable(),
  reversedAt: Instant.nullable(),
  reversedReason: z.string(),
  revision: Revision,
});
export type Closing = z.infer<typeof Closing>;
export const ClosingPreview = z.object({
  consequences: z.array(Consequence),
  hash: z.string().describe("of what is shown: whoever decides says that this is what was seen"),
  twoPeople: z.boolean(),
  living: Closing.nullable(),
  past: z.array(Closing),
});
export type ClosingPreview = z.infer<typeof ClosingPreview>;
export const NewClosing = z.strictObject({
  kind: z.enum(["suspension", "deactivation"]),
  reason: Reason,
  shownHash: z.string().length(64),
  reversibleDays: z.int().min(1).max(365).default(30),
});
export type NewClosing = z.input<typeof NewClosing>;
export const ClosingConfirm = z.strictObject({ revision: Revision, shownHash: z.string().length(64) });
export const ClosingAnswer = z.strictObject({ revision: Revision, reason: Reason });

/** Who is launched by a procedure, and what became of the shipped ones. */
export const OnboardingSettings = z.object({
  kinds: z.array(
    z.object({
      kind: PartnerKind,
      procedure: z.string().nullable().describe("null: whoever approves partners activates them by hand"),
    }),
  ),
  templates: z.array(
    z.object({
      procedure: z.string(),
      title: z.string(),
      state: z.enum(["not_installed", "current", "update_waits", "edited"]),
      installedAt: Instant.nullable(),
    }),
  ),
});
export type OnboardingSettings = z.infer<typeof OnboardingSettings>;
export const ActivationChange = z.strictObject({ kind: PartnerKind, procedure: z.string().max(60).nullable() });
