import { z } from "zod";
import { Match, MonthDays, PlanAmount, PlanCode, PlanNumber, Where } from "./amounts.ts";
import { MetricCondition } from "./metric.ts";
import { Hold, Milestone } from "./timing.ts";
import { FactorValue } from "./value.ts";

/**
 * A most per period. Items count in the order in which they happened; what is over the limit goes where `overflow` says. Several caps: an
 * item counts against each, and the first that is full decides.
 */
export const Cap = z.strictObject({
  name: PlanCode,
  limit: PlanAmount.describe("an amount, or a number of items"),
  of: z.enum(["amount", "items"]),
  per: z
    .enum(["item", "day", "week", "month", "quarter", "year", "total", "customer"])
    .describe("weeks begin on Monday; customer: in the customer's life"),
  each: z.array(PlanCode).max(5).optional().describe("a limit of its own for each value of these dimensions"),
  others: PlanCode.optional().describe(
    "a stated metric: how much of the limit others have used (an offer's cap that partners share)",
  ),
  overflow: z
    .union([
      z.enum(["reject", "pend", "next_period"]),
      z.strictObject({ component: PlanCode.describe("the component that these customers are paid by instead") }),
    ])
    .describe("not paid; kept on hold for a decision; counted in the next period; or paid by another component"),
  refill: z.boolean().default(false).describe("whether an item that is taken back later frees its place"),
});
export type Cap = z.infer<typeof Cap>;

/** A condition on the partner's month without which the component does not pay in full. */
export const Gate = z.strictObject({
  needs: MetricCondition,
  otherwise: z
    .union([
      z.enum(["nothing", "hold"]),
      z.strictObject({ factor: PlanNumber }),
      z.strictObject({ value: PlanNumber.describe("the rate or amount that applies instead") }),
    ])
    .describe(
      "nothing is paid; it stays on hold until a later month passes; a part is paid; another rate or amount applies",
    ),
});
export type Gate = z.infer<typeof Gate>;

/** Takes an amount back when one of these events happens to the customer. */
export const Clawback = z.strictObject({
  on: z.array(PlanCode).min(1).max(10).describe("event types: chargeback, refund, or one of the program"),
  within: z
    .union([
      z.literal("ever"),
      z.strictObject({ days: z.int().min(0).max(3650).describe("after the day it was earned, that day included") }),
    ])
    .default("ever"),
});
export type Clawback = z.infer<typeof Clawback>;

const lapsing = {
  without: PlanCode.describe("an event type (deposit), or `any`"),
  returns: z.boolean().describe("true: it counts again from its next such event on; false: never again"),
};
const lapsed = "so many after the last one, or after the beginning, the customer counts no more";
const Lapse = z.union([
  z.strictObject({ ...lapsing, months: z.int().min(1).max(60).describe(lapsed) }),
  z.strictObject({ ...lapsing, days: z.int().min(1).max(1830).describe(lapsed) }),
]);
export type Lapse = z.infer<typeof Lapse>;

/** A customer's months that a component pays for. */
export const Lifetime = z.strictObject({
  from: z.union([
    Milestone,
    z.strictObject({ qualified: PlanCode.describe("day of qualification for that component") }),
  ]),
  startsAfterMonths: z.int().min(0).max(120).default(0),
  endsAfterMonths: z.int().min(1).max(240).optional().describe("from the same day on; for ever when left out"),
  lapses: z
    .union([Lapse, z.array(Lapse).min(2).max(5)])
    .optional()
    .describe("customers who have become inactive; of several rules any one is enough"),
});
export type Lifetime = z.infer<typeof Lifetime>;

/** Whose facts a component looks at, by another component's qualification. */
export const Audience = z.union([
  z.strictObject({ qualified: PlanCode }),
  z.strictObject({
    notQualified: PlanCode,
    from: z
      .enum(["start", "window_end"])
      .describe(
        "start: facts count until the day of qualification; window_end: only once the window has passed without it",
      ),
  }),
]);
export type Audience = z.infer<typeof Audience>;

/** Fields that every component may have. */
export const common = {
  code: PlanCode,
  clause: z.string().max(500).optional().describe("where the signed terms say this"),
  only: Match.optional().describe("only facts with these dimensions"),
  except: Match.optional().describe("never facts with any of these values"),
  where: Where.optional().describe("only events whose own numbers fit"),
  monthDays: MonthDays.optional().describe("only facts of these days of each month"),
  from: z.iso.date().optional().describe("first day whose facts count (a scheduled term)"),
  until: z.iso.date().optional().describe("last day whose facts count"),
  customers: Audience.optional().describe("only customers who qualified for another component, or who did not"),
  lifetime: Lifetime.optional().describe("a customer's months that count; all when left out"),
  factors: z
    .array(z.strictObject({ name: PlanCode, factor: FactorValue }))
    .max(10)
    .optional()
    .describe("multipliers, one after the other: a grade, a level, a group's lot size, half of a mixed plan"),
  gate: Gate.optional(),
  caps: z.array(Cap).max(20).optional(),
  atMost: PlanAmount.optional().describe("most the component pays in a month"),
  atLeast: PlanAmount.optional().describe("least it pays in a month in which it pays at all"),
  hold: Hold.default({ days: 0, from: "earned" }),
};

/** How single items (a trade, an order, a hand) are rounded before they are summed; they are not when left out. */
export const ItemRounding = z.strictObject({
  places: z.int().min(0).max(8),
  mode: z.enum(["half_up", "half_even", "down", "up"]),
  only: Match.optional(),
});

/** Another value for some facts; the first that matches wins over the component's own. */
export function overridesOf<T extends z.ZodType>(value: T) {
  return z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        only: Match.optional(),
        from: z.iso.date().optional(),
        until: z.iso.date().optional(),
        value,
      }),
    )
    .max(50)
    .optional();
}
