import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, Month } from "./values.ts";

export const RUN_STATES = [
  "open",
  "frozen",
  "calculated",
  "validated",
  "regionally_approved",
  "centrally_approved",
  "finance_approved",
  "paid",
  "closed",
  "cancelled",
] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;
export const RunStep = z.enum(["freeze", "calculate", "validate", "release"]);
export type RunStep = z.infer<typeof RunStep>;
export const RunLevel = z.enum(["regional", "central", "finance"]);
export type RunLevel = z.infer<typeof RunLevel>;
export const RunCadence = z.enum(["weekly", "half_monthly", "monthly", "quarterly"]);
export type RunCadence = z.infer<typeof RunCadence>;
export const RunKind = z.enum(["regular", "early", "off_cycle"]);
export type RunKind = z.infer<typeof RunKind>;
export const RunMode = z.enum(["statement", "interim"]);
export type RunMode = z.infer<typeof RunMode>;

export const RUN_MARKS = [
  "change_up",
  "change_down",
  "spike",
  "nothing",
  "first",
  "negative",
  "top",
  "cap",
  "manual",
  "open_adjustment",
  "held",
  "earlier",
  "terms_changed",
  "bank_changed",
  "payee_missing",
  "payee_blocked",
  "document_expired",
  "screening",
  "moved",
  "ledger_differs",
  "not_calculated",
] as const;
export const RunMarkCode = z.enum(RUN_MARKS);
export type RunMarkCode = z.infer<typeof RunMarkCode>;
export const RunMark = z.object({
  code: RunMarkCode,
  severity: z.enum(["block", "warn", "info"]),
  value: z.string().describe("the figure behind it: minor units, a count, an instant, or codes"),
});
export type RunMark = z.infer<typeof RunMark>;

const id = z.string().max(60);
const minorLimit = z.string().regex(/^\d{1,15}$/);

// ---- settings

export const RunSchedule = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: z.string().trim().min(1).max(80),
  cadence: RunCadence,
  partnerIds: z.array(id).max(5_000).describe("it names partners, or regions, or (both empty) everybody else"),
  regionIds: z.array(id).max(200),
});
export type RunSchedule = z.infer<typeof RunSchedule>;

export const RunCalendar = z.object({
  timeZone: z.string().max(60).describe("whose working days and hours due times are"),
  weekend: z.array(z.number().int().min(1).max(7)).max(6).describe("days of the week, Monday is 1"),
  holidays: z.array(Day).max(500),
  dueHour: z.number().int().min(0).max(23),
});
export type RunCalendar = z.infer<typeof RunCalendar>;

export const RunDueDays = z
  .partialRecord(RunState, z.number().int().min(1).max(90))
  .describe("working days after the end of the period by which a state is reached");
export type RunDueDays = z.infer<typeof RunDueDays>;

export const RunThresholds = z.object({
  changePercent: z.number().min(0).max(10_000),
  changeMinor: minorLimit.describe("smaller changes are nobody's concern, in minor units of whatever currency"),
  spikePercent: z.number().min(0).max(10_000).describe("growth of volume alone"),
  heldPercent: z.number().min(0).max(100),
  topCount: z.number().int().min(0).max(100),
  severities: z.partialRecord(RunMarkCode, z.enum(["warn", "info", "off"])).describe("where not the usual one"),
});
export type RunThresholds = z.infer<typeof RunThresholds>;

export const RunMatrixRow = z.object({
  level: RunLevel,
  currency: z.union([CurrencyCode, z.literal("*")]),
  above: minorLimit.describe("minor units; the row holds for amounts above it, and with 0 for all"),
  approvals: z.number().int().min(0).max(5).describe("different people"),
});
export type RunMatrixRow = z.infer<typeof RunMatrixRow>;

export const RunSettingsDocument = z.object({
  schedules: z.array(RunSchedule).max(50),
  lateDays: z.number().int().min(0).max(31).describe("days after the period in which late data is waited for"),
  calendar: RunCalendar,
  dueDays: RunDueDays,
  thresholds: RunThresholds,
  matrix: z.array(RunMatrixRow).max(100),
});
export type RunSettingsDocument = z.infer<typeof RunSettingsDocument>;

