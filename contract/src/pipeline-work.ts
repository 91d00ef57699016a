import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Revision } from "./programs.ts";
import { Instant, Month } from "./values.ts";

const Id = z.string().max(60);
const About = { leadId: Id.nullable().default(null), partnerId: Id.nullable().default(null) } as const;

export const LEAD_ACTIVITY_KINDS = ["note", "call", "meeting", "mail"] as const;
export const LeadActivity = z.object({
  id: z.string(),
  leadId: z.string().nullable(),
  partnerId: z.string().nullable(),
  kind: z.enum(LEAD_ACTIVITY_KINDS),
  direction: z.enum(["in", "out"]).nullable(),
  subject: z.string(),
  body: z.string(),
  people: z.array(z.string()),
  at: Instant,
  minutes: z.int().nullable(),
  outcome: z.string(),
  byName: z.string(),
});
export type LeadActivity = z.infer<typeof LeadActivity>;
export const NewLeadActivity = z.object({
  ...About,
  kind: z.enum(LEAD_ACTIVITY_KINDS),
  direction: z.enum(["in", "out"]).nullable().default(null),
  subject: z.string().trim().max(300).default(""),
  body: z.string().trim().max(20_000).default(""),
  people: z.array(z.string().trim().min(1).max(254)).max(50).default([]),
  at: Instant.nullable().default(null).describe("null: now"),
  minutes: z.coerce.number().int().min(0).max(10_000).nullable().default(null),
  outcome: z.string().trim().max(400).default(""),
});
export type NewLeadActivity = z.input<typeof NewLeadActivity>;
export const NewMail = z.object({
  ...About,
  to: z.email().max(254),
  subject: z.string().trim().min(1).max(300),
  text: z.string().trim().min(1).max(20_000),
});
export type NewMail = z.input<typeof NewMail>;
export const LeadActivityQuery = PageQuery.extend({
  leadId: Id.optional(),
  partnerId: Id.optional(),
  kind: manyOf(z.enum(LEAD_ACTIVITY_KINDS)).optional(),
});
export type LeadActivityQuery = z.output<typeof LeadActivityQuery>;
export const LeadActivityPage = pageOf(LeadActivity);

export const WorkTask = z.object({
  id: z.string(),
  leadId: z.string().nullable(),
  partnerId: z.string().nullable(),
  aboutName: z.string(),
  title: z.string(),
  note: z.string(),
  ownerUserId: z.string().nullable(),
  dueAt: Instant,
  remindAt: Instant.nullable(),
  repeats: z.enum(["day", "week", "month"]).nullable(),
  state: z.enum(["open", "done", "dropped"]),
  late: z.boolean(),
  doneAt: Instant.nullable(),
  revision: Revision,
});
export type WorkTask = z.infer<typeof WorkTask>;
export const NewTask = z.object({
  ...About,
  title: z.string().trim().min(1).max(200),
  note: z.string().trim().max(4000).default(""),
  ownerUserId: Id.nullable().default(null).describe("null: whoever enters it"),
  dueAt: Instant,
  remindAt: Instant.nullable().default(null),
  repeats: z.enum(["day", "week", "month"]).nullable().default(null),
});
export type NewTask = z.input<typeof NewTask>;
export const TaskChange = z.object({
  revision: Revision,
  title: z.string().trim().min(1).max(200).optional(),
  note: z.string().trim().max(4000).optional(),
  ownerUserId: Id.nullable().optional(),
  dueAt: Instant.optional(),
  remindAt: Instant.nullable().optional(),
  repeats: z.enum(["day", "week", "month"]).nullable().optional(),
  state: z.enum(["open", "done", "dropped"]).optional(),
});
export type TaskChange = z.infer<typeof TaskChange>;
export const TaskQuery = PageQuery.extend({
  leadId: Id.optional(),
  partnerId: Id.optional(),
  ownerUserId: manyOf(Id).optional(),
  state: manyOf(z.enum(["open", "done", "dropped"])).optional(),
});
export type TaskQuery = z.output<typeof TaskQuery>;
export const TaskPage = pageOf(WorkTask);

