import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { ProcedureDefinition } from "./procedures.ts";
import { Day, Instant } from "./values.ts";

/** A stored version of a procedure. */
export const ProcedureVersion = z.object({
  id: z.string(),
  procedure: z.string(),
  version: z.int(),
  state: z.enum(["draft", "published"]),
  definition: ProcedureDefinition,
  yaml: z.string(),
  summary: z.string(),
  savedBy: z.string().describe("name"),
  savedAt: Instant,
  publishedBy: z.string().nullable(),
  publishedAt: Instant.nullable(),
  running: z.int().describe("cases that run on it"),
  revision: z.int(),
});
export type ProcedureVersion = z.infer<typeof ProcedureVersion>;
export const ProcedureVersionPage = pageOf(ProcedureVersion.omit({ definition: true, yaml: true }));

export const ProcedureListed = z.object({
  procedure: z.string(),
  title: z.string(),
  purpose: z.string(),
  subject: z.enum(["partner", "lead"]),
  starts: z.array(z.string()),
  stages: z.int(),
  published: z.int().nullable(),
  publishedAt: Instant.nullable(),
  publishedBy: z.string().nullable(),
  draft: z.int().nullable(),
  running: z.int(),
  overdue: z.int(),
  older: z.int().describe("running cases on an older version"),
});
export type ProcedureListed = z.infer<typeof ProcedureListed>;
export const ProcedurePage = pageOf(ProcedureListed);

export const ProcedureFinding = z.object({
  level: z.enum(["error", "warning"]),
  code: z.string(),
  path: z.string(),
  line: z.int().nullable(),
  sentence: z.string(),
});
export type ProcedureFinding = z.infer<typeof ProcedureFinding>;

export const ProcedureDraftInput = z.union([
  z.strictObject({ yaml: z.string().max(500_000), revision: z.int().optional() }),
  z.strictObject({ definition: z.unknown(), revision: z.int().optional() }),
]);
export const ProcedureCheckInput = z.union([
  z.strictObject({ yaml: z.string().max(500_000) }),
  z.strictObject({
    definition: z.unknown(),
    base: z.string().max(500_000).optional().describe("YAML whose comments and order are kept"),
  }),
]);
export const ProcedureChange = z.object({
  sign: z.enum(["+", "-", "~"]),
  path: z.string(),
  sentence: z.string(),
});
export type ProcedureChange = z.infer<typeof ProcedureChange>;
export const ProcedureChecked = z.object({
  definition: ProcedureDefinition,
  yaml: z.string(),
  findings: z.array(ProcedureFinding),
  changes: z.array(ProcedureChange).describe("against the newest published version"),
});
export type ProcedureChecked = z.infer<typeof ProcedureChecked>;
export const ProcedurePublication = z.strictObject({ revision: z.int(), summary: z.string().max(2000).default("") });

export const FactListed = z.object({ fact: z.string(), title: z.string(), parameters: z.array(z.string()) });
export type FactListed = z.infer<typeof FactListed>;

// Cases

export const CaseStatus = z.enum(["running", "finished", "dropped"]);
export const CaseListed = z.object({
  id: z.string(),
  procedure: z.string(),
  title: z.string(),
  version: z.int(),
  subjectKind: z.enum(["partner", "lead"]),
  subjectId: z.string(),
  partnerId: z.string().nullable(),
  programId: z.string().nullable(),
  regionId: z.string().nullable(),
  status: CaseStatus,
  stage: z.string(),
  stageTitle: z.string(),
  stageNumber: z.int(),
  stages: z.int(),
  since: Instant,
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  waitingOn: z.array(z.string()).describe("roles"),
  startedAt: Instant,
  endedAt: Instant.nullable(),
});
export type CaseListed = z.infer<typeof CaseListed>;
export const CasePage = pageOf(CaseListed);
export const CaseQuery = PageQuery.extend({
  procedure: z.string().max(60).optional(),
  status: manyOf(CaseStatus).optional(),
  stage: z.string().max(60).optional(),
  partnerId: z.string().max(60).optional(),
  regionId: z.string().max(60).optional(),
  overdue: z.stringbool().optional(),
  language: z.enum(["en", "es"]).default("en"),
});

