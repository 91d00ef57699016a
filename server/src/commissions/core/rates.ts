import { type Decimal, decimal, divide, formatDecimal, multiply } from "../../kernel/decimal.ts";
import type { Currency } from "../../kernel/money.ts";
import type { Day } from "../../kernel/period.ts";
import { addDays } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";

/** Decimal places of everything between two roundings. */
export const PLACES = 8;
/** The European Central Bank publishes on every TARGET day; the longest gap there is lasts five days. More means that rates are not loaded. */
const MOST_DAYS_OLD = 10;

export interface Converted {
  readonly value: Decimal;
  readonly fromRate: string;
  readonly toRate: string;
  readonly rate: string;
  readonly published: Day;
}

/**
 * Published rates in memory: units of a currency for one euro. The rate of a day is the last one published on or before it; a currency that
 * was not quoted then has none (the bank stopped quoting ISK from 2008 to 2018).
 */
export class RateTable {
  readonly source: string;
  readonly #days: readonly Day[];
  readonly #quotes: ReadonlyMap<Day, ReadonlyMap<string, string>>;

  constructor(source: string, rows: Iterable<{ readonly day: Day; readonly currency: string; readonly rate: string }>) {
    const quotes = new Map<Day, Map<string, string>>();
    for (const { day, currency, rate } of rows) {
      const quoted = quotes.get(day) ?? new Map<string, string>();
      quoted.set(currency, rate);
      quotes.set(day, quoted);
    }
    this.source = source;
    this.#quotes = quotes;
    this.#days = [...quotes.keys()].sort();
  }

  /** The last day of publication on or before a day. */
  publishedOn(day: Day): Day | undefined {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? "") <= day) low = middle + 1;
      else high = middle;
    }
    return this.#days[low - 1];
  }

  /**
   * An amount in another currency, by way of the euro, with eight decimals, halves away from zero.
   * @throws Refusal `rate_missing` with the currency and the day
   */
  convert(amount: Decimal, from: Currency, to: Currency, day: Day): Converted {
    const published = this.publishedOn(day);
    if (published === undefined || addDays(published, MOST_DAYS_OLD) < day) throw missing(from, to, day, this.source);
    const fromRate = this.#quote(published, from) ?? missing(from, to, day, this.source);
    const toRate = this.#quote(published, to) ?? missing(from, to, day, this.source);
    if (fromRate instanceof Refusal) throw fromRate;
    if (toRate instanceof Refusal) throw toRate;
    return {
      value: divide(multiply(amount, decimal(toRate)), decimal(fromRate), PLACES),
      fromRate,
      toRate,
      rate: formatDecimal(divide(decimal(toRate), decimal(fromRate), PLACES)),
      published,
    };
  }

  #quote(day: Day, currency: string): string | undefined {
    return currency === "EUR" ? "1" : this.#quotes.get(day)?.get(currency);
  }
}

function missing(from: string, to: string, day: Day, source: string): Refusal {
  return new Refusal("rate_missing", `There is no ${source} rate from ${from} to ${to} for ${day}.`, [
    { field: "day", value: day, message: "no rate", hint: "load the rates: tributary import rates FILE" },
  ]);
}