export const Mailbox = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  port: z.int(),
  secure: z.boolean(),
  userName: z.string(),
  folder: z.string(),
  programId: z.string().nullable(),
  makesLeads: z.boolean(),
  active: z.boolean(),
  lookedAt: Instant.nullable(),
  problem: z.string(),
  revision: Revision,
});
export type Mailbox = z.infer<typeof Mailbox>;
export const NewMailbox = z.object({
  name: z.string().trim().min(1).max(80),
  host: z.string().trim().min(1).max(200),
  port: z.coerce.number().int().min(1).max(65_535).default(993),
  secure: z.boolean().default(true),
  userName: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(400),
  folder: z.string().trim().min(1).max(200).default("INBOX"),
  programId: Id.nullable().default(null),
  makesLeads: z.boolean().default(true),
  active: z.boolean().default(true),
});
export type NewMailbox = z.input<typeof NewMailbox>;
export const MailboxChange = NewMailbox.partial().extend({ revision: Revision });
export const Mailboxes = z.object({ data: z.array(Mailbox) });

/** A mail that belonged to nobody. */
export const WaitingMessage = z.object({
  id: z.string(),
  at: Instant,
  sender: z.string(),
  senderName: z.string(),
  subject: z.string(),
  body: z.string(),
  why: z.string(),
});
export type WaitingMessage = z.infer<typeof WaitingMessage>;
export const WaitingMessagePage = pageOf(WaitingMessage);
export const MessageAnswer = z.object({
  id: z.string().max(998),
  decision: z.enum(["lead", "link", "leave"]),
  leadId: Id.nullable().default(null),
  partnerId: Id.nullable().default(null),
});
export type MessageAnswer = z.infer<typeof MessageAnswer>;

const Rate = z.object({
  key: z.string(),
  came: z.int(),
  won: z.int(),
  lost: z.int(),
  open: z.int(),
  share: z.number().nullable().describe("won of all that ended; null: none ended"),
  medianDays: z.number().nullable().describe("from coming in to being won"),
});
export const PipelineReport = z.object({
  from: Month,
  to: Month.describe("exclusive"),
  coverage: z.array(
    z.object({
      month: Month,
      target: z.int().nullable(),
      expected: z.int(),
      weighted: z.number(),
      share: z.number().nullable(),
    }),
  ),
  byOwner: z.array(Rate),
  bySource: z.array(Rate),
  byCohort: z.array(Rate).describe("by the month in which the leads came in"),
  byStage: z.array(
    z.object({
      key: z.string(),
      entered: z.int(),
      left: z.int().describe("went on from it, not lost"),
      lost: z.int(),
      share: z.number().nullable(),
      medianDays: z.number().nullable(),
      p90Days: z.number().nullable(),
    }),
  ),
  lostReasons: z.array(z.object({ key: z.string(), leads: z.int() })),
  ageing: z.array(z.object({ key: z.string(), open: z.int(), late: z.int(), oldestDays: z.int() })),
});
export type PipelineReport = z.infer<typeof PipelineReport>;
export const PipelineReportQuery = z.object({
  from: Month.optional(),
  to: Month.optional(),
  programId: Id.optional(),
});

export const ReportSchedule = z.object({
  id: z.string(),
  cadence: z.enum(["weekly", "monthly"]),
  format: z.enum(["csv", "xlsx"]),
  language: z.string(),
  roles: z.array(z.string()),
  userIds: z.array(z.string()),
  active: z.boolean(),
  lastPeriod: z.string(),
  revision: Revision,
});
export type ReportSchedule = z.infer<typeof ReportSchedule>;
export const NewReportSchedule = z.object({
  cadence: z.enum(["weekly", "monthly"]),
  format: z.enum(["csv", "xlsx"]).default("xlsx"),
  language: z.enum(["en", "es"]).default("en"),
  roles: z.array(z.string().max(40)).max(20).default([]),
  userIds: z.array(Id).max(50).default([]),
  active: z.boolean().default(true),
});
export type NewReportSchedule = z.input<typeof NewReportSchedule>;
export const ReportSchedules = z.object({
  data: z.array(ReportSchedule),
  sent: z.array(
    z.object({ id: z.string(), period: z.string(), madeAt: Instant, fileName: z.string(), sentTo: z.int() }),
  ),
});
export type ReportSchedules = z.infer<typeof ReportSchedules>;
