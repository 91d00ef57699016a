import { z } from "zod";
import { PlanAmount, PlanCode, PlanNumber } from "./amounts.ts";
import { common, ItemRounding, overridesOf } from "./common.ts";
import { AmountValue, FactorValue, RateValue } from "./value.ts";

/**
 * Which trades count. A trade that does not say what a filter asks about (its duration, its points) does not pass it.
 */
export const TradeFilter = z.strictObject({
  minSeconds: z.int().min(0).max(31_536_000).optional().describe("least holding time; a trade of exactly so many seconds counts"),
  minPoints: PlanNumber.optional().describe("least movement between open and close, either way"),
  exclude: z
    .array(z.enum(["partial_close", "multiple_close", "hedged", "stop_out_negative", "same_price", "pending", "bonus_funds"]))
    .max(10)
    .optional()
    .describe("trades that carry this flag"),
  hedged: z.enum(["whole", "half"]).default("whole").describe("how much of the volume of a hedged trade counts"),
  ownFunds: z.boolean().default(false).describe("true: volume counts at (equity − credit) / equity"),
});
export type TradeFilter = z.infer<typeof TradeFilter>;

const trading = {
  ...common,
  trades: TradeFilter.optional(),
  sides: z
    .enum(["as_reported", "both", "open", "close"])
    .default("as_reported")
    .describe("as_reported: each trade event once; both: twice (per side); open or close: only events whose `side` says so"),
  itemAtMost: PlanAmount.optional().describe("most per trade"),
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
    .describe("trade_base: the amount is in the base currency of the symbol (dimension `base_currency`)"),
  overrides: overridesOf(AmountValue),
});
export type LotRebateComponent = z.infer<typeof LotRebateComponent>;

/** Pips × value of a pip × lots. The value of a pip is the trade's own (`pip_value`) unless the plan gives it; none: nothing. */
export const PipRebateComponent = z.strictObject({
  model: z.literal("pip_rebate"),
  ...trading,
  pips: FactorValue,
  pipValue: AmountValue.optional().describe("of one pip and lot"),
});
export type PipRebateComponent = z.infer<typeof PipRebateComponent>;

/** Lots × points × tick × contract size. Tick and contract are the trade's own (`tick`, `contract`) unless the plan gives them. */
export const PointRebateComponent = z.strictObject({
  model: z.literal("point_rebate"),
  ...trading,
  points: FactorValue,
  tick: FactorValue.optional(),
  contract: FactorValue.optional(),
});
export type PointRebateComponent = z.infer<typeof PointRebateComponent>;

/**
 * A share of the spread. Where it comes from: `measure`, the amount that the trade carries; `prices`, (ask − bid) × contract × lots at the
 * open, the close, or half of each; `points`, the quantity `spread_points` × `pointValue` × lots.
 */
export const SpreadShareComponent = z.strictObject({
  model: z.literal("spread_share"),
  ...trading,
  rate: RateValue,
  overrides: overridesOf(RateValue),
  spread: z.union([
    z.strictObject({ from: z.literal("measure"), measure: PlanCode.default("spread"), perLot: z.boolean().default(false).describe("the amount is per lot") }),
    z.strictObject({ from: z.literal("prices"), at: z.enum(["open", "close", "half_each"]), contract: FactorValue.optional() }),
    z.strictObject({ from: z.literal("points"), pointValue: AmountValue.describe("of one point and lot") }),
  ]),
  mostPoints: PlanNumber.optional().describe("spread beyond so many points (quantity `spread_points`) is not shared"),
  damping: z
    .enum(["average_over_current"])
    .optional()
    .describe("when the trade's spread is above the usual (`average_spread`), it counts as the usual one"),
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

/** An amount per so much notional volume (`per`: 100000, 1000000), or a share of it. The volume is the trade's `notional`, else lots × contract × price. */
export const NotionalComponent = z.strictObject({
  model: z.literal("notional"),
  ...trading,
  amount: AmountValue.optional(),
  per: PlanNumber.optional(),
  rate: RateValue.optional().describe("a share of the notional instead of an amount per"),
  overrides: overridesOf(AmountValue),
});
export type NotionalComponent = z.infer<typeof NotionalComponent>;
