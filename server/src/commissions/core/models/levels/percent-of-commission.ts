import type { Below, PaysBy } from "./brought.ts";
import { sharedByLevel } from "./by-level.ts";
import { commissionBelow } from "./commission-below.ts";
import type { Shared } from "./shares.ts";

/** Rate of the level × what the sub-partner earned in the month. */
export function percentOfCommission(below: Below, pays: PaysBy<"percent_of_commission">): Shared {
  return sharedByLevel(below, commissionBelow(below, pays), pays.rates, "commission", true);
}
