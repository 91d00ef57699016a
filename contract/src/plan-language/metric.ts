import { z } from "zod";
import { Match, MonthDays, PlanCode, PlanNumber, Where } from "./amounts.ts";
import { TradeFilter } from "./trade-filter.ts";

/**
 * Which months (or days) a metric looks at, seen from the month that is calculated. `current`: that month. `last_closed`: the month before.
 * `quarter`, `year`: the calendar quarter or year up to and with that month. `last_quarter`: the whole calendar quarter before; `same_month_last_year`:
 * the month twelve months before, for growth as a `ratio`. `lifetime`: everything up to and with it.
 * `rolling`: several months, `ending` with the current or with the last closed one, taken together as a sum or as the average, lowest or highest of
 * the single months; a month without facts counts as zero. `days`: so many days up to the last of the month. `day`, `week`: in tiers only, the day or
 * the week of the single thing that is paid for: the count begins again with each; weeks begin on Monday and are cut where months end.
 */
export const MetricPeriod = z.union([
  z.enum([
    "current",
    "last_closed",
    "quarter",
    "last_quarter",
    "year",
    "same_month_last_year",
    "lifetime",
    "day",
    "week",
  ]),
  z.strictObject({
    months: z.int().min(1).max(60),
    ending: z.enum(["current", "last_closed"]),
    take: z.enum(["sum", "average", "lowest", "highest"]),
  }),
  z.strictObject({ days: z.int().min(1).max(731) }),
]);
export type MetricPeriod = z.infer<typeof MetricPeriod>;

const scope = {
  name: PlanCode.optional().describe(
    "how facts may state its value for a month (`metric` lines), and how workings call it",
  ),
  period: MetricPeriod.default("current"),
  only: Match.optional().describe("only facts with these dimensions"),
  where: Where.optional().describe("only events whose own numbers fit"),
  monthDays: MonthDays.optional().describe("only what happened on these days of each month"),
  same: z
    .array(PlanCode)
    .min(1)
    .max(5)
    .optional()
    .describe(
      "in tiers: only what has the same value of these dimensions as the thing that is paid for; each offer, each country climbs by itself",
    ),
  trades: TradeFilter.optional().describe(
    "of trades: only those that pass, at what they count for (valid orders, counted lots)",
  ),
  programs: z
    .enum(["this", "all"])
    .default("this")
    .describe("all: the partner's facts in every program of the operator (across brands)"),
  subPartners: z
    .enum(["excluded", "included", "only"])
    .default("excluded")
    .describe("whether what sub-partners brought counts"),
};

/**
 * How many: customers who registered, deposited first, qualified for a component, were active; clicks, impressions, or events of a type. Clicks count as
 * `cpc` pays them: robots and repetitions are nobody, and of unique clicks those that do not say whether they are count as none.
 */
const CountMetric = z.strictObject({
  count: PlanCode.describe(
    "registrations, first_deposits, qualified (with component), active_customers (see the plan's `active`), customers, clicks, unique_clicks, impressions, sub_partners, or an event type",
  ),
  component: PlanCode.optional().describe("for qualified: whose qualification; the component's own when left out"),
  ...scope,
});
/** How much: a measure or quantity of the customers' events, summed. */
const SumMetric = z.strictObject({
  sum: PlanCode.describe("deposit, net_deposits, lots, notional, sale, ggr …"),
  ...scope,
});
/** A base that the plan declares. */
const BaseMetric = z.strictObject({
  base: PlanCode,
  carried: z
    .enum(["excluded", "included"])
    .optional()
    .describe(
      "in the tiers of a share's rate: the month's own base (excluded, when left out), or with the balances that were carried into it, of all groups of netting together",
    ),
  ...scope,
});
/** The partner's own commission: of components by code, or of all that are calculated before. */
const CommissionMetric = z.strictObject({
  commission: z.union([z.literal("all"), z.array(PlanCode).min(1).max(40)]),
  ...scope,
});
/** A number that nothing here can work out: it is stated, month by month, with the facts. */
const StatedMetric = z.strictObject({ stated: PlanCode, ...scope });
/** Of the single item that is paid for: an order's `amount` as the customer paid it, its `worth` after the terms of its `basis`, a trade's `lots`, any measure or quantity it carries, or its `ordinal`; of a customer who is paid for, its `first_deposit`. */
const ItemMetric = z.strictObject({ item: PlanCode });

const OneMetric = z.union([CountMetric, SumMetric, BaseMetric, CommissionMetric, StatedMetric, ItemMetric]);
export const Metric = z.union([
  OneMetric,
  z.strictObject({
    ratio: z.tuple([OneMetric, OneMetric]).describe("the first divided by the second; nothing when the second is zero"),
    name: PlanCode.optional(),
  }),
]);
export type Metric = z.infer<typeof Metric>;
export type OneMetric = z.infer<typeof OneMetric>;

export type MetricCondition =
  | {
      readonly metric: Metric;
      readonly atLeast?: string | undefined;
      readonly moreThan?: string | undefined;
      readonly atMost?: string | undefined;
      readonly lessThan?: string | undefined;
    }
  | { readonly all: readonly MetricCondition[] }
  | { readonly any: readonly MetricCondition[] };

/** Conditions about the partner's month. */
export const MetricCondition: z.ZodType<MetricCondition> = z.lazy(() =>
  z.union([
    z.strictObject({
      metric: Metric,
      atLeast: PlanNumber.optional(),
      moreThan: PlanNumber.optional(),
      atMost: PlanNumber.optional(),
      lessThan: PlanNumber.optional(),
    }),
    z.strictObject({ all: z.array(MetricCondition).min(1).max(20) }),
    z.strictObject({ any: z.array(MetricCondition).min(1).max(20) }),
  ]),
);
