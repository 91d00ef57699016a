import { z } from "zod";
import { InLanguage, manyOf } from "./page.ts";
import { CurrencyCode, Instant, MinorAmount, MoneyValue, Month } from "./values.ts";

/** What a morning may bring. */
export const MORNING_KINDS = [
  "traffic_drop",
  "traffic_surge",
  "tracking_broken",
  "onboarding_stalled",
  "document_expiring",
  "agreement_ending",
  "cap_near",
  "message_unanswered",
  "task_due",
  "case_due",
  "approval_waiting",
  "tier_near",
  "better_deal",
  "payee_missing",
  "plan_behind",
  "data_faults",
] as const;
export const MorningKind = z.enum(MORNING_KINDS);
export type MorningKind = z.infer<typeof MorningKind>;

/** How a rank comes about: worth × urgency × chance × the three weights. */
export const MorningWorking = z.object({
  worth: MoneyValue.describe("money at stake, first deposits among it at what one is worth"),
  ftds: z.number(),
  ftdWorth: MoneyValue,
  urgency: z.number().describe("0.2 to 1: how soon it is too late"),
  chance: z.number().describe("how likely it is that acting changes it; of the kind"),
  operatorWeight: z.number(),
  personalWeight: z.number(),
  learnt: z.number().describe("0.25 to 1: lower the more often the person called the kind of no use"),
  score: z.number(),
});
export type MorningWorking = z.infer<typeof MorningWorking>;

export const MorningItem = z.object({
  id: z.string(),
  kind: MorningKind,
  partnerId: z.string().nullable(),
  programId: z.string().nullable(),
  ownerUserId: z.string().nullable(),
  subjectKind: z.string(),
  subjectId: z.string(),
  title: z.string(),
  cause: z.string().describe("why, in one sentence"),
  evidence: z.array(z.object({ text: z.string(), to: z.string().nullable() })),
  action: z.object({ label: z.string(), to: z.string() }),
  dueAt: Instant.nullable(),
  since: Instant,
  working: MorningWorking,
  state: z.enum(["open", "snoozed", "done", "not_useful", "handed"]),
  until: Instant.nullable().describe("of what is snoozed"),
  handedBy: z.string().nullable().describe("who handed it to the asker"),
  reason: z.string(),
});
export type MorningItem = z.infer<typeof MorningItem>;

export const MORNING_WHOSE = ["mine", "all"] as const;
export const MorningQuery = InLanguage.extend({
  whose: z
    .enum(MORNING_WHOSE)
    .default("mine")
    .describe("mine: my partners, those of whom I am deputy for, handed to me, waiting for my word"),
  state: z.enum(["open", "answered"]).default("open"),
  kind: manyOf(MorningKind).optional(),
  programId: manyOf(z.string()).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(60),
});
export type MorningQuery = z.infer<typeof MorningQuery>;
export const Morning = z.object({
  data: z.array(MorningItem),
  total: z.number().int().describe("of all that is open, shown or not"),
  counts: z.array(z.object({ kind: MorningKind, count: z.number().int() })),
  worth: MoneyValue.describe("of all that is open"),
  readAt: Instant.nullable(),
  asDeputyFor: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Morning = z.infer<typeof Morning>;

export const MorningAnswer = z.discriminatedUnion("answer", [
  z.object({ answer: z.literal("snooze"), until: Instant }),
  z.object({ answer: z.literal("done") }),
  z.object({ answer: z.literal("not_useful"), reason: z.string().trim().min(1).max(500) }),
  z.object({ answer: z.literal("hand"), toUserId: z.string().max(60), reason: z.string().trim().max(500).default("") }),
  z.object({ answer: z.literal("open") }),
]);
export type MorningAnswer = z.infer<typeof MorningAnswer>;
export const MorningAnswered = z.object({ id: z.string() });

const Weight = z.number().min(0).max(5);
const Weights = z.partialRecord(MorningKind, Weight);
export const MorningTuning = z.object({
  operator: z.object({
    weights: Weights,
    ftdWorth: MoneyValue,
    revision: z.number().int(),
    mayChange: z.boolean(),
  }),
  personal: z.object({ weights: Weights, revision: z.number().int() }),
  learnt: z.array(
    z.object({ kind: MorningKind, done: z.number().int(), notUseful: z.number().int(), factor: z.number() }),
  ),
  chances: z.array(z.object({ kind: MorningKind, chance: z.number(), days: z.number() })),
});
export type MorningTuning = z.infer<typeof MorningTuning>;
export const MorningTuningChange = z.object({
  of: z.enum(["personal", "operator"]),
  weights: Weights,
  ftdWorth: MoneyValue.optional().describe("the operator's only"),
  revision: z.number().int(),
});
export type MorningTuningChange = z.infer<typeof MorningTuningChange>;
export const MorningTuningPreview = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: MorningKind,
      before: z.number().int().nullable(),
      after: z.number().int(),
      score: z.number(),
    }),
  ),
});
export type MorningTuningPreview = z.infer<typeof MorningTuningPreview>;

