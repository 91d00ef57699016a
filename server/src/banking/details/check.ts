import {
  bicCountry,
  checkBic,
  checkIban,
  compact,
  complaint,
  ibanParts,
  inSepa,
  isClabe,
  isRoutingNumber,
} from "./codes.ts";
import type { BankDetail, DetailComplaint, DetailField, DetailVerdict } from "./contracts.ts";
import { type FieldRule, sameBankingArea } from "./countries.ts";
import { fieldRules, isCountry, isCurrency } from "./required.ts";
import { checkTaxNumber } from "./tax-numbers.ts";

type Fields = Partial<Record<DetailField, string>>;

/**
 * Checks where a payee is paid: the fields its country asks for, their form, their check digits, and that they agree with one another.
 * What passes comes back in the form in which it is stored and sent; whether the account exists only a payment shows.
 */
export function checkBankDetail(detail: BankDetail): DetailVerdict {
  const complaints = [...basics(detail)];
  if (complaints.length > 0) return { ok: false, complaints };
  if (detail.method !== "bank") return checkProvider(detail);
  const rules = fieldRules(detail.country, detail.currency);
  const fields: Fields = {};
  for (const rule of rules) {
    const given = (detail.fields[rule.name] ?? "").trim();
    if (given === "") {
      if (rule.optional !== true) complaints.push(missing(rule));
      continue;
    }
    const value = rule.name === "bankName" ? given.replace(/\s+/g, " ") : inForm(rule, given);
    const wrong = wrongValue(rule, given, value, detail.country);
    if (wrong === undefined) fields[rule.name] = value;
    else complaints.push(wrong);
  }
  complaints.push(...strangers(detail, rules));
  if (complaints.length === 0) complaints.push(...disagreements(detail.country, fields));
  if (complaints.length > 0) return { ok: false, complaints };
  const checked = { ...detail, holder: detail.holder.trim().replace(/\s+/g, " "), fields };
  return { ok: true, normalised: { detail: checked, sepa: takesSepa(fields), warnings: warnings(fields) } };
}

function inForm(rule: FieldRule, given: string): string {
  return rule.choices === undefined ? compact(given) : given.toLowerCase();
}

function takesSepa({ iban }: Fields): boolean {
  return iban !== undefined && inSepa(iban.slice(0, 2));
}

function* basics(detail: BankDetail): Iterable<DetailComplaint> {
  const { country, currency, holder } = detail;
  if (!isCountry(country)) {
    yield complaint(
      "country",
      country,
      "unknown_country",
      "is no country",
      "Give its two letters, like DE (ISO 3166).",
    );
  }
  if (!isCurrency(currency)) {
    yield complaint(
      "currency",
      currency,
      "unknown_currency",
      "is no currency",
      "Give its three letters, like EUR (ISO 4217).",
    );
  }
  if (holder.trim() === "") {
    yield complaint("holder", holder, "missing", "is missing", "Give the name on the account, as the bank has it.");
  } else if (holder.trim().length > 140) {
    yield complaint(
      "holder",
      holder,
      "wrong_length",
      "has more than 140 characters",
      "Give the name as the bank has it.",
    );
  }
}

function missing(rule: FieldRule): DetailComplaint {
  return complaint(
    rule.name,
    "",
    "missing",
    "is missing",
    `Give the ${rule.label}: ${rule.format}, like ${rule.example}.`,
  );
}

function wrongValue(rule: FieldRule, given: string, value: string, country: string): DetailComplaint | undefined {
  if (rule.name === "iban" || rule.name === "bic") {
    const verdict = rule.name === "iban" ? checkIban(given) : checkBic(given);
    return verdict.ok ? undefined : verdict.complaint;
  }
  const hint = `Give the ${rule.label}: ${rule.format}, like ${rule.example}.`;
  if (!rule.pattern.test(value)) {
    return complaint(rule.name, given, "wrong_format", `is not ${rule.format}`, hint);
  }
  if (rule.name === "routingNumber" && !isRoutingNumber(value)) {
    return complaint(rule.name, given, "wrong_checksum", "does not agree with its check digit: a digit is wrong", hint);
  }
  if (rule.name === "clabe" && !isClabe(value)) {
    return complaint(rule.name, given, "wrong_checksum", "does not agree with its check digit: a digit is wrong", hint);
  }
  return ownNumber(rule, given, country);
}

/** Numbers inside a bank detail that the library of national numbers knows. */
function ownNumber(rule: FieldRule, given: string, country: string): DetailComplaint | undefined {
  const kinds: readonly string[] = KINDS_IN_DETAILS[`${country}.${rule.name}`] ?? [];
  if (kinds.length === 0) return undefined;
  const verdicts = kinds.map((kind) => checkTaxNumber(country, kind, given));
  const first = verdicts[0];
  if (first === undefined || first.ok || verdicts.some((verdict) => verdict.ok)) return undefined;
  return { ...first.complaint, field: rule.name };
}

