import type { DetailField, FieldShape } from "./contracts.ts";

/** How one field is written in one country. `pattern` is matched after blanks, dots and dashes are taken out. */
export interface FieldRule {
  readonly name: DetailField;
  readonly label: string;
  readonly format: string;
  readonly shape: FieldShape;
  readonly example: string;
  readonly pattern: RegExp;
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

interface DomesticRules {
  /** The currency in which these fields are enough; abroad a BIC is needed as well. */
  readonly currency: string;
  readonly fields: readonly FieldRule[];
}

function digits(name: DetailField, label: string, least: number, most: number, example: string): FieldRule {
  const format = least === most ? `${least} digits` : `${least} to ${most} digits`;
  const shape: FieldShape = { code: least === most ? "digits" : "digits_between", least, most };
  return { name, label, format, shape, example, pattern: new RegExp(`^\\d{${least},${most}}$`) };
}

function account(least: number, most: number, example: string): FieldRule {
  return digits("accountNumber", "Account number", least, most, example);
}

function bankCode(length: number, example: string, label = "Bank code"): FieldRule {
  return digits("bankCode", label, length, length, example);
}

function branchCode(length: number, example: string, label = "Branch code"): FieldRule {
  return digits("branchCode", label, length, length, example);
}

function accountType(...choices: readonly string[]): FieldRule {
  const pattern = new RegExp(`^(?:${choices.join("|")})$`);
  const format = choices.join(" or ");
  const shape: FieldShape = { code: "choice", least: 0, most: 0 };
  return { name: "accountType", label: "Kind of account", format, shape, example: choices[0] ?? "", pattern, choices };
}

function taxNumber(label: string, example: string): FieldRule {
  return {
    name: "taxNumber",
    label,
    format: "as on the tax card",
    shape: { code: "tax_card", least: 6, most: 18 },
    example,
    pattern: /^[A-Z0-9]{6,18}$/,
  };
}

export const BIC_RULE: FieldRule = {
  name: "bic",
  label: "BIC (SWIFT code)",
  format: "8 or 11 letters and digits",
  shape: { code: "either", least: 8, most: 11 },
  example: "DEUTDEFF",
  pattern: /^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/,
};

export const BANK_NAME: FieldRule = {
  name: "bankName",
  label: "Name of the bank",
  format: "up to 70 characters",
  shape: { code: "characters", least: 1, most: 70 },
  example: "First Bank",
  pattern: /^.{2,70}$/,
};

export const FOREIGN_ACCOUNT: FieldRule = {
  name: "accountNumber",
  label: "Account number",
  format: "4 to 34 letters and digits",
  shape: { code: "letters_digits", least: 4, most: 34 },
  example: "0123456789",
  pattern: /^[A-Z0-9]{4,34}$/,
};

const CN_ACCOUNT = account(8, 28, "6222021234567890123");
const US_ACCOUNT: FieldRule = {
  ...FOREIGN_ACCOUNT,
  format: "4 to 17 letters and digits",
  shape: { code: "letters_digits", least: 4, most: 17 },
  example: "12345678901",
  pattern: /^[A-Z0-9]{4,17}$/,
};
const IFSC: FieldRule = {
  name: "ifsc",
  label: "IFSC",
  format: "4 letters, a zero, 6 letters or digits",
  shape: { code: "ifsc", least: 11, most: 11 },
  example: "HDFC0001234",
  pattern: /^[A-Z]{4}0[A-Z0-9]{6}$/,
};

/**
 * What a bank asks for inside countries that do not use the IBAN (and in Britain, where sort code and account number are what people
 * know). Sources: the banks' own payment formats and the ISO 20022 clearing system codes; lengths as those schemes publish them.
 */
export const DOMESTIC: ReadonlyMap<string, DomesticRules> = new Map(
  Object.entries({
    US: {
      currency: "USD",
      fields: [
        digits("routingNumber", "Routing number (ABA)", 9, 9, "021000021"),
        US_ACCOUNT,
        accountType("checking", "savings"),
      ],
    },
    GB: {
      currency: "GBP",
      fields: [digits("sortCode", "Sort code", 6, 6, "40-47-84"), account(8, 8, "70872490")],
    },
    AU: { currency: "AUD", fields: [digits("bsb", "BSB", 6, 6, "062-000"), account(4, 9, "12345678")] },
    NZ: { currency: "NZD", fields: [account(15, 16, "01-0902-0068389-00")] },
    CA: {
      currency: "CAD",
      fields: [
        digits("institutionNumber", "Institution number", 3, 3, "003"),
        digits("transitNumber", "Transit number", 5, 5, "00012"),
        account(5, 12, "1234567"),
      ],
    },
    IN: { currency: "INR", fields: [IFSC, account(9, 18, "50100012345678")] },
    MX: { currency: "MXN", fields: [digits("clabe", "CLABE", 18, 18, "002010077777777771")] },
    AR: {
      currency: "ARS",
      fields: [digits("cbu", "CBU", 22, 22, "2850590940090418135201"), taxNumber("CUIT", "20-05536168-2")],
    },
    BR: {
      currency: "BRL",
      fields: [
        bankCode(3, "341"),
        digits("branchCode", "Branch (agência)", 4, 5, "1234"),
        {
          ...account(3, 13, "123456-7"),
          format: "with its check digit, which may be an X",
          shape: { code: "check_digit", least: 0, most: 0 },
          pattern: /^\d{2,12}[\dX]$/,
        },
        accountType("checking", "savings"),
        taxNumber("CPF / CNPJ", "390.533.447-05"),
      ],
    },
    CL: {
      currency: "CLP",
      fields: [bankCode(3, "012"), account(5, 20, "00123456789"), taxNumber("RUT", "76.086.428-5")],
    },
    CO: {
      currency: "COP",
      fields: [
        bankCode(3, "007"),
        account(6, 17, "12345678901"),
        accountType("checking", "savings"),
        taxNumber("NIT", "213.123.432-1"),
      ],
    },
    PE: { currency: "PEN", fields: [account(20, 20, "00219100123456789012")] },
    ZA: {
      currency: "ZAR",
      fields: [branchCode(6, "250655"), account(6, 13, "62001234567"), accountType("checking", "savings")],
    },
    SG: {
      currency: "SGD",
      fields: [bankCode(4, "7171"), { ...branchCode(3, "001"), optional: true }, account(5, 14, "0011234567")],
    },
    HK: { currency: "HKD", fields: [bankCode(3, "004"), branchCode(3, "123"), account(6, 9, "123456001")] },
    JP: {
      currency: "JPY",
      fields: [bankCode(4, "0001"), branchCode(3, "001"), accountType("ordinary", "current"), account(7, 7, "1234567")],
    },
    CN: {
      currency: "CNY",
      fields: [digits("cnaps", "CNAPS code of the branch", 12, 12, "102100099996"), CN_ACCOUNT, BANK_NAME],
    },
    KR: { currency: "KRW", fields: [bankCode(3, "004"), account(10, 16, "12345678901234")] },
    TW: { currency: "TWD", fields: [bankCode(3, "004"), branchCode(4, "0037"), account(10, 16, "012345678901")] },
    TH: { currency: "THB", fields: [bankCode(3, "004"), account(10, 15, "1234567890")] },
    ID: { currency: "IDR", fields: [bankCode(3, "014"), account(10, 16, "1234567890")] },
    NG: {
      currency: "NGN",
      fields: [
        { ...digits("bankCode", "Bank code", 3, 6, "058"), pattern: /^(?:\d{3}|\d{5,6})$/, format: "3, 5 or 6 digits" },
        { ...account(10, 10, "0123456789"), label: "Account number (NUBAN)" },
      ],
    },
    KE: { currency: "KES", fields: [bankCode(2, "01"), branchCode(3, "100"), account(6, 14, "1234567890123")] },
    GH: { currency: "GHS", fields: [bankCode(6, "300302"), account(10, 16, "1234567890123")] },
    UG: { currency: "UGX", fields: [{ ...BIC_RULE, example: "SBICUGKX" }, account(8, 16, "9030001234567")] },
    TZ: { currency: "TZS", fields: [{ ...BIC_RULE, example: "CORUTZTZ" }, account(8, 16, "0150123456789")] },
    MY: { currency: "MYR", fields: [{ ...BIC_RULE, example: "MBBEMYKL" }, account(8, 17, "512345678901")] },
    PH: { currency: "PHP", fields: [{ ...BIC_RULE, example: "BOPIPHMM" }, account(8, 16, "1234567890")] },
    VN: { currency: "VND", fields: [{ ...BIC_RULE, example: "BFTVVNVX" }, account(6, 19, "0071000123456")] },
  } satisfies Record<string, DomesticRules>),
);

/** Clearing systems of ISO 20022 (ExternalClearingSystemIdentification1Code): which field of a detail is its member id. */
export const CLEARING: ReadonlyMap<string, { readonly code: string; readonly fields: readonly DetailField[] }> =
  new Map(
    Object.entries({
      US: { code: "USABA", fields: ["routingNumber"] },
      GB: { code: "GBDSC", fields: ["sortCode"] },
      AU: { code: "AUBSB", fields: ["bsb"] },
      CA: { code: "CACPA", fields: ["institutionNumber", "transitNumber"] },
      IN: { code: "INFSC", fields: ["ifsc"] },
      HK: { code: "HKNCC", fields: ["bankCode"] },
      ZA: { code: "ZANCC", fields: ["branchCode"] },
      SG: { code: "SGIBG", fields: ["bankCode"] },
      JP: { code: "JPZGN", fields: ["bankCode", "branchCode"] },
      CN: { code: "CNAPS", fields: ["cnaps"] },
      TW: { code: "TWNCC", fields: ["bankCode", "branchCode"] },
      TH: { code: "THCBC", fields: ["bankCode"] },
    } satisfies Record<string, { code: string; fields: readonly DetailField[] }>),
  );

/** Territories whose banks stand in the IBAN of another country: a French IBAN with a BIC of Réunion is right. */
const FAMILIES: readonly string[] = [
  "FR GP MQ GF RE PM YT NC PF WF MC BL MF",
  "GB JE GG IM",
  "FI AX",
  "CH LI",
  "DK FO GL",
];

export function sameBankingArea(one: string, other: string): boolean {
  return one === other || FAMILIES.some((family) => family.includes(one) && family.includes(other));
}
