import { z } from "zod";
import { PlanCode } from "./amounts.ts";

/** What a window or a term of months begins with: a built-in milestone or one that the program declares (the first event of that type). */
export const Milestone = PlanCode.describe(
  "registration, kyc_passed, first_deposit, first_sale, first_trade, click, install, or an event type of the program: its first one",
);

/**
 * By when something has to happen, counted from a milestone of the customer. Calendar `days` of the program's time zone: the last day counts
 * whole, so `{ from: "registration", days: 30 }` for a customer registered on 1 March ends with 31 March; `days: 0` is the day itself.
 * `businessDays` leaves out Saturdays and Sundays (and the days in `holidays`). `hours` are counted from the instant, the last instant included.
 * `months` ends with the day of the same number (or the last of a shorter month).
 */
export const Window = z.strictObject({
  from: Milestone,
  days: z.int().min(0).max(3650).optional(),
  businessDays: z.int().min(0).max(2600).optional(),
  holidays: z.array(z.iso.date()).max(400).optional().describe("with businessDays: days that do not count either"),
  hours: z.int().min(1).max(87_600).optional(),
  months: z.int().min(1).max(120).optional(),
});
export type Window = z.infer<typeof Window>;

/**
 * How long an amount is held before it is payable: it is payable from the day `days` days after the day named by `from`, or so many `businessDays` after it
 * (Saturdays, Sundays and the days in `holidays` left out).
 */
export const Hold = z.strictObject({
  days: z.int().min(0).max(730).default(0),
  businessDays: z.int().min(1).max(520).optional().describe("instead of days"),
  holidays: z.array(z.iso.date()).max(400).optional().describe("with businessDays: days that do not count either"),
  from: z
    .enum(["earned", "month_end", "event"])
    .default("earned")
    .describe(
      "event: of what is paid for month by month each order, trade or event from its own day; a line for each day then",
    ),
  until: z
    .lazy(() => HoldUntil)
    .optional()
    .describe("an event that has to happen as well; while it has not, the amount stays held whatever the days"),
});

/** A milestone of the customer, or a customer's sum that has to be reached, before a held amount is released. */
const HoldUntil = z.union([
  z.strictObject({ milestone: Milestone }),
  z.strictObject({
    metric: PlanCode.describe("a measure or quantity of the customer, summed: notional, deposits, lots …"),
    moreThan: z.union([z.string(), z.strictObject({ times: z.string(), of: PlanCode })]).optional(),
    atLeast: z.union([z.string(), z.strictObject({ times: z.string(), of: PlanCode })]).optional(),
  }),
]);
export type Hold = z.infer<typeof Hold>;

/**
 * Which published rate converts an amount of another currency: of the day of the fact, the average of its month's published days, of the last
 * day of its month, or of the day of payment (until then amounts are shown at the newest rate).
 */
export const Conversion = z.strictObject({
  source: z.enum(["ecb", "stated"]).default("ecb").describe("stated: rates that the operator gives itself"),
  at: z.enum(["day", "month_average", "month_end", "payout_date"]).default("day"),
});
export type Conversion = z.infer<typeof Conversion>;
