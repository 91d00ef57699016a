import { z } from "zod";
import { PlanNumber } from "./amounts.ts";

/**
 * Which trades count, and how much of each. A trade that does not say what a filter asks about (its duration, its points, its equity) does not
 * count. Each reduction multiplies what the trade counts for: its lots, its notional, its spread, its commission.
 */
export const TradeFilter = z.strictObject({
  minSeconds: z
    .int()
    .min(0)
    .max(31_536_000)
    .optional()
    .describe("least holding time (quantity `seconds`); 0: no such filter"),
  minPoints: PlanNumber.optional().describe(
    "least movement between open and close, either way (quantity `points`); 0: no such filter",
  ),
  bounds: z
    .enum(["at_least", "more_than"])
    .default("at_least")
    .describe("whether a trade of exactly `minSeconds` or `minPoints` counts"),
  exclude: z
    .array(
      z.enum([
        "partial_close",
        "multiple_close",
        "hedged",
        "stop_out_negative",
        "same_price",
        "pending",
        "bonus_funds",
        "close_by",
      ]),
    )
    .max(10)
    .optional()
    .describe("trades that carry this flag; same_price also when `open_price` and `close_price` are equal"),
  hedged: z
    .enum(["whole", "half"])
    .default("whole")
    .describe(
      "how much of a trade with the flag `hedged` counts; with the number `hedged_lots`, or `hedged_share`, only that part of it is hedged",
    ),
  closeBy: z
    .enum(["once", "each"])
    .default("once")
    .describe(
      "two positions closed by each other are reported as two trades with the flag `close_by`. once: each counts half; each: both count",
    ),
  ownFunds: z
    .boolean()
    .default(false)
    .describe(
      "true: a trade counts at (equity − credit) / equity, between zero and one; without `equity` (or the share itself, `own_funds_share`), or with none left: nothing; without `credit`: whole",
    ),
});
export type TradeFilter = z.infer<typeof TradeFilter>;
