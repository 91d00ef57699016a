import { chance } from "./visitor-key.ts";

/** A page that is shown to its share of the visitors. */
export interface Rotated {
  readonly id: string;
  readonly weight: number;
}

/**
 * The page for a visitor: each page draws a number for the visitor, its weight makes it larger, the largest wins (weighted rendezvous hashing). So
 * a visitor stays on the page; and when a page comes, goes or changes its weight, only as many visitors move as have to.
 * Pages of weight 0 are never shown; all of weight 0: none is.
 */
export function rotate<P extends Rotated>(pages: readonly P[], visitorKey: number): P | undefined {
  let best: P | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const page of pages) {
    if (page.weight <= 0) continue;
    // ln of a number in (0, 1) divided by the weight: exponentially distributed, the share of the maximum is the share of the weight.
    const score = Math.log(chance(visitorKey, page.id) + 2 ** -33) / page.weight;
    if (score > most) [best, most] = [page, score];
  }
  return best;
}
