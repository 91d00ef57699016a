import { parseCurrency } from "../../kernel/money.ts";
import { checkBankDetail } from "../details/check.ts";
import type { BankDetail, DetailMethod } from "../details/contracts.ts";
import { type CharacterSet, fit, isIn } from "./characters.ts";
import type { Amount, Change, Debtor, Payment, PaymentBatch, PaymentProblem, PaymentRefusal } from "./contracts.ts";

/** What a format asks of every payment before it looks at its own rules. */
export interface Demands {
  readonly methods: readonly DetailMethod[];
  readonly idSet: CharacterSet;
  readonly idLength: number;
  /** The most that one payment may be, in minor units. */
  readonly mostMinor: bigint;
  /** Mass-payment files are paid from the account at the provider: they name no debtor. */
  readonly debtor: boolean;
  readonly most: number;
}

/** A payment whose details are checked, with what it inherits from its batch. */
export interface Prepared {
  readonly payment: Payment;
  readonly amount: Amount;
  readonly account: BankDetail;
  readonly sepa: boolean;
  readonly debtor: Debtor;
  readonly debtorSepa: boolean;
  readonly executionDate: string;
}

/** Everything that was refused and changed on the way to one file. */
export class Findings {
  readonly refusals: PaymentRefusal[] = [];
  readonly changes: Change[] = [];

  refuse(paymentId: string | null, field: string, value: string, why: Why): void {
    this.refusals.push({ paymentId, field, value, code: why[0], message: why[1], hint: why[2] });
  }

  /** The text in the format's letters and length; noted when it changed, refused when nothing is left of it. */
  text(paymentId: string | null, field: string, from: string, set: CharacterSet, most: number): string {
    const { text, changed } = fit(from, set, most);
    if (text === "" && from.trim() !== "") {
      this.refuse(paymentId, field, from, NOTHING_LEFT);
    } else if (changed) {
      this.change(paymentId, field, from, text);
    }
    return text;
  }

  change(paymentId: string | null, field: string, from: string, to: string): void {
    this.changes.push({ paymentId, field, from, to });
  }
}

export type Why = readonly [PaymentProblem, string, string];

const NOTHING_LEFT: Why = [
  "nothing_left",
  "has no letter that the format can carry",
  "Write it in Latin letters, as the bank has it.",
];

/** The payments with their accounts checked, or the refusals. Nothing is written as long as one payment is refused. */
export function prepare(batch: PaymentBatch, demands: Demands, findings: Findings): readonly Prepared[] {
  checkBatch(batch, demands, findings);
  const debtors = new Map<Debtor, { debtor: Debtor; sepa: boolean } | undefined>();
  const debtorOf = (debtor: Debtor, paymentId: string | null) => {
    if (!debtors.has(debtor)) debtors.set(debtor, checkDebtor(debtor, paymentId, demands, findings));
    return debtors.get(debtor);
  };
  const seen = new Set<string>();
  return batch.payments.flatMap((payment) => {
    const before = findings.refusals.length;
    checkPayment(payment, demands, seen, findings);
    const debtor = debtorOf(payment.debtor ?? batch.debtor, payment.debtor === undefined ? null : payment.id);
    const date = payment.executionDate ?? batch.executionDate;
    if (payment.executionDate !== undefined) checkDate(payment.id, "executionDate", date, findings);
    const account = checkAccount(payment, demands, findings);
    if (findings.refusals.length > before || account === undefined || debtor === undefined) return [];
    return [
      {
        payment,
        amount: payment.amount,
        account: account.detail,
        sepa: account.sepa,
        debtor: debtor.debtor,
        debtorSepa: debtor.sepa,
        executionDate: date,
      },
    ];
  });
}

function checkBatch(batch: PaymentBatch, demands: Demands, findings: Findings): void {
  if (batch.payments.length === 0) {
    findings.refuse(null, "payments", "", ["empty", "has no payment", "A file needs at least one payment."]);
  }
  if (batch.payments.length > demands.most) {
    const hint = `Divide them into several files of at most ${demands.most}.`;
    findings.refuse(null, "payments", String(batch.payments.length), ["too_many", "are too many for one file", hint]);
  }
  checkId(null, "id", batch.id, "latin", 35, findings);
  checkDate(null, "executionDate", batch.executionDate, findings);
  if (Number.isNaN(batch.createdAt.getTime()) || batch.createdAt.getUTCFullYear() > 9999) {
    findings.refuse(null, "createdAt", String(batch.createdAt), [
      "wrong_date",
      "is no time",
      "Give the time of writing.",
    ]);
  }
  if (batch.initiator.name.trim() === "") {
    findings.refuse(null, "initiator.name", "", ["missing", "is missing", "Give the name of the company that pays."]);
  }
}