export const RunSettings = z.object({
  version: z.number().int(),
  document: RunSettingsDocument,
  savedBy: z.string(),
  savedAt: Instant,
  reason: z.string(),
});
export type RunSettings = z.infer<typeof RunSettings>;
export const RunSettingsChange = z.object({
  version: z.number().int().describe("the version that you changed"),
  document: RunSettingsDocument,
  reason: z.string().trim().min(1).max(500),
});
export type RunSettingsChange = z.infer<typeof RunSettingsChange>;
export const RunSettingsPage = pageOf(RunSettings);

export const NewRunDelegation = z.object({
  fromUserId: id.optional().describe("whose right; your own when not given"),
  toUserId: id,
  validFrom: Day,
  validTo: Day.describe("the last day"),
  levels: z.array(RunLevel).min(1).max(3),
  reason: z.string().trim().min(1).max(500),
});
export type NewRunDelegation = z.infer<typeof NewRunDelegation>;
export const RunDelegation = z.object({
  id: z.string(),
  fromUserId: z.string(),
  toUserId: z.string(),
  validFrom: Day,
  validTo: Day,
  levels: z.array(RunLevel),
  reason: z.string(),
  madeBy: z.string(),
  madeAt: Instant,
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
});
export type RunDelegation = z.infer<typeof RunDelegation>;
export const RunDelegationPage = pageOf(RunDelegation);

// ---- runs

export const RunScope = z.object({ partnerIds: z.array(id).max(5_000), regionIds: z.array(id).max(200) });
export type RunScope = z.infer<typeof RunScope>;

export const NewRun = z.object({
  kind: RunKind,
  schedule: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .describe("of a regular run: whose partners; null: all within the scope"),
  from: Day,
  to: Day.describe("exclusive; whole months are closed, parts of one are paid on account"),
  scope: RunScope.default({ partnerIds: [], regionIds: [] }),
  reason: z.string().trim().max(500).default("").describe("of an early or off-cycle run"),
});
export type NewRun = z.input<typeof NewRun>;

const CausesWire = z.object({
  volume: MinorAmount,
  mix: MinorAmount,
  tier: MinorAmount,
  rate: MinorAmount,
  adjustment: MinorAmount,
  earlier: MinorAmount,
});
export const RunCauses = CausesWire.describe("they sum to the change of what was earned");
export type RunCauses = z.infer<typeof RunCauses>;

export const RunTotal = z.object({
  currency: CurrencyCode,
  partners: z.number().int(),
  earned: MinorAmount,
  earnedBefore: MinorAmount,
  causes: RunCauses,
  held: MinorAmount,
  toPay: MinorAmount,
  toPayExcluded: MinorAmount,
});
export type RunTotal = z.infer<typeof RunTotal>;

export const RunProgress = z.object({ step: RunStep, done: z.number().int(), of: z.number().int(), what: z.string() });
export type RunProgress = z.infer<typeof RunProgress>;

export const Run = z.object({
  id: z.string(),
  kind: RunKind,
  mode: RunMode,
  schedule: z.string().nullable(),
  from: Day,
  to: Day,
  months: z.array(Month),
  scope: RunScope,
  reason: z.string(),
  state: RunState,
  attempt: z.number().int().describe("how often it was calculated"),
  working: RunStep.nullable().describe("what is being worked at"),
  progress: RunProgress.nullable(),
  trouble: z.string().nullable().describe("why the work stopped; it is tried again"),
  dues: z.partialRecord(RunState, Instant),
  nextDue: Instant.nullable(),
  isLate: z.boolean(),
  totals: z.array(RunTotal),
  exceptions: z.number().int(),
  reopened: z.number().int(),
  openedBy: z.string(),
  openedAt: Instant,
  revision: z.number().int(),
});
export type Run = z.infer<typeof Run>;
export const RunPage = pageOf(Run);
export const RunQuery = PageQuery.extend({
  state: manyOf(RunState).optional(),
  kind: manyOf(RunKind).optional(),
  mode: RunMode.optional(),
});
export type RunQuery = z.infer<typeof RunQuery>;

export const RunCheck = z.object({
  code: z.string(),
  outcome: z.enum(["holds", "blocks", "warns", "unchecked"]),
  count: z.number().int().describe("of how many partners, months or feeds"),
  detail: z.string(),
});
export type RunCheck = z.infer<typeof RunCheck>;

export const RunStage = z.object({
  state: RunState,
  outcome: z.enum(["done", "now", "later", "skipped"]),
  at: Instant.nullable(),
  by: z.string().nullable(),
  due: Instant.nullable(),
  waiting: z.number().int().describe("partners that wait for it"),
  done: z.number().int(),
});
export type RunStage = z.infer<typeof RunStage>;

