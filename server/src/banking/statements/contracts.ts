/** What a bank's file can be. CSV, XLSX and QIF say nothing of themselves: they are read with a mapping. */
export type StatementFormat =
  | "camt.052"
  | "camt.053"
  | "camt.054"
  | "mt940"
  | "mt942"
  | "ofx"
  | "bai2"
  | "csv"
  | "xlsx"
  | "qif";

/**
 * An amount as the bank wrote it. `decimal` is exact (`-8.850`: every decimal that was there); `minor` is the same in minor units
 * (`-885n` cents) and `null` where the amount is finer than the minor unit or the currency is not known: it is never rounded.
 * Credit (money in) is positive, debit negative.
 */
export interface ExactAmount {
  readonly decimal: string;
  readonly minor: bigint | null;
  readonly currency: string | null;
}

export interface BankAccount {
  readonly iban?: string;
  /** the account number where it is no IBAN, as the bank writes it */
  readonly number?: string;
  readonly bic?: string;
  /** bank or branch code: Bankleitzahl, ABA, sort code, OFX bank id */
  readonly bankCode?: string;
  readonly owner?: string;
  readonly name?: string;
  /** checking, savings, credit_card, investment … as the file says it, lower case */
  readonly type?: string;
  readonly currency: string | null;
}

export type BalanceKind = "opening" | "closing" | "available" | "forward" | "interim" | "other";

export interface Balance {
  readonly kind: BalanceKind;
  /** the code of the format: OPBD, CLBD, 60F, 62M, 010, LEDGERBAL … */
  readonly code: string;
  /** YYYY-MM-DD */
  readonly date: string | null;
  readonly amount: ExactAmount;
  readonly place: string;
}

export type EntryStatus = "booked" | "pending" | "info";

/** References by which an entry can be matched; only those that the bank gave (`NOTPROVIDED` and `NONREF` are none). */
export interface EntryReferences {
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly paymentInformationId?: string;
  readonly messageId?: string;
  readonly transactionId?: string;
  readonly uetr?: string;
  readonly mandateId?: string;
  readonly creditorId?: string;
  readonly checkNumber?: string;
  /** the bank's own reference of the entry */
  readonly accountServicer?: string;
  /** the account owner's reference (MT940 :61:, BAI2 customer reference) */
  readonly customer?: string;
  /** what the entry is called in this file: camt NtryRef, OFX FITID */
  readonly entry?: string;
  readonly clearing?: string;
}

export interface Counterparty {
  readonly name?: string;
  readonly iban?: string;
  readonly account?: string;
  readonly bic?: string;
  readonly bankCode?: string;
  readonly bankName?: string;
  readonly address?: string;
  /** the party behind the party (ultimate debtor or creditor) */
  readonly ultimateName?: string;
}

export interface Remittance {
  readonly unstructured: readonly string[];
  /** creditor references: ISO 11649 (RF…), Swiss QR/ESR, Finnish viite, Belgian +++…+++ */
  readonly structured: readonly string[];
}

export interface BankTransactionCode {
  /** ISO 20022 `PMNT-RCDT-ESCT`, SWIFT `NTRF`, GVC `166`, BAI `475`, OFX `CHECK` */
  readonly code: string;
  readonly system: "iso20022" | "swift" | "gvc" | "bai" | "ofx" | "bank";
  readonly text?: string;
}

export interface Charge {
  readonly amount: ExactAmount;
  /** who bears it: DEBT, CRED, SHAR, SLEV */
  readonly bearer?: string;
  readonly text?: string;
  /** already within the entry's amount */
  readonly included?: boolean;
}

export interface ReturnReason {
  readonly code?: string;
  readonly text?: string;
}

/** One transaction of an entry that was booked as a batch; the same words as an entry. */
export interface EntryDetail {
  readonly amount: ExactAmount | null;
  readonly references: EntryReferences;
  readonly counterparty: Counterparty | null;
  readonly remittance: Remittance;
  readonly original: OriginalAmount | null;
  readonly charges: readonly Charge[];
  readonly returned: ReturnReason | null;
  readonly purpose?: string;
  readonly codes: readonly BankTransactionCode[];
  /** the bank's own words */
  readonly text?: string;
}

/** The amount before it was converted; some formats say the rate only. */
export interface OriginalAmount {
  readonly amount: ExactAmount | null;
  /** exact decimal as written; which way it goes is said by the two currencies where the file says them */
  readonly rate?: string;
  readonly sourceCurrency?: string;
  readonly targetCurrency?: string;
}

export interface StatementEntry extends EntryDetail {
  /** `null` where the file's amount is no number: such a statement is never balanced */
  readonly amount: ExactAmount | null;
  /** YYYY-MM-DD; `null` where the file has none, and a problem says so */
  readonly bookingDate: string | null;
  readonly valueDate: string | null;
  readonly status: EntryStatus;
  /** the booking takes back an earlier one */
  readonly reversal: boolean;
  /** the transactions of a batch, where there are two or more and the file tells them one by one; empty otherwise */
  readonly details: readonly EntryDetail[];
  /** how many transactions a batch has, also where they are not told one by one */
  readonly batchSize?: number;
  /** running balance after the entry, where the file has one */
  readonly runningBalance?: ExactAmount;
  /** `line 41`, `row 7`, `line 120, Document/BkToCstmrStmt/Stmt/Ntry[3]` */
  readonly place: string;
}

