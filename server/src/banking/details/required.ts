import { parseCurrency } from "../../kernel/money.ts";
import { hasIban, inSepa } from "./codes.ts";
import type { RequiredField } from "./contracts.ts";
import { BANK_NAME, BIC_RULE, DOMESTIC, type FieldRule, FOREIGN_ACCOUNT } from "./countries.ts";

const IBAN_RULE: FieldRule = {
  name: "iban",
  label: "IBAN",
  format: "15 to 34 letters and digits, the country first",
  shape: { code: "iban", least: 15, most: 34 },
  example: "DE89 3704 0044 0532 0130 00",
  pattern: /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/,
};

/**
 * Which fields an account in a country needs to be paid in a currency, required ones first. Inside a country without IBAN its own
 * codes; from abroad also the BIC; where there is an IBAN, that, and the BIC outside SEPA.
 */
export function requiredFields(country: string, currency: string): readonly RequiredField[] {
  return fieldRules(country, currency)
    .map(({ pattern: _, ...field }) => ({ ...field, optional: field.optional === true }))
    .toSorted((one, other) => Number(one.optional) - Number(other.optional));
}

/** The same with the patterns that a value has to fit. */
export function fieldRules(country: string, currency: string): readonly FieldRule[] {
  const domestic = DOMESTIC.get(country);
  const optionalBic = { ...BIC_RULE, optional: true };
  if (domestic !== undefined && domestic.currency === currency) {
    const own = new Set(domestic.fields.map((field) => field.name));
    return [
      ...domestic.fields,
      ...(hasIban(country) ? [{ ...IBAN_RULE, optional: true }] : []),
      ...(own.has("bic") ? [] : [optionalBic]),
      ...(own.has("bankName") ? [] : [{ ...BANK_NAME, optional: true }]),
    ];
  }
  if (hasIban(country)) return [IBAN_RULE, inSepa(country) ? optionalBic : BIC_RULE, { ...BANK_NAME, optional: true }];
  if (domestic !== undefined) {
    return [
      BIC_RULE,
      ...domestic.fields.filter(({ name }) => name !== "bic" && name !== "bankName"),
      { ...BANK_NAME, optional: true },
    ];
  }
  return [BIC_RULE, FOREIGN_ACCOUNT, { ...BANK_NAME, optional: true }];
}

/** ISO 3166-1 as ICU knows it; a code without a name in English is none. */
const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const NO_COUNTRIES = new Set(["EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"]);

const ASKED = new Map<string, boolean>();

/** Is it a code of ISO 3166-1 that is in use? Asked for every payment of a file, and ICU takes its time: answers are kept. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  const known = ASKED.get(code) ?? (!NO_COUNTRIES.has(code) && COUNTRY_NAMES.of(code) !== undefined);
  ASKED.set(code, known);
  return known;
}

export function isCurrency(code: string): boolean {
  return parseCurrency(code) !== undefined;
}
