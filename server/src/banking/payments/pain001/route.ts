import { isQRIBAN } from "ibantools";
import { mod97 } from "../../details/codes.ts";
import type { BankDetail } from "../../details/contracts.ts";
import { CLEARING, DOMESTIC } from "../../details/countries.ts";
import type { Findings, Prepared, Why } from "../prepare.ts";
import type { Profile } from "./profiles.ts";

/** How a payment travels, and so which rules hold: SEPA, inside Switzerland, inside another country, or by correspondent banks. */
export type Route = "sepa" | "swiss" | "domestic" | "abroad";

const SEPA_MOST = 99_999_999_999n;

export function routeOf({ amount, account, debtor, sepa, debtorSepa }: Prepared): Route {
  const { iban } = account.fields;
  const swiss = /^(?:CH|LI)/;
  const inside = swiss.test(iban ?? "") && swiss.test(debtor.fields.iban ?? "");
  // A QR-IBAN is paid in euros too, through the Swiss clearing: SEPA does not carry its reference (SPS, payment type D).
  if (inside && (amount.currency === "CHF" || (amount.currency === "EUR" && isQRIBAN(iban ?? "")))) return "swiss";
  if (amount.currency === "EUR" && sepa && debtorSepa) return "sepa";
  const own = DOMESTIC.get(account.country)?.currency ?? "";
  if (account.country === debtor.country && own === amount.currency && clearingOf(account) !== undefined)
    return "domestic";
  return "abroad";
}

/** The member id of the account's bank in its country's clearing, as ISO 20022 writes it. */
export function clearingOf(detail: BankDetail): { code: string; member: string } | undefined {
  const clearing = CLEARING.get(detail.country);
  if (clearing === undefined) return undefined;
  const parts = clearing.fields.map((field) => detail.fields[field] ?? "");
  if (parts.some((part) => part === "")) return undefined;
  // Canada's id is a nought, the institution and its transit number.
  return { code: clearing.code, member: detail.country === "CA" ? `0${parts.join("")}` : parts.join("") };
}

/** The account as one text. In Hong Kong the branch belongs to the number: banks abroad write them together. */
export function accountText({ country, fields }: BankDetail): string {
  const branch = country === "HK" ? (fields.branchCode ?? "") : "";
  return fields.iban ?? fields.clabe ?? fields.cbu ?? `${branch}${fields.accountNumber ?? ""}`;
}

/** What of an account an international order has no element for (a kind of account, a tax number): told, so that somebody can ask the bank. */
export function reportUncarried(
  paymentId: string,
  account: BankDetail,
  format: string,
  withClearing: boolean,
  findings: Findings,
): void {
  const clearing = withClearing ? (CLEARING.get(account.country)?.fields ?? []) : [];
  const branch = account.country === "HK" ? ["branchCode"] : [];
  const carried = new Set<string>(["iban", "bic", "bankName", "accountNumber", "clabe", "cbu", ...clearing, ...branch]);
  for (const [field, value] of Object.entries(account.fields)) {
    if (!carried.has(field)) findings.change(paymentId, `payee.account.${field}`, value, `not carried by ${format}`);
  }
}

/** The rules of the scheme that a payment takes. */
export function checkRoute(prepared: Prepared, route: Route, profile: Profile, findings: Findings): void {
  const withClearing = clearingOf(prepared.account) !== undefined;
  reportUncarried(prepared.payment.id, prepared.account, profile.format, withClearing, findings);
  if (profile.sepaOnly && route !== "sepa") {
    refuseOutsideSepa(prepared, profile, findings);
    return;
  }
  if (profile.swiss && !/^(?:CH|LI)$/.test(prepared.debtor.country)) {
    const why = ["is not in Switzerland", "Write pain.001.001.03 or .09 for a bank elsewhere."] as const;
    findings.refuse(prepared.payment.id, "debtor.country", prepared.debtor.country, ["country_not_taken", ...why]);
  }
  if (route === "sepa") checkSepa(prepared, profile, findings);
  if (route === "abroad") checkAbroad(prepared, findings);
  checkBics(prepared, profile, findings);
  checkReference(prepared, route, profile, findings);
  const { purpose, id } = prepared.payment;
  if (purpose !== undefined && !/^[A-Z]{4}$/.test(purpose)) {
    const hint = "Use a code of the ISO 20022 list, like COMC, or leave it out.";
    findings.refuse(id, "purpose", purpose, ["wrong_format", "is no purpose code of four capitals", hint]);
  }
}

function refuseOutsideSepa(
  { payment, account, debtorSepa, debtor }: Prepared,
  profile: Profile,
  findings: Findings,
): void {
  const other = "Write it with pain.001.001.03 or .09, which can also pay abroad.";
  if (payment.amount.currency !== "EUR") {
    const why = [`${profile.format} pays euros only`, other] as const;
    findings.refuse(payment.id, "amount.currency", payment.amount.currency, ["currency_not_taken", ...why]);
  } else if (!debtorSepa) {
    const why = ["is not an account inside SEPA", other] as const;
    findings.refuse(payment.id, "debtor.iban", accountText(debtor), ["country_not_taken", ...why]);
  } else {
    const why = ["is not an account inside SEPA", other] as const;
    findings.refuse(payment.id, "payee.account.iban", accountText(account), ["country_not_taken", ...why]);
  }
}

/** Members of SEPA outside the European Economic Area. */
const BEYOND_EEA = /^(?:AD|AL|CH|GB|GG|IM|JE|MC|MD|ME|MK|RS|SM|VA)/;

