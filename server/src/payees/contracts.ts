import type { BankDetail } from "../banking/index.ts";

/** Keeps texts so that only this deployment's key opens them. */
export interface Vault {
  close(text: string): string;
  /** @throws when it was sealed with another key, or changed */
  open(sealed: string): string;
}

/** For whom a payee is paid: a partner's earnings of all programs or of one, on the days from `validFrom` up to, not including, `validTo`. */
export interface Serving {
  readonly assignmentId: string;
  readonly payeeId: string;
  readonly partnerId: string;
  /** Null: every program that no other payee is named for. A program's own payee goes before it. */
  readonly programId: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Who is paid what of a partner on a day: per program where one is named for it, else the payee of all the others. */
export interface PayeeOfProgram {
  readonly partnerId: string;
  readonly programId: string | null;
  readonly payeeId: string;
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  /** State or province, where addresses have one. */
  readonly region: string;
}

/** `exceeds`: 100 is not paid at a threshold of 100; `at_least`: it is. */
export interface Threshold {
  readonly minor: bigint;
  readonly currency: string;
  readonly kind: "exceeds" | "at_least";
}

export type FeeBearer = "operator" | "payee" | "shared";
export type InvoicingMode = "self_billing" | "own_invoice" | "none";
export type VatTreatment = "domestic" | "reverse_charge" | "export" | "exempt" | "outside_scope";

/** How a payee is paid. */
export interface PayoutTerms {
  /** Null: in the currency of the statement. */
  readonly payoutCurrency: string | null;
  readonly threshold: Threshold | null;
  readonly feeBearer: FeeBearer;
  readonly invoicing: InvoicingMode;
  /** Days after the statement's approval until it is paid, at the earliest. */
  readonly paymentDays: number;
}

export interface Withholding {
  /** Share of the net amount as an exact decimal, `0.15` for 15 %. */
  readonly rate: string;
  readonly reason: string;
  /** The country of the treaty that lowers the rate, and its article. */
  readonly treatyCountry: string | null;
  readonly treatyArticle: string;
}

/** What has to stand on a payee's invoices and in the tax reports. */
export interface TaxTreatment {
  readonly vat: VatTreatment;
  /** Exact decimal, `0.21` for 21 %; only with `domestic`. */
  readonly vatRate: string | null;
  readonly vatNumber: string | null;
  /** Why nothing is charged, as it has to stand on the invoice: with `exempt` and `outside_scope`. */
  readonly vatReason: string;
  readonly withholding: Withholding | null;
}

/** One way of being paid, masked; the whole of it is given by `openDetails` only. */
export interface PayeeDetail {
  readonly detailId: string;
  readonly masked: BankDetail;
  /** Nobody is paid to it before. */
  readonly payableFrom: Date;
  readonly approvedAt: Date;
}

export interface PayeeFacts {
  readonly payeeId: string;
  readonly kind: "company" | "individual";
  readonly legalName: string;
  readonly address: Address;
  readonly country: string;
  readonly registrationNumber: string;
  /** Where invoices and notices go. */
  readonly email: string;
  readonly language: "en" | "es" | "de";
  readonly status: "proposed" | "verified" | "closed";
  /** Until they are decided by two people: paid in the statement's currency, no threshold, fees borne by the operator, no invoice. */
  readonly terms: PayoutTerms;
  /** Null: not decided yet. */
  readonly tax: TaxTreatment | null;
  /** In the order in which they are to be used. */
  readonly details: readonly PayeeDetail[];
  readonly selfBilling: { readonly acceptedAt: Date; readonly acceptedName: string; readonly textHash: string } | null;
}

export const BLOCK_CODES = [
  "unverified",
  "closed",
  "held",
  "no_detail",
  "cooling_off",
  "name_differs",
  "tax_undecided",
  "tax_form_missing",
  "tax_form_expired",
  "self_billing_missing",
  "screening",
  "partner_restricted",
] as const;
export type BlockCode = (typeof BLOCK_CODES)[number];

/** Why a payee cannot be paid at an instant. */
export interface PayeeBlock {
  readonly payeeId: string;
  readonly code: BlockCode;
  /** English; screens have words of their own by the code. */
  readonly sentence: string;
  readonly until: Date | null;
}
