import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CountryCode, CurrencyCode, Day, Instant, MinorAmount, Month } from "./values.ts";

const Id = z.string().max(60);
const Text = z.string().trim().max(200);

export const InvoiceKind = z.enum(["self_billed", "uploaded", "credit_note"]);
export type InvoiceKind = z.infer<typeof InvoiceKind>;
/** A self-billed invoice or credit note is issued; an own invoice is received, then matched with what it is for, or rejected. */
export const InvoiceState = z.enum(["issued", "credited", "received", "matched", "rejected"]);
export type InvoiceState = z.infer<typeof InvoiceState>;
export const InvoiceLanguage = z.enum(["en", "es", "de"]);
export type InvoiceLanguage = z.infer<typeof InvoiceLanguage>;

export const InvoiceParty = z.object({
  id: z.string().describe("what the operator calls the supplier; empty for the customer"),
  name: z.string(),
  street: z.string(),
  city: z.string(),
  postalCode: z.string(),
  region: z.string(),
  country: CountryCode,
  vatNumber: z.string().nullable(),
  registrationNumber: z.string(),
  email: z.string(),
});
export type InvoiceParty = z.infer<typeof InvoiceParty>;

export const InvoiceLine = z.object({
  statementId: z.string().nullable(),
  programId: z.string().nullable(),
  month: Month.nullable(),
  description: z.string(),
  net: MinorAmount,
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

export const InvoiceTax = z.object({
  category: z
    .enum(["S", "AE", "G", "E", "O"])
    .describe("UNCL 5305: standard, reverse charge, export, exempt, outside the scope"),
  rate: z.string().nullable().describe("exact decimal, 0.21 for 21 %"),
  basis: MinorAmount,
  vat: MinorAmount,
  reason: z.string().describe("why none is charged, in the invoice's language"),
  reasonCode: z.string().nullable().describe("of the VATEX list"),
});
export type InvoiceTax = z.infer<typeof InvoiceTax>;

/** What differs between an own invoice and what it should say. */
export const InvoiceDifference = z.object({
  field: z.enum(["net", "vat", "currency", "number", "date", "supplier", "vat_number", "customer", "statements"]),
  expected: z.string(),
  given: z.string(),
  sentence: z.string(),
});
export type InvoiceDifference = z.infer<typeof InvoiceDifference>;

export const InvoiceDelivery = z.object({
  id: z.string(),
  to: z.string(),
  state: z
    .enum(["waiting", "sent", "kept", "failed"])
    .describe("kept: there is no mail server; it lies in the data folder"),
  at: Instant.nullable(),
  attempts: z.number().int(),
});
export type InvoiceDelivery = z.infer<typeof InvoiceDelivery>;

export const InvoiceSummary = z.object({
  id: z.string(),
  kind: InvoiceKind,
  state: InvoiceState,
  number: z.string(),
  payeeId: z.string(),
  partnerId: z.string(),
  currency: CurrencyCode,
  issuedOn: Day,
  net: MinorAmount,
  vat: MinorAmount,
  withheld: MinorAmount.describe("kept back by the operator for the tax authority"),
  gross: MinorAmount.describe("net and VAT"),
  payable: MinorAmount.describe("gross less what is withheld"),
  statementIds: z.array(z.string()),
  corrects: z.string().nullable().describe("of a credit note: the invoice"),
  differences: z.number().int(),
});
export type InvoiceSummary = z.infer<typeof InvoiceSummary>;
export const InvoicePage = pageOf(InvoiceSummary);

export const Invoice = InvoiceSummary.extend({
  language: InvoiceLanguage,
  supplyFrom: Day.nullable(),
  supplyTo: Day.nullable(),
  dueOn: Day.nullable(),
  supplier: InvoiceParty,
  customer: InvoiceParty,
  lines: z.array(InvoiceLine),
  taxes: z.array(InvoiceTax),
  withholdingReason: z.string(),
  notes: z.array(z.string()),
  reason: z.string().describe("of a credit note, or of a decision about an own invoice"),
  creditNotes: z.array(z.object({ id: z.string(), number: z.string(), net: MinorAmount })),
  found: z.array(InvoiceDifference),
  file: z.object({ name: z.string(), mediaType: z.string(), bytes: z.number().int() }).nullable(),
  deliveries: z.array(InvoiceDelivery),
  createdByName: z.string(),
  createdAt: Instant,
  decidedName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  documentHash: z.string().describe("sha256 of the frozen content"),
});
export type Invoice = z.infer<typeof Invoice>;

export const InvoiceQuery = PageQuery.extend({
  q: z.string().trim().max(60).optional().describe("beginning of the number"),
  partnerId: Id.optional(),
  payeeId: Id.optional(),
  statementId: Id.optional(),
  kind: manyOf(InvoiceKind).optional(),
  state: manyOf(InvoiceState).optional(),
  currency: CurrencyCode.optional(),
  from: Day.optional(),
  to: Day.optional(),
});
export type InvoiceQuery = z.output<typeof InvoiceQuery>;

/** What is approved and on no invoice yet, and why. */
export const WaitingReason = z.enum([
  "ready",
  "nothing_to_invoice",
  "below_threshold",
  "own_invoice",
  "no_payee",
  "unverified",
  "tax_undecided",
  "self_billing_missing",
  "customer_incomplete",
]);
export type WaitingReason = z.infer<typeof WaitingReason>;
export const InvoiceWaiting = z.object({
  partnerId: z.string(),
  payeeId: z.string().nullable(),
  currency: CurrencyCode,
  net: MinorAmount,
  vat: MinorAmount.nullable(),
  withheld: MinorAmount.nullable(),
  statementIds: z.array(z.string()),
  from: Month,
  to: Month,
  reason: WaitingReason,
  sentence: z.string(),
});
export type InvoiceWaiting = z.infer<typeof InvoiceWaiting>;
export const InvoiceWaitingQuery = PageQuery.extend({
  partnerId: Id.optional(),
  reason: manyOf(WaitingReason).optional(),
});
export const InvoiceWaitingPage = pageOf(InvoiceWaiting);

export const IssueRequest = z.object({
  partnerIds: z.array(Id).min(1).max(500).describe("whose approved statements are to be invoiced now"),
  belowThreshold: z.boolean().default(false).describe("also what has not reached the payee's threshold"),
});
export type IssueRequest = z.input<typeof IssueRequest>;
export const IssueOutcome = z.object({ issued: z.array(z.string()), waiting: z.array(InvoiceWaiting) });
export type IssueOutcome = z.infer<typeof IssueOutcome>;

export const NewCreditNote = z.object({
  reason: Text.min(3).describe("why, as it stands on the credit note"),
  lines: z
    .array(z.object({ line: z.number().int().min(0), net: MinorAmount }))
    .max(500)
    .nullable()
    .default(null)
    .describe("parts of lines by their place, positive; null: the whole invoice, which can then be issued anew"),
});
export type NewCreditNote = z.input<typeof NewCreditNote>;

export const InvoiceFileRead = z.object({
  fileId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  read: z
    .object({
      format: z.enum(["ubl", "cii"]),
      number: z.string(),
      issuedOn: Day.nullable(),
      currency: CurrencyCode.nullable(),
      net: MinorAmount.nullable(),
      vat: MinorAmount.nullable(),
      supplierName: z.string(),
      supplierVatNumber: z.string(),
      customerName: z.string(),
    })
    .nullable()
    .describe("what a UBL or CII invoice says; null: a PDF is not read"),
});
export type InvoiceFileRead = z.infer<typeof InvoiceFileRead>;

export const InvoiceFileQuery = z.object({ name: z.string().trim().min(1).max(200), partnerId: Id.optional() });

export const NewUploadedInvoice = z.object({
  fileId: Id,
  payeeId: Id,
  partnerId: Id.nullable().default(null).describe("for the operator; a partner's person uploads its own"),
  number: Text.min(1).max(60),
  issuedOn: Day,
  currency: CurrencyCode,
  net: MinorAmount,
  vat: MinorAmount.default("0"),
});
export type NewUploadedInvoice = z.input<typeof NewUploadedInvoice>;

export const InvoiceDecision = z.object({ reason: Text.min(1) });

export const InvoiceSettings = z.object({
  legalName: Text,
  street: Text,
  city: Text,
  postalCode: z.string().trim().max(20),
  region: Text,
  country: CountryCode.nullable(),
  vatNumber: z.string().trim().max(40).nullable(),
  registrationNumber: Text,
  email: z.union([z.literal(""), z.email().max(254)]),
  series: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{0,7}$/)
    .describe("begins the numbers of invoices: SB-2026-000001"),
  creditSeries: z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/),
  seriesPerPayee: z.boolean().describe("a series for each payee, as Spain asks for"),
  dueDays: z.number().int().min(0).max(365),
  automatic: z.boolean().describe("issued by itself when a statement is approved"),
  firstMonth: Month.nullable().describe("months before it were invoiced elsewhere; null: none were"),
  revision: z.number().int(),
});
export type InvoiceSettings = z.infer<typeof InvoiceSettings>;
