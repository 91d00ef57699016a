import type { MoneyValue } from "@tributary/contract";
import { currencyDigits, decimalOf } from "../../i18n/format.ts";

/**
 * What a person types as an amount, as minor units; null when it cannot be read for sure. Both "1,234.50" and "1.234,50" are
 * understood. One separator before three digits ("12.345 EUR") may mean thousands or be a slip: refused, because money is not guessed.
 */
export function readAmount(text: string, currency: string): MoneyValue | null {
  const digits = currencyDigits(currency);
  const compact = text.trim().replaceAll(/[\s\u00a0\u202f']/g, "");
  const match = /^(-?)(\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d+))?$/.exec(compact);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length > digits) return null;
  const minor = `${whole.replaceAll(/[.,]/g, "")}${fraction.padEnd(digits, "0")}`.replace(/^0+(?=\d)/, "");
  return { minor: sign === "-" && minor !== "0" ? `-${minor}` : minor, currency };
}

export function writeAmount(money: MoneyValue | null | undefined): string {
  return money === null || money === undefined ? "" : decimalOf(money.minor, currencyDigits(money.currency));
}
