import type { PlanValue, TableValue, TieredValue } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, roundTo } from "../../kernel/decimal.ts";
import type { Month } from "../../kernel/period.ts";
import { type About, matches } from "./match.ts";

export type PlainValue = string | TableValue;
type Band = TieredValue["bands"][number];

export function isTiered(value: PlanValue): value is TieredValue {
  return typeof value === "object" && "bands" in value;
}

/** The value of the first row whose dimensions match; null: nothing is paid. */
export function lookUp(value: PlainValue, about: About): Decimal | null {
  if (typeof value === "string") return decimal(value);
  const row = value.rows.find((one) => matches(about, one.when));
  const found = row === undefined ? value.otherwise : row.value;
  return found === "nothing" ? null : decimal(found);
}

/** Bands in the order of where they begin. */
export function sortedBands(tiered: TieredValue): readonly Band[] {
  return tiered.bands.toSorted((a, b) => compare(decimal(a.from), decimal(b.from)));
}

/** Index of the band that a number lies in; -1 below the first. */
export function bandIndex(tiered: TieredValue, bands: readonly Band[], value: Decimal): number {
  let found = -1;
  bands.forEach((band, index) => {
    const least = (band.bounds ?? tiered.bounds) === "at_least" ? 0 : 1;
    if (compare(value, decimal(band.from)) >= least) found = index;
  });
  return found;
}

/** The highest open band at or below an index; -1: none. */
export function openIndex(bands: readonly Band[], index: number, isOpen: (band: Band) => boolean): number {
  for (let at = index; at >= 0; at -= 1) {
    const band = bands[at];
    if (band !== undefined && isOpen(band)) return at;
  }
  return -1;
}

/** `15 – 30`, `above 99` or the band's own name. */
export function bandName(bands: readonly Band[], index: number): string {
  const band = bands[index];
  if (band === undefined) return `< ${bands[0]?.from ?? "0"}`;
  if (band.name !== undefined) return band.name;
  const next = bands[index + 1];
  return next === undefined ? `${band.from} +` : `${band.from} – ${next.from}`;
}

export interface BandMemory {
  readonly index: number;
  /** Months in a row in which a lower band was reached. */
  readonly below: number;
  /** The month it was in; left out: the one before. Nobody asks for the band of a month without facts, so months may lie between. */
  readonly month?: Month;
}

/** Where the band moves to from where it was last month, by the plan's rule of movement. After a step down the months of grace begin anew. */
export function moveBand(tiered: TieredValue, reached: number, before: BandMemory | undefined): BandMemory {
  const { movement } = tiered;
  if (movement === undefined || before === undefined || reached === before.index) return { index: reached, below: 0 };
  if (reached > before.index) return { index: Math.min(reached, before.index + (movement.up ?? 100)), below: 0 };
  if (before.below < movement.graceMonths) return { index: before.index, below: before.below + 1 };
  return { index: Math.max(reached, before.index - (movement.down ?? 100)), below: 0 };
}

/** A stretch of numbers that one band holds. */
export interface Slice {
  readonly index: number;
  readonly size: Decimal;
}

/** How many things something is the sum of. */
export function countOf({ count, about }: { readonly count?: Decimal; readonly about: About }): Decimal {
  return count ?? decimal(about.entry?.count ?? 1);
}

/** Things that are counted, after as many before them: each belongs to the band of its own place, or of the place before it. */
export function placesOf(tiered: TieredValue, bands: readonly Band[], before: Decimal, size: Decimal): Slice[] {
  const shift = tiered.mode === "prospective" ? -1n : 0n;
  const at = (place: bigint) => bandIndex(tiered, bands, add(before, decimal(place + shift)));
  const last = roundTo(size, 0, "down").units;
  if (last <= 1n || compare(decimal(last), size) !== 0) return [{ index: at(1n), size }];
  const found: Slice[] = [];
  for (let place = 1n; place <= last; ) {
    const index = at(place);
    let [inside, outside] = [place, last + 1n];
    while (outside - inside > 1n) {
      const middle = (inside + outside) / 2n;
      if (at(middle) === index) inside = middle;
      else outside = middle;
    }
    found.push({ index, size: decimal(outside - place) });
    place = outside;
  }
  return found;
}

/** Cuts the stretch from `start` to `start + size` where bands begin. What lies below the first band has index -1. */
export function slices(bands: readonly Band[], start: Decimal, end: Decimal): Slice[] {
  const cuts = bands
    .map((band) => decimal(band.from))
    .filter((from) => compare(from, start) > 0 && compare(from, end) < 0);
  const points = [start, ...cuts, end];
  return points.slice(0, -1).map((from, index) => {
    const to = points[index + 1] ?? from;
    // A stretch belongs to the band that its beginning opens: at a bound the money above it is meant.
    const inside = bands.findLastIndex((band) => compare(from, decimal(band.from)) >= 0);
    return { index: inside, size: minus(to, from) };
  });
}

function minus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: a.units * 10n ** BigInt(scale - a.scale) - b.units * 10n ** BigInt(scale - b.scale), scale };
}

export function sliceText(slice: Slice, value: Decimal): string {
  return `${formatDecimal(slice.size)} × ${formatDecimal(value)}`;
}
