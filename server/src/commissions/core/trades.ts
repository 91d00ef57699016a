import type { TradeFilter } from "@tributary/contract";
import { add, compare, type Decimal, decimal, divide, multiply, subtract, ZERO } from "../../kernel/decimal.ts";
import type { Entry } from "./entries.ts";

/** Places of a quotient before it is multiplied, and of an amount after it: thirds come back as whole cents. */
const QUOTIENT_PLACES = 24;
const KEPT_PLACES = 16;
const ONE = decimal("1");
const TWO = decimal("2");

/** What a trade counts for, as an exact fraction: `share` / `over`. */
export interface Counted {
  readonly share: Decimal;
  readonly over: Decimal;
}

/** Why a trade does not count: the word of a step (`left_out_too_short`) and what the plan asks. */
export interface LeftOut {
  readonly reason: string;
  readonly asked?: string | undefined;
}

export type TradeCount = Counted | LeftOut;
export type Sides = "as_reported" | "both" | "round_turn" | "open" | "close";

export const WHOLE: Counted = { share: ONE, over: ONE };

/**
 * How much of a trade counts under the plan's filter and sides. Order of the trades, and what happened to others, never matters.
 * @param filter undefined: every trade passes; trades closed by each other still count once
 */
export function countTrade(entry: Entry, filter: TradeFilter | undefined, sides: Sides = "as_reported"): TradeCount {
  const left =
    filter === undefined
      ? undefined
      : (tooShort(entry, filter) ?? tooFewPoints(entry, filter) ?? flagged(entry, filter));
  if (left !== undefined) return left;
  const bySide = sideOf(entry, sides);
  if ("reason" in bySide) return bySide;
  const parts = [bySide];
  if (has(entry, "close_by") && filter?.closeBy !== "each") parts.push({ share: ONE, over: TWO });
  if (filter?.hedged === "half") parts.push(hedgedHalf(entry));
  if (filter?.ownFunds === true) {
    const own = ownFunds(entry);
    if ("reason" in own) return own;
    parts.push(own);
  }
  return parts.reduce((all, one) => ({ share: multiply(all.share, one.share), over: multiply(all.over, one.over) }));
}

/** What an entry counts for in a sum or a count that asks for trades of some kind; null: it does not count. Other entries count whole. */
export function countedPart(entry: Entry, filter: TradeFilter | undefined): Counted | null {
  if (filter === undefined || entry.type !== "trade") return WHOLE;
  const counted = countTrade(entry, filter);
  return "reason" in counted ? null : counted;
}

/** The part of a value that counts; multiplied first, so that thirds of three are one. */
export function weigh(value: Decimal, counted: Counted): Decimal {
  if (isWhole(counted)) return value;
  const { share, over } = counted;
  const product = multiply(value, share);
  return compare(over, ONE) === 0 ? product : quotient(product, over);
}

/** `a / b`, exact to 24 places. */
export function quotient(a: Decimal, b: Decimal): Decimal {
  return divide(a, b, QUOTIENT_PLACES);
}

/** What a quotient left behind the sixteenth place is taken away. */
export function settled(value: Decimal): Decimal {
  return value.scale <= KEPT_PLACES ? value : divide(value, ONE, KEPT_PLACES);
}

export function isWhole({ share, over }: Counted): boolean {
  return compare(share, over) === 0;
}

/** The lesser of two fractions. */
export function lesser(a: Counted, b: Counted): Counted {
  return compare(multiply(a.share, b.over), multiply(b.share, a.over)) <= 0 ? a : b;
}

export function has(entry: Entry, flag: string): boolean {
  return entry.dimensions[flag] === "true";
}

/** A plain number of a trade, under the first of its names that it carries; an amount without its currency. */
export function numberOf(entry: Entry, ...names: readonly string[]): Decimal | undefined {
  for (const name of names) {
    const found = entry.quantities[name] ?? entry.measures[name];
    if (found !== undefined) return found;
  }
  return undefined;
}

export function absolute(value: Decimal): Decimal {
  return value.units < 0n ? { units: -value.units, scale: value.scale } : value;
}

/** No further from zero than a limit: what is taken back is limited as what was given. */
export function within(value: Decimal, limit: Decimal): Decimal {
  if (compare(absolute(value), limit) <= 0) return value;
  return value.units < 0n ? subtract(ZERO, limit) : limit;
}

