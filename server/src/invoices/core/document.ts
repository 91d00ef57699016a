import { createHash } from "node:crypto";
import type { InvoiceLine, InvoiceParty, InvoiceTax } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { addDays, lastDay, monthText } from "../../kernel/period.ts";
import type { PayeeFacts, TaxTreatment } from "../../payees/index.ts";
import type { Group, InvoiceDocument } from "../contracts.ts";
import { type Computed, categoryOf } from "./compute.ts";
import { vatReason, WORDS, withholdingText } from "./wording.ts";

/** What an invoice is made of besides its group. */
export interface Making {
  readonly payee: PayeeFacts;
  readonly tax: TaxTreatment;
  readonly customer: InvoiceParty;
  readonly number: string;
  readonly issuedOn: string;
  readonly dueDays: number;
  readonly programName: (programId: string) => string;
}

/** The paper of a group, as it is frozen. */
export function invoiceDocument(group: Group, sums: Computed, making: Making): InvoiceDocument {
  const { payee, tax } = making;
  const words = WORDS[payee.language];
  const months = group.parts.map((one) => one.month).toSorted();
  return {
    version: 1,
    kind: "self_billed",
    number: making.number,
    issuedOn: making.issuedOn,
    supplyFrom: months[0] ?? null,
    supplyTo: months.length === 0 ? null : lastDay(months.at(-1) as string),
    dueOn: addDays(making.issuedOn, making.dueDays),
    language: payee.language,
    currency: group.currency,
    supplier: supplierOf(payee),
    customer: making.customer,
    lines: group.parts.map((part) => ({
      statementId: part.statementId,
      programId: part.programId,
      month: part.month.slice(0, 7),
      description: words.commission(making.programName(part.programId), monthText(part.month, payee.language)),
      net: String(part.minor),
    })),
    taxes: [taxOf(sums, tax, payee)],
    withholding: withholdingOf(sums, tax, payee),
    totals: totalsOf(sums),
    corrects: null,
    notes: [words.selfBilling],
  };
}

/**
 * The paper that takes an invoice back, whole or in part, by the rules that held when it was issued.
 * @param lines what is taken back of each line, negative
 */
export function creditDocument(
  before: InvoiceDocument,
  lines: readonly InvoiceLine[],
  sums: Computed,
  making: { readonly number: string; readonly issuedOn: string; readonly reason: string },
): InvoiceDocument {
  const [tax] = before.taxes;
  return {
    ...before,
    kind: "credit_note",
    number: making.number,
    issuedOn: making.issuedOn,
    dueOn: null,
    lines: lines.map((line) => ({ ...line, description: WORDS[before.language].correction(line.description) })),
    taxes: tax === undefined ? [] : [{ ...tax, basis: String(sums.net), vat: String(sums.vat) }],
    withholding: before.withholding === null ? null : { ...before.withholding, minor: String(sums.withheld) },
    totals: totalsOf(sums),
    corrects: { number: before.number, issuedOn: before.issuedOn, reason: making.reason },
  };
}

/** The treatment that an invoice was issued under: what corrects it is reckoned by the same. */
export function treatmentOf(document: InvoiceDocument): TaxTreatment {
  const [tax] = document.taxes;
  const { withholding } = document;
  const isDomestic = tax?.category === "S";
  return {
    vat: isDomestic ? "domestic" : "outside_scope",
    vatRate: isDomestic ? tax.rate : null,
    vatNumber: document.supplier.vatNumber,
    vatReason: tax?.reason ?? "",
    withholding:
      withholding === null
        ? null
        : { rate: withholding.rate, reason: withholding.reason, treatyCountry: null, treatyArticle: "" },
  };
}

export function supplierOf(payee: PayeeFacts): InvoiceParty {
  return {
    id: payee.payeeId,
    name: payee.legalName,
    ...payee.address,
    country: payee.country,
    vatNumber: payee.tax?.vatNumber ?? null,
    registrationNumber: payee.registrationNumber,
    email: payee.email,
  };
}

export function taxOf(sums: Computed, tax: TaxTreatment, payee: PayeeFacts): InvoiceTax {
  return {
    ...categoryOf(tax),
    rate: tax.vat === "domestic" ? tax.vatRate : null,
    basis: String(sums.net),
    vat: String(sums.vat),
    reason: vatReason(tax, payee.language, payee.country),
  };
}

export function withholdingOf(sums: Computed, tax: TaxTreatment, payee: PayeeFacts): InvoiceDocument["withholding"] {
  if (tax.withholding === null) return null;
  return { rate: tax.withholding.rate, reason: withholdingText(tax, payee.language), minor: String(sums.withheld) };
}

export function totalsOf(sums: Computed): InvoiceDocument["totals"] {
  return {
    net: String(sums.net),
    vat: String(sums.vat),
    gross: String(sums.gross),
    withheld: String(sums.withheld),
    payable: String(sums.payable),
  };
}

/** sha256, hex, of the canonical document. */
export function hashDocument(document: InvoiceDocument): string {
  return createHash("sha256").update(canonicalJson(document)).digest("hex");
}
