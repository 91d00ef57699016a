/**
 * Exact decimals for rates, quantities and everything between two roundings: a bigint and a number of decimal places.
 * There is no floating point anywhere on the way of money.
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const PATTERN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads `-12.50`; no exponent, no grouping, no blank. `undefined` when it is not such a number or has over 60 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = PATTERN.exec(text);
  if (match === null || text.length > 62) return undefined;
  const fraction = match[3] ?? "";
  const units = BigInt(`${match[2] ?? ""}${fraction}`);
  return { units: match[1] === "-" ? -units : units, scale: fraction.length };
}

/** Like {@link parseDecimal} for text that the program itself wrote. @throws when it is not a decimal */
export function decimal(text: string | number | bigint): Decimal {
  if (typeof text === "bigint" || (typeof text === "number" && Number.isSafeInteger(text)))
    return { units: BigInt(text), scale: 0 };
  const parsed = parseDecimal(String(text));
  if (parsed === undefined) throw new Error(`not a decimal: ${text}`);
  return parsed;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** `-12.5`: no trailing zeros, no exponent. */
export function formatDecimal(value: Decimal): string {
  const { units, scale } = trim(value);
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A rate as people write it: `0.125` is `12.5 %`. */
export function percent(rate: string): string {
  const { units, scale } = decimal(rate);
  return `${formatDecimal({ units: units * 100n, scale })} %`;
}

function trim(value: Decimal): Decimal {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

function align(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.units, b.units, a.scale];
  const scale = Math.max(a.scale, b.scale);
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale];
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b);
  return { units: x + y, scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b);
  return { units: x - y, scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function negate(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale };
}

/** -1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = align(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** How a half and what lies around it are rounded. `half_up` moves a half away from zero: 0.5 → 1, -0.5 → -1. */
export type Rounding = "half_up" | "half_even" | "up" | "down" | "floor" | "ceiling";

/** Quotient of two integers under a rounding rule; the one place of the program where something is rounded. @throws on a zero divisor */
export function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (divisor === 0n) throw new Error("division by zero");
  const negative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const quotient = a / b;
  const rest = a % b;
  const away = rest > 0n && roundsAway(rounding, quotient, rest * 2n, b, negative);
  const size = away ? quotient + 1n : quotient;
  return negative ? -size : size;
}

function roundsAway(
  rounding: Rounding,
  quotient: bigint,
  twiceRest: bigint,
  divisor: bigint,
  negative: boolean,
): boolean {
  switch (rounding) {
    case "half_up":
      return twiceRest >= divisor;
    case "half_even":
      return twiceRest > divisor || (twiceRest === divisor && quotient % 2n === 1n);
    case "up":
      return true;
    case "down":
      return false;
    case "floor":
      return negative;
    case "ceiling":
      return !negative;
  }
}

/** The value at a number of decimal places. */
export function roundTo(value: Decimal, scale: number, rounding: Rounding = "half_up"): Decimal {
  if (value.scale <= scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale };
  return { units: divideRounded(value.units, 10n ** BigInt(value.scale - scale), rounding), scale };
}

/** Quotient at a number of decimal places. @throws on a zero divisor */
export function divide(a: Decimal, b: Decimal, scale: number, rounding: Rounding = "half_up"): Decimal {
  const shift = scale + b.scale - a.scale;
  const up = shift > 0 ? 10n ** BigInt(shift) : 1n;
  const down = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  return { units: divideRounded(a.units * up, b.units * down, rounding), scale };
}
