import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { PLATFORMS } from "./platforms.ts";
import { Revision } from "./programs.ts";
import { CurrencyCode, Day, Instant, MinorAmount, MoneyValue } from "./values.ts";

const Id = z.string().max(60);

/** Whose results Tributary is compared with. */
export const ShadowIncumbent = z.enum([...PLATFORMS, "other"]);
export type ShadowIncumbent = z.infer<typeof ShadowIncumbent>;

/** What a comparison can come to; one for each conversion of either side. After `agrees` the gravest first. */
export const ShadowClass = z.enum([
  "agrees",
  "missing_here",
  "missing_there",
  "other_partner",
  "outside_window",
  "other_currency",
  "other_amount",
  "other_status",
  "day_shift",
  "duplicate_here",
  "duplicate_there",
  "late",
]);
export type ShadowClass = z.infer<typeof ShadowClass>;

/** By what a conversion of theirs and one of ours were taken for the same. */
export const ShadowMatch = z.enum(["order", "click", "customer", "time_and_amount"]);
export type ShadowMatch = z.infer<typeof ShadowMatch>;

export const ShadowStatus = z.enum(["approved", "pending", "rejected"]);
export type ShadowStatus = z.infer<typeof ShadowStatus>;

const Share = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, "a share of one: 0.99 is 99 %");

/** What has to be reached before it is called safe to switch. */
export const ShadowThresholds = z.object({
  days: z.coerce.number().int().min(1).max(90).default(14).describe("the last days that were compared"),
  conversions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(200)
    .describe("conversions in these days at least"),
  agreement: Share.default("0.99").describe("share of conversions that agree"),
  worstDay: Share.default("0.95").describe("share that agree on the worst of these days"),
  amount: Share.default("0.01").describe("difference of the amounts, of theirs, per currency at most"),
});
export type ShadowThresholds = z.output<typeof ShadowThresholds>;

/** One threshold and how far it is met. */
export const ShadowCheck = z.object({
  check: z.enum(["days", "conversions", "agreement", "worst_day", "amount", "partners"]),
  needed: z.string(),
  reached: z.string(),
  met: z.boolean(),
  day: Day.nullable().describe("the worst day"),
});
export type ShadowCheck = z.infer<typeof ShadowCheck>;

export const ShadowSummary = z.object({
  comparedAt: Instant,
  theirs: z.int().describe("conversions of theirs"),
  ours: z.int(),
  from: Day.nullable(),
  to: Day.nullable().describe("last day that was compared"),
  classes: z.record(z.string(), z.int()),
  shifts: z.array(z.int()).describe("minutes that their clock is ahead, where many conversions share it"),
  checks: z.array(ShadowCheck),
  safe: z.boolean(),
  sentence: z.string().describe("in English; screens write it from the checks"),
});
export type ShadowSummary = z.infer<typeof ShadowSummary>;

/** A comparison with the system that is used today. */
export const Shadow = z.object({
  id: z.string(),
  programId: z.string(),
  name: z.string(),
  incumbent: ShadowIncumbent,
  sourceId: z
    .string()
    .nullable()
    .describe("event source that the incumbent tells its results: recorded, never counted"),
  timeZone: z.string().describe("of their times that name no zone"),
  currency: CurrencyCode.describe("of their amounts that name none"),
  types: z.array(z.string()).describe("types of our events that are compared"),
  toleranceMinutes: z.int(),
  lateHours: z.int(),
  thresholds: ShadowThresholds,
  status: z.enum(["active", "closed"]),
  state: z.enum(["idle", "waiting", "running", "failed"]).describe("of the comparison"),
  problem: z.string().nullable(),
  summary: ShadowSummary.nullable(),
  createdAt: Instant,
  revision: Revision,
});
export type Shadow = z.infer<typeof Shadow>;

