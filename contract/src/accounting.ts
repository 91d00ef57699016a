import { z } from "zod";
import { AccountKind } from "./ledger.ts";
import { PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, Month } from "./values.ts";

/** By which of its times a booking belongs to a day: when it was booked, the month it is booked in, when it happened. */
export const LedgerBasis = z.enum(["booked", "period", "occurred"]);
export type LedgerBasis = z.infer<typeof LedgerBasis>;

export const TrialBalanceQuery = z.object({
  from: Day.optional().describe("first day of the movements; left out: all until `on`"),
  on: Day.describe("balances at the end of this day"),
  basis: LedgerBasis.default("period"),
  kind: AccountKind.optional().describe("one kind of account, by its owners"),
});
export type TrialBalanceQuery = z.infer<typeof TrialBalanceQuery>;
export const TrialBalance = z.object({
  on: Day,
  basis: LedgerBasis,
  rows: z.array(
    z.object({
      kind: AccountKind,
      owner: z.string().nullable().describe("of one account; null: of all of the kind"),
      code: z.string().nullable().describe("what accounting calls it"),
      currency: CurrencyCode,
      opening: MinorAmount,
      debit: MinorAmount,
      credit: MinorAmount,
      closing: MinorAmount,
    }),
  ),
  totals: z.array(
    z.object({
      currency: CurrencyCode,
      debit: MinorAmount,
      credit: MinorAmount,
      closing: MinorAmount.describe("zero"),
    }),
  ),
});
export type TrialBalance = z.infer<typeof TrialBalance>;

export const AccrualQuery = PageQuery.extend({
  on: Day.describe("what was owed at the end of this day"),
  known: Day.optional().describe("as it was known at the end of this day; left out: the same day"),
  partnerId: z.string().max(60).optional(),
  currency: CurrencyCode.optional(),
  changed: z.enum(["yes"]).optional().describe("only where then and now differ"),
});
export type AccrualQuery = z.infer<typeof AccrualQuery>;
export const AccrualTotalsQuery = AccrualQuery.pick({ on: true, known: true, partnerId: true, currency: true });
export type AccrualTotalsQuery = z.infer<typeof AccrualTotalsQuery>;
/** What a partner was owed: as it was known then, as it is known now. In the partner's favour when positive. */
export const AccrualRow = z.object({
  partnerId: z.string(),
  currency: CurrencyCode,
  payableThen: MinorAmount,
  heldThen: MinorAmount,
  reserveThen: MinorAmount,
  knownThen: MinorAmount,
  knownNow: MinorAmount,
  difference: MinorAmount,
  later: z.int().describe("bookings that make the difference"),
});
export type AccrualRow = z.infer<typeof AccrualRow>;
export const AccrualPage = pageOf(AccrualRow);
export const AccrualTotals = z.object({
  on: Day,
  thenAt: Instant,
  nowAt: Instant,
  totals: z.array(
    z.object({
      currency: CurrencyCode,
      partners: z.int(),
      knownThen: MinorAmount,
      knownNow: MinorAmount,
      difference: MinorAmount,
      byRecipe: z.array(z.object({ recipe: z.string(), amount: MinorAmount, transfers: z.int() })),
    }),
  ),
});
export type AccrualTotals = z.infer<typeof AccrualTotals>;
/** One key that was booked after the day although it happened before it. */
export const AccrualDifference = z.object({
  sourceKey: z.string(),
  recipe: z.string(),
  partnerId: z.string(),
  currency: CurrencyCode,
  amount: MinorAmount,
  transfers: z.int(),
  occurredOn: Day,
  bookedAt: Instant,
});
export const AccrualDifferencePage = pageOf(AccrualDifference);

export const AccountCode = z.object({
  kind: AccountKind,
  owner: z.string().max(60).default("").describe("a program or partner; empty: all of the kind"),
  currency: z.union([CurrencyCode, z.literal("")]).default(""),
  code: z.string().regex(/^[A-Za-z0-9._-]{1,20}$/),
  name: z.string().max(80).default(""),
});
export const AccountingSettings = z.object({
  consultant: z
    .string()
    .regex(/^\d{0,7}$/)
    .default("")
    .describe("DATEV: Beraternummer"),
  client: z
    .string()
    .regex(/^\d{0,5}$/)
    .default("")
    .describe("DATEV: Mandantennummer"),
  yearBegins: z
    .string()
    .regex(/^(0[1-9]|1[0-2])-01$/)
    .default("01-01")
    .describe("DATEV: Wirtschaftsjahr"),
  codeLength: z.coerce.number().int().min(4).max(8).default(4).describe("DATEV: Sachkontenlänge"),
  taxName: z.string().max(50).default("Tax Exempt").describe("Xero: tax rate of every row"),
});
export type AccountingSettings = z.output<typeof AccountingSettings>;
export const AccountingSetUp = z.object({
  settings: AccountingSettings,
  codes: z.array(AccountCode),
  missing: z.array(AccountKind).describe("kinds with bookings and without a code"),
  revision: z.int(),
});
export type AccountingSetUp = z.infer<typeof AccountingSetUp>;
export const AccountingChange = z.object({
  revision: z.int(),
  settings: AccountingSettings,
  codes: z.array(AccountCode).max(2000),
});
export type AccountingChange = z.input<typeof AccountingChange>;

export const JournalFormat = z.enum(["csv", "datev", "xero"]);
export type JournalFormat = z.infer<typeof JournalFormat>;
export const NewJournalExport = z.object({
  format: JournalFormat,
  detail: z.enum(["transfers", "days", "months"]).default("days"),
  through: Month.describe("months up to and with this one"),
});
export type NewJournalExport = z.input<typeof NewJournalExport>;
/** What accounting was given. No booking is in two of them. */
export const JournalExport = z.object({
  id: z.string(),
  format: JournalFormat,
  detail: z.enum(["transfers", "days", "months"]),
  through: Month,
  transfers: z.int(),
  rows: z.int(),
  totals: z.array(z.object({ currency: CurrencyCode, debit: MinorAmount })),
  hash: z.string().describe("SHA-256 of the file"),
  openPeriods: z.array(z.string()).describe("months of it that still take bookings"),
  createdBy: z.string(),
  createdAt: Instant,
});
export type JournalExport = z.infer<typeof JournalExport>;
export const JournalExportPage = pageOf(JournalExport);
