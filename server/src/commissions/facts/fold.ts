import { add, type Decimal, decimal, formatDecimal, negate, ZERO } from "../../kernel/decimal.ts";
import { type Day, dayOf } from "../../kernel/period.ts";
import { isLevel } from "../core/levels.ts";
import type { DayFact, FactEvent } from "./contracts.ts";

/** By how much one row of facts changes. */
export interface FactDelta {
  readonly customerId: bigint;
  readonly programId: string;
  readonly day: Day;
  readonly product: string;
  readonly measure: string;
  readonly currency: string;
  amount: bigint | Decimal;
  events: number;
}

const QUARTER_HOUR_MS = 900_000;

/**
 * The calendar day of an instant, remembered per quarter of an hour: every time zone changes its day on such a boundary, and
 * asking the calendar for each of a million events would cost more than the rest of the fold.
 */
export class DayCutter {
  readonly #days = new Map<string, Map<number, Day>>();

  dayOf(at: number, timeZone: string): Day {
    let days = this.#days.get(timeZone);
    if (days === undefined) {
      days = new Map();
      this.#days.set(timeZone, days);
    }
    const quarter = Math.floor(at / QUARTER_HOUR_MS);
    let day = days.get(quarter);
    if (day === undefined) {
      if (days.size > 50_000) days.clear();
      day = dayOf(new Date(at), timeZone);
      days.set(quarter, day);
    }
    return day;
  }
}

/**
 * Folds events into changes of facts: per customer, day of the program's zone, product, measure and currency. What an event adds,
 * taking it away removes again. A measure of zero adds nothing; an event without any measure counts under its type. Prices, durations and the
 * like say something of a single event only: their sum would be a number of nothing.
 */
export class FactFold {
  readonly #deltas = new Map<string, FactDelta>();
  readonly #days: DayCutter;
  readonly #zoneOf: (programId: string) => string;

  constructor(days: DayCutter, zoneOf: (programId: string) => string) {
    this.#days = days;
    this.#zoneOf = zoneOf;
  }

  take(event: FactEvent, sign: 1 | -1): void {
    if (event.cap != null) return;
    const day = this.#days.dayOf(event.at, this.#zoneOf(event.programId));
    const product = event.dimensions.product ?? "";
    let named = false;
    for (const measure in event.measures) {
      named = true;
      const minor = BigInt(event.measures[measure] ?? "0");
      if (minor !== 0n)
        this.#add(event, day, product, measure, event.currency ?? "", sign === 1 ? minor : -minor, sign);
    }
    for (const quantity in event.quantities) {
      named = true;
      if (isLevel(quantity)) continue;
      const value = decimal(event.quantities[quantity] ?? "0");
      if (value.units !== 0n) this.#add(event, day, product, quantity, "", sign === 1 ? value : negate(value), sign);
    }
    if (!named) this.#add(event, day, product, event.type, "", 0n, sign);
  }

  #add(
    event: FactEvent,
    day: Day,
    product: string,
    measure: string,
    currency: string,
    amount: bigint | Decimal,
    events: 1 | -1,
  ): void {
    const key = `${event.customerId}|${day}|${product}|${measure}|${currency}`;
    const delta = this.#deltas.get(key);
    if (delta === undefined) {
      const { customerId, programId } = event;
      this.#deltas.set(key, { customerId, programId, day, product, measure, currency, amount, events });
      return;
    }
    delta.amount = plus(delta.amount, amount);
    delta.events += events;
  }

  /** Changes that change something, in no order. */
  deltas(): FactDelta[] {
    return [...this.#deltas.values()].filter((delta) => delta.events !== 0 || !isZero(delta.amount));
  }

  /** The changes as rows of facts: what a fold over all events of a customer comes to. */
  facts(): DayFact[] {
    return this.deltas().map(({ programId: _, amount, ...row }) => ({ ...row, amount: amountText(amount) }));
  }
}

function plus(a: bigint | Decimal, b: bigint | Decimal): bigint | Decimal {
  if (typeof a === "bigint" && typeof b === "bigint") return a + b;
  return add(asDecimal(a), asDecimal(b));
}

function asDecimal(value: bigint | Decimal): Decimal {
  return typeof value === "bigint" ? { units: value, scale: 0 } : value;
}

function isZero(value: bigint | Decimal): boolean {
  return typeof value === "bigint" ? value === 0n : value.units === ZERO.units;
}

/** Minor units or a quantity as PostgreSQL's numeric reads it. */
export function amountText(value: bigint | Decimal): string {
  return typeof value === "bigint" ? value.toString() : formatDecimal(value);
}
