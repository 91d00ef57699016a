import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Instant, MinorAmount, Month } from "./values.ts";

export const StatementStatus = z.enum(["open", "closed", "paid"]);
export type StatementStatus = z.infer<typeof StatementStatus>;

/** What a month comes to, in the partner's favour when positive. Openings and movements sum to the closings. */
export const StatementFigures = z.object({
  openingPayable: MinorAmount,
  accrued: MinorAmount.describe("earned and payable at once"),
  released: MinorAmount.describe("held before, payable now"),
  clawedBack: MinorAmount.describe("fell after it was payable; zero or negative"),
  adjusted: MinorAmount,
  settled: MinorAmount.describe("paid out; zero or negative"),
  returned: MinorAmount.describe("payouts that came back"),
  otherMovements: z
    .record(z.string(), MinorAmount)
    .optional()
    .describe("reserve, tax, fees, conversion, set-off, write-off: by the ledger's recipe; only what moved"),
  closingPayable: MinorAmount,
  openingHeld: MinorAmount,
  held: MinorAmount.describe("earned and held"),
  releasedFromHold: MinorAmount.describe("zero or negative"),
  reversed: MinorAmount.describe("fell while it was held; zero or negative"),
  closingHeld: MinorAmount,
});
export type StatementFigures = z.infer<typeof StatementFigures>;

export const Statement = z.object({
  id: z.string(),
  partnerId: z.string(),
  currency: CurrencyCode,
  month: Month,
  status: StatementStatus,
  figures: StatementFigures.describe("live while open, frozen when closed"),
  runId: z.string().nullable().describe("the commission run that closed it"),
  approvedAt: Instant.nullable().describe("released for payout by its run; one in no run is payable once it is closed"),
  lineCount: z.number().int().nullable().describe("lines booked in the month; null while open"),
  contentHash: z.string().nullable().describe("sha256 of the frozen content with every line"),
  toPay: MinorAmount.nullable().describe("what is still to be paid of it; null while open"),
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  paidBy: z.string().nullable(),
  paidAt: Instant.nullable(),
  paid: MinorAmount.nullable(),
  paymentReference: z.string().nullable(),
  paidWith: z.string().nullable().describe("the later statement whose payment covered this one"),
  returnedAt: Instant.nullable().describe("when its payout came back; it is payable again"),
  returnReason: z.string().nullable(),
});
export type Statement = z.infer<typeof Statement>;

export const StatementQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  month: Month.optional(),
  currency: CurrencyCode.optional(),
  status: manyOf(StatementStatus).optional(),
});
export type StatementQuery = z.infer<typeof StatementQuery>;
export const StatementPage = pageOf(Statement);

export const StatementPayment = z.object({
  reference: z.string().trim().min(1).max(140).describe("reference of the payment, as the partner will see it"),
});
export type StatementPayment = z.infer<typeof StatementPayment>;
