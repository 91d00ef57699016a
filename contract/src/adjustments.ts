import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, Month } from "./values.ts";

export const AdjustmentKind = z.enum([
  "correction",
  "bonus",
  "release",
  "write_off",
  "set_off",
  "reserve",
  "reserve_release",
]);
export type AdjustmentKind = z.infer<typeof AdjustmentKind>;

export const Evidence = z.object({
  kind: z.enum(["link", "file", "note"]).describe("an address, a reference to a file kept elsewhere, or a note"),
  text: z.string().trim().min(1).max(2000),
});
export type Evidence = z.infer<typeof Evidence>;

const ReasonCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/)
  .describe("of the catalogue of reasons");

/** The catalogue of reasons, which the operator edits. */
export const AdjustmentReason = z.object({
  code: ReasonCode,
  names: z.object({ en: z.string().trim().min(2).max(80), es: z.string().trim().min(2).max(80) }),
  kinds: z.array(AdjustmentKind).min(1),
  needsEvidence: z.boolean(),
  warnFrom: MinorAmount.nullable().describe("from this amount on an adjustment is looked at alone"),
  active: z.boolean(),
  revision: z.int(),
});
export type AdjustmentReason = z.infer<typeof AdjustmentReason>;
export const AdjustmentReasonChange = AdjustmentReason.omit({ code: true }).extend({
  revision: z.int().min(0).describe("the one you have read; 0 for a new reason"),
});
export type AdjustmentReasonChange = z.infer<typeof AdjustmentReasonChange>;
export const AdjustmentReasons = z.object({ data: z.array(AdjustmentReason) });

export const AdjustmentWarning = z.enum(["duplicate", "large"]);

export const Adjustment = z.object({
  id: z.string(),
  kind: AdjustmentKind,
  partnerId: z.string(),
  programId: z.string().nullable().describe("null for what belongs to no program: a write-off, a set-off, a reserve"),
  currency: CurrencyCode,
  amount: MinorAmount,
  month: Month,
  effectiveTo: Month.nullable().describe("the last month that it is about; null: only `month`"),
  reasonCode: z.string().nullable(),
  reason: z.string(),
  evidence: z.array(Evidence),
  lineKey: z.string().nullable(),
  inquiryId: z.string().nullable(),
  otherPartnerId: z.string().nullable().describe("set_off: whose debt is met"),
  ofId: z.string().nullable().describe("reserve_release: the reserve"),
  releaseOn: Day.nullable().describe("reserve: when it goes back by itself; null: by hand"),
  batchId: z.string().nullable(),
  ruleId: z.string().nullable().describe("the rule that repeats it every month"),
  warnings: z.array(AdjustmentWarning).describe("why it should be looked at alone"),
  status: z.enum(["proposed", "approved", "declined"]),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionNote: z.string().nullable(),
  bookedMonth: Month.nullable(),
});
export type Adjustment = z.infer<typeof Adjustment>;

export const NewAdjustment = z.object({
  kind: z.enum(["correction", "bonus", "write_off", "set_off", "reserve", "reserve_release"]).default("correction"),
  partnerId: z.string().max(60),
  programId: z.string().max(60).nullable().default(null).describe("needed by a correction and a bonus"),
  currency: CurrencyCode,
  amount: MinorAmount.describe(
    "in the partner's favour when positive; what is kept, set off or given back is positive",
  ),
  month: Month,
  effectiveTo: Month.nullable().default(null),
  reasonCode: ReasonCode.default("other"),
  reason: z.string().trim().min(3).max(1000),
  evidence: z.array(Evidence).max(10).default([]),
  lineKey: z.string().max(300).nullable().default(null),
  inquiryId: z.string().max(60).nullable().default(null),
  otherPartnerId: z.string().max(60).nullable().default(null),
  ofId: z.string().max(60).nullable().default(null),
  releaseOn: Day.nullable().default(null),
});
export type NewAdjustment = z.input<typeof NewAdjustment>;

export const ReleaseRequest = z.object({ reason: z.string().trim().min(3).max(1000) });

