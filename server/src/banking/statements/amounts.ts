import { add, compare, type Decimal, negate, parseDecimal, subtract, ZERO } from "../../kernel/decimal.ts";
import { parseCurrency, toMinorExact } from "../../kernel/money.ts";
import type { ExactAmount } from "./contracts.ts";

/** All the decimals that are there, trailing zeros too: `-8.850`. */
export function writeDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The amount with its minor units, where they are the same number. A code that ISO 4217 does not know is kept, without minor units. */
export function exactAmount(value: Decimal, code: string | null): ExactAmount {
  const known = code === null ? undefined : parseCurrency(code);
  return {
    decimal: writeDecimal(value),
    minor: known === undefined ? null : (toMinorExact(value, known) ?? null),
    currency: code,
  };
}

export function decimalOf(amount: ExactAmount): Decimal {
  return parseDecimal(amount.decimal) ?? ZERO;
}

const LONGEST = 40;

/** `1234.5`, `+1234.50`, `.5`, `1234.`: a decimal point, no grouping, as XML schema and OFX want it. */
export function readPoint(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  return match === null ? undefined : assemble(match[1] ?? "", match[2] ?? "", match[3] ?? "");
}

/** MT940's `1234,5`, `5,`, and the `1234.50` or `1.234,56` of banks that do otherwise: the last mark is the decimal one. */
export function readComma(text: string): Decimal | undefined {
  const trimmed = text.trim();
  if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d*$/.test(trimmed)) return readComma(trimmed.replaceAll(".", ""));
  if (/^[+-]?\d{1,3}(?:,\d{3})+\.\d*$/.test(trimmed)) return readPoint(trimmed.replaceAll(",", ""));
  return /,.*\.|\..*,/.test(trimmed) ? undefined : readPoint(trimmed.replace(",", "."));
}

function assemble(sign: string, whole: string, fraction: string): Decimal | undefined {
  if ((whole === "" && fraction === "") || whole.length + fraction.length > LONGEST) return undefined;
  const units = BigInt(`${whole}${fraction}`);
  return { units: sign === "-" ? -units : units, scale: fraction.length };
}

export function sumOf(amounts: Iterable<ExactAmount | null>): Decimal {
  let sum = ZERO;
  for (const amount of amounts) if (amount !== null) sum = add(sum, decimalOf(amount));
  return sum;
}

export function isZero(value: Decimal): boolean {
  return value.units === 0n;
}

export function sizeOf(value: Decimal): Decimal {
  return value.units < 0n ? negate(value) : value;
}

/** What is written in sentences: `1234.50 EUR`. */
export function say(value: Decimal, currency: string | null): string {
  return currency === null ? writeDecimal(value) : `${writeDecimal(value)} ${currency}`;
}

export { add, compare, type Decimal, negate, subtract, ZERO };
