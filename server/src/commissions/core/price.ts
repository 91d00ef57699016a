import type { Metric, MetricCondition, PlanValue, TieredValue, WorkingStep } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  multiply,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
import { addDays, addMonths, type Day, type Month } from "../../kernel/period.ts";
import { BandLimits, limitOfBand } from "./band-limits.ts";
import type { Price, Priced, Reading, Resolved } from "./component-run.ts";
import { type About, matches } from "./match.ts";
import { looksAtThings, type Seen, seenKey } from "./metrics.ts";
import {
  type BandMemory,
  bandIndex,
  bandName,
  countOf,
  isTiered,
  lookUp,
  moveBand,
  openIndex,
  placesOf,
  slices,
  sliceText,
  sortedBands,
} from "./tiers.ts";

/** What pricing asks of the month it happens in. */
export interface PricingContext {
  metric(metric: Metric, about?: About, seen?: Seen): Reading;
  holds(condition: MetricCondition): boolean;
  /** Bands as they were last month, by the metric's name; written to as bands move. */
  readonly bands: Map<string, BandMemory>;
  readonly bandsBefore: ReadonlyMap<string, BandMemory>;
  /** The month that is priced, and a metric as it was in an earlier one. */
  readonly month: Month;
  metricIn(metric: Metric, month: Month): Reading;
  /** What applies instead of the component's value: a gate that did not hold. */
  readonly replacement: Decimal | null;
}

export interface Override {
  readonly name: string;
  readonly only?: Readonly<Record<string, string[]>> | undefined;
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
  readonly value: PlanValue;
}
export interface Factor {
  readonly name: string;
  readonly factor: PlanValue;
}

const RATIO_PLACES = 18;

/** The same month, in which a base that is asked for with what was carried into it includes that. */
export function withCarried(context: PricingContext, carried: Decimal): PricingContext {
  if (carried.units === 0n) return context;
  return {
    ...context,
    metric: (metric, about, seen) => {
      const reading = context.metric(metric, about, seen);
      if (!("base" in metric) || metric.carried !== "included") return reading;
      const value = add(reading.value, carried);
      const arithmetic = `${formatDecimal(reading.value)} + ${formatDecimal(carried)}`.replace("+ -", "− ");
      return {
        ...reading,
        value,
        steps: [...reading.steps, { code: "tier_with_carried", values: { arithmetic, value: formatDecimal(value) } }],
      };
    },
  };
}

/** The value that applies to one thing; tiers by the whole metric. @param day of the thing, where its tiers move by day */
export function resolve(context: PricingContext, value: PlanValue, about: About, day?: Day): Resolved {
  if (context.replacement !== null) return { value: context.replacement, tier: null, steps: [] };
  if (!isTiered(value)) return { value: lookUp(value, about), tier: null, steps: [] };
  const bands = sortedBands(value);
  const { reading, index } = chosenBand(context, value, about, day);
  const band = bands[index];
  const name = bandName(bands, index);
  const step = {
    code: "tier_reached",
    values: { metric: reading.name, reached: formatDecimal(reading.value), tier: name },
  };
  const steps = [...reading.steps, step];
  if (band === undefined) return { value: null, tier: name, steps };
  const atMost = limitOfBand(band, name);
  return { value: lookUp(band.value, about), tier: name, steps, ...(atMost === undefined ? {} : { atMost }) };
}

function chosenBand(
  context: PricingContext,
  tiered: TieredValue,
  about: About,
  day: Day | undefined,
): { readonly reading: Reading; readonly index: number } {
  const bands = sortedBands(tiered);
  const isOpen = (band: TieredValue["bands"][number]) => band.needs === undefined || context.holds(band.needs);
  if (tiered.daily !== undefined && day !== undefined) {
    const { reading, index } = bandOfDay(context, tiered, about, day);
    return { reading, index: openIndex(bands, index, isOpen) };
  }
  const reading = context.metric(tiered.metric, about, day === undefined ? {} : { day });
  const reached = bandIndex(tiered, bands, reading.value);
  const key = `${reading.name}:${tiered.bands.length}`;
  if (tiered.movement === undefined) return { reading, index: openIndex(bands, reached, isOpen) };
  const moved = moveBand(tiered, reached, bandBefore(context, tiered, key));
  context.bands.set(key, { ...moved, month: context.month });
  return { reading, index: openIndex(bands, moved.index, isOpen) };
}

const CAUGHT_UP = new WeakMap<PricingContext["bandsBefore"], Map<string, BandMemory>>();

/** The band as the month before left it: months without a fact to be paid for are judged as well, by what the metric came to in them. */
function bandBefore(context: PricingContext, tiered: TieredValue, key: string): BandMemory | undefined {
  const stored = context.bandsBefore.get(key);
  if (stored?.month === undefined) return stored;
  const known = CAUGHT_UP.get(context.bandsBefore) ?? new Map<string, BandMemory>();
  CAUGHT_UP.set(context.bandsBefore, known);
  let band = known.get(key) ?? stored;
  if (known.has(key)) return band;
  const bands = sortedBands(tiered);
  for (let month = addMonths(stored.month, 1); month < context.month; month = addMonths(month, 1)) {
    band = moveBand(tiered, bandIndex(tiered, bands, context.metricIn(tiered.metric, month).value), band);
  }
  known.set(key, band);
  return band;
}