const FactEvidenceWire = z.object({
  what: z.string(),
  id: z.string().nullable(),
  text: z.string(),
  screen: z.string().nullable(),
});
const SignatureWire = z.object({
  verdict: z.enum(["approved", "refused"]),
  name: z.string(),
  at: Instant,
  comment: z.string(),
  evidence: z.array(z.string()),
});
export const CaseWaiver = z.object({
  id: z.string(),
  stage: z.string(),
  condition: z.string(),
  reason: z.string(),
  until: Day,
  evidence: z.array(z.string()),
  proposedBy: z.string(),
  proposedAt: Instant,
  signedBy: z.string().nullable(),
  state: z.enum(["proposed", "signed", "declined", "ended"]),
  mine: z.boolean().describe("proposed by whoever asks"),
});
export type CaseWaiver = z.infer<typeof CaseWaiver>;

export const CaseCondition = z.object({
  key: z.string(),
  kind: z.enum(["fact", "decision"]),
  title: z.string(),
  holds: z.boolean(),
  how: z.enum(["fact", "signed", "waived"]).nullable(),
  role: z.string(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  sentence: z.string(),
  until: Day.nullable(),
  seenAt: Instant.nullable(),
  evidence: z.array(FactEvidenceWire),
  signature: SignatureWire.nullable(),
  waiver: CaseWaiver.nullable(),
  waivable: z.boolean(),
  evidenceNeeded: z.boolean(),
  otherThan: z.array(z.string()),
  maySign: z.boolean(),
});
export type CaseCondition = z.infer<typeof CaseCondition>;

export const CaseTask = z.object({
  key: z.string(),
  title: z.string(),
  owner: z.string(),
  required: z.boolean(),
  guide: z.string().nullable(),
  link: z.string().nullable(),
  byFact: z.string().nullable(),
  sentence: z.string().nullable().describe("why the fact that ends it does not hold yet"),
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  done: z.object({ name: z.string(), at: Instant, by: z.enum(["hand", "fact"]) }).nullable(),
  checklist: z.array(z.object({ key: z.string(), title: z.string(), ticked: z.boolean() })),
  mayDo: z.boolean(),
});
export type CaseTask = z.infer<typeof CaseTask>;

export const CaseStage = z.object({
  key: z.string(),
  title: z.string(),
  owner: z.string(),
  state: z.enum(["done", "here", "ahead"]),
  guide: z.string().nullable(),
  tasks: z.array(CaseTask),
  conditions: z.array(CaseCondition),
});
export type CaseStage = z.infer<typeof CaseStage>;

export const CaseStep = z.object({
  number: z.int(),
  kind: z.string(),
  stage: z.string(),
  stageTitle: z.string(),
  at: Instant,
  name: z.string(),
  about: z.string().describe("the task, decision, condition or stage it is about, in words"),
  text: z.string().describe("reason, comment or sentence"),
});
export type CaseStep = z.infer<typeof CaseStep>;

export const CaseEvidence = z.object({
  id: z.string(),
  kind: z.enum(["file", "text", "link"]),
  name: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  addedBy: z.string(),
  addedAt: Instant,
});
export type CaseEvidence = z.infer<typeof CaseEvidence>;

export const CaseDetail = CaseListed.extend({
  stagesOf: z.array(CaseStage),
  shutAgain: z.array(CaseCondition.extend({ stage: z.string() })),
  evidence: z.array(CaseEvidence),
  escalations: z.array(z.object({ to: z.string(), at: Instant.nullable(), done: z.boolean() })),
  waivers: z.array(CaseWaiver),
  revision: z.int().describe("length of the history"),
  may: z.object({ steer: z.boolean(), approve: z.boolean() }),
  newerVersion: z.int().nullable(),
  mayUndoMove: z.boolean().describe("it was moved to its version, and nothing happened since"),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const NewProcedureCase = z.strictObject({
  procedure: z.string().max(60),
  subjectKind: z.enum(["partner", "lead"]).default("partner"),
  subjectId: z.string().max(60),
  programId: z.string().max(60).nullable().default(null),
  parameters: z.record(z.string().max(40), z.string().max(200)).default({}),
});

const Seen = { revision: z.int().optional().describe("length of the history that was seen") };
const Reason = z.string().trim().min(1).max(2000);
const Evidence = {
  evidence: z.array(z.string().max(60)).max(20).default([]),
  texts: z.array(z.string().min(1).max(20_000)).max(5).default([]),
  links: z.array(z.string().min(1).max(2000)).max(10).default([]),
};
/** What somebody does in a case. */
export const CaseOrder = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("finish_task"),
    task: z.string(),
    comment: z.string().max(2000).default(""),
    ...Seen,
  }),
  z.strictObject({ do: z.literal("open_task"), task: z.string(), reason: z.string().max(2000).default(""), ...Seen }),
  z.strictObject({ do: z.literal("tick"), task: z.string(), item: z.string(), ...Seen }),
  z.strictObject({ do: z.literal("untick"), task: z.string(), item: z.string(), ...Seen }),
  z.strictObject({
    do: z.literal("sign"),
    decision: z.string(),
    verdict: z.enum(["approved", "refused"]),
    comment: z.string().max(4000).default(""),
    ...Evidence,
    ...Seen,
  }),
  z.strictObject({ do: z.literal("withdraw"), decision: z.string(), reason: Reason, ...Seen }),
  z.strictObject({
    do: z.literal("waive"),
    condition: z.string(),
    reason: Reason,
    until: Day,
    ...Evidence,
    ...Seen,
  }),
  z.strictObject({
    do: z.literal("sign_waiver"),
    waiver: z.string(),
    comment: z.string().max(2000).default(""),
    ...Seen,
  }),
  z.strictObject({
    do: z.literal("decline_waiver"),
    waiver: z.string(),
    comment: z.string().max(2000).default(""),
    ...Seen,
  }),
  z.strictObject({ do: z.literal("send_back"), to: z.string(), reason: Reason, ...Seen }),
  z.strictObject({ do: z.literal("drop"), reason: Reason, ...Seen }),
  z.strictObject({ do: z.literal("reopen"), reason: Reason, ...Seen }),
]);
export type CaseOrder = z.infer<typeof CaseOrder>;

