import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, MoneyValue } from "./values.ts";

const Id = z.string().max(60);
const Reason = z.string().trim().min(3).max(1000);

/** The operator's account at a bank, with how far its statements reach and what of them is still open. */
export const BankAccount = z.object({
  id: z.string(),
  name: z.string(),
  iban: z.string().nullable(),
  number: z.string().nullable(),
  bic: z.string().nullable(),
  currency: CurrencyCode,
  autoScore: z.int().describe("score from which a match needs no person, 60 to 100"),
  feeMinor: MinorAmount.describe("the bank may keep this much of a movement"),
  lastStatement: z
    .object({ id: z.string(), until: Day.nullable(), closing: MinorAmount.nullable(), at: Instant })
    .nullable(),
  held: z.int().describe("statements that wait for a person"),
  open: z.int().describe("entries without a match"),
  openMinor: MinorAmount.describe("their sum, credit positive"),
  matched: z.int().describe("matched, not booked"),
  suggested: z.int(),
  bookedMinor: MinorAmount.describe("sum of booked entries"),
  revision: z.int(),
});
export type BankAccount = z.infer<typeof BankAccount>;
export const BankAccountList = z.object({ data: z.array(BankAccount) });
export const BankAccountChange = z.object({
  revision: z.int(),
  name: z.string().trim().min(1).max(120).optional(),
  autoScore: z.int().min(60).max(100).optional(),
  feeMinor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});
export type BankAccountChange = z.infer<typeof BankAccountChange>;

export const NewBankAccount = z
  .object({
    name: z.string().trim().min(1).max(120),
    iban: z.string().trim().min(5).max(42).optional(),
    number: z.string().trim().min(3).max(42).optional(),
    currency: CurrencyCode,
  })
  .refine((one) => (one.iban === undefined) !== (one.number === undefined), {
    path: ["iban"],
    message: "give the IBAN, or the number of an account that has none",
  });
export type NewBankAccount = z.infer<typeof NewBankAccount>;

const ColumnRef = z.union([z.string().max(200), z.int().min(1).max(300)]);
/** How a sheet of a bank (CSV, XLSX, QIF) is read; what is left out is guessed. */
export const BankSheetMapping = z.object({
  columns: z.record(z.string().max(40), z.union([ColumnRef, z.array(ColumnRef).max(20)])).optional(),
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  encoding: z.string().max(30).optional(),
  headerRow: z.int().min(0).max(200).optional(),
  dateOrder: z.enum(["dmy", "mdy", "ymd"]).optional(),
  decimal: z.enum([".", ","]).optional(),
  invert: z.boolean().optional(),
  currency: CurrencyCode.optional(),
  debitWords: z.array(z.string().max(60)).max(20).optional(),
});
export type BankSheetMapping = z.infer<typeof BankSheetMapping>;

/** A file that was uploaded: read, refused with a sentence, or a sheet that waits for its mapping. */
export const BankFile = z.object({
  id: z.string(),
  name: z.string(),
  size: z.int(),
  format: z.string().nullable(),
  variant: z.string().nullable(),
  state: z.enum(["mapping", "read", "refused"]),
  sentence: z.string().nullable(),
  again: z.boolean().describe("the same bytes were taken before: nothing happened"),
  bankAccountId: z.string().nullable(),
  statements: z.int(),
  entries: z.int(),
  fresh: z.int().describe("entries that were not known"),
  pending: z.int().describe("announced by the bank, not booked there yet"),
  guess: z
    .object({
      mapping: BankSheetMapping,
      because: z.array(z.string()),
      doubts: z.array(z.string()),
      titles: z.array(z.string()),
    })
    .nullable(),
  uploadedBy: z.string(),
  uploadedAt: Instant,
});
export type BankFile = z.infer<typeof BankFile>;
export const BankFilePage = pageOf(BankFile);
export const BankFileUpload = z.object({ name: z.string().min(1).max(200), bankAccountId: Id.optional() });
export const BankFileRead = z.object({ mapping: BankSheetMapping, bankAccountId: Id });
export type BankFileRead = z.infer<typeof BankFileRead>;

