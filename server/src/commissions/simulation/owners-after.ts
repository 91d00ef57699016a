import type { MovedCustomer, OwnedCustomer } from "../../attribution/index.ts";
import type { LoadOptions } from "../load.ts";

/** Stored owners with those who moved in other hands. */
export function ownersAfter(moved: readonly MovedCustomer[]): NonNullable<LoadOptions["owners"]> {
  const gone = new Set(moved.map((one) => one.customerId));
  const gained = new Map<string, OwnedCustomer[]>();
  for (const { customerId, programId, after } of moved) {
    for (const { partnerId, boundAt, ownedFrom, ownedUntil, country, offerId, dimensions } of after) {
      if (partnerId === null) continue;
      const name = `${programId} ${partnerId}`;
      const own = gained.get(name) ?? [];
      own.push({ customerId, partnerId, programId, boundAt, ownedFrom, ownedUntil, country, offerId, dimensions });
      gained.set(name, own);
    }
  }
  return (pairs, stored) => [
    ...stored.filter((row) => !gone.has(row.customerId)),
    ...pairs.flatMap((pair) => gained.get(`${pair.programId} ${pair.partnerId}`) ?? []),
  ];
}
