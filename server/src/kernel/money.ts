import { type Decimal, divideRounded, type Rounding, roundTo } from "./decimal.ts";

/** An amount of one currency in its minor units (cents; whole yen; thousandths of a dinar). */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Upper-case ISO 4217 code. */
export type Currency = string & { readonly __currency: true };

/**
 * Decimal places of each currency that the program accepts: ISO 4217 list one as Intl knows it, money in daily use only
 * (no metals, bonds, test codes). Intl's data and the standard agree but for a few; those few are set below by the standard.
 */
const EXPONENTS_BY_STANDARD: Readonly<Record<string, number>> = {
  AFN: 2, ALL: 2, AMD: 2, COP: 2, CRC: 2, GYD: 2, HUF: 2, IDR: 2, IQD: 3, IRR: 2, KPW: 2, LAK: 2, LBP: 2, MGA: 2, MMK: 2, MNT: 2, MUR: 2,
  MRU: 2, NOK: 2, PKR: 2, RSD: 2, SEK: 2, SLE: 2, SOS: 2, STN: 2, SYP: 2, TWD: 2, TZS: 2, UZS: 2, YER: 2, ZMW: 2, CZK: 2, CHF: 2, UYU: 2,
}; // biome-ignore format: a table
/** Currencies of ISO 4217 list one that Intl leaves out: units of account and funds codes with their minor units. */
const LEFT_OUT: Readonly<Record<string, number>> = {
  BOV: 2, CHE: 2, CHW: 2, CLF: 4, COU: 2, MXV: 2, USN: 2, UYI: 0, UYW: 4, VED: 2,
}; // biome-ignore format: a table
const NOT_MONEY = new Set(["XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"]);
const KNOWN: ReadonlyMap<string, number> = new Map([
  ...Object.entries(LEFT_OUT),
  ...Intl.supportedValuesOf("currency")
    .filter((code) => !NOT_MONEY.has(code))
    .map((code): [string, number] => [code, EXPONENTS_BY_STANDARD[code] ?? intlExponent(code)]),
]);

function intlExponent(code: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** The currency, or `undefined` when ISO 4217 does not know the code. Upper case is required: `eur` is a typing error worth hearing of. */
export function parseCurrency(code: string): Currency | undefined {
  return KNOWN.has(code) ? (code as Currency) : undefined;
}

/** @throws when the code is unknown: for codes that the program itself stored */
export function currency(code: string): Currency {
  const parsed = parseCurrency(code);
  if (parsed === undefined) throw new Error(`unknown currency ${code}`);
  return parsed;
}

/** Decimal places of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD. */
export function exponent(code: Currency): number {
  return KNOWN.get(code) ?? 2;
}

export function money(minor: bigint | number, code: string): Money {
  return { minor: BigInt(minor), currency: currency(code) };
}

/** Exact: `12.345` EUR has no minor unit and gives `undefined`, it is not rounded in silence. */
export function toMinorExact(value: Decimal, code: Currency): bigint | undefined {
  const places = exponent(code);
  const rounded = roundTo(value, places, "down");
  const back = value.scale > places ? rounded.units * 10n ** BigInt(value.scale - places) : undefined;
  return back === undefined || back === value.units ? rounded.units : undefined;
}

/** Minor units of a decimal amount under a rounding rule. */
export function toMinor(value: Decimal, code: Currency, rounding: Rounding = "half_up"): bigint {
  return roundTo(value, exponent(code), rounding).units;
}

/** The amount as a decimal in whole units of the currency. */
export function toDecimal(amount: Money): Decimal {
  return { units: amount.minor, scale: exponent(amount.currency) };
}

/** `1234.50 EUR`: for logs, workings and messages; screens format by locale. */
export function formatMoney(amount: Money): string {
  const places = exponent(amount.currency);
  const sign = amount.minor < 0n ? "-" : "";
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return `${sign}${text} ${amount.currency}`;
}

/**
 * Splits a whole by weights without losing or making a cent: each part is rounded down, what is left goes to the largest
 * remainders, ties to the first. E.g. 100 by 1:1:1 → 34, 33, 33.
 */
export function splitByWeights(minor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new Error("weights must be positive");
  const sign = minor < 0n ? -1n : 1n;
  const size = minor * sign;
  const parts = weights.map((weight) => divideRounded(size * weight, total, "down"));
  const remainders = weights.map((weight, index) => ({ index, rest: (size * weight) % total }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  let left = size - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map((part) => part * sign);
}
