import type { PlanValue } from "@tributary/contract";
import { type Chain, levelsFor } from "../../tree.ts";
import { amountOf, type Below, nameOf } from "./brought.ts";
import { asPriced, type Shared, sharedOf, type Unpriced } from "./shares.ts";

/** Something brought, before it is known which levels' values apply to it. */
export interface Thing extends Omit<Unpriced, "level" | "partnerId"> {
  readonly chain: Chain;
}

/** Applies each level's value to what was brought on it. Levels beyond the values bring nothing. */
export function sharedByLevel(
  below: Below,
  things: readonly Thing[],
  values: readonly PlanValue[],
  base: string,
  isMoney: boolean,
): Shared {
  const levels = values.map((): Unpriced[] => []);
  for (const { chain, ...thing } of things) {
    const partnerId = producer(chain);
    for (const level of levelsFor(chain, below.run.component.inactive)) {
      levels[level - 1]?.push({ ...thing, level, partnerId });
    }
  }
  const parts = levels.flatMap((found, index) => {
    const value = values[index];
    return value === undefined || found.length === 0
      ? []
      : [{ things: found, price: below.run.price(value, found.map(asPriced)) }];
  });
  return sharedOf(parts, base, isMoney);
}

/** A measure or quantity of what sub-partners brought, fact by fact. */
export function thingsOf(below: Below, of: string | { readonly quantity: string }): Thing[] {
  return below.facts().flatMap(({ entry, chain, about }) => {
    const base = amountOf(below.run, entry, of, below.logOf(producer(chain)));
    return base === null ? [] : [{ chain, base, day: entry.day, at: entry.at, about, name: entry.id ?? nameOf(of) }];
  });
}

/** The same of the partner's own customers. */
export function ownThings(below: Below, of: string | { readonly quantity: string }): Unpriced[] {
  const { run } = below;
  return run.entries().flatMap((entry) => {
    const base = amountOf(run, entry, of, below.logOf(""));
    const about = run.about(entry);
    return base === null
      ? []
      : [{ partnerId: null, level: 0, base, day: entry.day, at: entry.at, about, name: entry.id ?? nameOf(of) }];
  });
}

/** A thing that stands for a whole month of a sub-partner. */
export function monthThing(below: Below, chain: Chain, base: Thing["base"], steps: Thing["steps"] = []): Thing {
  const partner = below.attributes(chain);
  return { chain, base, day: below.last, at: null, about: { partner }, name: producer(chain), steps };
}

/** The one whose customer it is. */
export function producer(chain: Chain): string {
  return chain.at(-1)?.partnerId ?? "";
}

/** Chains are the same when the same partners stand in the same order and are as active. */
export function chainKey(chain: Chain): string {
  return chain.map((one) => `${one.partnerId}${one.active ? "" : "!"}`).join(" ");
}