/** The band of one day; where bands only go down when a month begins, the highest of its days so far. */
function bandOfDay(context: PricingContext, tiered: TieredValue, about: About, day: Day) {
  const bands = sortedBands(tiered);
  const sameDay = tiered.daily?.counts === "same_day";
  const on = (one: Day) => {
    const reading = context.metric(tiered.metric, about, { day: one, upTo: sameDay ? one : addDays(one, -1) });
    return { reading, index: bandIndex(tiered, bands, reading.value) };
  };
  let found = on(day);
  if (tiered.daily?.down !== "month_start") return found;
  for (let one: Day = `${day.slice(0, 8)}01`; one < day; one = addDays(one, 1)) {
    const before = on(one);
    if (before.index > found.index) found = before;
  }
  return found;
}

/** Quantities × the values that apply to them, in the order of the things. */
export function price(
  context: PricingContext,
  value: PlanValue,
  overrides: readonly Override[],
  factors: readonly Factor[],
  things: readonly Priced[],
): Price {
  const amounts = new Array<Decimal>(things.length).fill(ZERO);
  const steps: WorkingStep[] = [];
  const rates = new Set<string>();
  let tier: string | null = null;
  const groups = Map.groupBy(things.keys(), (index) => valueFor(things[index], value, overrides));
  for (const [chosen, indexes] of groups) {
    if (chosen.name !== null) steps.push({ code: "override", values: { name: chosen.name } });
    const group = priceGroup(
      context,
      chosen.value,
      indexes.map((index) => things[index] as Priced),
    );
    indexes.forEach((index, position) => {
      amounts[index] = group.amounts[position] ?? ZERO;
    });
    steps.push(...group.steps);
    for (const rate of group.rates) rates.add(rate);
    tier ??= group.tier;
  }
  applyFactors(context, factors, things, amounts, steps);
  const [only] = rates;
  return {
    amounts,
    total: amounts.reduce(add, ZERO),
    tier,
    rate: rates.size === 1 && only !== undefined ? decimal(only) : null,
    steps,
  };
}

interface Chosen {
  readonly name: string | null;
  readonly value: PlanValue;
}

const OWN = new WeakMap<object, Chosen>();
const PLAIN = new Map<string, Chosen>();

/** One object per value, so that things with the same value are priced together. */
function chosenFor(key: Override | null, value: PlanValue): Chosen {
  const holder = key ?? (typeof value === "object" ? value : null);
  if (holder === null) {
    const text = value as string;
    const known = PLAIN.get(text) ?? { name: null, value: text };
    PLAIN.set(text, known);
    return known;
  }
  const known = OWN.get(holder) ?? { name: key?.name ?? null, value: key?.value ?? value };
  OWN.set(holder, known);
  return known;
}

function valueFor(thing: Priced | undefined, value: PlanValue, overrides: readonly Override[]): Chosen {
  const found = overrides.find(
    (one) =>
      thing !== undefined &&
      matches(thing.about, one.only) &&
      (one.from === undefined || thing.day >= one.from) &&
      (one.until === undefined || thing.day <= one.until),
  );
  return chosenFor(found ?? null, found?.value ?? value);
}

interface Group {
  readonly amounts: readonly Decimal[];
  readonly rates: readonly string[];
  readonly tier: string | null;
  readonly steps: readonly WorkingStep[];
}

function priceGroup(context: PricingContext, value: PlanValue, things: readonly Priced[]): Group {
  const gliding = isTiered(value) && (value.mode === "marginal" || value.mode === "prospective");
  if (gliding && context.replacement === null) return priceGliding(context, value, things);
  const rates: string[] = [];
  const steps: WorkingStep[] = [];
  let tier: string | null = null;
  const limits = new BandLimits();
  const byThing = isTiered(value) && (value.daily !== undefined || looksAtThings(value.metric));
  const single = isTiered(value) && !("item" in value.metric) && !byThing;
  const told = new Set<string>();
  let once: Resolved | undefined;
  const amounts = things.map((thing) => {
    const resolved = resolve(context, value, thing.about, thing.day);
    if (!single || once === undefined) {
      const key = byThing ? JSON.stringify(resolved.steps) : "";
      if (steps.length < 20 && (!byThing || !told.has(key))) steps.push(...resolved.steps);
      told.add(key);
      once = resolved;
    }
    tier ??= resolved.tier;
    if (resolved.value === null) return ZERO;
    rates.push(formatDecimal(resolved.value));
    return limits.keep(resolved.atMost, thing, multiply(thing.quantity, resolved.value));
  });
  return { amounts, rates: [...new Set(rates)], tier, steps: [...steps, ...limits.steps()] };
}

