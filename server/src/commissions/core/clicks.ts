import { add, type Decimal, decimal, ZERO } from "../../kernel/decimal.ts";
import { type Entry, inOrder } from "./entries.ts";
import { has, numberOf } from "./trades.ts";

/** A robot, a page fetched ahead, a click that was reported twice. */
export function isNobody(entry: Entry): boolean {
  return has(entry, "bot") || has(entry, "prefetch") || has(entry, "duplicate");
}

/**
 * How many of the clicks were a visitor's first of the day; null: nobody says, and then they count as none.
 * @param seen visitors by day, of the clicks before in their order
 */
export function uniqueOf(entry: Entry, seen: Set<string>): Decimal | null {
  const told = numberOf(entry, "unique") ?? numberOf(entry, "unique_clicks");
  if (told !== undefined) return told;
  const { visitor, unique } = entry.dimensions;
  if (visitor === undefined) return unique === "true" ? decimal(entry.count) : unique === "false" ? decimal("0") : null;
  const key = `${entry.day} ${visitor}`;
  if (seen.has(key)) return decimal("0");
  seen.add(key);
  return decimal("1");
}

/** Clicks, or those that were a visitor's first of the day, as metrics count them: like `cpc` pays them. */
export function clicksOf(entries: readonly Entry[], count: "clicks" | "unique_clicks"): Decimal {
  const seen = new Set<string>();
  const clicks = entries.filter((entry) => entry.type === "click" && !isNobody(entry)).sort(inOrder);
  const counted = clicks.map((entry) => (count === "clicks" ? decimal(entry.count) : (uniqueOf(entry, seen) ?? ZERO)));
  return counted.reduce(add, ZERO);
}
