import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, Month } from "./values.ts";

export const AccountKind = z.enum([
  "commission_expense",
  "partner_held",
  "partner_payable",
  "partner_reserve",
  "payout_clearing",
  "bank",
  "bank_fees",
  "payout_fees",
  "withheld_tax",
  "input_vat",
  "write_offs",
  "fx_clearing",
  "set_off_clearing",
]);

/** An account with its balance: debit positive, credit negative. What is owed to a partner is a credit. */
export const LedgerAccount = z.object({
  id: z.string(),
  kind: AccountKind,
  owner: z.string().describe("a program, a partner, or 'operator'"),
  currency: CurrencyCode,
  balance: MinorAmount,
});
export type LedgerAccount = z.infer<typeof LedgerAccount>;
export const LedgerAccountQuery = PageQuery.extend({
  kind: AccountKind.optional(),
  owner: z.string().max(60).optional(),
  partnerId: z.string().max(60).optional(),
  currency: CurrencyCode.optional(),
});
export type LedgerAccountQuery = z.infer<typeof LedgerAccountQuery>;
export const LedgerAccountPage = pageOf(LedgerAccount);

export const LedgerTransfer = z.object({
  id: z.string(),
  recipe: z.string(),
  sourceKey: z.string().describe("what it books: a line key, an adjustment, a statement"),
  partnerId: z.string(),
  programId: z.string().nullable(),
  currency: CurrencyCode,
  amount: MinorAmount,
  debit: z.string().describe("account that is debited"),
  credit: z.string().describe("account that is credited"),
  period: Month.describe("the month it is booked in"),
  occurredOn: Day,
  bookedAt: Instant,
  bookedBy: z.string().nullable(),
});
export type LedgerTransfer = z.infer<typeof LedgerTransfer>;
export const LedgerTransferQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  accountId: z.string().max(120).optional(),
  sourceKey: z.string().max(300).optional(),
  recipe: z.string().max(20).optional(),
  period: Month.optional(),
});
export type LedgerTransferQuery = z.infer<typeof LedgerTransferQuery>;
export const LedgerTransferPage = pageOf(LedgerTransfer);

/** Sums of all accounts of a kind, per currency: the trial balance; they sum to zero per currency. */
export const LedgerBalances = z.object({
  data: z.array(
    z.object({ kind: AccountKind, currency: CurrencyCode, balance: MinorAmount, accounts: z.number().int() }),
  ),
});
