import type { BaseTermValue, PlanValue, WorkingStep } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  multiply,
  negate,
  ZERO,
} from "../../kernel/decimal.ts";
import type { ComponentRun } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import { type ConversionLog, measuresOf } from "./exchange.ts";
import { PLACES } from "./rates.ts";

/** What the evaluation of a base asks of a run. */
export type BaseRun = Pick<ComponentRun, "plan" | "exchange" | "about" | "resolve">;

export interface TermAmount {
  readonly name: string;
  readonly value: Decimal;
  /** How it was worked out, when it is more than a sum of what events carry. */
  readonly arithmetic?: string;
  /** Of bases inside it. */
  readonly steps: readonly WorkingStep[];
}

type Part = Exclude<BaseTermValue, { lowestOf: unknown } | { highestOf: unknown } | { base: string }>;
type Percentage = Extract<Part, { of: unknown }>;

const NOTED = new WeakMap<ConversionLog, Map<string, WeakSet<Entry>>>();

/**
 * Measures of some entries in the plan's currency. Amounts of a day are added up before they are converted, so that portions in which they
 * came make no difference to the last decimal.
 */
export class MeasureSums {
  readonly entries: readonly Entry[];
  readonly #run: BaseRun;
  readonly #log: ConversionLog | undefined;
  readonly #sums = new Map<string, Decimal>();

  constructor(entries: readonly Entry[], run: BaseRun, log: ConversionLog | undefined) {
    this.entries = entries;
    this.#run = run;
    this.#log = log;
  }

  /** The names that events use for what a plan names. */
  static names(name: string): string[] {
    return measuresOf(name).map(([, measure]) => measure);
  }

  of(name: string): Decimal {
    const known = this.#sums.get(name);
    if (known !== undefined) return known;
    const value = this.#over(name, this.entries);
    this.#sums.set(name, value);
    return value;
  }

  /** The same over some of the entries. */
  among(name: string, entries: readonly Entry[]): Decimal {
    return entries === this.entries ? this.of(name) : this.#over(name, entries);
  }

  /** Measures of one entry added up. */
  one(names: readonly string[], entry: Entry): Decimal {
    return names.reduce((sum, name) => add(sum, this.among(name, [entry])), ZERO);
  }