function reaches(found: Decimal, asked: Decimal, filter: TradeFilter): boolean {
  return compare(found, asked) >= (filter.bounds === "more_than" ? 1 : 0);
}

function tooShort(entry: Entry, filter: TradeFilter): LeftOut | undefined {
  if (filter.minSeconds === undefined || filter.minSeconds === 0) return undefined;
  const asked = String(filter.minSeconds);
  const seconds = numberOf(entry, "seconds");
  if (seconds === undefined) return { reason: "seconds_unknown", asked };
  return reaches(seconds, decimal(asked), filter)
    ? undefined
    : { reason: filter.bounds === "more_than" ? "not_longer" : "too_short", asked };
}

function tooFewPoints(entry: Entry, filter: TradeFilter): LeftOut | undefined {
  const asked = filter.minPoints;
  if (asked === undefined || decimal(asked).units === 0n) return undefined;
  const points = numberOf(entry, "points");
  if (points === undefined) return { reason: "points_unknown", asked };
  return reaches(absolute(points), decimal(asked), filter)
    ? undefined
    : { reason: filter.bounds === "more_than" ? "not_more_points" : "too_few_points", asked };
}

function flagged(entry: Entry, filter: TradeFilter): LeftOut | undefined {
  const flag = filter.exclude?.find((name) => has(entry, name) || (name === "same_price" && samePrice(entry)));
  return flag === undefined ? undefined : { reason: `flag_${flag}` };
}

function samePrice(entry: Entry): boolean {
  const [open, close] = [numberOf(entry, "open_price", "open"), numberOf(entry, "close_price", "close")];
  return open !== undefined && close !== undefined && compare(open, close) === 0;
}

function sideOf(entry: Entry, sides: Sides): TradeCount {
  const { side } = entry.dimensions;
  const known = side === "open" || side === "close";
  if (sides === "both") return known ? WHOLE : { share: TWO, over: ONE };
  if (sides === "round_turn") return known ? { share: ONE, over: TWO } : WHOLE;
  if (sides === "as_reported" || sides === side) return WHOLE;
  return { reason: known ? "other_side" : "side_unknown", asked: sides };
}

/** A trade with the flag counts half; with `hedged_lots`, that part of its lots does. */
function hedgedHalf(entry: Entry): Counted {
  const [lots, hedged] = [numberOf(entry, "lots"), numberOf(entry, "hedged_lots")];
  if (hedged !== undefined && lots !== undefined && lots.units !== 0n) {
    const [all, part] = [absolute(lots), absolute(hedged)];
    const locked = compare(part, all) > 0 ? all : part;
    const twice = add(all, all);
    return { share: subtract(twice, locked), over: twice };
  }
  const share = numberOf(entry, "hedged_share");
  if (share !== undefined) return { share: subtract(TWO, fraction(share)), over: TWO };
  return has(entry, "hedged") ? { share: ONE, over: TWO } : WHOLE;
}

/** Which part of its order a partial close is; all of it when it does not say the order's lots. */
export function partOfOrder(entry: Entry): Counted {
  const [lots, all] = [numberOf(entry, "lots"), numberOf(entry, "order_lots")];
  if (lots === undefined || all === undefined || all.units === 0n) return WHOLE;
  const part = { share: absolute(lots), over: absolute(all) };
  return compare(part.share, part.over) >= 0 ? WHOLE : part;
}

/** Between nothing and all of it. */
function fraction(share: Decimal): Decimal {
  if (share.units <= 0n) return ZERO;
  return compare(share, ONE) > 0 ? ONE : share;
}

/** (equity − credit) / equity: what the customer trades with of its own. */
function ownFunds(entry: Entry): TradeCount {
  const equity = numberOf(entry, "equity");
  if (equity === undefined) {
    const share = numberOf(entry, "own_funds_share");
    return share === undefined ? { reason: "equity_unknown" } : { share: fraction(share), over: ONE };
  }
  const credit = numberOf(entry, "credit") ?? ZERO;
  const own = subtract(equity, credit);
  if (equity.units <= 0n || own.units <= 0n) return { reason: "no_own_funds" };
  return compare(own, equity) >= 0 ? WHOLE : { share: own, over: equity };
}
