import { decimal, formatDecimal, multiply, subtract } from "../../../../kernel/decimal.ts";
import { type Below, nameOf, type PaysBy } from "./brought.ts";
import { sharedByLevel, thingsOf } from "./by-level.ts";
import { commissionBelow, rebatesBelow } from "./commission-below.ts";
import type { Shared } from "./shares.ts";

/** (First rate − step × (level − 1), not below zero) × the commission, measure or quantity. */
export function decrement(below: Below, pays: PaysBy<"decrement">): Shared {
  const rates = Array.from({ length: pays.depth }, (_, index) => {
    const rate = subtract(decimal(pays.first), multiply(decimal(pays.step), decimal(index)));
    return rate.units < 0n ? "0" : formatDecimal(rate);
  });
  if (pays.of === "commission") return sharedByLevel(below, commissionBelow(below, pays), rates, "commission", true);
  const things = [...thingsOf(below, pays.of), ...rebatesBelow(below)];
  return sharedByLevel(below, things, rates, nameOf(pays.of), typeof pays.of === "string");
}
