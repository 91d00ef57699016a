import type { MoneyValue } from "@tributary/contract";

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

/** Intl objects cost far more to make than to use; a table of 200 rows asks for the same three. */
function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  let found = cache.get(key);
  if (found === undefined) {
    found = make();
    cache.set(key, found);
  }
  return found as T;
}

/** Minor units to an exact decimal string: ("-1234", 2) → "-12.34". Never through a float. */
export function decimalOf(minor: string, digits: number): string {
  const negative = minor.startsWith("-");
  const figures = (negative ? minor.slice(1) : minor).padStart(digits + 1, "0");
  const whole = digits === 0 ? figures : `${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
  return negative ? `-${whole}` : whole;
}

export function currencyDigits(currency: string): number {
  const format = cached(`digits:${currency}`, () => new Intl.NumberFormat("en", { style: "currency", currency }));
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** "1234.50": for exports, where a spreadsheet reads the figure and the currency stands in a column of its own. */
export function plainAmount(money: MoneyValue): string {
  return decimalOf(money.minor, currencyDigits(money.currency));
}

/** "€1,234.50" in the reader's language; `code` writes "1,234.50 EUR" where one column mixes currencies. */
export function formatMoney(language: string, money: MoneyValue, display: "symbol" | "code" = "symbol"): string {
  const digits = currencyDigits(money.currency);
  const exact = decimalOf(money.minor, digits) as Intl.StringNumericLiteral;
  if (display === "code") {
    const plain = cached(
      `plain:${language}:${digits}`,
      () => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    );
    return `${plain.format(exact)} ${money.currency}`;
  }
  const options = { style: "currency", currency: money.currency, currencyDisplay: "narrowSymbol" } as const;
  return cached(`money:${language}:${money.currency}`, () => new Intl.NumberFormat(language, options)).format(exact);
}

export function formatNumber(language: string, value: number, options: Intl.NumberFormatOptions = {}): string {
  // Money has the same sign on every place of a screen: "$", not "US$".
  const display = options.style === "currency" ? ({ currencyDisplay: "narrowSymbol" } as const) : {};
  return cached(
    `n:${language}:${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(language, { ...display, ...options }),
  ).format(value);
}

/** A share between 0 and 1 as a percentage with one digit: 0.034 → "3.4%". */
export function formatShare(language: string, share: number): string {
  return formatNumber(language, share, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** "Germany", "German": what a code of a country or a language is called; the code itself when it is none. */
export function nameOfCode(language: string, type: "region" | "language", code: string): string {
  try {
    return new Intl.DisplayNames(language, { type, fallback: "code" }).of(code) ?? code;
  } catch {
    // what a visitor's browser calls itself need not be a code
    return code;
  }
}

export type TimeDetail = "day" | "minute" | "second" | "full";

const details: Record<TimeDetail, Intl.DateTimeFormatOptions> = {
  day: { day: "numeric", month: "short", year: "numeric" },
  minute: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false },
  second: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  },
  full: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
    timeZoneName: "short",
  },
};

/** An instant (ISO 8601) in the given zone. */
export function formatInstant(language: string, zone: string, instant: string, detail: TimeDetail): string {
  const options = { ...details[detail], timeZone: zone };
  return cached(`t:${language}:${zone}:${detail}`, () => new Intl.DateTimeFormat(language, options)).format(
    new Date(instant),
  );
}

/** A calendar day or month ("2026-03-31", "2026-03") has no zone: it is shown as it was said. */
export function formatDay(language: string, day: string): string {
  const month = day.length === 7;
  const options: Intl.DateTimeFormatOptions = month
    ? { month: "long", year: "numeric", timeZone: "UTC" }
    : { ...details.day, timeZone: "UTC" };
  const format = cached(`d:${language}:${month}`, () => new Intl.DateTimeFormat(language, options));
  return format.format(new Date(`${month ? `${day}-01` : day}T00:00:00Z`));
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** "3 minutes ago"; for the hover the full instant stands beside it. */
export function formatAgo(language: string, instant: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(instant) - nowMs) / 1000);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (["second", 1] as const);
  return cached(`ago:${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: "auto" })).format(
    Math.trunc(seconds / size),
    unit,
  );
}

/** Short name of a zone as people write it: "UTC", "CET", "GMT+3". */
export function zoneName(language: string, zone: string, instant: string): string {
  const format = cached(
    `z:${language}:${zone}`,
    () => new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "short" }),
  );
  return format.formatToParts(new Date(instant)).find((part) => part.type === "timeZoneName")?.value ?? zone;
}