const KINDS_IN_DETAILS: Readonly<Record<string, readonly string[]>> = {
  "AR.cbu": ["cbu"],
  "AR.taxNumber": ["cuit"],
  "BR.taxNumber": ["cpf", "cnpj"],
  "CL.taxNumber": ["rut"],
  "CO.taxNumber": ["nit"],
  "NZ.accountNumber": ["bankaccount"],
};

/** A field that nothing is done with would be lost in silence: a payee who gave it expects it to count. */
function strangers(detail: BankDetail, rules: readonly FieldRule[]): readonly DetailComplaint[] {
  const known = new Set<string>(rules.map((rule) => rule.name));
  return Object.entries(detail.fields)
    .filter(([name, value]) => !known.has(name) && (value ?? "").trim() !== "")
    .map(([name, value]) =>
      complaint(
        name,
        value ?? "",
        "not_used_here",
        `is not used for ${detail.currency} to an account in ${detail.country}`,
        `Leave it out. Used are: ${[...known].join(", ")}.`,
      ),
    );
}

function* disagreements(country: string, fields: Fields): Iterable<DetailComplaint> {
  const { iban, bic, sortCode, accountNumber } = fields;
  if (iban !== undefined && !sameBankingArea(iban.slice(0, 2), country)) {
    const message = `is of ${iban.slice(0, 2)}, the account is said to be in ${country}`;
    yield complaint("iban", iban, "wrong_country", message, "Correct the country of the account or the IBAN.");
  }
  const place = iban?.slice(0, 2) ?? country;
  if (bic !== undefined && !sameBankingArea(bicCountry(bic), place)) {
    const message = `is of a bank in ${bicCountry(bic)}, the account is in ${place}`;
    yield complaint("bic", bic, "not_agreeing", message, "Give the BIC of the branch that keeps the account.");
  }
  if (iban?.startsWith("GB") && sortCode !== undefined && accountNumber !== undefined) {
    const { branch, account } = ibanParts(iban);
    if (branch !== sortCode || account !== accountNumber) {
      const message = `says ${branch} ${account}, sort code and account number say ${sortCode} ${accountNumber}`;
      yield complaint(
        "iban",
        iban,
        "not_agreeing",
        message,
        "One of them is wrong: correct it, or leave the IBAN out.",
      );
    }
  }
}

function warnings({ bic }: Fields): readonly DetailComplaint[] {
  if (bic === undefined || bic[7] !== "0") return [];
  const hint = "Ask the bank for the BIC it uses for real payments.";
  return [complaint("bic", bic, "wrong_component", "is a test BIC (a 0 in place 8)", hint)];
}

const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>".]+(?:\.[^\s@,;<>".]+)+$/;
const PROVIDERS: Readonly<Record<string, { field: DetailField; pattern: RegExp; format: string; example: string }>> = {
  paypal: {
    field: "paypalReceiver",
    pattern: new RegExp(`^(?:[A-Z0-9]{13}|\\+?[1-9]\\d{6,14}|(?=.{3,127}$)${EMAIL.source.slice(1, -1)})$`),
    format: "an e-mail address, a PayPal id of 13 letters and digits, or a phone number with its country",
    example: "partner@example.com",
  },
  wise: {
    field: "wiseRecipientId",
    pattern: /^(?:\d{4,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    format: "the number that Wise gave the recipient",
    example: "40000000",
  },
  payoneer: {
    field: "payoneerPayeeId",
    pattern: /^[A-Za-z0-9_-]{1,30}$/,
    format: "the payee id under which the account was registered, up to 30 letters, digits, - or _",
    example: "prt-1042",
  },
};

function checkProvider(detail: BankDetail): DetailVerdict {
  const provider = PROVIDERS[detail.method];
  if (provider === undefined) throw new Error(`no such method ${detail.method}`);
  const { field, pattern, format, example } = provider;
  const given = (detail.fields[field] ?? "").trim();
  const hint = `Give ${format}, like ${example}.`;
  const others = Object.entries(detail.fields).filter(([name, value]) => name !== field && (value ?? "").trim() !== "");
  const complaints = others.map(([name, value]) =>
    complaint(name, value ?? "", "not_used_here", `is not used by ${detail.method}`, "Leave it out."),
  );
  if (given === "") complaints.unshift(complaint(field, "", "missing", "is missing", hint));
  else if (!pattern.test(given)) complaints.unshift(complaint(field, given, "wrong_format", `is not ${format}`, hint));
  if (complaints.length > 0) return { ok: false, complaints };
  const checked = { ...detail, holder: detail.holder.trim().replace(/\s+/g, " "), fields: { [field]: given } };
  return { ok: true, normalised: { detail: checked, sepa: false, warnings: [] } };
}
