import { z } from "zod";
import { pageOf } from "./page.ts";
import { Day, Instant, MoneyValue, SUB_IDS } from "./values.ts";

/** What a report can be broken down and narrowed by. */
export const DIMENSIONS = [
  "program",
  "partner",
  "offer",
  "link",
  "landing",
  "country",
  "device",
  "os",
  "browser",
  "language",
  "source",
  "creative",
  "referrer",
  ...SUB_IDS,
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const TIME_DIMENSIONS = ["day", "week", "month"] as const;
export const Breakdown = z.enum([...DIMENSIONS, ...TIME_DIMENSIONS]);
export type Breakdown = z.infer<typeof Breakdown>;

export const FUNNEL_METRICS = [
  "impressions",
  "clicks",
  "uncounted",
  "registrations",
  "kyc",
  "ftds",
  "secondDeposits",
  "clickToRegistration",
  "registrationToKyc",
  "registrationToFtd",
  "clickToFtd",
  "ftdToSecondDeposit",
] as const;
export const FunnelMetric = z.enum(FUNNEL_METRICS);
export type FunnelMetric = z.infer<typeof FunnelMetric>;

/** Ids: one, or several joined by commas. */
const ids = z
  .string()
  .max(8_000)
  .transform((text) => text.split(",").filter((id) => id !== ""))
  .optional();
/** Texts: the parameter may be repeated; a comma belongs to the text. An empty one stands for "not known". */
const texts = z
  .union([
    z
      .string()
      .max(500)
      .transform((text) => [text]),
    z.array(z.string().max(500)).max(500),
  ])
  .optional();

const filters = {
  programId: ids,
  partnerId: ids,
  offerId: ids,
  linkId: ids,
  landing: texts,
  country: texts,
  device: texts,
  os: texts,
  browser: texts,
  language: texts,
  source: texts,
  creative: texts,
  referrer: texts,
  sub1: texts,
  sub2: texts,
  sub3: texts,
  sub4: texts,
  sub5: texts,
  sub6: texts,
  sub7: texts,
  sub8: texts,
  sub9: texts,
  sub10: texts,
};
const format = z.enum(["json", "csv"]).default("json").describe("csv: the rows as a file, made safe for spreadsheets");
const range = {
  from: Day.describe("first day, in the time zone of each program"),
  to: Day.describe("the day after the last one"),
};

export const FunnelQuery = z.object({
  ...range,
  ...filters,
  by: z
    .string()
    .max(200)
    .default("partner")
    .transform((text) => text.split(",").filter((name) => name !== ""))
    .pipe(z.array(Breakdown).max(3))
    .describe("up to three breakdowns joined by commas; empty: totals only"),
  basis: z
    .enum(["happened", "cohort"])
    .default("happened")
    .describe("happened: each stage on the day it happened; cohort: everything that came of the clicks of these days"),
  compare: z.enum(["none", "previous"]).default("none").describe("previous: the same number of days before"),
  sort: FunnelMetric.default("clicks"),
  order: z.enum(["asc", "desc"]).default("desc"),
  top: z.coerce.number().int().min(1).max(1000).default(100).describe("rows; everything else is summed up in `rest`"),
  format,
});
export type FunnelQuery = z.infer<typeof FunnelQuery>;

const ratio = z
  .number()
  .nullable()
  .describe("share between 0 and 1 (or above, see the metric); null: nothing to divide by");
export const FunnelFigures = z.object({
  impressions: z.number().int().describe("ads shown, counted ones"),
  clicks: z.number().int(),
  uncounted: z.number().int().describe("bots, prefetches, paused and blocked: answered, not counted"),
  registrations: z.number().int(),
  kyc: z.number().int(),
  ftds: z.number().int(),
  secondDeposits: z.number().int(),
  ftdAmounts: z.array(MoneyValue).describe("first deposits, one amount per currency"),
  clickToRegistration: ratio,
  registrationToKyc: ratio,
  registrationToFtd: ratio,
  clickToFtd: ratio,
  ftdToSecondDeposit: ratio,
});
export type FunnelFigures = z.infer<typeof FunnelFigures>;

export const ReportKey = z.object({
  by: Breakdown,
  value: z.string().describe("id, day or text; empty: not known"),
  label: z.string().describe("name for people"),
});
export type ReportKey = z.infer<typeof ReportKey>;

export const FunnelRow = z.object({
  keys: z.array(ReportKey),
  figures: FunnelFigures,
  previous: FunnelFigures.nullable(),
});
export const FunnelReport = z.object({
  from: Day,
  to: Day,
  previousFrom: Day.nullable(),
  basis: z.enum(["happened", "cohort"]),
  timeZones: z.array(z.string()).describe("time zones that days were cut in: those of the programs asked for"),
  rows: z.array(FunnelRow),
  rest: FunnelRow.omit({ keys: true }).extend({ groups: z.number().int() }).nullable(),
  totals: FunnelRow.omit({ keys: true }),
  asOf: Instant.describe("everything that was recorded before is in the figures"),
});
export type FunnelReport = z.infer<typeof FunnelReport>;

export const ClicksQuery = z.object({
  ...range,
  ...filters,
  grain: z.enum(["hour", "day", "week", "month"]).default("day"),
  by: Breakdown.extract([...DIMENSIONS])
    .optional()
    .describe("one series per value; the largest `top`, the rest as one"),
  top: z.coerce.number().int().min(1).max(50).default(8),
  format,
});
export type ClicksQuery = z.infer<typeof ClicksQuery>;
export const ClicksReport = z.object({
  grain: z.enum(["hour", "day", "week", "month"]),
  timeZone: z.string().describe("zone of the hours; days are cut in each program's own"),
  times: z.array(z.string()).describe("days (2026-03-01) or local hours (2026-03-01T13:00), without gaps"),
  series: z.array(
    z.object({
      key: ReportKey.nullable().describe("null: everything, or everything else"),
      clicks: z.array(z.number().int()).describe("one per time"),
      uncounted: z.array(z.number().int()),
      impressions: z.array(z.number().int()),
    }),
  ),
  verdicts: z
    .array(z.object({ verdict: z.string(), requests: z.number().int() }))
    .describe("what became of all requests"),
  asOf: Instant,
});
export type ClicksReport = z.infer<typeof ClicksReport>;

export const EarningsQuery = z.object({
  ...range,
  programId: ids,
  partnerId: ids,
  by: z.enum(["partner", "program", "component", "none"]).default("partner"),
  grain: z.enum(["day", "month"]).default("month"),
  top: z.coerce.number().int().min(1).max(1000).default(100),
  format,
});
export type EarningsQuery = z.infer<typeof EarningsQuery>;
const Earned = z.object({
  currency: z.string(),
  totalMinor: z.string(),
  minor: z.array(z.string()).describe("one per time"),
});
export const EarningsReport = z.object({
  grain: z.enum(["day", "month"]),
  times: z.array(z.string()),
  rows: z.array(
    z.object({ key: z.object({ by: z.string(), value: z.string(), label: z.string() }), earned: z.array(Earned) }),
  ),
  rest: z.object({ groups: z.number().int(), earned: z.array(Earned) }).nullable(),
  totals: z.array(Earned),
});
export type EarningsReport = z.infer<typeof EarningsReport>;

/** A figure of today, and the same part of the same weekday a week ago. */
const Compared = z.object({ now: z.number().int(), before: z.number().int() });
const ComparedMoney = z.object({ currency: z.string(), nowMinor: z.string(), beforeMinor: z.string() });
export const TodayQuery = z.object({ programId: ids });
/** What deserves a look, the most urgent first. `kind` says what the figures mean. */
export const Attention = z.object({
  kind: z.enum([
    "fading_partner",
    "traffic_spike",
    "bot_share",
    "unattributed_events",
    "rejected_calls",
    "agreements_to_approve",
    "agreements_to_send",
    "agreements_to_accept",
    "agreements_countered",
    "agreements_ending",
    "adjustments_to_approve",
    "statements_to_close",
    "statements_to_pay",
    "partners_in_onboarding",
    "postbacks_dead",
  ]),
  partner: z.object({ id: z.string(), name: z.string() }).nullable(),
  count: z.number().int().describe("how many, or the figure now"),
  before: z.number().nullable().describe("the figure it is compared with"),
  detail: z.string().describe("e.g. the most frequent reason code; may be empty"),
  since: z.string().nullable().describe("the oldest one's day or instant"),
});
export type Attention = z.infer<typeof Attention>;
export const TodayReport = z.object({
  now: Instant,
  clicks: Compared,
  registrations: Compared,
  ftds: Compared,
  deposits: Compared,
  depositAmounts: z.array(ComparedMoney),
  commission: z.array(ComparedMoney).describe("earned on this day"),
  hours: z.array(z.object({ hour: z.number().int(), clicks: z.number().int(), before: z.number().int() })),
  topPartners: z.array(
    z.object({ id: z.string(), name: z.string(), clicks: z.number().int(), ftds: z.number().int() }),
  ),
  attention: z.array(Attention),
  asOf: Instant,
});
export type TodayReport = z.infer<typeof TodayReport>;

/** A partner's page, and the portal's home: thirty days beside the thirty before. */
export const PartnerReport = z.object({
  partnerId: z.string(),
  from: Day,
  to: Day,
  days: z.array(Day),
  clicks: z.array(z.number().int()),
  registrations: z.array(z.number().int()),
  ftds: z.array(z.number().int()),
  totals: FunnelFigures,
  previous: FunnelFigures,
  earnings: z.array(
    z.object({ currency: z.string(), thisMonthMinor: z.string(), lastMonthMinor: z.string(), heldMinor: z.string() }),
  ),
  lastClickAt: Instant.nullable(),
  lastFtdAt: Instant.nullable(),
  asOf: Instant,
});
export type PartnerReport = z.infer<typeof PartnerReport>;

export const SubPartnersQuery = z.object({ ...range });
export type SubPartnersQuery = z.infer<typeof SubPartnersQuery>;
/** The partners below the caller's own, as far as each program shows them. */
export const SubPartnersReport = z.object({
  from: Day,
  to: Day,
  rows: z.array(
    z.object({
      program: z.object({ id: z.string(), name: z.string() }),
      partner: z.object({ id: z.string(), name: z.string() }).nullable().describe("null: all of them together"),
      figures: FunnelFigures,
      earned: z.array(MoneyValue).describe("commission that they earned in these days, per currency"),
    }),
  ),
  asOf: Instant,
});
export type SubPartnersReport = z.infer<typeof SubPartnersReport>;

export const LiveReport = z.object({
  now: Instant,
  clicksLastMinute: z.number().int(),
  clicksLastHour: z.number().int(),
  eventsLastHour: z.number().int(),
  perSecond: z.array(z.number().int()).describe("counted clicks of each of the last 60 seconds, oldest first"),
  asOf: Instant,
});
export type LiveReport = z.infer<typeof LiveReport>;

export const MetricDefinition = z.object({
  name: z.string(),
  unit: z.enum(["count", "ratio", "money"]),
  title: z.string(),
  formula: z.string(),
  description: z.string(),
});

/** The intake log. Besides these, `param.<name>=<value>` narrows to calls that carried this value under this name. */
export const IntakeQuery = z
  .object({
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(500).optional(),
    q: z
      .string()
      .max(500)
      .optional()
      .describe("any parameter's value, an id, a customer, a click id: found when it is contained"),
    kind: z
      .enum(["call", "click"])
      .optional()
      .describe("call: events that were sent; click: requests to tracking links"),
    fate: z
      .string()
      .max(200)
      .optional()
      .describe(
        "accepted, duplicate, corrected, reversed, unattributed, rejected; counted, uncounted; several by comma",
      ),
    door: z.string().max(200).optional().describe("link, postback, pixel, api, file, console, demo; several by comma"),
    reason: z.string().max(200).optional(),
    type: z.string().max(200).optional().describe("event type; several by comma"),
    programId: ids,
    partnerId: ids,
    sourceId: ids,
    from: Instant.optional(),
    to: Instant.optional().describe("exclusive"),
    atFrom: Day.optional().describe("first day, in the program's zone when one program is asked for, else in UTC"),
    atTo: Day.optional().describe("the day after the last one"),
    format,
  })
  .catchall(z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(20)]));
export type IntakeQuery = z.infer<typeof IntakeQuery>;

export const IntakeRow = z.object({
  id: z.string().describe("receipt id"),
  kind: z.enum(["call", "click"]),
  at: Instant.describe("when it arrived"),
  door: z.string(),
  fate: z.string(),
  reason: z.string(),
  detail: z.string(),
  programId: z.string().nullable(),
  partnerId: z.string().nullable(),
  sourceId: z.string().nullable(),
  type: z.string(),
  externalId: z.string(),
  customerRef: z.string(),
  clickId: z.string(),
  eventId: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  raw: z.string(),
});
export type IntakeRow = z.infer<typeof IntakeRow>;
export const IntakePage = pageOf(IntakeRow);
