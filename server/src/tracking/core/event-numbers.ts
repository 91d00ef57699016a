/** Numbers beside the amounts of a type, for plans that look at single events. Any other is sent as `qty_<name>` or `amount_<name>`. */

/** Exact numbers that are no amounts. */
export const QUANTITIES = [
  "seconds",
  "points",
  "spread_points",
  "average_spread",
  "current_spread",
  "contract",
  "tick",
  "pip_value",
  "open_price",
  "close_price",
  "open_bid",
  "open_ask",
  "close_bid",
  "close_ask",
  "equity",
  "credit",
  "own_funds_share",
  "hedged_lots",
  "hedged_share",
  "order_lots",
  "bets",
  "spins",
  "hands",
  "players_dealt",
  "edge",
  "quantity",
] as const;

/** Amounts in the event's currency, of either sign. */
export const AMOUNTS = ["turnover", "rake", "jackpot", "markup", "payout", "monthly_price", "shipping"] as const;

/** A number of an event that its type says nothing about. */
export interface EventNumber {
  readonly unit: "amount" | "quantity";
  readonly name: string;
}

const OTHER_NUMBER = /^(qty|quantity|amount)[_.:-]([A-Za-z][A-Za-z0-9_]{0,39})$/i;

/** `qty_shares`, `amount_swap`: a number of one's own. */
export function numberNamed(name: string): EventNumber | undefined {
  const [, prefix, own] = OTHER_NUMBER.exec(name.trim()) ?? [];
  if (prefix === undefined || own === undefined) return undefined;
  return { unit: prefix.toLowerCase() === "amount" ? "amount" : "quantity", name: own.toLowerCase() };
}