/** One sum that the file can prove about itself. */
export interface Check {
  readonly name: string;
  readonly holds: boolean;
  /** a whole sentence with the figures, and with the difference where it does not hold */
  readonly sentence: string;
  /** exact decimal: what was computed less what the file says */
  readonly difference?: string;
}

export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly place?: string;
  /** `error` makes the statement unbalanced, a `note` does not */
  readonly severity: "error" | "note";
}

export interface BankStatement {
  readonly kind: "statement" | "report" | "notification";
  readonly id: string | null;
  readonly number: string | null;
  readonly sequence: string | null;
  readonly account: BankAccount;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly createdAt: string | null;
  readonly opening: Balance | null;
  readonly closing: Balance | null;
  readonly available: Balance | null;
  readonly balances: readonly Balance[];
  readonly entries: readonly StatementEntry[];
  /** sums over all entries as exact decimals, both positive */
  readonly totals: {
    readonly entries: number;
    readonly credits: string;
    readonly debits: string;
    readonly creditCount: number;
    readonly debitCount: number;
  };
  readonly checks: readonly Check[];
  /** `true`: proved by a check; `false`: a check fails or something could not be read; `null`: the file has nothing to prove it by */
  readonly balanced: boolean | null;
  readonly problems: readonly Problem[];
  readonly place: string;
}

export interface ReadStatementFile {
  readonly outcome: "read";
  readonly format: StatementFormat;
  readonly file: {
    /** `camt.053.001.08`, `OFX 2.1.1 (XML)`, `MT940, structured :86:` … */
    readonly variant: string;
    readonly encoding: string;
    readonly bytes: number;
    readonly name?: string;
    readonly id?: string;
    readonly createdAt?: string;
    readonly sender?: string;
    /** files of a zip, in order, that statements were read from; `BankStatement.place` begins with the name */
    readonly members?: readonly string[];
  };
  readonly statements: readonly BankStatement[];
  readonly problems: readonly Problem[];
  /** `false` when one statement is, else `true` when all that can be proved are proved, else `null` */
  readonly balanced: boolean | null;
  /** how a sheet was understood, with the reasons: to be shown, changed and remembered */
  readonly mapping?: GuessedMapping;
}

/** A file that is no statement, or a broken one. */
export interface RefusedStatementFile {
  readonly outcome: "refused";
  readonly reason: "not_a_statement" | "broken" | "hostile" | "too_large" | "bank_error" | "unmapped" | "empty";
  /** one sentence with place and cause */
  readonly sentence: string;
  readonly place?: string;
  readonly format?: StatementFormat;
}

export type StatementReading = ReadStatementFile | RefusedStatementFile;

export type DateOrder = "dmy" | "mdy" | "ymd";

/** Which column of a sheet holds what: by its title, or by its number from 1 where there is no header. */
export type ColumnRole =
  | "bookingDate"
  | "valueDate"
  | "amount"
  | "debit"
  | "credit"
  | "direction"
  | "currency"
  | "balance"
  | "description"
  | "counterpartyName"
  | "counterpartyAccount"
  | "counterpartyBic"
  | "reference"
  | "endToEndId"
  | "structuredReference"
  | "originalAmount"
  | "originalCurrency"
  | "exchangeRate"
  | "fee"
  | "status"
  | "type"
  | "account";

/** How a sheet (CSV, XLSX) or QIF file is read. Everything may be left out: it is guessed then, and the guess is explained. */
export interface SheetMapping {
  readonly columns?: Partial<Readonly<Record<ColumnRole, string | number | readonly (string | number)[]>>>;
  readonly delimiter?: "," | ";" | "\t" | "|";
  readonly encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | (string & {});
  /** the row of the titles from 1; 0: there are none */
  readonly headerRow?: number;
  readonly dateOrder?: DateOrder;
  readonly decimal?: "." | ",";
  /** amounts are written from the other side (credit cards: a purchase is positive) */
  readonly invert?: boolean;
  /** the currency where no column says it */
  readonly currency?: string;
  readonly account?: { readonly iban?: string; readonly number?: string; readonly owner?: string };
  /** words of the direction column that mean money out */
  readonly debitWords?: readonly string[];
  readonly opening?: string;
  readonly closing?: string;
}

export interface GuessedMapping {
  readonly mapping: SheetMapping;
  /** one sentence per decision: what was decided, and by what in the file */
  readonly because: readonly string[];
  /** what could be otherwise, and must be looked at by a person */
  readonly doubts: readonly string[];
  /** the titles, to choose columns from */
  readonly titles: readonly string[];
}

export interface ReadOptions {
  readonly fileName?: string;
  readonly mapping?: SheetMapping;
}
