import {
  electronicFormatIBAN,
  extractBIC,
  extractIBAN,
  getCountrySpecifications,
  isSEPACountry,
  isValidBIC,
  validateIBAN,
} from "ibantools";
import type { DetailComplaint, DetailProblem, NumberVerdict } from "./contracts.ts";

const IBAN_COUNTRIES = getCountrySpecifications();

/** What a person may type between the characters of a code, and what comes along unseen from web pages and PDFs. */
export function compact(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s.:\-–—/_\p{Cf}]/gu, "")
    .toUpperCase();
}

export function complaint(
  field: string,
  value: string,
  code: DetailProblem,
  message: string,
  hint: string,
): DetailComplaint {
  return { field, value, code, message, hint };
}

/** Does the country use the IBAN, by the registry of SWIFT? */
export function hasIban(country: string): boolean {
  return IBAN_COUNTRIES[country]?.IBANRegistry === true;
}

export function ibanLength(country: string): number | undefined {
  return IBAN_COUNTRIES[country]?.chars ?? undefined;
}

/**
 * Takes part in SEPA and is not in the library's list: who joined in 2024 to 2026 and the territories that use their country's IBAN
 * (EPC409-09, list of SEPA scheme countries).
 */
const SEPA_TOO = new Set("AL MD ME MK RS AX BL GF GP MF MQ PM RE YT GG IM JE".split(" "));

export function inSepa(country: string): boolean {
  return isSEPACountry(country) || SEPA_TOO.has(country);
}

/**
 * An IBAN in its electronic form. Length and pattern by country, the check digits (ISO 13616, mod 97) and, where the country has them,
 * the digits that check the national number inside.
 */
export function checkIban(text: string, field = "iban"): NumberVerdict {
  const iban = electronicFormatIBAN(compact(text).replace(/^IBAN/, "")) ?? "";
  const country = iban.slice(0, 2);
  const problem = ibanProblem(iban, country);
  if (problem === undefined) return { ok: true, normalised: iban };
  return { ok: false, complaint: complaint(field, text, problem[0], problem[1], problem[2]) };
}

function ibanProblem(iban: string, country: string): readonly [DetailProblem, string, string] | undefined {
  const again = "Copy it from a statement or from the online banking of the account.";
  if (iban === "") return ["missing", "is missing", "Give the IBAN of the account."];
  if (!/^[A-Z0-9]+$/.test(iban)) return ["wrong_characters", "has characters that no IBAN has", again];
  if (!/^[A-Z]{2}/.test(iban)) return ["wrong_format", "does not begin with a country", again];
  if (ibanLength(country) === undefined) {
    return [
      "unknown_country",
      `begins with ${country}, which has no IBAN`,
      "Give account number and BIC for this country.",
    ];
  }
  const wanted = ibanLength(country);
  if (iban.length !== wanted) {
    return ["wrong_length", `has ${iban.length} characters; one of ${country} has ${wanted}`, again];
  }
  if (!/^[A-Z]{2}\d\d/.test(iban)) return ["wrong_format", "has no two check digits behind the country", again];
  if (validateIBAN(iban).valid) return undefined;
  const remainder = mod97(`${iban.slice(4)}${iban.slice(0, 4)}`);
  if (remainder !== 1) return ["wrong_checksum", "does not agree with its check digits: a character is wrong", again];
  const codes = validateIBAN(iban).errorCodes;
  if (codes.includes(3)) return ["wrong_format", `is not built like an IBAN of ${country}`, again];
  return ["wrong_component", "holds a national account number whose own check digits do not agree", again];
}

/** The remainder that ISO 7064 calls mod 97-10: 1 when the check digits are right. Letters count as 10 to 35. */
export function mod97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** A BIC (ISO 9362) in capitals: form and country; whether the bank exists is not known here. */
export function checkBic(text: string, field = "bic"): NumberVerdict {
  const bic = compact(text);
  const hint = "Ask the bank for its BIC: 8 or 11 letters and digits, like DEUTDEFF.";
  const refuse = (code: DetailProblem, message: string): NumberVerdict => ({
    ok: false,
    complaint: complaint(field, text, code, message, hint),
  });
  if (bic === "") return refuse("missing", "is missing");
  if (bic.length !== 8 && bic.length !== 11) return refuse("wrong_length", `has ${bic.length} characters, not 8 or 11`);
  if (!/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(bic)) return refuse("wrong_format", "is not built like a BIC");
  if (!isValidBIC(bic)) return refuse("wrong_country", `names a country ${bic.slice(4, 6)} that does not exist`);
  return { ok: true, normalised: bic };
}

export function bicCountry(bic: string): string {
  return extractBIC(bic).countryCode ?? bic.slice(4, 6);
}

/** Bank, branch and account number inside a valid IBAN, where the country's IBAN shows them. */
export function ibanParts(iban: string): { bank?: string; branch?: string; account?: string } {
  const { bankIdentifier, branchIdentifier, accountNumber } = extractIBAN(iban);
  return {
    ...(bankIdentifier ? { bank: bankIdentifier } : {}),
    ...(branchIdentifier ? { branch: branchIdentifier } : {}),
    ...(accountNumber ? { account: accountNumber } : {}),
  };
}

/** The check digit of an American routing number: weights 3 7 1, a multiple of ten (ABA). */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === "000000000") return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0);
  return sum % 10 === 0;
}

/** Mexico's CLABE: weights 3 7 1 over 17 digits, each product mod 10 (Banco de México). */
export function isClabe(text: string): boolean {
  if (!/^\d{18}$/.test(text)) return false;
  const sum = [...text.slice(0, 17)].reduce(
    (total, digit, index) => total + ((Number(digit) * ([3, 7, 1][index % 3] ?? 0)) % 10),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(text[17]);
}
