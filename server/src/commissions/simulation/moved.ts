import { allPairs } from "../../agreements/index.ts";
import type { MovedCustomer } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { calculate } from "../core/calculate.ts";
import { BEGINNING, type LoadedPair, loadPairs } from "../load.ts";
import { ownersAfter } from "./owners-after.ts";
import { bookedOfPartners } from "./store/history.ts";

const PAIRS_AT_ONCE = 40;

/** Commission of a partner in a program in all months together, as it is booked and as it would be. */
export interface MovedCommission {
  readonly partnerId: string;
  readonly currency: string;
  readonly bookedMinor: bigint;
  readonly replayedMinor: bigint;
}

/**
 * What the partners concerned would have earned in all months if these customers were in other hands. Books nothing. Partners whose
 * terms cannot be calculated are left out.
 */
export async function commissionsIfMoved(
  ctx: Context,
  programId: string,
  moved: readonly MovedCustomer[],
): Promise<readonly MovedCommission[]> {
  const concerned = new Set(
    moved.flatMap((one) => [...one.before, ...one.after]).flatMap((owner) => owner.partnerId ?? []),
  );
  const pairs = (await allPairs(ctx.db)).filter(
    (pair) => pair.programId === programId && concerned.has(pair.partnerId),
  );
  const booked = await bookedOfPartners(ctx.db, programId, [...concerned]);
  const sums = new Map(booked.map((row) => [`${row.partner_id} ${row.currency}`, { booked: row.minor, replayed: 0n }]));
  const failed = new Set<string>();
  const options = { withoutStored: true, owners: ownersAfter(moved) };
  for (let start = 0; start < pairs.length; start += PAIRS_AT_ONCE) {
    const some = pairs.slice(start, start + PAIRS_AT_ONCE).map((pair) => ({ ...pair, from: BEGINNING }));
    for (const pair of await loadPairs(ctx.db, some, options)) if (!addLines(pair, sums)) failed.add(pair.partnerId);
  }
  return [...sums]
    .map(([place, sum]) => {
      const [partnerId = "", currency = ""] = place.split(" ");
      return { partnerId, currency, bookedMinor: sum.booked, replayedMinor: sum.replayed };
    })
    .filter((row) => !failed.has(row.partnerId) && row.bookedMinor !== row.replayedMinor);
}

/** @returns whether the pair can be calculated at all */
function addLines(pair: LoadedPair, sums: Map<string, { booked: bigint; replayed: bigint }>): boolean {
  try {
    for (const line of calculate(pair.calculation).lines) {
      const place = `${pair.partnerId} ${line.currency}`;
      const sum = sums.get(place) ?? { booked: 0n, replayed: 0n };
      sums.set(place, { ...sum, replayed: sum.replayed + line.amountMinor });
    }
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
