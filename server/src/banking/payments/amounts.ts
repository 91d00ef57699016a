import { add, type Decimal, formatDecimal, parseDecimal, ZERO } from "../../kernel/decimal.ts";
import { exponent, parseCurrency, toMinorExact } from "../../kernel/money.ts";
import type { Amount } from "./contracts.ts";

/** `1234.50`: as many places as the currency has, a point, no grouping. */
export function amountText({ minor, currency }: Amount, point = "."): string {
  const code = parseCurrency(currency);
  if (code === undefined) throw new Error(`unknown currency ${currency}`);
  const places = exponent(code);
  const digits = minor.toString().padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}${point}${digits.slice(-places)}`;
}

/** The sum of amounts whatever their currency, as ISO 20022 wants its control sum: exact. */
export function mixedSum(amounts: readonly Amount[]): string {
  return formatDecimal(amounts.map(toDecimalOf).reduce(add, ZERO));
}

function toDecimalOf({ minor, currency }: Amount): Decimal {
  const code = parseCurrency(currency);
  return { units: minor, scale: code === undefined ? 0 : exponent(code) };
}

/** Totals by currency, in the order in which the currencies come first. */
export function totalsOf(amounts: readonly Amount[]): readonly Amount[] {
  const totals = new Map<string, bigint>();
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + minor);
  return [...totals].map(([currency, minor]) => ({ minor, currency }));
}

export function sumOf(amounts: readonly Amount[]): bigint {
  return amounts.reduce((sum, { minor }) => sum + minor, 0n);
}

/** Reads `12.5` as 1250 cents; undefined when it is no amount, the currency is unknown or it has more places than the currency. */
export function minorOf(text: string, currency: string): bigint | undefined {
  const code = parseCurrency(currency);
  const value = parseDecimal(/^\.\d/.test(text) ? `0${text}` : text.replace(/\.$/, ""));
  return code === undefined || value === undefined ? undefined : toMinorExact(value, code);
}
