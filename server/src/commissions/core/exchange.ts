import type { PlanDocument, WorkingConversion } from "@tributary/contract";
import { add, type Decimal, decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import { currency } from "../../kernel/money.ts";
import { type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import type { Entry } from "./entries.ts";
import type { RateTable } from "./rates.ts";

/** What was converted on the way of one line, one row per name, day and currency. */
export class ConversionLog {
  readonly #rows = new Map<string, WorkingConversion>();

  note(one: WorkingConversion): void {
    const key = `${one.name} ${one.from} ${one.asked} ${one.published}`;
    const before = this.#rows.get(key);
    const sum = (a: string, b: string) => formatDecimal(add(decimal(a), decimal(b)));
    this.#rows.set(
      key,
      before === undefined
        ? one
        : { ...one, amount: sum(before.amount, one.amount), converted: sum(before.converted, one.converted) },
    );
  }

  rows(): WorkingConversion[] {
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

/** Brings amounts into the plan's currency by the plan's rule. */
export class Exchange {
  readonly #plan: PlanDocument;
  readonly #rates: RateTable;
  readonly #payoutDays: Readonly<Record<Month, Day>>;

  constructor(plan: PlanDocument, rates: RateTable, payoutDays: Readonly<Record<Month, Day>>) {
    this.#plan = plan;
    this.#rates = rates;
    this.#payoutDays = payoutDays;
  }

  /**
   * An amount in whole units of its currency.
   * @param name what the amount is, for the working
   * @throws Refusal `rate_missing`
   */
  convert(value: Decimal, code: string, day: Day, name: string, log?: ConversionLog): Decimal {
    if (code === this.#plan.currency || value.units === 0n) return value;
    const asked = this.#rateDay(day);
    const [from, to] = [currency(code), currency(this.#plan.currency)];
    const converted =
      this.#plan.conversion.at === "month_average"
        ? this.#rates.convertAtAverage(value, from, to, monthOf(day))
        : this.#rates.convert(value, from, to, asked);
    log?.note({
      name,
      amount: formatDecimal(value),
      from,
      to,
      fromRate: converted.fromRate,
      toRate: converted.toRate,
      rate: converted.rate,
      converted: formatDecimal(converted.value),
      source: this.#rates.source,
      asked,
      published: converted.published,
    });
    return converted.value;
  }

  /** A measure of an entry in the plan's currency; a quantity as it is; nothing: zero. */
  of(entry: Entry, name: string, log?: ConversionLog): Decimal {
    const value = entry.measures[name];
    if (value === undefined) return entry.quantities[name] ?? ZERO;
    return this.convert(value, entry.currency ?? this.#plan.currency, entry.day, name, log);
  }

  #rateDay(day: Day): Day {
    switch (this.#plan.conversion.at) {
      case "day":
        return day;
      case "payout_date":
        return this.#payoutDays[monthOf(day)] ?? lastDay(monthOf(day));
      default:
        return lastDay(monthOf(day));
    }
  }
}

/** Measures that people name in the plural or that are made of others. */
const MADE_OF: Readonly<Record<string, readonly (readonly [1 | -1, string])[]>> = {
  deposits: [[1, "deposit"]],
  withdrawals: [[1, "withdrawal"]],
  net_deposits: [
    [1, "deposit"],
    [-1, "withdrawal"],
  ],
  sales: [[1, "sale"]],
  net_sales: [
    [1, "sale"],
    [-1, "refund"],
  ],
};

/** The measures behind a name, each with its sign. */
export function measuresOf(name: string): readonly (readonly [1 | -1, string])[] {
  return MADE_OF[name] ?? [[1, name]];
}