const Figures = z.object({
  ftds: z.number().nullable(),
  revenueMinor: MinorAmount.nullable(),
  commissionMinor: MinorAmount.nullable(),
});
export const PortfolioRow = z.object({
  id: z.string().nullable(),
  name: z.string(),
  ownerUserId: z.string().nullable(),
  regionId: z.string().nullable(),
  plan: Figures,
  actual: Figures,
  forecast: Figures,
  /** forecast ÷ plan − 1; null: no plan */
  variance: z.number().nullable(),
  lastMonthFtds: z.number(),
});
export type PortfolioRow = z.infer<typeof PortfolioRow>;
export const PORTFOLIO_BY = ["partner", "owner", "region"] as const;
export const PortfolioQuery = z.object({
  month: Month.optional(),
  by: z.enum(PORTFOLIO_BY).default("partner"),
  whose: z.enum(MORNING_WHOSE).default("mine"),
  limit: z.coerce.number().int().min(1).max(2000).default(300),
});
export type PortfolioQuery = z.infer<typeof PortfolioQuery>;
export const Portfolio = z.object({
  month: Month,
  currency: CurrencyCode,
  by: z.enum(PORTFOLIO_BY),
  method: z.object({
    name: z.enum(["same_days", "working_days", "over"]),
    done: z.number(),
    of: z.number(),
    factor: z.number(),
  }),
  rows: z.array(PortfolioRow),
  total: PortfolioRow,
  more: z.number().int(),
  asOf: Instant,
});
export type Portfolio = z.infer<typeof Portfolio>;
export const PortfolioPlanRow = z.object({
  subjectKind: z.enum(["partner", "owner"]).default("partner"),
  subjectId: z.string().max(60),
  ftds: z.number().int().min(0).max(10_000_000).nullable(),
  revenueMinor: MinorAmount.nullable(),
  commissionMinor: MinorAmount.nullable(),
});
export type PortfolioPlanRow = z.infer<typeof PortfolioPlanRow>;
export const PortfolioPlanChange = z.object({ month: Month, rows: z.array(PortfolioPlanRow).min(1).max(5000) });
export type PortfolioPlanChange = z.infer<typeof PortfolioPlanChange>;
export const PortfolioPlanSaved = z.object({ saved: z.number().int() });
export const PortfolioPlanFile = z.object({ csv: z.string().min(1).max(2_000_000), dryRun: z.boolean().default(true) });
export const PortfolioPlanFileRead = z.object({
  rows: z.number().int(),
  months: z.array(Month),
  saved: z.number().int(),
  problems: z.array(z.object({ line: z.number().int(), text: z.string() })),
});
export type PortfolioPlanFileRead = z.infer<typeof PortfolioPlanFileRead>;
