import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CountryCode, CurrencyCode, Day, Instant, MinorAmount, MoneyValue, Month } from "./values.ts";

export const PayoutMethod = z.enum(["bank", "paypal", "wise", "payoneer"]);
export type PayoutMethod = z.infer<typeof PayoutMethod>;
export const PAYOUT_STATES = [
  "prepared",
  "held",
  "excluded",
  "cancelled",
  "released",
  "sent",
  "accepted",
  "settled",
  "rejected",
  "returned",
] as const;
export const PayoutState = z.enum(PAYOUT_STATES);
export type PayoutState = z.infer<typeof PayoutState>;
export const PayoutBatchState = z.enum(["preparing", "prepared", "released", "finished", "cancelled"]);
export type PayoutBatchState = z.infer<typeof PayoutBatchState>;

/** Why a payout is held, or what its releaser should know. */
export const PayoutReason = z.object({
  code: z.string().describe("no_payee, below_threshold, invoice_missing, no_source, a block of the payee …"),
  blocks: z.boolean(),
  text: z.string(),
});
export type PayoutReason = z.infer<typeof PayoutReason>;

export const PayoutTotal = z.object({
  currency: CurrencyCode,
  method: PayoutMethod,
  payouts: z.number().int(),
  total: MinorAmount,
});
export type PayoutTotal = z.infer<typeof PayoutTotal>;

/** Why a dispatch waits or failed; `detail` is what the provider, the network or the format said of it. */
export const DispatchProblem = z.object({
  code: z.enum([
    "asks_later",
    "server_error",
    "not_reached",
    "no_answer",
    "credentials",
    "turned_down",
    "not_funded",
    "asked_long_ago",
    "file_refused",
    "other",
  ]),
  detail: z.string(),
});
export type DispatchProblem = z.infer<typeof DispatchProblem>;

/** One file, or one stretch of calls to a provider. */
export const PayoutDispatch = z.object({
  id: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  method: PayoutMethod,
  via: z.enum(["file", "api"]),
  format: z.string().nullable(),
  currency: CurrencyCode,
  state: z.enum(["pending", "sending", "written", "sent", "failed"]),
  payouts: z.number().int(),
  total: MinorAmount,
  executionDate: Day,
  problem: DispatchProblem.nullable(),
  retryAt: Instant.nullable(),
  providerReference: z.string().nullable(),
  file: z
    .object({
      name: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      controlSum: z.string().nullable(),
      changes: z
        .array(z.object({ paymentId: z.string().nullable(), field: z.string(), from: z.string(), to: z.string() }))
        .describe("texts that the format made necessary to write otherwise"),
      fetchedBy: z.string().nullable(),
      fetchedAt: Instant.nullable(),
    })
    .nullable(),
});
export type PayoutDispatch = z.infer<typeof PayoutDispatch>;

export const PayoutBatch = z.object({
  id: z.string(),
  name: z.string(),
  state: PayoutBatchState,
  executionDate: Day,
  untilMonth: Month.nullable(),
  totals: z.array(PayoutTotal).describe("what is in it: prepared, or released and later; not what is held or excluded"),
  counts: z.record(z.string(), z.number().int()).describe("payouts by state"),
  controlSum: z
    .string()
    .describe("payouts and sums over all currencies in minor units, as the releaser has to see them"),
  preparedBy: z.string(),
  preparedAt: Instant,
  releasedBy: z.string().nullable(),
  releasedAt: Instant.nullable(),
  cancelledBy: z.string().nullable(),
  cancelReason: z.string().nullable(),
  finishedAt: Instant.nullable(),
  mayRelease: z.boolean().describe("whether the caller had no hand in it and may release it"),
  lateFor: z
    .array(z.object({ sourceId: z.string(), sourceName: z.string(), earliest: Day }))
    .describe("accounts whose cut-off for the execution date has passed"),
  dispatches: z.array(PayoutDispatch),
  revision: z.number().int(),
});
export type PayoutBatch = z.infer<typeof PayoutBatch>;
export const PayoutBatchQuery = PageQuery.extend({ state: manyOf(PayoutBatchState).optional() });
export type PayoutBatchQuery = z.infer<typeof PayoutBatchQuery>;
export const PayoutBatchPage = pageOf(PayoutBatch);

export const NewPayoutBatch = z.object({
  name: z.string().trim().min(1).max(100),
  executionDate: Day,
  untilMonth: Month.nullable().default(null).describe("leave out statements of later months"),
  currencies: z.array(CurrencyCode).max(50).default([]).describe("of the statements; empty: all"),
  methods: z.array(PayoutMethod).max(4).default([]).describe("empty: all"),
  partnerIds: z.array(z.string().max(60)).max(5000).default([]).describe("empty: all"),
});
export type NewPayoutBatch = z.infer<typeof NewPayoutBatch>;

