import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { ShadowMapping } from "./shadow.ts";
import { CurrencyCode, Day, Instant, MinorAmount, MoneyValue } from "./values.ts";

const Id = z.string().max(60);
const Reason = z.string().trim().min(3).max(1000);

export const ComparisonSide = z.enum(["tracked", "office", "claim"]);
export type ComparisonSide = z.infer<typeof ComparisonSide>;
export const ComparisonClass = z.enum([
  "missing_tracked",
  "missing_office",
  "missing_claim",
  "duplicate",
  "attribution",
  "currency",
  "amount",
  "status",
  "time_zone",
  "late",
  "agrees",
]);
export type ComparisonClass = z.infer<typeof ComparisonClass>;

export const LedgerTie = z.object({
  currency: CurrencyCode,
  earnedHere: MinorAmount.describe("commission of the time, booked in its own months"),
  earnedLater: MinorAmount.describe("commission of the time, booked in later months"),
  earlier: MinorAmount.describe("of earlier times, booked in these months"),
  adjustments: MinorAmount,
  ledger: MinorAmount.describe("expense of these months as the ledger's account has it"),
  ties: z.boolean(),
});
export type LedgerTie = z.infer<typeof LedgerTie>;
export const ComparisonSummary = z.object({
  at: Instant,
  rows: z.object({ tracked: z.int(), office: z.int(), claim: z.int() }),
  totals: z.object({ tracked: MinorAmount, office: MinorAmount.nullable(), claim: MinorAmount.nullable() }),
  classes: z.array(z.object({ class: ComparisonClass, rows: z.int(), office: MinorAmount, claim: MinorAmount })),
  shifts: z.array(z.object({ side: ComparisonSide, minutes: z.int() })),
  otherCurrency: z.int().describe("rows in other currencies, which are in no total"),
  claimedCommission: MinorAmount.nullable(),
  ledger: LedgerTie,
});
export type ComparisonSummary = z.infer<typeof ComparisonSummary>;

/** What was tracked beside what the back office says and what the partner claims. */
export const Comparison = z.object({
  id: z.string(),
  name: z.string(),
  programId: z.string(),
  partnerId: z.string().nullable(),
  from: Day,
  until: Day.describe("exclusive"),
  currency: CurrencyCode,
  types: z.array(z.string()),
  toleranceMinutes: z.int(),
  amountTolerance: MinorAmount,
  lateDays: z.int(),
  state: z.enum(["idle", "waiting", "running", "failed"]),
  problem: z.string().nullable(),
  summary: ComparisonSummary.nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  revision: z.int(),
});
export type Comparison = z.infer<typeof Comparison>;
export const ComparisonPage = pageOf(Comparison);
export const ComparisonQuery = PageQuery.extend({ programId: Id.optional(), partnerId: Id.optional() });
export type ComparisonQuery = z.infer<typeof ComparisonQuery>;
export const NewComparison = z.object({
  name: z.string().trim().min(1).max(120),
  programId: Id,
  partnerId: Id.nullable().default(null),
  from: Day,
  until: Day.describe("exclusive"),
  currency: CurrencyCode,
  types: z.array(z.string().max(40)).min(1).max(20),
  toleranceMinutes: z.coerce.number().int().min(0).max(1440).default(10),
  amountTolerance: z
    .string()
    .regex(/^\d{1,9}$/)
    .default("0"),
  lateDays: z.coerce.number().int().min(0).max(31).default(2),
});
export type NewComparison = z.input<typeof NewComparison>;

