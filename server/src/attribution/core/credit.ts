/**
 * Credit of several touches for one conversion, for reports: whose customer somebody is, is not decided here. All weights are whole
 * numbers, so credits are exact fractions that sum to one; nothing is a floating-point number.
 */
import { divideRounded, formatDecimal } from "../../kernel/decimal.ts";

export const CREDIT_MODELS = ["first", "last", "linear", "linear_distinct", "position", "time_decay"] as const;
export type CreditModel = (typeof CREDIT_MODELS)[number];

export interface CreditSettings {
  /** Parts of the first touch, of all between together, and of the last: whole numbers, usually of a hundred. */
  readonly position: { readonly first: number; readonly middle: number; readonly last: number };
  /** With every such number of days before the conversion a touch weighs half. */
  readonly halfLifeDays: number;
}

export const CREDIT_DEFAULTS: CreditSettings = { position: { first: 40, middle: 20, last: 40 }, halfLifeDays: 7 };

/** A touch of a journey; `key`: whom the credit goes to. */
export interface CreditedTouch {
  readonly key: string;
  /** milliseconds before the conversion */
  readonly age: number;
}

const DAY_MS = 86_400_000;
/** A touch a million million times lighter than the newest weighs as if it were that. */
const MOST_HALVINGS = 40;

/**
 * What each touch weighs; its credit is its weight over the sum of all.
 * - `linear`: every touch the same; `linear_distinct`: everybody on the way the same, however often
 * - `position`: first and last their parts, the touches between share theirs; of two touches, first and last share it all
 * - `time_decay`: half with each whole half-life before the conversion
 * @param journey oldest first, not empty
 */
export function weightsOf(model: CreditModel, journey: readonly CreditedTouch[], settings: CreditSettings): bigint[] {
  const last = journey.length - 1;
  switch (model) {
    case "first":
      return journey.map((_, index) => (index === 0 ? 1n : 0n));
    case "last":
      return journey.map((_, index) => (index === last ? 1n : 0n));
    case "linear":
      return journey.map(() => 1n);
    case "linear_distinct":
      return journey.map((touch, index) => (journey.findIndex((one) => one.key === touch.key) === index ? 1n : 0n));
    case "position":
      return positionWeights(journey.length, settings.position);
    case "time_decay": {
      const halvings = journey.map(({ age }) =>
        Math.min(MOST_HALVINGS, Math.max(0, Math.floor(age / (settings.halfLifeDays * DAY_MS)))),
      );
      const most = Math.max(...halvings);
      return halvings.map((count) => 1n << BigInt(most - count));
    }
  }
}

function positionWeights(length: number, { first, middle, last }: CreditSettings["position"]): bigint[] {
  if (length === 1) return [1n];
  const ends = [BigInt(first), BigInt(last)] as const;
  if (length === 2) return ends[0] + ends[1] === 0n ? [1n, 1n] : [...ends];
  const between = length - 2;
  return Array.from({ length }, (_, index) => {
    if (index === 0) return ends[0] * BigInt(between);
    return index === length - 1 ? ends[1] * BigInt(between) : BigInt(middle);
  });
}

/**
 * Splits an amount by weights so that the parts sum to it: what is left after rounding down goes, a minor unit each, to the largest
 * remainders, among equals to the earlier touch.
 */
export function splitAmount(minor: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  const sign = minor < 0n ? -1n : 1n;
  const whole = minor * sign;
  const parts = weights.map((weight, index) => ({
    index,
    part: (whole * weight) / sum,
    rest: (whole * weight) % sum,
  }));
  let left = whole - parts.reduce((a, { part }) => a + part, 0n);
  for (const one of [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    one.part += 1n;
    left -= 1n;
  }
  return parts.map(({ part }) => part * sign);
}

/** Sums of exact credits: numerators by denominator, brought together only when they are told. */
export class CreditSum {
  readonly #parts = new Map<bigint, bigint>();

  add(weight: bigint, of: bigint, times: bigint): void {
    if (weight === 0n || times === 0n) return;
    this.#parts.set(of, (this.#parts.get(of) ?? 0n) + weight * times);
  }

  /** As a decimal of nine places at most, rounded half to even. */
  toString(): string {
    let numerator = 0n;
    let denominator = 1n;
    for (const [of, part] of this.#parts) {
      numerator = numerator * of + part * denominator;
      denominator *= of;
      const common = gcd(numerator, denominator);
      numerator /= common;
      denominator /= common;
    }
    return formatDecimal({ units: divideRounded(numerator * 10n ** 9n, denominator, "half_even"), scale: 9 });
  }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** One conversion with its touches, the oldest first. */
export interface CreditedConversion {
  readonly journey: readonly CreditedTouch[];
  /** how many such conversions */
  readonly times: bigint;
  /** minor units; null: the event has no amount */
  readonly amount: { readonly minor: bigint; readonly currency: string } | null;
}

/** What one key has under one model. */
export interface Credited {
  readonly conversions: CreditSum;
  readonly amounts: Map<string, bigint>;
}

/** Credits of conversions under several models: model → key → sums. */
export class CreditTable {
  readonly #models: readonly CreditModel[];
  readonly #settings: CreditSettings;
  readonly sums = new Map<CreditModel, Map<string, Credited>>();

  constructor(models: readonly CreditModel[], settings: CreditSettings = CREDIT_DEFAULTS) {
    this.#models = models;
    this.#settings = settings;
    for (const model of models) this.sums.set(model, new Map());
  }

  add({ journey, times, amount }: CreditedConversion): void {
    for (const model of this.#models) {
      const weights = weightsOf(model, journey, this.#settings);
      const sum = weights.reduce((a, b) => a + b, 0n);
      const parts = amount === null ? [] : splitAmount(amount.minor, weights);
      journey.forEach(({ key }, index) => {
        const own = this.#of(model, key);
        own.conversions.add(weights[index] ?? 0n, sum, times);
        const part = parts[index] ?? 0n;
        if (amount !== null && part !== 0n)
          own.amounts.set(amount.currency, (own.amounts.get(amount.currency) ?? 0n) + part);
      });
    }
  }

  #of(model: CreditModel, key: string): Credited {
    const table = this.sums.get(model) ?? new Map<string, Credited>();
    const known = table.get(key);
    if (known !== undefined) return known;
    const made: Credited = { conversions: new CreditSum(), amounts: new Map() };
    table.set(key, made);
    return made;
  }
}
