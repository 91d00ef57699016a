import type { BankDetail } from "../details/contracts.ts";

export type { BankDetail } from "../details/contracts.ts";

/** An amount in minor units; the currency is ISO 4217. */
export interface Amount {
  readonly minor: bigint;
  readonly currency: string;
}

export interface Address {
  readonly street?: string;
  readonly building?: string;
  readonly postCode?: string;
  readonly town?: string;
  readonly region?: string;
  /** ISO 3166, two letters. */
  readonly country: string;
}

export type ChargeBearer = "shared" | "payer" | "payee";

/** The account that pays. `fields` as in a bank detail: iban/bic, or routingNumber/sortCode… with accountNumber. */
export interface Debtor extends BankDetail {
  readonly address?: Address;
}

/** One payment to one payee. */
export interface Payment {
  /** The key that comes back in reports and statements (EndToEndId, trace reference): unique, at most 35 letters, digits or -. */
  readonly id: string;
  readonly amount: Amount;
  readonly payee: Payee;
  /** Who bears the charges abroad; SEPA always shares (SLEV). Default: shared. */
  readonly chargeBearer?: ChargeBearer;
  /** ISO 20022 external purpose code, e.g. COMC. */
  readonly purpose?: string;
  /** Unstructured remittance: what the payee reads on the statement. */
  readonly remittance?: string;
  /** A creditor reference (RF…, ISO 11649) or a Swiss QR reference instead of text. */
  readonly reference?: string;
  /** Where it differs from the batch's. */
  readonly debtor?: Debtor;
  /** YYYY-MM-DD, where it differs from the batch's. */
  readonly executionDate?: string;
}

export interface Payee {
  readonly name: string;
  readonly account: BankDetail;
  readonly address?: Address;
  readonly email?: string;
  /** `company` is the default; ACH writes CCD to a company and PPD to a person. */
  readonly kind?: "person" | "company";
  /** The operator's number of the payee: Wise's recipientDetail, a column of a CSV. */
  readonly id?: string;
}

/** What becomes one file. Time and ids come from the caller: the same input gives the same bytes. */
export interface PaymentBatch {
  /** Message id: at most 35 of A-Z a-z 0-9 + - . / ? : ( ) , ' and blank; unique for ever at the bank. */
  readonly id: string;
  readonly createdAt: Date;
  /** Who sends the file. `id`: the number the bank gave (ACH company id, BACS service user number, MT101 instructing party). */
  readonly initiator: { readonly name: string; readonly id?: string };
  readonly debtor: Debtor;
  /** YYYY-MM-DD: a day on which the bank works. */
  readonly executionDate: string;
  readonly payments: readonly Payment[];
  readonly options?: FormatOptions;
}

/** What only some formats ask for. */
export interface FormatOptions {
  /** pain.001: one booking on the account for the whole block (the default), or one per payment. */
  readonly batchBooking?: boolean;
  /** pain.001: SEPA category purpose, e.g. SUPP. */
  readonly categoryPurpose?: string;
  readonly nacha?: NachaOptions;
  readonly bacs?: BacsOptions;
  readonly mt101?: { readonly sender: string; readonly receiver: string };
  readonly csv?: CsvTemplate;
  readonly paypal?: { readonly decimalComma?: boolean };
  readonly wise?: { readonly amountCurrency?: "source" | "target" };
}

export interface NachaOptions {
  /** Routing number of the bank that takes the file; default: the debtor's. */
  readonly destination?: string;
  readonly destinationName?: string;
  /** Ten characters in the file header; default: the initiator's id. */
  readonly origin?: string;
  readonly originName?: string;
  /** A to Z, 0 to 9: which file of the day. Default A. */
  readonly modifier?: string;
  /** Set: forces the class. Default by payee: PPD to a person, CCD to a company; their one addenda takes 80 characters. Banks take CTX by agreement only. */
  readonly entryClass?: "PPD" | "CCD" | "CTX";
  /** Ten characters the payee sees, e.g. COMMISSION. */
  readonly description?: string;
  /** Balanced: the file holds the debit of the own account too. Default: not. */
  readonly balanced?: boolean;
}

export interface BacsOptions {
  /** Six digits given by the sponsoring bank; default: the initiator's id. */
  readonly serviceUserNumber?: string;
  /** Volume serial number, six of A-Z 0-9. Default: from the batch's id. */
  readonly serial?: string;
}

/** A generic CSV: the columns in their order. */
export interface CsvTemplate {
  readonly delimiter?: "," | ";" | "\t";
  readonly decimal?: "." | ",";
  readonly header?: boolean;
  readonly columns: readonly { readonly title: string; readonly value: CsvColumn; readonly fixed?: string }[];
}

