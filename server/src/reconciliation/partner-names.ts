import type { Db } from "../database/index.ts";
import { allPartners } from "../partners/index.ts";

/** Finds a partner by what a file calls it: its id, its code or its name. Two that fit are none. */
export async function partnerFinder(db: Db): Promise<(ref: string) => string | null> {
  const known = new Map<string, string | null>();
  for (const { partnerId, code, name } of await allPartners(db))
    for (const one of [partnerId, code, name]) {
      const key = one.toLowerCase();
      const there = known.get(key);
      known.set(key, there === undefined || there === partnerId ? partnerId : null);
    }
  return (ref) => known.get(ref.trim().toLowerCase()) ?? null;
}
