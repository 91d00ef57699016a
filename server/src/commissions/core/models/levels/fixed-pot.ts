import { add, type Decimal, decimal, ZERO } from "../../../../kernel/decimal.ts";
import type { Below, PaysBy } from "./brought.ts";
import { absorbed, compressed, skipped, splitAlongChain, type Weights } from "./chain-split.ts";
import type { Shared } from "./shares.ts";

/** A pot is divided by the shares of referrer, parent partner, parent's parent …; shares without a partner are the referrer's, or stay with the operator. */
export function fixedPot(below: Below, pays: PaysBy<"fixed_pot">): Shared {
  const shares = pays.shares.map(decimal);
  const shareOf = (count: number): Weights => ({
    nodes: Array.from({ length: count }, (_, index) => shares[index] ?? ZERO),
    unpaid: shares.slice(count).reduce(add, ZERO),
  });
  return splitAlongChain(below, pays, (nodes, inactive) => {
    if (inactive === "compress") return compressed(nodes, (count) => rest(pays, shareOf(count)));
    const all = shareOf(nodes.length);
    const placed = inactive === "skip" ? skipped(nodes, all.nodes) : absorbed(nodes, all.nodes);
    return rest(pays, { nodes: placed.nodes, unpaid: add(placed.unpaid, all.unpaid) });
  });
}

/** The referrer comes first. */
function rest(pays: PaysBy<"fixed_pot">, weights: Weights): Weights {
  if (pays.rest === "operator") return weights;
  return {
    nodes: weights.nodes.map((share: Decimal, index) => (index === 0 ? add(share, weights.unpaid) : share)),
    unpaid: ZERO,
  };
}