export type CsvColumn =
  | "id"
  | "name"
  | "amount"
  | "amountMinor"
  | "currency"
  | "country"
  | "email"
  | "payeeId"
  | "executionDate"
  | "remittance"
  | "purpose"
  | "address"
  | "street"
  | "postCode"
  | "town"
  | "fixed"
  | `account.${string}`;

export const PAYMENT_FORMATS = [
  "pain.001.001.03",
  "pain.001.001.09",
  "pain.001.001.03.ch.02",
  "pain.001.001.09.ch.03",
  "pain.001.002.03",
  "pain.001.003.03",
  "nacha",
  "bacs",
  "mt101",
  "payoneer-csv",
  "paypal-csv",
  "wise-csv",
  "csv",
] as const;

export type PaymentFormat = (typeof PAYMENT_FORMATS)[number];

/** A text that had to be written otherwise because the format has no such letters or not so much room. */
export interface Change {
  readonly paymentId: string | null;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** Why a payment (or the batch: `paymentId` null) cannot be in such a file; `hint` is the way out. */
export interface PaymentRefusal {
  readonly paymentId: string | null;
  readonly field: string;
  readonly value: string;
  readonly code: PaymentProblem;
  readonly message: string;
  readonly hint: string;
}

export type PaymentProblem =
  | "empty"
  | "too_many"
  | "missing"
  | "unknown_format"
  | "unknown_currency"
  | "currency_not_taken"
  | "country_not_taken"
  | "amount_not_positive"
  | "amount_too_large"
  | "detail_refused"
  | "method_not_taken"
  | "duplicate_id"
  | "too_long"
  | "wrong_characters"
  | "wrong_format"
  | "wrong_date"
  | "nothing_left"
  | "one_currency"
  | "one_account"
  | "one_date"
  | "not_domestic";

export interface PaymentFile {
  readonly format: PaymentFormat;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly payments: number;
  /** By currency, in minor units. */
  readonly totals: readonly Amount[];
  /** As the file itself says it; null where the format has none. For pain.001: the sum of all amounts whatever their currency. */
  readonly controlSum: string | null;
  readonly changes: readonly Change[];
  /** What the bank calls each payment in its returns and statements: the ACH trace number, the reference that BACS carries, else the id. */
  readonly references: readonly { readonly paymentId: string; readonly reference: string }[];
}

export type WrittenFile =
  | { readonly ok: true; readonly file: PaymentFile }
  | { readonly ok: false; readonly refusals: readonly PaymentRefusal[] };

// ---- read back

export type ReadKind = "pain.001" | "pain.008" | "nacha" | "bacs" | "mt101";

export interface ReadAccount {
  readonly name: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly account?: string;
  /** Clearing number of the bank: ABA, sort code, clearing member id. */
  readonly bankCode?: string;
  readonly country?: string;
}

export interface ReadPayment {
  /** EndToEndId, trace number or the sender's reference. */
  readonly id: string;
  readonly instructionId?: string;
  readonly direction: "credit" | "debit";
  readonly minor: bigint;
  readonly currency: string;
  readonly party: ReadAccount;
  readonly remittance: readonly string[];
  readonly executionDate: string | null;
  /** Which block of the file: PmtInfId, ACH batch number. */
  readonly block: string;
}

/** A thing in a file that a reader should know but that does not make it unreadable. */
export interface ReadRemark {
  readonly where: string;
  readonly code: string;
  readonly message: string;
}

export interface ReadPaymentFile {
  readonly kind: ReadKind;
  /** pain.001.001.03, NACHA … */
  readonly format: string;
  readonly id: string | null;
  readonly createdAt: string | null;
  readonly payments: readonly ReadPayment[];
  readonly totals: readonly Amount[];
  readonly control: {
    readonly transactions: number | null;
    /** As it stands in the file. */
    readonly sum: string | null;
    readonly agrees: boolean;
  };
  readonly nacha?: NachaFacts;
  readonly remarks: readonly ReadRemark[];
}

/** Counts of an ACH file; amounts in cents. */
export interface NachaFacts {
  readonly records: number;
  readonly entries: number;
  readonly addenda: number;
  readonly entryClasses: readonly string[];
  readonly controlDebit: bigint | null;
  readonly controlCredit: bigint | null;
  readonly summedDebit: bigint;
  readonly summedCredit: bigint;
  readonly all94: boolean;
}

/** A file that is not taken: one sentence why, and what is wrong, first things first. `nacha`: what could be counted all the same. */
export interface FileRefusal {
  readonly code: "not_known" | "not_readable" | "not_whole" | "not_agreeing" | "too_large";
  readonly message: string;
  readonly hint: string;
  readonly remarks: readonly ReadRemark[];
  readonly nacha?: NachaFacts;
}

export type ReadFile =
  | { readonly ok: true; readonly file: ReadPaymentFile }
  | { readonly ok: false; readonly refusal: FileRefusal };
