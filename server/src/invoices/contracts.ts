import type { InvoiceLanguage, InvoiceLine, InvoiceParty, InvoiceTax } from "@tributary/contract";

/** A program's part of a statement that may be paid. */
export interface Part {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: string;
  readonly programId: string;
  readonly minor: bigint;
}

/** What one payee is owed an invoice for: all parts of a partner and currency that stand on none yet. */
export interface Group {
  readonly partnerId: string;
  /** Null: nobody is named to be paid for them. */
  readonly payeeId: string | null;
  readonly currency: string;
  readonly parts: readonly Part[];
  readonly net: bigint;
}

/** One part of a statement that stands on a living invoice. */
export interface InvoicedPart {
  readonly statementId: string;
  readonly programId: string;
  readonly payeeId: string;
  readonly invoiceId: string;
  readonly number: string;
  readonly kind: "self_billed" | "uploaded";
  /** minor units; of this part */
  readonly net: bigint;
  readonly vat: bigint;
  readonly withheld: bigint;
  readonly status: "issued" | "matched";
}

/** Everything that stands on the paper, as it was frozen when it was issued. */
export interface InvoiceDocument {
  readonly version: 1;
  readonly kind: "self_billed" | "uploaded" | "credit_note";
  readonly number: string;
  readonly issuedOn: string;
  readonly supplyFrom: string | null;
  readonly supplyTo: string | null;
  readonly dueOn: string | null;
  readonly language: InvoiceLanguage;
  readonly currency: string;
  readonly supplier: InvoiceParty;
  readonly customer: InvoiceParty;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly InvoiceTax[];
  readonly withholding: { readonly rate: string; readonly reason: string; readonly minor: string } | null;
  /** minor units as digits: gross = net + VAT, payable = gross less what is withheld */
  readonly totals: {
    readonly net: string;
    readonly vat: string;
    readonly gross: string;
    readonly withheld: string;
    readonly payable: string;
  };
  readonly corrects: { readonly number: string; readonly issuedOn: string; readonly reason: string } | null;
  readonly notes: readonly string[];
}