function checkPayment(payment: Payment, demands: Demands, seen: Set<string>, findings: Findings): void {
  const { id, amount, payee } = payment;
  checkId(id, "id", id, demands.idSet, demands.idLength, findings);
  if (seen.has(id)) {
    findings.refuse(id, "id", id, ["duplicate_id", "stands twice in this file", "Give each payment its own id."]);
  }
  seen.add(id);
  if (parseCurrency(amount.currency) === undefined) {
    const hint = "Give three capital letters of ISO 4217, like EUR.";
    findings.refuse(id, "amount.currency", amount.currency, ["unknown_currency", "is no currency", hint]);
  } else if (amount.minor <= 0n) {
    const hint = "Only what is owed is paid: leave this payment out.";
    findings.refuse(id, "amount", String(amount.minor), ["amount_not_positive", "is not above zero", hint]);
  } else if (amount.minor > demands.mostMinor) {
    const hint = "Divide it into several payments.";
    findings.refuse(id, "amount", String(amount.minor), ["amount_too_large", "is more than the format can say", hint]);
  }
  if (payee.name.trim() === "") {
    findings.refuse(id, "payee.name", "", ["missing", "is missing", "Give the name on the payee's account."]);
  }
}

/** Ids come back in reports and are compared: they are never changed, but refused. */
export function checkId(
  paymentId: string | null,
  field: string,
  id: string,
  set: CharacterSet,
  most: number,
  findings: Findings,
): void {
  const hint = `Use up to ${most} letters, digits and hyphens.`;
  if (id === "" || id !== id.trim())
    findings.refuse(paymentId, field, id, ["missing", "is empty or has blanks around it", hint]);
  else if (id.length > most)
    findings.refuse(paymentId, field, id, ["too_long", `has more than ${most} characters`, hint]);
  else if (!isIn(id, set))
    findings.refuse(paymentId, field, id, ["wrong_characters", "has letters that banks do not take", hint]);
  else if (/^\/|\/$|\/\//.test(id)) {
    findings.refuse(paymentId, field, id, ["wrong_format", "begins or ends with a slash or has two in a row", hint]);
  }
}

/** The end of an id that has no room: where ids made in time order differ. It does not begin with a sign that a line must not begin with. */
export function endOfId(id: string, most: number): string {
  return id.length <= most ? id : id.slice(-most).replace(/^[^A-Za-z0-9]+/, "");
}

function checkDate(paymentId: string | null, field: string, date: string, findings: Findings): void {
  if (isDay(date)) return;
  findings.refuse(paymentId, field, date, ["wrong_date", "is no day", "Write it as 2026-03-31."]);
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function checkDebtor(
  debtor: Debtor,
  paymentId: string | null,
  demands: Demands,
  findings: Findings,
): { debtor: Debtor; sepa: boolean } | undefined {
  if (!demands.debtor) return { debtor, sepa: false };
  if (debtor.method !== "bank") {
    const hint = "Pay from a bank account, or write the provider's file.";
    findings.refuse(paymentId, "debtor.method", debtor.method, ["method_not_taken", "is no bank account", hint]);
    return undefined;
  }
  const verdict = checkBankDetail(debtor);
  if (verdict.ok) {
    const { detail, sepa } = verdict.normalised;
    return { debtor: { ...detail, ...(debtor.address === undefined ? {} : { address: debtor.address }) }, sepa };
  }
  for (const { field, value, message, hint } of verdict.complaints) {
    findings.refuse(paymentId, `debtor.${field}`, value, ["detail_refused", message, hint]);
  }
  return undefined;
}

function checkAccount(
  payment: Payment,
  demands: Demands,
  findings: Findings,
): { detail: BankDetail; sepa: boolean } | undefined {
  const { account } = payment.payee;
  if (!demands.methods.includes(account.method)) {
    const hint = `This file pays to ${demands.methods.join(" or ")}: put the payment into the file of its own method.`;
    findings.refuse(payment.id, "payee.account.method", account.method, [
      "method_not_taken",
      "is not paid by this file",
      hint,
    ]);
    return undefined;
  }
  const verdict = checkBankDetail(account);
  if (verdict.ok) return verdict.normalised;
  for (const { field, value, message, hint } of verdict.complaints) {
    findings.refuse(payment.id, `payee.account.${field}`, value, ["detail_refused", message, hint]);
  }
  return undefined;
}