const settings = {
  name: z.string().trim().min(1).max(120),
  sourceId: Id.nullable().default(null),
  timeZone: z.string().max(60),
  currency: CurrencyCode,
  types: z.array(z.string().max(60)).min(1).max(20),
  toleranceMinutes: z.coerce
    .number()
    .int()
    .min(0)
    .max(1440)
    .default(10)
    .describe("how far two times may be apart when nothing but time and amount is compared"),
  lateHours: z.coerce
    .number()
    .int()
    .min(0)
    .max(720)
    .default(24)
    .describe("a conversion this young may still come on the other side"),
  thresholds: ShadowThresholds.prefault({}),
};

export const NewShadow = z.object({ programId: Id, incumbent: ShadowIncumbent, ...settings });
export type NewShadow = z.input<typeof NewShadow>;

export const ShadowChange = z.object({
  revision: Revision,
  name: settings.name.optional(),
  sourceId: Id.nullable().optional(),
  timeZone: settings.timeZone.optional(),
  currency: CurrencyCode.optional(),
  types: settings.types.optional(),
  toleranceMinutes: z.coerce.number().int().min(0).max(1440).optional(),
  lateHours: z.coerce.number().int().min(0).max(720).optional(),
  thresholds: ShadowThresholds.optional(),
  status: z.enum(["active", "closed"]).optional(),
});
export type ShadowChange = z.infer<typeof ShadowChange>;

export const ShadowQuery = PageQuery.extend({
  programId: manyOf(z.string()).optional(),
  status: manyOf(z.enum(["active", "closed"])).optional(),
});
export type ShadowQuery = z.output<typeof ShadowQuery>;
export const ShadowPage = pageOf(Shadow);

/** What a column of an export can say. */
export const SHADOW_FIELDS = [
  "conversionId",
  "orderId",
  "clickId",
  "customerId",
  "occurredAt",
  "time",
  "type",
  "partner",
  "amount",
  "currency",
  "status",
] as const;
export type ShadowField = (typeof SHADOW_FIELDS)[number];

/** How their export is read: remembered for the next file. */
export const ShadowMapping = z.object({
  columns: z
    .partialRecord(z.enum(SHADOW_FIELDS), z.string().max(200))
    .describe("name of the column by field; `occurredAt` is needed"),
  dates: z.enum(["auto", "day_first", "month_first"]).default("auto").describe("how 03/04/2026 is read"),
  decimals: z.enum(["auto", "point", "comma"]).default("auto"),
  minorUnits: z.boolean().default(false).describe("amounts are in cents"),
  timeZone: z.string().max(60).optional().describe("of times without a zone; the comparison's when left out"),
  types: z
    .record(z.string().max(100), z.string().max(60))
    .default({})
    .describe("our event type, or `ignore`, by theirs in lower case"),
  statuses: z
    .record(z.string().max(100), z.union([ShadowStatus, z.literal("ignore")]))
    .default({})
    .describe("by theirs in lower case, where it differs from what is known"),
});
export type ShadowMapping = z.output<typeof ShadowMapping>;

/** An export of theirs that was uploaded. */
export const ShadowFile = z.object({
  id: z.string(),
  shadowId: z.string(),
  name: z.string(),
  bytes: z.int(),
  state: z.enum(["uploaded", "waiting", "reading", "read", "failed"]),
  problem: z.string().nullable(),
  headerRow: z.int().describe("row that holds the names of the columns, from 1"),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())).describe("the first rows, as they stand in the file"),
  suggestion: ShadowMapping.describe(
    "the mapping of the last file with these columns, a known format's, or a guess by the columns' names",
  ),
  suggestedBy: z.enum(["remembered", "format", "names"]),
  format: z.string().nullable().describe("the known format"),
  mapping: ShadowMapping.nullable(),
  rows: z.int(),
  refused: z.int(),
  createdAt: Instant,
});
export type ShadowFile = z.infer<typeof ShadowFile>;
export const ShadowFilePage = pageOf(ShadowFile);

/** A row that could not be taken. */
export const ShadowRefusal = z.object({
  line: z.int().describe("in the file, from 1"),
  field: z.string(),
  value: z.string().nullable(),
  reason: z.string(),
  hint: z.string().nullable(),
  row: z.string().describe("as it stands in the file"),
});
export type ShadowRefusal = z.infer<typeof ShadowRefusal>;
export const ShadowRefusalPage = pageOf(ShadowRefusal);