export const RunCourse = z.object({
  from: RunState.nullable(),
  to: RunState,
  attempt: z.number().int(),
  person: z.string(),
  at: Instant,
  comment: z.string(),
});
export type RunCourse = z.infer<typeof RunCourse>;

export const RunRegion = z.object({
  regionId: z.string().nullable(),
  partners: z.number().int(),
  waiting: z.number().int().describe("partners whose approval at this stage is missing"),
  exceptions: z.number().int(),
  people: z.array(z.string()).describe("who may approve there, as far as that can be said"),
});
export type RunRegion = z.infer<typeof RunRegion>;

export const RunDetail = Run.extend({
  stages: z.array(RunStage),
  checks: z.array(RunCheck),
  course: z.array(RunCourse),
  regions: z.array(RunRegion),
  marks: z.array(
    z.object({ code: RunMarkCode, severity: z.enum(["block", "warn", "info"]), partners: z.number().int() }),
  ),
  backTo: z.array(RunState),
  mine: z.object({
    level: RunLevel.nullable(),
    canApprove: z.number().int().describe("partners that you may approve now"),
    clean: z.number().int().describe("of them without a warning"),
    actions: z.array(
      z.enum([
        "freeze",
        "calculate",
        "validate",
        "repeat",
        "close",
        "cancel",
        "send_back",
        "reopen",
        "confirm_reopen",
        "approve",
      ]),
    ),
  }),
  reopening: z.object({ requestedBy: z.string(), requestedAt: Instant, reason: z.string() }).nullable(),
  settingsVersion: z.number().int(),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const RunItem = z.object({
  id: z.string().describe("partner and currency"),
  partnerId: z.string(),
  currency: CurrencyCode,
  regionId: z.string().nullable(),
  ownerUserId: z.string().nullable(),
  statementIds: z.array(z.string()),
  earned: MinorAmount,
  earnedBefore: MinorAmount,
  change: MinorAmount,
  changePercent: z.number().nullable(),
  causes: RunCauses,
  openingPayable: MinorAmount,
  adjusted: MinorAmount,
  closingPayable: MinorAmount,
  closingHeld: MinorAmount,
  toPay: MinorAmount,
  marks: z.array(RunMark),
  needs: z.object({ regional: z.number(), central: z.number(), finance: z.number() }),
  given: z.object({ regional: z.number(), central: z.number(), finance: z.number() }),
  excluded: z.object({ by: z.string(), reason: z.string() }).nullable(),
  sentBack: z.object({ by: z.string(), comment: z.string() }).nullable(),
  mayApprove: z.boolean(),
  whyNot: z.string().nullable().describe("owner, entered, approved_already, not_needed, elsewhere"),
});
export type RunItem = z.infer<typeof RunItem>;
export const RunItemPage = pageOf(RunItem);
export const RunItemQuery = PageQuery.extend({
  currency: CurrencyCode.optional(),
  regionId: manyOf(z.string().max(60)).optional(),
  mark: manyOf(RunMarkCode).optional(),
  only: z.enum(["exceptions", "clean", "mine", "excluded", "sent_back"]).optional(),
  partnerId: id.optional(),
  sort: z.enum(["-toPay", "-earned", "-change", "change", "partner"]).default("-toPay"),
});
export type RunItemQuery = z.infer<typeof RunItemQuery>;

export const RunCell = z.object({
  programId: z.string(),
  component: z.string(),
  model: z.string(),
  tier: z.string(),
  quantity: z.string(),
  quantityBefore: z.string(),
  amount: MinorAmount,
  amountBefore: MinorAmount,
});
export type RunCell = z.infer<typeof RunCell>;
export const RunDecision = z.object({
  level: RunLevel.nullable(),
  decision: z.enum(["approve", "send_back", "exclude", "include"]),
  person: z.string(),
  actingFor: z.string().nullable(),
  comment: z.string(),
  at: Instant,
  stands: z.boolean(),
});
export type RunDecision = z.infer<typeof RunDecision>;
export const RunItemDetail = RunItem.extend({
  cells: z.array(RunCell),
  decisions: z.array(RunDecision),
  enteredBy: z.array(z.object({ userId: z.string(), what: z.enum(["adjustment", "terms"]) })),
});
export type RunItemDetail = z.infer<typeof RunItemDetail>;

export const RunMove = z.object({ revision: z.number().int(), comment: z.string().trim().max(2_000).default("") });
export type RunMove = z.infer<typeof RunMove>;
export const RunSendBack = z.object({
  revision: z.number().int(),
  to: RunState,
  comment: z.string().trim().min(1).max(2_000),
});
export type RunSendBack = z.infer<typeof RunSendBack>;
export const RunReopen = z.object({ revision: z.number().int(), reason: z.string().trim().min(1).max(2_000) });
export type RunReopen = z.infer<typeof RunReopen>;

const RunItemKey = z.object({ partnerId: id, currency: CurrencyCode });
export const RunApproval = z.object({
  revision: z
    .number()
    .int()
    .describe("of the run as you saw it: what was calculated again since is not approved unseen"),
  items: z.array(RunItemKey).max(5_000).optional().describe("these; else all that are clean and yours"),
  clean: z.boolean().default(false),
  comment: z.string().trim().max(2_000).default(""),
});
export type RunApproval = z.infer<typeof RunApproval>;
export const RunApproved = z.object({
  approved: z.number().int(),
  refused: z.array(z.object({ partnerId: z.string(), currency: CurrencyCode, reason: z.string() })),
  run: Run,
});
export type RunApproved = z.infer<typeof RunApproved>;
export const RunItemAnswer = z.object({
  revision: z.number().int(),
  items: z.array(RunItemKey).min(1).max(5_000),
  decision: z.enum(["send_back", "exclude", "include"]),
  comment: z.string().trim().min(1).max(2_000),
});
export type RunItemAnswer = z.infer<typeof RunItemAnswer>;

export const RunComparisonQuery = PageQuery.extend({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1),
  partnerId: id.optional(),
});
export type RunComparisonQuery = z.infer<typeof RunComparisonQuery>;
export const RunLineChange = z.object({
  lineId: z.string(),
  lineKey: z.string(),
  partnerId: z.string(),
  programId: z.string(),
  component: z.string(),
  currency: CurrencyCode,
  version: z.number().int(),
  month: Month,
  before: MinorAmount,
  after: MinorAmount,
  difference: MinorAmount,
  why: z.array(z.enum(["new", "terms", "rates", "tier", "facts", "rule"])),
});
export type RunLineChange = z.infer<typeof RunLineChange>;
export const RunLineChangePage = pageOf(RunLineChange);
export const RunComparison = z.object({
  attempts: z.array(
    z.object({ attempt: z.number().int(), calculatedAt: Instant, partners: z.number().int(), hash: z.string() }),
  ),
  partners: z.array(
    z.object({
      partnerId: z.string(),
      currency: CurrencyCode,
      before: MinorAmount,
      after: MinorAmount,
      lines: MinorAmount.describe("of it by lines that changed"),
      adjustments: MinorAmount,
      other: MinorAmount.describe("joined or left the run; zero else"),
    }),
  ),
  more: z.number().int().describe("further partners that differ"),
});
export type RunComparison = z.infer<typeof RunComparison>;

export const RunSnapshot = z.object({
  attempt: z.number().int(),
  takenAt: Instant,
  hash: z.string(),
  programs: z.array(z.object({ programId: z.string(), timeZone: z.string() })),
  feeds: z.array(
    z.object({
      programId: z.string(),
      sourceId: z.string(),
      day: Day,
      events: z.number().int(),
      late: z.number().int().describe("that came since"),
      sums: z.record(z.string(), z.string()),
      lastReceivedAt: Instant,
    }),
  ),
  silent: z.array(z.object({ programId: z.string(), sourceId: z.string(), day: Day })),
  plans: z.array(z.object({ planHash: z.string(), agreements: z.number().int() })),
  rates: z.array(z.object({ source: z.string(), lastDay: Day, rows: z.number().int(), hash: z.string() })),
  corrections: z.object({
    adjustmentsOpen: z.number().int(),
    monthsWaiting: z.number().int(),
    problems: z.array(z.string()),
  }),
  partners: z.number().int(),
  lines: z.string(),
});
export type RunSnapshot = z.infer<typeof RunSnapshot>;

export const RunWaiting = z.object({
  runId: z.string(),
  from: Day,
  to: Day,
  mode: RunMode,
  state: RunState,
  level: RunLevel.nullable(),
  items: z.number().int(),
  clean: z.number().int(),
  due: Instant.nullable(),
  actingFor: z.array(z.string()),
});
export type RunWaiting = z.infer<typeof RunWaiting>;
export const RunWaitingPage = pageOf(RunWaiting);
