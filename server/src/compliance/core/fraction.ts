/** An exact part of a whole: shares of shares have no end in decimals once companies hold each other. */
export interface Fraction {
  readonly over: bigint;
  /** above zero */
  readonly under: bigint;
}

export const NONE: Fraction = { over: 0n, under: 1n };
export const WHOLE: Fraction = { over: 1n, under: 1n };

/** `25.5` per cent as a part of one. @param text digits with at most one point */
export function ofPercent(text: string): Fraction {
  const [whole = "0", rest = ""] = text.split(".");
  return reduced(BigInt(whole + rest), 10n ** BigInt(rest.length) * 100n);
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return a.under === b.under
    ? reduced(a.over + b.over, a.under)
    : reduced(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { over: -b.over, under: b.under });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.over, a.under * b.under);
}

/** @param b not zero */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  const sign = b.over < 0n ? -1n : 1n;
  return reduced(a.over * b.under * sign, a.under * b.over * sign);
}

export function compared(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.over * b.under - b.over * a.under;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** Per cent with at most six places, the last one rounded half up: `33.333333`. */
export function asPercent({ over, under }: Fraction): string {
  const scaled = (over * 200_000_000n + under) / (2n * under);
  const digits = scaled.toString().padStart(7, "0");
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  return text.replace(/\.?0+$/, "");
}

function reduced(over: bigint, under: bigint): Fraction {
  let a = over < 0n ? -over : over;
  let b = under;
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? NONE : { over: over / a, under: under / a };
}