/** Tiers through which things move one after the other: each slice at its own value, or each thing at the value reached before it. */
function priceGliding(context: PricingContext, tiered: TieredValue, things: readonly Priced[]): Group {
  const bands = sortedBands(tiered);
  const isItem = "item" in tiered.metric;
  const positions = new Map<string, Decimal>();
  const limits = new BandLimits();
  const paid = new Map<string, Decimal>();
  let highest = -1;
  const valueAt = (index: number, about: About) => {
    const open = openIndex(bands, index, (band) => band.needs === undefined || context.holds(band.needs));
    const band = bands[open];
    highest = Math.max(highest, open);
    const value = band === undefined ? null : lookUp(band.value, about);
    if (band === undefined || value === null) return null;
    return { value, limit: limitOfBand(band, bandName(bands, open)) };
  };
  const amounts = things.map((thing) => {
    const size = sizeOf(tiered.metric, thing);
    const key = isItem ? "" : seenKey(tiered.metric, thing.about, { day: thing.day });
    const from = isItem ? ZERO : (positions.get(key) ?? startOf(context, tiered.metric, thing));
    const to = add(from, size);
    positions.set(key, to);
    const pieces = isCounted(tiered.metric)
      ? placesOf(tiered, bands, from, size)
      : tiered.mode === "prospective"
        ? [{ index: bandIndex(tiered, bands, from), size }]
        : slices(bands, from, to);
    return pieces.reduce((sum, piece) => {
      const at = valueAt(piece.index, thing.about);
      if (at === null) return sum;
      const { value } = at;
      const share = size.units === 0n ? thing.quantity : shareOf(thing.quantity, piece.size, size);
      const text = sliceText({ index: piece.index, size: share }, value);
      const slice = `${bandName(bands, piece.index)} ${formatDecimal(value)}`;
      paid.set(slice, add(paid.get(slice) ?? ZERO, share));
      return text === "" ? sum : add(sum, limits.keep(at.limit, thing, multiply(share, value)));
    }, ZERO);
  });
  const steps = [...[...paid].map(([key, size]) => sliceStep(key, size)), ...limits.steps()];
  const rates = [...new Set([...paid.keys()].map((key) => key.split(" ").at(-1) ?? "0"))];
  return { amounts, rates, tier: highest < 0 ? null : bandName(bands, highest), steps };
}

function sliceStep(key: string, size: Decimal): WorkingStep {
  const cut = key.lastIndexOf(" ");
  const value = key.slice(cut + 1);
  return {
    code: "tier_slice",
    values: {
      tier: key.slice(0, cut),
      arithmetic: `${formatDecimal(size)} × ${value}`,
      value: formatDecimal(multiply(size, decimal(value))),
    },
  };
}

/** `quantity × part / whole`, exact where the part is the whole. */
function shareOf(quantity: Decimal, part: Decimal, whole: Decimal): Decimal {
  if (compare(part, whole) === 0) return quantity;
  if (compare(quantity, whole) === 0) return part;
  return divide(multiply(quantity, part), whole, RATIO_PLACES);
}

/** Where the month begins on a metric that looks further back. */
function startOf(context: PricingContext, metric: Metric, thing: Priced): Decimal {
  if ("ratio" in metric || "item" in metric) return ZERO;
  if (metric.period === "current" || metric.period === "day" || metric.period === "week") return ZERO;
  const whole = context.metric(metric, thing.about).value;
  return subtract(whole, context.metric({ ...metric, period: "current" }, thing.about).value);
}

function isCounted(metric: Metric): boolean {
  return "count" in metric || ("item" in metric && metric.item === "ordinal");
}

/** By how much a thing moves the metric. */
function sizeOf(metric: Metric, thing: Priced): Decimal {
  if (isCounted(metric)) return "item" in metric ? decimal(1) : countOf(thing);
  const { entry } = thing.about;
  const name = "sum" in metric ? metric.sum : "item" in metric ? metric.item : null;
  if (name === null || entry === undefined) return thing.quantity;
  return thing.moves?.[name] ?? entry.quantities[name] ?? thing.quantity;
}

/** Multiplies amounts by the component's factors, one after the other. */
function applyFactors(
  context: PricingContext,
  factors: readonly Factor[],
  things: readonly Priced[],
  amounts: Decimal[],
  steps: WorkingStep[],
): void {
  const plain = { ...context, replacement: null };
  for (const { name, factor } of factors) {
    const seen = new Set<string>();
    things.forEach((thing, index) => {
      const resolved = resolve(plain, factor, thing.about, thing.day);
      const value = resolved.value ?? ZERO;
      amounts[index] = multiply(amounts[index] ?? ZERO, value);
      const text = formatDecimal(value);
      if (seen.has(text) || seen.size > 10) return;
      seen.add(text);
      steps.push(...resolved.steps, { code: "factor", values: { name, arithmetic: `× ${text}` } });
    });
  }
}