export const WaitListed = z.object({
  id: z.string(),
  caseId: z.string(),
  procedure: z.string(),
  title: z.string(),
  subjectKind: z.enum(["partner", "lead"]),
  subjectId: z.string(),
  partnerId: z.string().nullable(),
  stageTitle: z.string(),
  kind: z.enum(["task", "decision", "fact", "waiver"]),
  key: z.string(),
  what: z.string(),
  role: z.string(),
  since: Instant,
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
});
export type WaitListed = z.infer<typeof WaitListed>;
export const WaitPage = pageOf(WaitListed);
export const WaitQuery = PageQuery.extend({
  for: z.enum(["me", "everybody"]).default("me"),
  role: manyOf(z.string().max(40)).optional(),
  procedure: z.string().max(60).optional(),
  overdue: z.stringbool().optional(),
  language: z.enum(["en", "es"]).default("en"),
});

// Migration of running cases

export const CaseMove = z.object({
  caseId: z.string(),
  partnerId: z.string().nullable(),
  subjectId: z.string(),
  fromVersion: z.int(),
  fromStage: z.string(),
  toStage: z.string(),
  how: z.enum(["same", "chosen", "nearest"]),
  kept: z.array(z.string()).describe("done tasks that stay done"),
  fresh: z.array(z.string()).describe("tasks of its stage that are new"),
  gone: z.array(z.string()).describe("tasks that are no more"),
  signed: z.array(z.string()).describe("decisions that still count"),
  void: z.array(z.string()).describe("decisions that have to be signed again"),
  revision: z.int(),
});
export type CaseMove = z.infer<typeof CaseMove>;
export const MigrationPreview = z.object({ version: z.int(), moves: z.array(CaseMove) });
export type MigrationPreview = z.infer<typeof MigrationPreview>;
export const MigrationPlan = z.strictObject({
  stages: z.record(z.string().max(60), z.string().max(60)).default({}).describe("old stage → new stage"),
});
export const MigrationOrder = MigrationPlan.extend({
  cases: z
    .array(z.strictObject({ caseId: z.string().max(60), revision: z.int() }))
    .min(1)
    .max(2000),
});
export const MigrationOutcome = z.object({
  moved: z.int(),
  left: z.array(z.object({ caseId: z.string(), detail: z.string() })),
});
export type MigrationOutcome = z.infer<typeof MigrationOutcome>;

