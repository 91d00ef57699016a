import { z } from "zod";
import { Match, MonthDays, PlanCode, PlanNumber, PlanText, Where } from "./amounts.ts";
import { Milestone, Window } from "./timing.ts";
import { TradeFilter } from "./trade-filter.ts";

/** What a metric is compared with: a number, or a multiple of another metric of the same subject. */
export const Threshold = z.union([
  PlanNumber,
  z.strictObject({
    times: PlanNumber,
    of: PlanCode.describe("a metric of the same customer, or `amount`: what the component would pay"),
  }),
]);
export type Threshold = z.infer<typeof Threshold>;

const bounds = {
  atLeast: Threshold.optional().describe("reached when it is equal or more"),
  moreThan: Threshold.optional().describe("reached when it is more, not when it is equal"),
};

const where = Where.optional().describe("only events whose own numbers fit: deposits of at least 10 each");
const monthDays = MonthDays.optional().describe("only what happened on these days of a month");

/**
 * Something about one customer that a number says. `metric`: `first_deposit` (amount, see the plan's `firstDeposit`), `deposits`,
 * `withdrawals`, `net_deposits`, or any measure or quantity of events (`turnover`, `lots`, `bets`, `commission` …) summed over the customer's
 * life or the window. `count`: how many events of a type there were (`deposit`, `trade` …), or `active_days`.
 */
const CustomerMetric = z.strictObject({
  metric: PlanCode,
  ...bounds,
  only: Match.optional().describe("only events with these dimensions"),
  where,
  monthDays,
  trades: TradeFilter.optional().describe("of trades: only those that pass, at what they count for (lots)"),
  take: z
    .enum(["sum", "highest"])
    .optional()
    .describe(
      "sum when left out; highest: the largest single value, for what is a level and not a flow (equity, own funds)",
    ),
  within: Window.optional(),
  lasting: z
    .boolean()
    .optional()
    .describe(
      "net_deposits only, and there required: false = once met it stays met; true = it must still hold at the end of the month",
    ),
});
const CustomerCount = z.strictObject({
  count: PlanCode.describe("an event type, or active_days"),
  ...bounds,
  only: Match.optional(),
  where,
  monthDays,
  trades: TradeFilter.optional().describe("of trades: only those that pass (five valid orders)"),
  within: Window.optional(),
});

/** The customer has reached a milestone. */
const Reached = z.strictObject({ milestone: Milestone, monthDays, within: Window.optional() });

/** What a record says of the customer on the day of qualification: `{ attribute: "status", notIn: ["duplicate", "fraud"] }`. */
const Attribute = z.strictObject({
  attribute: PlanCode,
  in: z.array(PlanText).min(1).max(500).optional(),
  notIn: z.array(PlanText).min(1).max(500).optional(),
});

export type Condition =
  | z.infer<typeof CustomerMetric>
  | z.infer<typeof CustomerCount>
  | z.infer<typeof Reached>
  | z.infer<typeof Attribute>;
export type Qualification =
  | Condition
  | { readonly all: readonly Qualification[] }
  | { readonly any: readonly Qualification[] };

/** A tree of conditions over one customer's facts. `within` narrows a condition further than the component's window. */
export const Qualification: z.ZodType<Qualification> = z.lazy(() =>
  z.union([
    CustomerMetric,
    CustomerCount,
    Reached,
    Attribute,
    z.strictObject({ all: z.array(Qualification).min(1).max(20) }),
    z.strictObject({ any: z.array(Qualification).min(1).max(20) }),
  ]),
);