/** One conversion as a side knows it. */
export const ShadowSide = z.object({
  occurredAt: Instant,
  type: z.string().nullable(),
  orderId: z.string().nullable(),
  clickId: z.string().nullable(),
  customerId: z.string().nullable(),
  partner: z.string().nullable().describe("as this side calls it"),
  amount: MinorAmount.nullable(),
  currency: CurrencyCode.nullable(),
  status: ShadowStatus,
});
export type ShadowSide = z.infer<typeof ShadowSide>;

/** One conversion of either side, or one of each that were taken for the same. */
export const ShadowResult = z.object({
  id: z.string(),
  class: ShadowClass,
  differences: z.array(ShadowClass).describe("all that differ, the gravest first"),
  notes: z.array(z.string()).describe("partner_unmapped, their_clock, our reason of attribution, …: what explains it"),
  matchedBy: ShadowMatch.nullable(),
  day: Day,
  partnerId: z.string().nullable().describe("ours of their partner, or our partner where they have none"),
  eventId: z.string().nullable(),
  customerId: z.string().nullable().describe("ours"),
  theirs: ShadowSide.nullable(),
  ours: ShadowSide.nullable(),
});
export type ShadowResult = z.infer<typeof ShadowResult>;

export const ShadowResultQuery = PageQuery.extend({
  class: manyOf(ShadowClass).optional().describe("when not given: everything but `agrees`"),
  partnerId: manyOf(z.string()).optional(),
  from: Day.optional(),
  to: Day.optional().describe("exclusive"),
  q: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe("an order id, click id or customer id of either side, from its beginning"),
});
export type ShadowResultQuery = z.output<typeof ShadowResultQuery>;
export const ShadowResultPage = pageOf(ShadowResult);

/** Everything about one conversion: their row as it came, our event and what else pointed at it. */
export const ShadowResultDetail = ShadowResult.extend({
  shadowId: z.string(),
  explanation: z.string().describe("in English, why they differ"),
  raw: z.array(z.object({ column: z.string(), value: z.string() })).describe("their row as it stands in the file"),
  file: z.string().nullable(),
  line: z.int().nullable(),
  receiptId: z.string().nullable(),
  ourReason: z.string().nullable().describe("reason on the receipt of our event"),
  duplicateOf: z.string().nullable().describe("the result that the other one is part of"),
});
export type ShadowResultDetail = z.infer<typeof ShadowResultDetail>;

/** Sums of one day or one partner. */
const sums = {
  theirs: z.int(),
  ours: z.int(),
  agreed: z.int(),
  compared: z.int().describe("conversions of either side, those that were taken for the same once, late ones not"),
  amounts: z.array(z.object({ theirs: MoneyValue, ours: MoneyValue })).describe("per currency"),
};

export const ShadowDay = z.object({ day: Day, ...sums });
export type ShadowDay = z.infer<typeof ShadowDay>;
export const ShadowDayPage = pageOf(ShadowDay);

export const ShadowPartner = z.object({
  theirs: z.string().describe("as they call it; empty: nobody's"),
  partnerId: z.string().nullable(),
  mappedBy: z.enum(["hand", "name", "none"]),
  suggestedPartnerId: z.string().nullable().describe("whom most of its conversions are given to here"),
  conversions: z.int(),
  agreed: z.int(),
});
export type ShadowPartner = z.infer<typeof ShadowPartner>;
export const ShadowPartnerPage = pageOf(ShadowPartner);

export const ShadowPartnerSet = z.object({ theirs: z.string().min(1).max(300), partnerId: Id.nullable() });
export type ShadowPartnerSet = z.infer<typeof ShadowPartnerSet>;

/** Sums of one of our partners over everything that was compared. */
export const ShadowPartnerTotal = z.object({ partnerId: z.string(), ...sums });
export type ShadowPartnerTotal = z.infer<typeof ShadowPartnerTotal>;
export const ShadowPartnerTotalPage = pageOf(ShadowPartnerTotal);