// Working hours

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
export const NewWorkingCalendar = z.strictObject({
  regionId: z.string().max(60).nullable().describe("null: for whoever has none of its own"),
  timeZone: z.string().max(60),
  week: z
    .array(z.array(z.tuple([Time, Time])).max(6))
    .length(7)
    .describe("Monday first: hours from and to, local time"),
  holidays: z.array(z.strictObject({ day: Day, name: z.string().max(120) })).max(2000),
});
export type NewWorkingCalendar = z.infer<typeof NewWorkingCalendar>;
export const WorkingCalendarWire = NewWorkingCalendar.extend({ id: z.string(), revision: z.int() });
export type WorkingCalendarWire = z.infer<typeof WorkingCalendarWire>;
export const WorkingCalendarPage = pageOf(WorkingCalendarWire);
export const WorkingCalendarChange = NewWorkingCalendar.omit({ regionId: true }).extend({ revision: z.int() });

// Measures

export const BottleneckQuery = z.object({
  procedure: z.string().max(60),
  from: Day,
  to: Day.describe("exclusive"),
  by: z.enum(["stage", "region", "owner", "kind", "waiting", "missing"]).default("stage"),
  language: z.enum(["en", "es"]).default("en"),
});
export const BottleneckRow = z.object({
  key: z.string(),
  title: z.string(),
  count: z.int().describe("stays that ended in the time, and those that still run"),
  running: z.int(),
  medianHours: z.number().nullable().describe("calendar hours; null: less than half have ended"),
  p90Hours: z.number().nullable(),
  medianWorkingHours: z.number().nullable(),
  p90WorkingHours: z.number().nullable(),
  late: z.int(),
  lateDays: z.number(),
  sentBack: z.int(),
  dropped: z.int(),
  lostFtds: z.number().nullable().describe("first deposits that being late cost; null: nothing to expect is known"),
});
export type BottleneckRow = z.infer<typeof BottleneckRow>;
export const Bottlenecks = z.object({
  rows: z.array(BottleneckRow),
  cases: z.object({ started: z.int(), finished: z.int(), dropped: z.int(), running: z.int(), sentBack: z.int() }),
  expectedFrom: z
    .object({
      partners: z.int().describe("with three whole months behind them; 0: nothing is expected"),
      months: z.int().describe("how far back"),
    })
    .nullable()
    .describe("on whom the expected first deposits rest"),
});
export type Bottlenecks = z.infer<typeof Bottlenecks>;

// The partner's side

export const OwnProcedure = z.object({
  caseId: z.string(),
  title: z.string(),
  status: CaseStatus,
  stages: z.array(z.object({ title: z.string(), state: z.enum(["done", "here", "ahead"]) })),
  tasks: z.array(
    CaseTask.pick({
      key: true,
      title: true,
      guide: true,
      link: true,
      byFact: true,
      sentence: true,
      dueAt: true,
      overdue: true,
      done: true,
      checklist: true,
    }),
  ),
  decisions: z.array(z.object({ key: z.string(), title: z.string(), signed: z.boolean() })),
  waitingForUs: z.boolean(),
  revision: z.int(),
});
export type OwnProcedure = z.infer<typeof OwnProcedure>;
export const OwnProcedures = z.object({ data: z.array(OwnProcedure) });