export const ComparisonMapping = ShadowMapping.extend({
  commission: z.string().max(200).optional().describe("column with what the partner says it earned by the row"),
});
export type ComparisonMapping = z.infer<typeof ComparisonMapping>;
export const ComparisonFile = z.object({
  id: z.string(),
  comparisonId: z.string(),
  side: z.enum(["office", "claim"]),
  name: z.string(),
  state: z.enum(["uploaded", "waiting", "read", "failed"]),
  problem: z.string().nullable(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  suggestion: z.object({ mapping: ComparisonMapping, by: z.string(), format: z.string().nullable() }),
  timeZone: z.string(),
  rows: z.int(),
  refused: z.int(),
  uploadedBy: z.string(),
  uploadedAt: Instant,
});
export type ComparisonFile = z.infer<typeof ComparisonFile>;
export const ComparisonFileList = z.object({ data: z.array(ComparisonFile) });
export const ComparisonFileUpload = z.object({
  side: z.enum(["office", "claim"]),
  name: z.string().min(1).max(200),
  timeZone: z.string().max(60).optional().describe("of times that name none; left out: the program's"),
});
export const ComparisonFileRead = z.object({ mapping: ComparisonMapping });
export const ComparisonRefusalPage = pageOf(
  z.object({ line: z.int(), field: z.string(), value: z.string().nullable(), reason: z.string() }),
);

export const ComparisonRow = z.object({
  side: ComparisonSide,
  key: z.string(),
  fileId: z.string().nullable(),
  line: z.int().nullable(),
  at: Instant,
  type: z.string().nullable(),
  orderId: z.string().nullable(),
  clickId: z.string().nullable(),
  customerRef: z.string().nullable(),
  partnerRef: z.string().nullable(),
  partnerId: z.string().nullable(),
  amount: MoneyValue.nullable(),
  commission: MinorAmount.nullable(),
  counts: z.boolean(),
  status: z.string(),
  why: z.string().nullable(),
  raw: z.array(z.tuple([z.string(), z.string()])),
});
export type ComparisonRow = z.infer<typeof ComparisonRow>;
export const ComparisonResult = z.object({
  id: z.string(),
  key: z.string(),
  class: ComparisonClass,
  differences: z.array(ComparisonClass),
  matchedBy: z.enum(["order", "click", "customer", "time_and_amount"]).nullable(),
  day: Day,
  partnerId: z.string().nullable(),
  reference: z.string().describe("order, customer or click by which people know it"),
  tracked: MinorAmount.nullable(),
  office: MinorAmount.nullable(),
  claim: MinorAmount.nullable(),
  currency: CurrencyCode,
  officeDifference: MinorAmount.nullable(),
  claimDifference: MinorAmount.nullable(),
  adjustmentId: z.string().nullable(),
  itemId: z.string().nullable(),
});
export type ComparisonResult = z.infer<typeof ComparisonResult>;
export const ComparisonResultPage = pageOf(ComparisonResult);
export const ComparisonResultQuery = PageQuery.extend({
  class: manyOf(ComparisonClass).optional(),
  partnerId: Id.optional(),
  answered: z.enum(["yes", "no"]).optional().describe("with or without an adjustment or an open item"),
});
export type ComparisonResultQuery = z.infer<typeof ComparisonResultQuery>;

/** Why sides differ. What a sentence says of each side is in the rows. */
export const COMPARISON_REASONS = [
  "missing_tracked_by_office",
  "missing_tracked_by_claim",
  "missing_tracked_by_both",
  "missing_office",
  "missing_claim",
  "duplicate",
  "attribution",
  "currency",
  "amount",
  "status",
  "time_zone",
  "late",
  "late_at_the_end",
  "agrees",
  "matched",
] as const;
export const ComparisonReason = z.object({
  code: z.enum(COMPARISON_REASONS),
  side: ComparisonSide.nullable().describe("the side that it is about, where it is about one"),
  matchedBy: z.enum(["order", "click", "customer", "time_and_amount"]).nullable(),
  minutes: z.int().nullable().describe("by which the side's clock is ahead"),
});
export type ComparisonReason = z.infer<typeof ComparisonReason>;

export const ComparisonResultDetail = z.object({
  result: ComparisonResult,
  rows: z.array(ComparisonRow),
  reasons: z.array(ComparisonReason).describe("the gravest first"),
  explanation: z.array(z.string()).describe("the reasons as English sentences, in the same order"),
  proposal: z
    .object({
      amount: MinorAmount,
      currency: CurrencyCode,
      partnerId: z.string(),
      month: z.string(),
      because: z
        .enum(["claimed_commission", "at_tracked_rate"])
        .describe(
          "what the partner says it earned by it; the difference at the commission that the tracked amounts came to",
        ),
    })
    .nullable()
    .describe("an adjustment that would make up for it"),
});
export type ComparisonResultDetail = z.infer<typeof ComparisonResultDetail>;
export const ComparisonCorrection = z.object({
  amount: MinorAmount,
  partnerId: Id,
  month: z.string().regex(/^\d{4}-\d{2}$/),
  reason: Reason,
});
export type ComparisonCorrection = z.infer<typeof ComparisonCorrection>;
