import { z } from "zod";
import { PlanAmount, PlanCode, PlanNumber } from "./amounts.ts";
import { common, ItemRounding, overridesOf } from "./component-fields.ts";
import { TradeFilter } from "./trade-filter.ts";
import { AmountValue, FactorValue, RateValue } from "./value.ts";

const TradeRate = PlanCode.optional().describe(
  "with amounts in a currency of the trade: the quantity by which the trade itself states its rate (units of the plan's currency for one), e.g. usd_rate; a trade without it is converted by the plan's rule",
);

const trading = {
  ...common,
  trades: TradeFilter.optional(),
  sides: z
    .enum(["as_reported", "both", "round_turn", "open", "close"])
    .default("as_reported")
    .describe(
      "as_reported: each trade event once. both: per side; a trade without `side` is a round turn and counts twice, one that says its side (open, close) once. round_turn: per turn; a trade without `side` counts once, one that says its side half. open or close: only events whose `side` says so",
    ),
  itemAtMost: PlanAmount.optional().describe(
    "most per trade, rounded or not; a trade that is taken back (negative volume) takes no more than that; a partial close that says the lots of its whole order (`order_lots`) has its part of it",
  ),
  itemAtMostOf: z
    .strictObject({ measure: PlanCode, share: PlanNumber })
    .optional()
    .describe(
      "most per trade as a part of an amount that it carries: 0.8 of the broker's `commission`; a trade without it earns nothing",
    ),
  itemOver: z
    .enum(["cut", "nothing"])
    .default("cut")
    .describe("what a trade earns that would earn more than the most per trade: the most, or nothing"),
  itemRounding: ItemRounding.optional(),
};

/** An amount per lot, by symbol, then group, then nothing (rows of the table in that order). Lots × amount × factors. */
export const LotRebateComponent = z.strictObject({
  model: z.literal("lot_rebate"),
  ...trading,
  amount: AmountValue.describe("per lot"),
  currency: z
    .union([z.literal("plan"), z.literal("trade_base")])
    .default("plan")
    .describe(
      "trade_base: the amount is in the base currency of the symbol (dimension `base_currency`, else the first of the two currency codes that make up the symbol) and converted by the plan's rule; a trade without one earns nothing",
    ),
  tradeRate: TradeRate,
  overrides: overridesOf(AmountValue),
});
export type LotRebateComponent = z.infer<typeof LotRebateComponent>;

/**
 * Pips × value of a pip × lots. The value of a pip is the trade's own (`pip_value`, a quantity in the plan's currency or a measure) unless the plan
 * gives it; none: nothing.
 */
export const PipRebateComponent = z.strictObject({
  model: z.literal("pip_rebate"),
  ...trading,
  pips: FactorValue,
  pipValue: AmountValue.optional().describe("of one pip and lot; a fixed value instead of the trade's floating one"),
  settle: z
    .enum(["lot", "order"])
    .default("lot")
    .describe(
      "order: pips × value of a pip for each trade, whatever its lots; a partial close that says the lots of its whole order (`order_lots`) in proportion",
    ),
});
export type PipRebateComponent = z.infer<typeof PipRebateComponent>;

/**
 * Lots × points × tick × contract size. Tick and contract are the trade's own (`tick`, `contract`) unless the plan gives them; none: nothing. The
 * result is in the symbol's quote currency (dimension `quote_currency`, else the second code of a symbol like EURUSD, else the plan's).
 */
export const PointRebateComponent = z.strictObject({
  model: z.literal("point_rebate"),
  ...trading,
  points: FactorValue,
  tick: FactorValue.optional(),
  contract: FactorValue.optional(),
  tradeRate: TradeRate,
});
export type PointRebateComponent = z.infer<typeof PointRebateComponent>;

/**
 * A share of the spread. Where it comes from: `measure`, the amount that the trade carries; `prices`, (ask − bid) × contract × lots at the
 * open (`open_ask`, `open_bid`, else `ask`, `bid`), the close (`close_ask`, `close_bid`, else `ask`, `bid`), or half of each, in the symbol's
 * quote currency (dimension `quote_currency`, else the second code of a symbol like EURUSD, else the plan's); `points`, the quantity `spread_points` × `pointValue` × lots.
 * A spread from prices or points is never below zero. Of `damping`, `mostPoints` and `mostPerLot` the one
 * that leaves least applies.
 */
export const SpreadShareComponent = z.strictObject({
  model: z.literal("spread_share"),
  ...trading,
  rate: RateValue,
  overrides: overridesOf(RateValue),
  spread: z.union([
    z.strictObject({
      from: z.literal("measure"),
      measure: PlanCode.default("spread"),
      perLot: z.boolean().default(false).describe("the amount is per lot"),
    }),
    z.strictObject({
      from: z.literal("prices"),
      at: z.enum(["open", "close", "half_each"]),
      contract: FactorValue.optional(),
    }),
    z.strictObject({ from: z.literal("points"), pointValue: AmountValue.describe("of one point and lot") }),
  ]),
  mostPoints: PlanNumber.optional().describe(
    "spread beyond so many points is not shared (10 points are a pip); a trade that does not say its `spread_points` earns nothing then",
  ),
  mostPerLot: PlanAmount.optional().describe(
    "spread beyond so much per lot is not shared; a trade without lots earns nothing then",
  ),
  damping: z
    .enum(["average_over_current"])
    .optional()
    .describe(
      "when the trade's spread is above the usual one, it is multiplied by usual / current: `average_spread` / `current_spread`, or with `average_spread` alone (in the unit of the trade's spread: amount, price or points) over the spread itself; without `average_spread` it stays as it is",
    ),
  tradeRate: TradeRate,
});
export type SpreadShareComponent = z.infer<typeof SpreadShareComponent>;

/** A share of an amount that each trade carries: the broker's `commission`, the `markup`, a contract's `payout`. */
export const CommissionShareComponent = z.strictObject({
  model: z.literal("commission_share"),
  ...trading,
  of: PlanCode.default("commission"),
  event: PlanCode.default("trade"),
  rate: RateValue,
  overrides: overridesOf(RateValue),
});
export type CommissionShareComponent = z.infer<typeof CommissionShareComponent>;

/**
 * An amount per so much notional volume (`per`: 100000, 1000000), or a share of it: exactly one of `amount` with `per`, and `rate`. The volume is the
 * trade's `notional`, else lots × contract × price (the quantities `contract` and `price`, else `open_price`) in the symbol's quote currency
 * (dimension `quote_currency`, else the second code of a symbol like EURUSD, else the plan's). A trade that says neither earns nothing.
 */
export const NotionalComponent = z.strictObject({
  model: z.literal("notional"),
  ...trading,
  amount: AmountValue.optional(),
  per: PlanNumber.optional(),
  rate: RateValue.optional().describe("a share of the notional instead of an amount per"),
  contract: FactorValue.optional().describe("units of a lot; else the trade's own number `contract`"),
  overrides: overridesOf(AmountValue),
  tradeRate: TradeRate,
});
export type NotionalComponent = z.infer<typeof NotionalComponent>;
