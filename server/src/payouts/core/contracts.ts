/** A statement with something to pay. */
export interface Payable {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: string;
  readonly minor: bigint;
  readonly byProgram: readonly { readonly programId: string; readonly minor: bigint }[];
  /** Tax was withheld by an earlier payout of it, which came back. */
  readonly taxWithheld: boolean;
  /** The month is open still: part of it is paid on account, before there is an invoice. */
  readonly onAccount: boolean;
  /** Payees whose part stands in another prepared batch. */
  readonly spokenFor: readonly string[];
}

export interface PayeeTerms {
  readonly name: string;
  readonly payoutCurrency: string | null;
  readonly threshold: {
    readonly minor: bigint;
    readonly currency: string;
    readonly kind: "exceeds" | "at_least";
  } | null;
  readonly feeBearer: "operator" | "payee" | "shared";
  readonly invoicing: "self_billing" | "own_invoice" | "none";
  /** Share of what is paid without an invoice, as an exact decimal. */
  readonly withholding: string | null;
  readonly details: readonly PayableDetail[];
  readonly blocks: readonly { readonly code: string; readonly sentence: string }[];
}

export interface PayableDetail {
  readonly detailId: string;
  readonly method: PayoutMethod;
  readonly currency: string;
  readonly country: string;
  /** Masked. */
  readonly account: string;
}

export type PayoutMethod = "bank" | "paypal" | "wise" | "payoneer";

/** Units of the one currency for one of the other, as published. */
export interface Rate {
  readonly rate: string;
  readonly day: string;
  readonly source: string;
}

/** An own account or connection that pays. */
export interface Route {
  readonly sourceId: string;
  readonly method: PayoutMethod;
  readonly currencies: readonly string[];
  readonly countries: readonly string[];
  readonly fees: Readonly<Record<string, bigint>>;
}

/** What stands on invoices: their tax is in the books, and so in what is payable. */
export interface InvoiceFacts {
  readonly invoiceId: string | null;
  readonly number: string | null;
  /** Why a part of it is on no invoice yet; null: all of it is. */
  readonly missing: string | null;
}

/** Everything that decides what is paid to whom. */
export interface Gathering {
  readonly payables: readonly Payable[];
  /** Who is paid for a program of a statement; null: for what belongs to no program. */
  readonly payeeOf: (payable: Payable, programId: string | null) => string | undefined;
  readonly payees: ReadonlyMap<string, PayeeTerms>;
  /** By `<statement> <payee>`. */
  readonly invoices: ReadonlyMap<string, InvoiceFacts>;
  readonly rate: (from: string, to: string) => Rate | undefined;
  /** In the order in which they are to be used. */
  readonly routes: readonly Route[];
}

export interface Reason {
  readonly code: string;
  readonly blocks: boolean;
  readonly text: string;
}

export interface DraftItem {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly withheldMinor: bigint;
  readonly reserveMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly paidMinor: bigint;
  readonly rate: Rate | null;
  /** What its programs weigh where payees share the statement; null: it is paid as a whole. */
  readonly byProgram: readonly { readonly programId: string; readonly minor: bigint }[] | null;
  readonly invoiceId: string | null;
  readonly invoiceNumber: string | null;
}

/** A payout as it would be now. */
export interface Draft {
  readonly payeeId: string;
  readonly partnerId: string;
  readonly payeeName: string;
  readonly method: PayoutMethod;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly account: string;
  readonly detailId: string | null;
  readonly chargeBearer: "payer" | "payee" | "shared";
  readonly sourceId: string | null;
  readonly reasons: readonly Reason[];
  readonly items: readonly DraftItem[];
}
