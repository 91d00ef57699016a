/**
 * Numbers that say how something stood at one event: a price, a duration, own funds. A sum over a day says nothing, so they are not folded, and plans
 * that ask about them are told the single events.
 */
const LEVELS: ReadonlySet<string> = new Set(
  "seconds points spread_points average_spread current_spread contract tick pip_value open_price close_price open_bid open_ask close_bid close_ask equity credit own_funds_share hedged_share order_lots edge".split(
    " ",
  ),
);

export function isLevel(quantity: string): boolean {
  return LEVELS.has(quantity);
}