export const BankStatementState = z.enum(["taken", "held", "accepted", "rejected", "duplicate"]);
/** One statement of a file. Held ones do not add up, or leave a gap: a second person accepts them with a reason. */
export const BankStatementRecord = z.object({
  id: z.string(),
  bankAccountId: z.string(),
  fileId: z.string(),
  kind: z.enum(["statement", "report", "notification"]),
  number: z.string().nullable(),
  from: Day.nullable(),
  to: Day.nullable(),
  currency: CurrencyCode,
  opening: MinorAmount.nullable(),
  closing: MinorAmount.nullable(),
  entries: z.int(),
  fresh: z.int(),
  state: BankStatementState,
  problems: z.array(z.object({ code: z.string(), sentence: z.string() })),
  uploadedBy: z.string(),
  takenAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().nullable(),
});
export type BankStatementRecord = z.infer<typeof BankStatementRecord>;
export const BankStatementPage = pageOf(BankStatementRecord);
export const BankStatementQuery = PageQuery.extend({
  bankAccountId: Id.optional(),
  fileId: Id.optional(),
  status: manyOf(BankStatementState).optional(),
});
export type BankStatementQuery = z.infer<typeof BankStatementQuery>;
export const BankStatementDecision = z.object({ accept: z.boolean(), reason: Reason });
export type BankStatementDecision = z.infer<typeof BankStatementDecision>;

export const BankEntryState = z.enum(["held", "open", "suggested", "matched", "booked", "ignored", "dropped"]);
export const MatchReason = z.object({
  code: z.string(),
  points: z.int(),
  seen: z.string().nullable().describe("what the bank wrote"),
  expected: z.string().nullable(),
});
export type MatchReason = z.infer<typeof MatchReason>;
export const MatchKind = z.enum(["one", "batch", "split", "fee", "return"]);

export const BankMatch = z.object({
  id: z.string(),
  state: z.enum(["suggested", "matched", "booked", "undone", "reversed"]),
  kind: MatchKind,
  score: z.int(),
  reasons: z.array(MatchReason),
  fee: MoneyValue.nullable(),
  rate: z.string().nullable(),
  entryIds: z.array(z.string()),
  expected: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["out", "back"]),
      payoutId: z.string(),
      batchId: z.string(),
      partnerId: z.string().nullable(),
      payeeName: z.string(),
      amount: MoneyValue,
      on: Day,
    }),
  ),
  note: z.string(),
  madeBy: z.string().nullable().describe("null: by the rules"),
  madeAt: Instant,
  bookedBy: z.string().nullable(),
  bookedAt: Instant.nullable(),
  endReason: z.string().nullable(),
});
export type BankMatch = z.infer<typeof BankMatch>;

/** One movement at the bank. */
export const BankEntry = z.object({
  id: z.string(),
  bankAccountId: z.string(),
  statementId: z.string(),
  bookedOn: Day,
  valueOn: Day.nullable(),
  amount: MoneyValue.describe("credit positive"),
  original: MoneyValue.nullable(),
  state: BankEntryState,
  name: z.string().nullable(),
  account: z.string().nullable(),
  text: z.string(),
  endToEndId: z.string().nullable(),
  bankReference: z.string().nullable(),
  returned: z.string().nullable(),
  batchSize: z.int().nullable(),
  ageDays: z.int(),
  score: z.int().nullable().describe("of its match or suggestion"),
  matchId: z.string().nullable(),
  note: z.string(),
  owner: z.string().nullable(),
  dueOn: Day.nullable(),
  ignoredWhy: z.string().nullable(),
  revision: z.int(),
});
export type BankEntry = z.infer<typeof BankEntry>;
export const BankEntryPage = pageOf(BankEntry);
export const BankEntryQuery = PageQuery.extend({
  bankAccountId: Id.optional(),
  statementId: Id.optional(),
  status: manyOf(BankEntryState).optional(),
  owner: z.string().max(60).optional(),
  q: z.string().max(100).optional(),
  bookedFrom: Day.optional(),
  bookedTo: Day.optional(),
});
export type BankEntryQuery = z.infer<typeof BankEntryQuery>;

