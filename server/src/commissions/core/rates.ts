import { add, type Decimal, decimal, divide, formatDecimal, multiply } from "../../kernel/decimal.ts";
import type { Currency } from "../../kernel/money.ts";
import { addDays, type Day, type Month, monthOf } from "../../kernel/period.ts";
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

/** A rate that is stated: units of `to` for one unit of `from`. */
export interface StatedPair {
  readonly day: Day;
  readonly from: string;
  readonly to: string;
  readonly rate: string;
}

/**
 * Published rates in memory: units of a currency for one euro. The rate of a day is the last one published on or before it; a currency that
 * was not quoted then has none (the bank stopped quoting ISK from 2008 to 2018).
 */
export class RateTable {
  readonly source: string;
  readonly #days: readonly Day[];
  readonly #quotes: ReadonlyMap<Day, ReadonlyMap<string, string>>;

  readonly #pairs: ReadonlyMap<string, readonly DayRate[]>;
  /** What a day's quotes of two currencies come to; a month's facts ask for the same few again and again. */
  readonly #crosses = new Map<string, Cross>();

  /**
   * @param pairs rates stated directly from one currency to another; they go before those by way of the euro. One that is stated the other way
   *   round only (dollars for a pound) divides.
   */
  constructor(
    source: string,
    rows: Iterable<{ readonly day: Day; readonly currency: string; readonly rate: string }>,
    pairs: readonly StatedPair[] = [],
  ) {
    this.#pairs = new Map(
      [...Map.groupBy(pairs, (pair) => `${pair.from} ${pair.to}`)].map(([name, own]) => [
        name,
        own.map((one) => ({ day: one.day, rate: decimal(one.rate) })).sort((a, b) => (a.day < b.day ? -1 : 1)),
      ]),
    );
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
    const pair = this.#pair(from, to);
    const stated = pair.rows.findLast((one) => one.day <= day);
    if (stated !== undefined) return atPair(amount, stated.rate, stated.day, pair.divides);
    const key = `${from} ${to} ${day}`;
    const cross = this.#crosses.get(key) ?? this.#cross(from, to, day);
    this.#crosses.set(key, cross);
    const { fromRate, toRate, rate, published } = cross;
    return { value: divide(multiply(amount, cross.to), cross.from, PLACES), fromRate, toRate, rate, published };
  }

  #cross(from: Currency, to: Currency, day: Day): Cross {
    const published = this.publishedOn(day);
    if (published === undefined || (published !== day && addDays(published, MOST_DAYS_OLD) < day))
      throw missing(from, to, day, this.source);
    const fromRate = this.#quote(published, from);
    const toRate = this.#quote(published, to);
    if (fromRate === undefined || toRate === undefined) throw missing(from, to, day, this.source);
    const [fromQuote, toQuote] = [decimal(fromRate), decimal(toRate)];
    const rate = formatDecimal(divide(toQuote, fromQuote, PLACES));
    return { from: fromQuote, to: toQuote, fromRate, toRate, rate, published };
  }

  /**
   * The same at the average of the rates of a month that are known, one quotient of the averages of both currencies. A currency counts on the days on
   * which it was quoted itself: another one that was quoted oftener takes nothing from it.
   * @throws Refusal `rate_missing` when a currency was never quoted in the month
   */
  convertAtAverage(amount: Decimal, from: Currency, to: Currency, month: Month): Converted {
    const pair = this.#pair(from, to);
    const stated = pair.rows.filter((one) => monthOf(one.day) === month);
    const lastStated = stated.at(-1);
    if (lastStated !== undefined) {
      const mean = divide(stated.map((one) => one.rate).reduce(add), decimal(stated.length), PLACES);
      return atPair(amount, mean, lastStated.day, pair.divides);
    }
    const days = this.#days.filter((day) => monthOf(day) === month);
    const fromRate = this.#average(days, from);
    const toRate = this.#average(days, to);
    const last = days.findLast((day) => [from, to].some((one) => one !== "EUR" && this.#quote(day, one) !== undefined));
    if (fromRate === undefined || toRate === undefined || last === undefined)
      throw missing(from, to, month, this.source);
    return {
      value: divide(multiply(amount, toRate), fromRate, PLACES),
      fromRate: formatDecimal(fromRate),
      toRate: formatDecimal(toRate),
      rate: formatDecimal(divide(toRate, fromRate, PLACES)),
      published: last,
    };
  }

  #pair(from: string, to: string): { readonly rows: readonly DayRate[]; readonly divides: boolean } {
    const rows = this.#pairs.get(`${from} ${to}`);
    if (rows !== undefined) return { rows, divides: false };
    return { rows: this.#pairs.get(`${to} ${from}`) ?? [], divides: true };
  }

  #average(days: readonly Day[], currency: string): Decimal | undefined {
    const quotes = days.map((day) => this.#quote(day, currency)).filter((quote) => quote !== undefined);
    if (quotes.length === 0) return undefined;
    return divide(quotes.map(decimal).reduce(add), decimal(quotes.length), PLACES);
  }

  #quote(day: Day, currency: string): string | undefined {
    return currency === "EUR" ? "1" : this.#quotes.get(day)?.get(currency);
  }
}

interface Cross extends Omit<Converted, "value"> {
  readonly from: Decimal;
  readonly to: Decimal;
}

interface DayRate {
  readonly day: Day;
  readonly rate: Decimal;
}

function atPair(amount: Decimal, rate: Decimal, published: Day, divides: boolean): Converted {
  const text = formatDecimal(rate);
  if (divides) {
    const shown = formatDecimal(divide(decimal("1"), rate, PLACES));
    return { value: divide(amount, rate, PLACES), fromRate: text, toRate: "1", rate: shown, published };
  }
  return { value: multiply(amount, rate), fromRate: "1", toRate: text, rate: text, published };
}

function missing(from: string, to: string, day: Day, source: string): Refusal {
  return new Refusal("rate_missing", `There is no ${source} rate from ${from} to ${to} for ${day}.`, [
    { field: "day", value: day, message: "no rate", hint: "load the rates: tributary import rates FILE" },
  ]);
}
