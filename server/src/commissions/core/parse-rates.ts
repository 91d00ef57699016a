import { parseDecimal } from "../../kernel/decimal.ts";
import type { Day } from "../../kernel/period.ts";

export interface ParsedRate {
  readonly day: Day;
  readonly currency: string;
  /** Units of the currency for one euro. */
  readonly rate: string;
}

export interface ParsedRates {
  readonly rates: readonly ParsedRate[];
  /** What could not be read, with its line number. */
  readonly problems: readonly string[];
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/**
 * Reads the European Central Bank's euro reference rates: `eurofxref.csv` (one day, `13 April 2026`) and `eurofxref-hist.csv` (the whole
 * history, `2026-04-13`): a column per currency, `N/A` or nothing where a currency was not quoted, a comma at the end of the line.
 */
export function parseRates(text: string): ParsedRates {
  const rates: ParsedRate[] = [];
  const problems: string[] = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = (lines[0] ?? "").split(",").map((cell) => cell.trim());
  if (header[0] !== "Date" || header.length < 2)
    return {
      rates,
      problems: ["line 1: this is no table of euro reference rates: it should begin with Date,USD,JPY,…"],
    };
  lines.slice(1).forEach((line, index) => {
    if (line.trim() === "") return;
    const number = index + 2;
    const cells = line.split(",").map((cell) => cell.trim());
    const day = parseDay(cells[0] ?? "");
    if (day === undefined) {
      problems.push(`line ${number}: ${cells[0]} is no day`);
      return;
    }
    header.slice(1).forEach((currency, column) => {
      const rate = cells[column + 1] ?? "";
      if (currency === "" || rate === "" || rate === "N/A") return;
      const value = parseDecimal(rate);
      const readable = value !== undefined && value.units > 0n && /^[A-Z]{3}$/.test(currency);
      if (readable) rates.push({ day, currency, rate });
      else problems.push(`line ${number}: ${currency} ${rate} is no rate`);
    });
  });
  return { rates, problems };
}

function parseDay(text: string): Day | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return real(text);
  const [, day, name, year] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name ?? "") + 1;
  if (day === undefined || month === 0) return undefined;
  return real(`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`);
}

function real(day: Day): Day | undefined {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined;
}