export const BankCandidate = z.object({
  expectedId: z.string(),
  kind: z.enum(["out", "back"]),
  payoutId: z.string(),
  batchId: z.string(),
  partnerId: z.string().nullable(),
  payeeName: z.string(),
  account: z.string().nullable(),
  amount: MoneyValue,
  on: Day,
  score: z.int(),
  reasons: z.array(MatchReason),
});
export type BankCandidate = z.infer<typeof BankCandidate>;
/** An entry with its match, what speaks for it, and what else it could be. */
export const BankEntryDetail = z.object({
  entry: BankEntry,
  match: BankMatch.nullable(),
  alternatives: z.array(BankCandidate),
  history: z.array(BankMatch).describe("matches that were undone or reversed"),
  members: z.array(
    z.object({
      name: z.string().nullable(),
      account: z.string().nullable(),
      amount: MoneyValue.nullable(),
      reference: z.string().nullable(),
    }),
  ),
});
export type BankEntryDetail = z.infer<typeof BankEntryDetail>;
export const BankEntryChange = z.object({
  revision: z.int(),
  note: z.string().max(2000).optional(),
  owner: z.string().max(60).nullable().optional(),
  dueOn: Day.nullable().optional(),
  ignore: Reason.nullable().optional().describe("why it is none of ours; null takes it back"),
});
export type BankEntryChange = z.infer<typeof BankEntryChange>;
export const NewBankMatch = z.object({
  entryIds: z.array(Id).min(1).max(50),
  expectedIds: z.array(Id).max(5000).describe("none: a fee of the bank"),
  note: z.string().max(1000).default(""),
});
export type NewBankMatch = z.input<typeof NewBankMatch>;
export const MatchEnd = z.object({ reason: Reason });
export const MatchBooking = z.object({
  matchIds: z.array(Id).max(500).optional().describe("left out: every match of the account that waits"),
  bankAccountId: Id.optional(),
});
export type MatchBooking = z.infer<typeof MatchBooking>;
export const MatchBookingDone = z.object({
  booked: z.int(),
  refused: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
});
export type MatchBookingDone = z.infer<typeof MatchBookingDone>;
export const MatchingDone = z.object({ entries: z.int(), matched: z.int(), suggested: z.int() });

export const AgeBucket = z.object({
  bucket: z.enum(["0-3", "4-7", "8-30", "31+"]),
  currency: CurrencyCode,
  entries: z.int(),
  entriesMinor: MinorAmount,
  expected: z.int().describe("payouts the bank has not shown"),
  expectedMinor: MinorAmount,
});
export type AgeBucket = z.infer<typeof AgeBucket>;
export const Ageing = z.object({ on: Day, buckets: z.array(AgeBucket) });
export type Ageing = z.infer<typeof Ageing>;

export const OpenItem = z.object({
  id: z.string(),
  comparisonId: z.string().nullable(),
  resultKey: z.string().nullable(),
  entryId: z.string().nullable(),
  title: z.string(),
  owner: z.string(),
  dueOn: Day,
  overdue: z.boolean(),
  state: z.enum(["open", "answered"]),
  answer: z.string().nullable(),
  openedBy: z.string(),
  openedAt: Instant,
  answeredBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
});
export type OpenItem = z.infer<typeof OpenItem>;
export const OpenItemPage = pageOf(OpenItem);
export const OpenItemQuery = PageQuery.extend({
  status: manyOf(z.enum(["open", "answered"])).optional(),
  owner: Id.optional(),
  comparisonId: Id.optional(),
});
export type OpenItemQuery = z.infer<typeof OpenItemQuery>;
export const NewOpenItem = z.object({
  comparisonId: Id.optional(),
  resultId: Id.optional(),
  entryId: Id.optional(),
  title: z.string().trim().min(3).max(300),
  owner: Id,
  dueOn: Day,
});
export type NewOpenItem = z.infer<typeof NewOpenItem>;
export const OpenItemAnswer = z.object({ answer: Reason });
