import type { ReplayResult } from "@tributary/contract";
import { decimal } from "../../../kernel/decimal.ts";
import { currency as currencyOf, toMinor } from "../../../kernel/money.ts";

/** Whole units; a bucket is from its bound, inclusive, to the next. Nothing at all has one of its own. */
const BOUNDS = ["1", "10", "100", "1000", "10000"] as const;

/** How many sums differ by how much, from the largest loss to the largest gain. */
export function spreadOf(
  differences: readonly { readonly currency: string; readonly minor: bigint }[],
): ReplayResult["spread"] {
  const counts = new Map<number, number>();
  for (const { currency, minor } of differences) {
    const size = minor < 0n ? -minor : minor;
    const above = BOUNDS.filter((bound) => toMinor(decimal(bound), currencyOf(currency)) <= size).length;
    const place = minor === 0n ? 0 : minor > 0n ? above + 1 : -above - 1;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const places = Array.from({ length: 2 * BOUNDS.length + 3 }, (_, index) => index - BOUNDS.length - 1);
  return places.map((place) => ({ ...edges(place), partners: counts.get(place) ?? 0 }));
}

function edges(place: number): { from: string | null; to: string | null } {
  if (place === 0) return { from: "0", to: "0" };
  const lower = BOUNDS[Math.abs(place) - 2] ?? "0";
  const upper = BOUNDS[Math.abs(place) - 1] ?? null;
  if (place > 0) return { from: lower, to: upper };
  return { from: upper === null ? null : `-${upper}`, to: lower === "0" ? "0" : `-${lower}` };
}