export const PayoutBatchStep = z.object({
  revision: z.number().int(),
  executionDate: Day.optional().describe("pay on another day"),
});
export type PayoutBatchStep = z.infer<typeof PayoutBatchStep>;
export const PayoutExclusion = z.object({
  revision: z.number().int(),
  payoutIds: z.array(z.string().max(60)).min(1).max(1000),
  exclude: z.boolean().describe("false: take it in again"),
  reason: z.string().trim().max(500).default("").describe("needed to exclude"),
});
export type PayoutExclusion = z.infer<typeof PayoutExclusion>;
export const PayoutRelease = z.object({
  revision: z.number().int(),
  controlSum: z.string().max(200).describe("as the batch shows it: what is released is what was seen"),
  code: z.string().trim().min(6).max(10).describe("a fresh code of the releaser's second factor"),
});
export type PayoutRelease = z.infer<typeof PayoutRelease>;
export const PayoutCancel = z.object({ revision: z.number().int(), reason: z.string().trim().min(3).max(500) });
export type PayoutCancel = z.infer<typeof PayoutCancel>;

export const PayoutItem = z.object({
  statementId: z.string(),
  partnerId: z.string(),
  currency: CurrencyCode,
  gross: MinorAmount.describe("what it takes of the statement"),
  withheld: MinorAmount.describe("of payees without invoices; an invoice has its tax in the statement already"),
  reserve: MinorAmount,
  fee: MinorAmount,
  net: MinorAmount,
  paid: MoneyValue.describe("net in the payout's currency"),
  rate: z.string().nullable(),
  rateOn: Day.nullable(),
  rateSource: z.string().nullable(),
  invoiceId: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
});
export type PayoutItem = z.infer<typeof PayoutItem>;