export const AdjustmentQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  status: z.enum(["proposed", "approved", "declined"]).optional(),
  kind: AdjustmentKind.optional(),
  batchId: z.string().max(60).optional(),
  ruleId: z.string().max(60).optional(),
  inquiryId: z.string().max(60).optional(),
  currency: CurrencyCode.optional(),
  bookedMonth: Month.optional(),
  clean: z.stringbool().optional().describe("only those without warnings"),
});
export type AdjustmentQuery = z.infer<typeof AdjustmentQuery>;
export const AdjustmentPage = pageOf(Adjustment);

export const AdjustmentDecision = z.object({ note: z.string().trim().max(1000).nullable().default(null) });
export const AdjustmentDecisions = z.object({
  ids: z.array(z.string().max(60)).min(1).max(500),
  approve: z.boolean(),
  onlyClean: z.boolean().default(false).describe("leave out what has warnings"),
  note: z.string().trim().max(1000).nullable().default(null),
});
export type AdjustmentDecisions = z.input<typeof AdjustmentDecisions>;
export const AdjustmentsDecided = z.object({
  decided: z.int(),
  refused: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
});
export type AdjustmentsDecided = z.infer<typeof AdjustmentsDecided>;

export const AdjustmentBatchRow = z.object({
  line: z.int().describe("in the file, from 1"),
  partner: z.string(),
  partnerId: z.string().nullable(),
  program: z.string(),
  kind: z.string(),
  currency: z.string(),
  amount: MinorAmount.nullable(),
  month: z.string(),
  reasonCode: z.string(),
  reason: z.string(),
  problem: z.string().nullable(),
});
export type AdjustmentBatchRow = z.infer<typeof AdjustmentBatchRow>;

/** A file of adjustments, looked at before anything is proposed. */
export const AdjustmentBatch = z.object({
  id: z.string(),
  fileName: z.string(),
  status: z.enum(["checked", "proposed", "cancelled"]),
  good: z.int(),
  refused: z.int(),
  totals: z.array(z.object({ currency: z.string(), amount: MinorAmount, rows: z.int() })).describe("of the good rows"),
  createdBy: z.string(),
  createdAt: Instant,
  rows: z.array(AdjustmentBatchRow),
});
export type AdjustmentBatch = z.infer<typeof AdjustmentBatch>;
export const AdjustmentBatchPage = pageOf(AdjustmentBatch.omit({ rows: true }));
export const BatchProposal = z.object({
  leaveRefused: z.boolean().default(false).describe("propose the good rows although others are refused"),
});

/** An adjustment that repeats every month. */
export const AdjustmentRule = z.object({
  id: z.string(),
  kind: z.enum(["correction", "bonus", "reserve"]),
  partnerId: z.string(),
  programId: z.string().nullable(),
  currency: CurrencyCode,
  amount: MinorAmount.nullable(),
  percent: z.string().nullable().describe("of what became payable in the month"),
  holdDays: z.int().nullable().describe("a reserve goes back after so many days; null: by hand"),
  fromMonth: Month,
  untilMonth: Month.nullable(),
  reasonCode: z.string(),
  reason: z.string(),
  status: z.enum(["proposed", "approved", "declined", "ended"]),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  endedBy: z.string().nullable(),
});
export type AdjustmentRule = z.infer<typeof AdjustmentRule>;
export const NewAdjustmentRule = z.object({
  kind: z.enum(["correction", "bonus", "reserve"]),
  partnerId: z.string().max(60),
  programId: z.string().max(60).nullable().default(null),
  currency: CurrencyCode,
  amount: MinorAmount.nullable().default(null),
  percent: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/)
    .nullable()
    .default(null),
  holdDays: z.int().min(1).max(3650).nullable().default(null),
  fromMonth: Month,
  untilMonth: Month.nullable().default(null),
  reasonCode: ReasonCode,
  reason: z.string().trim().min(3).max(1000),
});
export type NewAdjustmentRule = z.input<typeof NewAdjustmentRule>;
export const AdjustmentRuleQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  status: z.enum(["proposed", "approved", "declined", "ended"]).optional(),
});
export type AdjustmentRuleQuery = z.infer<typeof AdjustmentRuleQuery>;
export const AdjustmentRulePage = pageOf(AdjustmentRule);