  #over(name: string, entries: readonly Entry[]): Decimal {
    return measuresOf(name).reduce((sum, [sign, measure]) => {
      this.#note(measure, entries);
      const value = this.#measure(measure, entries, undefined);
      return add(sum, sign === 1 ? value : negate(value));
    }, ZERO);
  }

  /** Every conversion is noted once, however many terms, groups or bases ask for the same measure of the same entries. */
  #note(measure: string, entries: readonly Entry[]): void {
    if (this.#log === undefined) return;
    const noted = NOTED.get(this.#log) ?? new Map<string, WeakSet<Entry>>();
    NOTED.set(this.#log, noted);
    const before = noted.get(measure) ?? new WeakSet<Entry>();
    noted.set(measure, before);
    const foreign = (entry: Entry) => entry.currency !== null && entry.currency !== this.#run.plan.currency;
    const fresh = entries.filter((entry) => foreign(entry) && !before.has(entry));
    for (const entry of fresh) before.add(entry);
    if (fresh.length > 0) this.#measure(measure, fresh, this.#log);
  }

  #measure(measure: string, entries: readonly Entry[], log: ConversionLog | undefined): Decimal {
    const { currency } = this.#run.plan;
    const foreign = new Map<string, { readonly entry: Entry; readonly sum: Sum }>();
    const total = new Sum();
    for (const entry of entries) {
      const value = entry.measures[measure];
      if (value === undefined) total.add(entry.quantities[measure]);
      else if (entry.currency === null || entry.currency === currency) total.add(value);
      else {
        const key = `${entry.day} ${entry.currency}`;
        const before = foreign.get(key) ?? { entry, sum: new Sum() };
        foreign.set(key, before);
        before.sum.add(value);
      }
    }
    for (const { entry, sum } of foreign.values()) {
      total.add(this.#run.exchange.convert(sum.value(), entry.currency ?? currency, entry.day, measure, log));
    }
    return total.value();
  }
}

/** Adds up many decimals, which nearly always have the same number of places. */
class Sum {
  #units = 0n;
  #scale = 0;

  add(value: Decimal | undefined): void {
    if (value === undefined) return;
    if (value.scale === this.#scale) {
      this.#units += value.units;
      return;
    }
    const { units, scale } = add(this.value(), value);
    this.#units = units;
    this.#scale = scale;
  }

  value(): Decimal {
    return { units: this.#units, scale: this.#scale };
  }
}

/** A term that is made of measures. */
export function evaluatePart(term: Part, sums: MeasureSums, run: BaseRun, remainder: Decimal): TermAmount {
  if (typeof term === "string") return { name: term, value: sums.of(term), steps: [] };
  if ("per" in term) return perEvent(term, sums, run);
  if ("over" in term) return quotient(term, sums);
  if ("times" in term) return scaled(term, sums, run);
  return percentage(term, sums, run, remainder);
}

function perEvent(term: Extract<Part, { per: string }>, sums: MeasureSums, run: BaseRun): TermAmount {
  const name = term.name ?? term.per;
  if (term.per === "period") {
    const about = sums.entries[0] === undefined ? { partner: {} } : { partner: run.about(sums.entries[0]).partner };
    return { name, value: run.resolve(term.amount, about).value ?? ZERO, steps: [] };
  }
  const parts = byValue(term.amount, sums, run).map(({ value, entries }) => ({
    value,
    count: entries.reduce((sum, entry) => (entry.type === term.per ? sum + entry.count : sum), 0),
  }));
  const shown = parts.length === 1 ? parts : parts.filter(({ count }) => count > 0);
  return {
    name,
    value: parts.reduce((sum, { value, count }) => add(sum, multiply(value, decimal(count))), ZERO),
    ...joined(shown.map(({ value, count }) => `${count} × ${formatDecimal(value)}`)),
    steps: [],
  };
}

function quotient(term: Extract<Part, { over: string }>, sums: MeasureSums): TermAmount {
  let value = ZERO;
  const parts: string[] = [];
  for (const entry of sums.entries) {
    const divisor = entry.quantities[term.over];
    if (divisor === undefined || divisor.units === 0n) continue;
    const measure = sums.one([term.measure], entry);
    if (measure.units === 0n) continue;
    value = add(value, divide(measure, divisor, PLACES));
    parts.push(`${formatDecimal(measure)} ÷ ${formatDecimal(divisor)}`);
  }
  return { name: `${term.measure}_per_${term.over}`, value, ...joined(parts), steps: [] };
}

function scaled(term: Extract<Part, { times: unknown }>, sums: MeasureSums, run: BaseRun): TermAmount {
  const parts = byValue(term.times, sums, run).map(({ value, entries }) => {
    const sum = sums.among(term.measure, entries);
    return { sum, value, result: multiply(sum, value) };
  });
  const shown = parts.filter(({ sum }) => sum.units !== 0n);
  return {
    name: term.measure,
    value: parts.reduce((total, { result }) => add(total, result), ZERO),
    ...joined(shown.map(({ sum, value }) => `${formatDecimal(sum)} × ${formatDecimal(value)}`)),
    steps: [],
  };
}

function percentage(term: Percentage, sums: MeasureSums, run: BaseRun, remainder: Decimal): TermAmount {
  const measures = [term.of].flat();
  const name = term.name ?? measures.join("_");
  if (term.of === "remainder") {
    const first = sums.entries[0];
    const about = first === undefined ? { partner: {} } : { partner: run.about(first).partner };
    const rate = typeof term.rate === "string" ? decimal(term.rate) : (run.resolve(term.rate, about).value ?? ZERO);
    const of = floored(remainder, term);
    const value = bounded(multiply(of, rate), of, term, 1);
    return { name, value, ...joined([`${formatDecimal(of)} × ${formatDecimal(rate)}`]), steps: [] };
  }
  const parts = byValue(term.rate, sums, run).flatMap(({ value: rate, entries }) =>
    term.each === undefined
      ? [whole(term, measures, rate, entries, sums)]
      : single(term, term.each, measures, rate, entries, sums),
  );
  const of = parts.reduce((total, part) => add(total, part.of), ZERO);
  const sum = parts.reduce((total, part) => add(total, part.value), ZERO);
  const shown = parts.filter((part) => part.value.units !== 0n || part.of.units !== 0n).map((part) => part.text);
  return { name, value: bounded(sum, of, term, 1), ...joined(shown), steps: [] };
}

interface Fee {
  readonly of: Decimal;
  readonly value: Decimal;
  readonly text: string;
}

/** The fee on all entries that share a rate, together. */
function whole(
  term: Percentage,
  measures: readonly string[],
  rate: Decimal,
  entries: readonly Entry[],
  sums: MeasureSums,
): Fee {
  const of = floored(
    measures.reduce((sum, measure) => add(sum, sums.among(measure, entries)), ZERO),
    term,
  );
  return { of, value: multiply(of, rate), text: `${formatDecimal(of)} × ${formatDecimal(rate)}` };
}

/** The fee of every event by itself, each with its least and most. */
function single(
  term: Percentage,
  each: NonNullable<Percentage["each"]>,
  measures: readonly string[],
  rate: Decimal,
  entries: readonly Entry[],
  sums: MeasureSums,
): Fee[] {
  const names = new Set(measures.flatMap((measure) => MeasureSums.names(measure)));
  return entries
    .filter((entry) => Object.keys(entry.measures).some((name) => names.has(name)))
    .map((entry) => {
      const of = floored(sums.one(measures, entry), term);
      const plain = multiply(of, rate);
      const value = bounded(plain, of, each, entry.count);
      const text = compare(plain, value) === 0 ? `${formatDecimal(of)} × ${formatDecimal(rate)}` : formatDecimal(value);
      return { of, value, text };
    });
}

function floored(value: Decimal, term: Percentage): Decimal {
  return term.negative === "zero" && value.units < 0n ? ZERO : value;
}

interface Bounds {
  readonly atLeast?: string | undefined;
  readonly atMost?: string | undefined;
}

/** A fee of nothing stays nothing whatever the least is. */
function bounded(value: Decimal, of: Decimal, bounds: Bounds, count: number): Decimal {
  if (of.units <= 0n) return value;
  const times = (bound: string) => multiply(decimal(bound), decimal(count));
  if (bounds.atLeast !== undefined && compare(value, times(bounds.atLeast)) < 0) return times(bounds.atLeast);
  if (bounds.atMost !== undefined && compare(value, times(bounds.atMost)) > 0) return times(bounds.atMost);
  return value;
}

/** The entries by the value that applies to them; entries to which none applies are left out. */
function byValue(
  value: PlanValue,
  sums: MeasureSums,
  run: BaseRun,
): { readonly value: Decimal; readonly entries: readonly Entry[] }[] {
  if (typeof value === "string") return [{ value: decimal(value), entries: sums.entries }];
  const groups = new Map<string, { value: Decimal; entries: Entry[] }>();
  for (const entry of sums.entries) {
    const found = run.resolve(value, run.about(entry)).value;
    if (found === null) continue;
    const group = groups.get(formatDecimal(found)) ?? { value: found, entries: [] };
    groups.set(formatDecimal(found), group);
    group.entries.push(entry);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

const MOST_PARTS = 12;

/** `a + b + …`: what does not fit on a line is left to the sum. */
function joined(parts: readonly string[]): { readonly arithmetic?: string } {
  return parts.length === 0 || parts.length > MOST_PARTS ? {} : { arithmetic: parts.join(" + ") };
}