function isEea(iban: string | undefined): boolean {
  return iban !== undefined && !BEYOND_EEA.test(iban);
}

function checkSepa({ payment, account, debtor }: Prepared, profile: Profile, findings: Findings): void {
  if (payment.amount.minor > SEPA_MOST) {
    const why = ["is more than SEPA carries (999,999,999.99)", "Divide it into several payments."] as const;
    findings.refuse(payment.id, "amount", String(payment.amount.minor), ["amount_too_large", ...why]);
  }
  if (payment.chargeBearer !== undefined && payment.chargeBearer !== "shared") {
    // Each side bears its own bank's charges in SEPA, whatever was agreed: said, not asked.
    findings.change(payment.id, "chargeBearer", payment.chargeBearer, "shared (SLEV: the rule of SEPA)");
  }
  if (account.fields.bic === undefined && isEea(debtor.fields.iban) && !isEea(account.fields.iban)) {
    // The rule of the scheme for payments that leave the European Economic Area; inside it the IBAN is enough.
    const outside =
      "Ask the payee for the BIC of its bank: outside the European Economic Area SEPA wants it beside the IBAN.";
    findings.refuse(payment.id, "payee.account.bic", "", ["missing", "is missing", outside]);
    return;
  }
  if (!profile.needsBic) return;
  const hint = "Add the BIC, or write pain.001.003.03, which does without.";
  if (account.fields.bic === undefined) {
    findings.refuse(payment.id, "payee.account.bic", "", ["missing", `is missing: ${profile.format} wants it`, hint]);
  }
  if (debtor.fields.bic === undefined) {
    findings.refuse(payment.id, "debtor.bic", "", ["missing", `is missing: ${profile.format} wants it`, hint]);
  }
}

function checkAbroad({ payment, account }: Prepared, findings: Findings): void {
  if (account.fields.bic === undefined && clearingOf(account) === undefined) {
    const hint = "Ask the payee for the BIC of its bank.";
    findings.refuse(payment.id, "payee.account.bic", "", [
      "missing",
      "is missing: no bank can be found abroad without it",
      hint,
    ]);
  }
  const { address } = payment.payee;
  if (address === undefined || (address.town ?? "").trim() === "" || !/^[A-Z]{2}$/.test(address.country)) {
    const hint = "Give at least town and country of the payee: banks return payments abroad without them.";
    findings.refuse(payment.id, "payee.address", address?.country ?? "", ["missing", "has no town and country", hint]);
  }
}

function checkBics({ payment, account, debtor }: Prepared, profile: Profile, findings: Findings): void {
  for (const [field, bic] of [
    ["payee.account.bic", account.fields.bic],
    ["debtor.bic", debtor.fields.bic],
  ] as const) {
    if (bic === undefined || profile.bicForm.test(bic)) continue;
    const hint = "Ask the bank for the BIC it uses for payments; codes with 0 or 1 in place 7 are for tests.";
    findings.refuse(payment.id, field, bic, ["wrong_format", `is no BIC that ${profile.format} takes`, hint]);
  }
}

/** `SCOR`: a creditor reference (ISO 11649), `QRR`: 27 digits of a Swiss QR bill. */
export function referenceKind(reference: string): "SCOR" | "QRR" | undefined {
  const plain = plainReference(reference);
  if (/^RF\d\d[A-Z0-9]{1,21}$/.test(plain))
    return mod97(`${plain.slice(4)}${plain.slice(0, 4)}`) === 1 ? "SCOR" : undefined;
  return /^\d{27}$/.test(plain) && qrCheck(plain) ? "QRR" : undefined;
}

export function plainReference(reference: string): string {
  return reference.replace(/\s/g, "").toUpperCase();
}

/** Modulo 10 recursive (Swiss payment standards): the table is the carry after each digit. */
function qrCheck(digits: string): boolean {
  const table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
  let carry = 0;
  for (const digit of digits.slice(0, 26)) carry = table[(carry + Number(digit)) % 10] ?? 0;
  return (10 - carry) % 10 === Number(digits[26]);
}

function checkReference(prepared: Prepared, route: Route, profile: Profile, findings: Findings): void {
  const { reference, remittance, id } = prepared.payment;
  const { iban } = prepared.account.fields;
  const problem = referenceProblem(reference, route, profile, iban !== undefined && isQRIBAN(iban));
  if (problem !== undefined) {
    findings.refuse(id, "reference", reference ?? "", problem);
  } else if (reference !== undefined && (remittance ?? "").trim() !== "") {
    const hint = "Give the reference or the text, not both.";
    findings.refuse(id, "remittance", remittance ?? "", ["wrong_format", "cannot go along with a reference", hint]);
  }
}

function referenceProblem(
  reference: string | undefined,
  route: Route,
  profile: Profile,
  qrIban: boolean,
): Why | undefined {
  const kind = reference === undefined ? undefined : referenceKind(reference);
  if (reference !== undefined && kind === undefined) {
    const hint = "Copy it from the invoice: RF with two check digits, or 27 digits of a Swiss QR bill.";
    return ["wrong_format", "is no creditor reference whose check digits agree", hint];
  }
  if (kind === "QRR" && !(profile.swiss && qrIban && route !== "abroad")) {
    const hint = "Such a reference goes with a QR-IBAN (CH or LI) in a Swiss file only.";
    return ["wrong_format", "is a reference of a Swiss QR bill", hint];
  }
  if (!qrIban || kind === "QRR") return undefined;
  const hint = "Give the 27 digits of the QR bill, or the payee's ordinary IBAN.";
  return ["missing", "is missing: a QR-IBAN is paid with its reference only", hint];
}
