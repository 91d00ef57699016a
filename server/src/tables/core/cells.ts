/**
 * A spreadsheet keeps amounts as binary fractions and writes 17 digits of them: `-1533.4999999999998` is 1533.50 to everybody who looks at
 * it. Excel itself shows and calculates with 15 significant digits; a number with more is rounded to them, in decimal.
 */
export function plainNumber(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const power = Number(exponent);
  if (Math.abs(power) > 30) return text;
  let units = BigInt(whole + fraction);
  let scale = fraction.length - power;
  for (; units.toString().length > 15 && scale > 0; scale -= 1) units = units / 10n + (units % 10n >= 5n ? 1n : 0n);
  for (; scale > 0 && units % 10n === 0n; scale -= 1) units /= 10n;
  if (scale <= 0) return `${sign}${units * 10n ** BigInt(-scale)}`;
  const digits = units.toString().padStart(scale + 1, "0");
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A format of noughts only (`00000`) is how a sheet keeps the leading noughts of a postcode or an account. */
export function isPadding(format: string): boolean {
  return /^0{2,}$/.test(format);
}

/** Parts of a day as sheets count them. */
export interface DateParts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly H: number;
  readonly M: number;
  readonly S: number;
  readonly u?: number | undefined;
}

/**
 * A date, a time or a length of time as text: `2024-03-04`, `2024-03-04 17:06:00`, `17:06:00`, `255:10:10`. Sheets have no zone.
 * @param days since the sheet's epoch
 */
export function dateText(days: number, parts: DateParts | null, format: string): string | undefined {
  if (/\[h+\]/i.test(format)) {
    const seconds = Math.round(days * 86_400);
    return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  }
  if (parts === null) return undefined;
  const clock = `${two(parts.H)}:${two(parts.M)}:${two(parts.S)}`;
  if (days >= 0 && days < 1 && !/[yd]/i.test(format)) return clock;
  const day = `${String(parts.y).padStart(4, "0")}-${two(parts.m)}-${two(parts.d)}`;
  return clock === "00:00:00" ? day : `${day} ${clock}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