export const Payout = z.object({
  id: z.string(),
  batchId: z.string(),
  payeeId: z.string(),
  payeeName: z.string(),
  method: PayoutMethod,
  amount: MoneyValue.describe("for a partner: its own part"),
  state: PayoutState,
  reasons: z.array(PayoutReason),
  account: z.string().describe("where it goes, masked"),
  dispatchId: z.string().nullable(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  reason: z.string().nullable().describe("why it was excluded, rejected or returned"),
  providerReference: z.string().nullable(),
  arrivalOn: Day.nullable(),
  sentAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  createdAt: Instant,
});
export type Payout = z.infer<typeof Payout>;
export const PayoutQuery = PageQuery.extend({
  batchId: z.string().max(60).optional(),
  state: manyOf(PayoutState).optional(),
  payeeId: z.string().max(60).optional(),
  partnerId: z.string().max(60).optional(),
  statementId: z.string().max(60).optional(),
});
export type PayoutQuery = z.infer<typeof PayoutQuery>;
export const PayoutPage = pageOf(Payout);
export const PayoutDetail = Payout.extend({
  items: z.array(PayoutItem),
  progress: z.array(
    z.object({
      at: Instant,
      state: z.string(),
      told: z.string().describe("the word of whoever told it: a bank's status, a provider's, a file's name"),
      code: z.string().nullable().describe("its reason: a bank's code, or one of ours (by_hand, bank_out, bank_back)"),
      sentence: z.string().describe("the same in words: a person's own, or in English"),
      origin: z.string(),
    }),
  ),
});
export type PayoutDetail = z.infer<typeof PayoutDetail>;

/** A status told by hand: the bank wrote or called. */
export const PayoutTold = z.object({
  state: z.enum(["accepted", "settled", "rejected", "returned"]),
  reason: z.string().trim().min(3).max(500),
});
export type PayoutTold = z.infer<typeof PayoutTold>;

/** The account or connection that pays. Account numbers and credentials go in and are never told again. */
export const NewPayoutSource = z.object({
  name: z.string().trim().min(1).max(100),
  method: PayoutMethod,
  via: z.enum(["file", "api"]),
  format: z.string().max(40).nullable().default(null),
  currencies: z.array(CurrencyCode).min(1).max(50),
  countries: z.array(CountryCode).max(250).default([]).describe("of the payee's account; empty: all"),
  cutOff: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  timeZone: z.string().max(60),
  leadDays: z.number().int().min(0).max(10).default(0),
  arrivalDays: z.number().int().min(0).max(10).default(1).describe("bank days until the payee has it"),
  fees: z.record(CurrencyCode, MinorAmount).default({}).describe("per payout, charged to payees who bear them"),
  position: z.number().int().min(0).max(10_000).default(100),
  initiator: z
    .object({ name: z.string().trim().max(70), id: z.string().trim().max(40).default("") })
    .nullable()
    .default(null),
  holder: z.string().trim().max(140).default(""),
  country: CountryCode.nullable().default(null),
  account: z
    .record(z.string(), z.string().max(200))
    .default({})
    .describe("fields of the own account: iban, bic, sortCode …"),
  credentials: z.record(z.string(), z.string().max(10_000)).default({}).describe("of the provider's API"),
  environment: z.enum(["live", "sandbox"]).default("live"),
  options: z.record(z.string(), z.unknown()).default({}).describe("what only some formats ask for"),
});
export type NewPayoutSource = z.infer<typeof NewPayoutSource>;

export const PayoutSource = z.object({
  id: z.string(),
  name: z.string(),
  method: PayoutMethod,
  via: z.enum(["file", "api"]),
  format: z.string().nullable(),
  currencies: z.array(CurrencyCode),
  countries: z.array(CountryCode),
  cutOff: z.string(),
  timeZone: z.string(),
  leadDays: z.number().int(),
  arrivalDays: z.number().int(),
  fees: z.record(z.string(), MinorAmount),
  position: z.number().int(),
  state: z.enum(["active", "closed"]),
  shown: z
    .record(z.string(), z.unknown())
    .describe("account masked, who sends, names of the credentials that are kept"),
  webhookPath: z.string().nullable().describe("where the provider is to send its notices"),
  revision: z.number().int(),
});
export type PayoutSource = z.infer<typeof PayoutSource>;
export const PayoutSourcePage = pageOf(PayoutSource);
export const PayoutSourceQuery = PageQuery.extend({ via: z.enum(["file", "api"]).optional() });
export type PayoutSourceQuery = z.infer<typeof PayoutSourceQuery>;

export const PayoutLimit = z.object({
  person: z.string().max(60).describe("a person's id; * for everybody without limits of their own"),
  currency: CurrencyCode,
  limit: MinorAmount,
});
export type PayoutLimit = z.infer<typeof PayoutLimit>;
export const PayoutLimits = z.object({ limits: z.array(PayoutLimit).max(500) });
export type PayoutLimits = z.infer<typeof PayoutLimits>;

/** What one proposes about accounts, connections and limits, and another puts in force. */
export const PayoutChange = z.object({
  id: z.string(),
  kind: z.enum(["source", "limits"]),
  subjectId: z.string().nullable(),
  shown: z.record(z.string(), z.unknown()),
  state: z.enum(["proposed", "approved", "declined"]),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
});
export type PayoutChange = z.infer<typeof PayoutChange>;
export const PayoutChangePage = pageOf(PayoutChange);
export const PayoutChangeQuery = PageQuery.extend({
  state: manyOf(z.enum(["proposed", "approved", "declined"])).optional(),
});
export type PayoutChangeQuery = z.infer<typeof PayoutChangeQuery>;
export const PayoutChangeDecision = z.object({ approve: z.boolean() });
export type PayoutChangeDecision = z.infer<typeof PayoutChangeDecision>;

export const PayoutReport = z.object({
  id: z.string(),
  name: z.string(),
  format: z.string(),
  origin: z.string(),
  receivedBy: z.string(),
  receivedAt: Instant,
  statuses: z.number().int(),
  applied: z.number().int().describe("changed something"),
  unknown: z.number().int().describe("nobody knows the reference: they wait"),
});
export type PayoutReport = z.infer<typeof PayoutReport>;
export const PayoutReportPage = pageOf(PayoutReport);

export const UnmatchedStatus = z.object({
  id: z.string(),
  reportId: z.string(),
  state: z.enum(["waiting", "matched", "dismissed"]),
  status: z.string(),
  sentence: z.string(),
  references: z.record(z.string(), z.string()),
  amount: MoneyValue.nullable(),
  payoutId: z.string().nullable(),
  note: z.string(),
  receivedAt: Instant,
});
export type UnmatchedStatus = z.infer<typeof UnmatchedStatus>;
export const UnmatchedPage = pageOf(UnmatchedStatus);
export const UnmatchedQuery = PageQuery.extend({
  state: manyOf(z.enum(["waiting", "matched", "dismissed"])).optional(),
});
export type UnmatchedQuery = z.infer<typeof UnmatchedQuery>;
export const UnmatchedDecision = z.object({
  payoutId: z.string().max(60).nullable().describe("null: it is none of ours"),
  note: z.string().trim().min(3).max(500),
});
export type UnmatchedDecision = z.infer<typeof UnmatchedDecision>;
