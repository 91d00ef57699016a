/** How money reaches a payee. `bank`: an account at a bank; the others: an account at a payment provider. */
export type DetailMethod = "bank" | "paypal" | "wise" | "payoneer";

/** The fields that a bank detail may have; which of them a country asks for: `requiredFields`. */
export type DetailField =
  | "iban"
  | "bic"
  | "accountNumber"
  | "accountType"
  | "routingNumber"
  | "sortCode"
  | "bsb"
  | "bankCode"
  | "branchCode"
  | "institutionNumber"
  | "transitNumber"
  | "ifsc"
  | "clabe"
  | "cnaps"
  | "cbu"
  | "bankName"
  | "bankCity"
  | "taxNumber"
  | "paypalReceiver"
  | "wiseRecipientId"
  | "payoneerPayeeId";

/** Where a payee is paid. `country` is that of the account, `holder` the name as the bank knows it. All fields are texts as typed. */
export interface BankDetail {
  readonly method: DetailMethod;
  /** ISO 3166 two letters: where the account is (for a provider: where the payee lives). */
  readonly country: string;
  /** ISO 4217: what is paid to it. */
  readonly currency: string;
  readonly holder: string;
  readonly fields: Readonly<Partial<Record<DetailField, string>>>;
}

/** How a value is built: so many digits, letters and digits or characters, or a form of its own. */
export interface FieldShape {
  readonly code:
    | "digits"
    | "digits_between"
    | "letters_digits"
    | "either"
    | "characters"
    | "choice"
    | "tax_card"
    | "iban"
    | "ifsc"
    | "check_digit";
  readonly least: number;
  readonly most: number;
}

/** One field to ask a payee for. */
export interface RequiredField {
  readonly name: DetailField;
  readonly label: string;
  /** What it looks like, e.g. `6 digits, like 12-34-56`. */
  readonly format: string;
  /** The same for screens in any language. */
  readonly shape: FieldShape;
  readonly example: string;
  readonly optional: boolean;
  /** Where only certain values are taken: `checking`, `savings`. */
  readonly choices?: readonly string[];
}

/** Why a detail, a number or a code is refused. `code` is stable, `hint` is the way out. */
export interface DetailComplaint {
  readonly field: string;
  readonly value: string;
  readonly code: DetailProblem;
  readonly message: string;
  readonly hint: string;
}

export type DetailProblem =
  | "missing"
  | "not_used_here"
  | "unknown_country"
  | "unknown_currency"
  | "unknown_kind"
  | "wrong_length"
  | "wrong_characters"
  | "wrong_format"
  | "wrong_checksum"
  | "wrong_country"
  | "wrong_component"
  | "not_agreeing";

/** A checked detail: fields compacted and in capitals, what follows from an IBAN filled in. `warnings` do not refuse. */
export interface CheckedDetail {
  readonly detail: BankDetail;
  /** May be paid in euros by SEPA (the account's country takes part and there is an IBAN). */
  readonly sepa: boolean;
  readonly warnings: readonly DetailComplaint[];
}

export type DetailVerdict =
  | { readonly ok: true; readonly normalised: CheckedDetail }
  | { readonly ok: false; readonly complaints: readonly DetailComplaint[] };

export type NumberVerdict =
  | { readonly ok: true; readonly normalised: string }
  | { readonly ok: false; readonly complaint: DetailComplaint };

/** How well two names fit: 0 to 100, and the sentence that says why. `verdict`: match from 90, close from 70. */
export interface NameAgreement {
  readonly score: number;
  readonly verdict: "match" | "close" | "different";
  readonly explanation: string;
  /** What was compared: both names without legal form, accents and order. */
  readonly compared: readonly [string, string];
}
