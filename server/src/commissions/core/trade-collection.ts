import type { Component, WorkingInput, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import type { ComponentRun, Priced } from "./component-run.ts";
import { type Entry, inOrder } from "./entries.ts";
import type { ConversionLog } from "./exchange.ts";
import { type Counted, countTrade, isWhole, type LeftOut, numberOf, settled, weigh } from "./trades.ts";

export type TradingComponent = Extract<Component, { sides: unknown }>;
export type TradingRun<C extends TradingComponent = TradingComponent> = ComponentRun<C>;

/** What one trade is worth to a model: how much there is to be multiplied with the plan's value. */
export interface Measured {
  readonly quantity: Decimal;
  /** The amount comes out in this currency and is converted afterwards; the plan's when left out. */
  readonly currency?: string;
  /** What the trade has of the model's own measure, in the plan's currency: it moves metrics through which tiers glide. */
  readonly moves?: Readonly<Record<string, Decimal>>;
  /** The quantity before limits of the model's own (the most spread that is shared). */
  readonly unlimited?: Decimal;
}

export type Measure = (entry: Entry, counted: Counted, log: ConversionLog) => Measured | LeftOut;

interface Tally {
  count: number;
  before: Decimal;
  after: Decimal;
}

/** The trades that count, what they have, and why the others do not. */
export interface Collected {
  readonly things: Priced[];
  readonly currencies: (string | undefined)[];
  readonly counted: Tally;
  /** Of those that count: the ones that count for a part, or for more than once. In lots. */
  readonly inPart: Tally;
  /** The ones of which the model takes less than there is. In its own measure. */
  readonly limited: Tally;
  readonly left: Map<string, { readonly why: LeftOut; readonly tally: Tally }>;
  readonly sums: Map<string, Decimal>;
  facts: number;
}

/** The month's events of a type, filtered and measured. */
export function collectTrades<C extends TradingComponent>(
  run: TradingRun<C>,
  measure: Measure,
  type: string,
  log: ConversionLog,
): Collected {
  const found: Collected = {
    things: [],
    currencies: [],
    counted: tally(),
    inPart: tally(),
    limited: tally(),
    left: new Map(),
    sums: new Map(),
    facts: 0,
  };
  for (const entry of inTheirOrder(run)) {
    if (entry.type !== type) continue;
    found.facts += entry.count;
    const counted = countTrade(entry, run.component.trades, run.component.sides);
    if ("reason" in counted) leaveOut(found, entry, counted);
    else take(found, run, entry, counted, measure(entry, counted, log));
  }
  return found;
}

function tally(): Tally {
  return { count: 0, before: ZERO, after: ZERO };
}

function note(into: Tally, count: number, before: Decimal, after: Decimal): void {
  into.count += count;
  into.before = add(into.before, before);
  into.after = add(into.after, after);
}

function take(found: Collected, run: TradingRun, entry: Entry, counted: Counted, measured: Measured | LeftOut): void {
  if ("reason" in measured) {
    leaveOut(found, entry, measured);
    return;
  }
  const whole = numberOf(entry, "lots") ?? ZERO;
  const lots = weigh(whole, counted);
  note(found.counted, entry.count, whole, lots);
  if (!isWhole(counted)) note(found.inPart, entry.count, whole, lots);
  const { quantity, unlimited } = measured;
  if (unlimited !== undefined && compare(unlimited, quantity) !== 0)
    note(found.limited, entry.count, unlimited, quantity);
  const moves = { lots, ...measured.moves };
  for (const [name, value] of Object.entries(moves)) found.sums.set(name, add(found.sums.get(name) ?? ZERO, value));
  found.currencies.push(measured.currency);
  found.things.push({ quantity, about: run.about(entry), day: entry.day, at: entry.at, name: nameOf(entry), moves });
}

/** Trades in the order in which they happened, where what came before decides: in tiers that they move through. */
function inTheirOrder(run: TradingRun): readonly Entry[] {
  const hasTiers = JSON.stringify(run.component).includes('"bands"');
  return hasTiers ? run.entries().toSorted(inOrder) : run.entries();
}

function leaveOut(found: Collected, entry: Entry, why: LeftOut): void {
  const known = found.left.get(why.reason) ?? { why, tally: tally() };
  found.left.set(why.reason, known);
  const lots = numberOf(entry, "lots") ?? ZERO;
  note(known.tally, entry.count, lots, lots);
}

function nameOf(entry: Entry): string {
  const { order, position, symbol } = entry.dimensions;
  return order ?? position ?? entry.id ?? symbol ?? entry.day;
}

/** What the trades that count had, for the working. */
export function inputsOf(found: Collected, currency: string): WorkingInput[] {
  return [...found.sums]
    .filter(([, value]) => value.units !== 0n)
    .map(([name, value]) => ({
      name,
      value: formatDecimal(settled(value)),
      ...(name === "lots" ? {} : { currency }),
    }));
}

/** Which trades count, which do not and why. */
export function countSteps(found: Collected, currency: string): WorkingStep[] {
  const steps: WorkingStep[] = [{ code: "trades_counted", values: tallied(found.counted, "lots") }];
  if (found.inPart.count > 0) steps.push({ code: "trades_in_part", values: tallied(found.inPart, "lots") });
  for (const { why, tally: one } of found.left.values()) {
    const asked: Record<string, string> = why.asked === undefined ? {} : { asked: why.asked };
    steps.push({ code: `left_out_${why.reason}`, values: { ...asked, ...tallied(one, "lots"), held: "false" } });
  }
  if (found.limited.count > 0) {
    const { unit: _, ...values } = tallied(found.limited, "");
    steps.push({ code: "trades_limited", values: { ...values, currency } });
  }
  return steps;
}

function tallied(one: Tally, unit: string): Record<string, string> {
  const [before, value] = [formatDecimal(settled(one.before)), formatDecimal(settled(one.after))];
  return { count: String(one.count), before, value, unit };
}
