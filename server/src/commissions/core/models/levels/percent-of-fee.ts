import { type Below, nameOf, type PaysBy } from "./brought.ts";
import { ownThings, sharedByLevel, thingsOf } from "./by-level.ts";
import { rebatesBelow } from "./commission-below.ts";
import { asPriced, type Shared, sharedOf } from "./shares.ts";

/** Rate of the level × the fee; own customers at `own`. */
export function percentOfFee(below: Below, pays: PaysBy<"percent_of_fee">): Shared {
  const base = nameOf(pays.of);
  const isMoney = typeof pays.of === "string";
  const shared = sharedByLevel(below, [...thingsOf(below, pays.of), ...rebatesBelow(below)], pays.rates, base, isMoney);
  const own = pays.own === undefined ? [] : ownThings(below, pays.of);
  if (pays.own === undefined || own.length === 0) return shared;
  const direct = sharedOf([{ things: own, price: below.run.price(pays.own, own.map(asPriced)) }], base, isMoney);
  return { ...shared, shares: [...direct.shares, ...shared.shares], steps: [...direct.steps, ...shared.steps] };
}
