import { z } from "zod";
import { PlanCode } from "./plan-language/index.ts";
import { Day, Month } from "./values.ts";

/**
 * The facts file of `tributary evaluate`: one JSON object per line. What a line is, its fields say; fields in camelCase and in snake_case are the same.
 * Amounts and numbers are text (`"120.00"`) or JSON numbers with at most fifteen digits.
 */
const Numeric = z.union([
  z.string().regex(/^-?\d{1,18}(\.\d{1,12})?$/, "write a number like 120.00: digits and a point"),
  z.number().refine((value) => /^-?\d{1,15}(\.\d{1,12})?$/.test(String(value)), 'write it as text, e.g. "0.00000001"'),
]);
export const FactNumber = Numeric.transform(String);

const Instant = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
    "write an instant like 2026-03-02T10:00:00Z",
  );
const Name = z.union([z.string().min(1).max(200), z.int()]).transform(String);

/** So many of the line; `{n}` in its texts is their number. */
const Repeat = z.int().min(1).max(1_000_000).optional();

/** When: a day of the program's time zone, or an instant (which falls on a day of that zone). */
const when = { on: Day.optional(), at: Instant.optional() };

/** An event as it is sent to the API; `customer` is left out only by clicks and impressions. `repeat: 45` makes 45 of it, `{n}` in texts being their number. */
export const FactEvent = z.looseObject({
  type: PlanCode,
  customer: Name.optional(),
  ...when,
  id: Name.optional(),
  currency: z.string().min(2).max(10).optional(),
  count: z.union([z.int().min(0), z.string().regex(/^\d+$/)]).optional(),
  repeat: Repeat,
});
/** A number of a customer's day: the short form of an event with one measure. */
export const FactMeasure = z.strictObject({
  customer: Name,
  ...when,
  measure: PlanCode,
  amount: FactNumber,
  currency: z.string().min(2).max(10).optional(),
  product: z.string().optional(),
});
export const FactMilestone = z.strictObject({
  customer: Name,
  ...when,
  milestone: PlanCode,
  repeat: Repeat,
});
/** What the records say of a customer: country, brand, status … ; `partner` when it is a sub-partner's, `program` when it is another program's. */
export const FactCustomer = z.looseObject({
  customer: Name,
  partner: Name.optional(),
  repeat: Repeat,
});
/**
 * The partner itself (`self`) or one below it: `parent` says under whom, `active` whether it counts as active; other texts are attributes. A later line of the
 * same partner with a `from` says what has changed from that day on; what it does not say stays.
 */
export const FactPartner = z.looseObject({
  partner: Name,
  parent: Name.optional(),
  from: Day.optional(),
  until: Day.optional().describe("the first day on which it is no longer there"),
  active: z.boolean().optional(),
  repeat: Repeat,
});
/** What was earned: by a sub-partner, or by the partner itself in a month before. */
export const FactEarned = z.strictObject({
  partner: Name.default("self"),
  earned: FactNumber,
  month: Month,
  on: Day.optional().describe("where it is of a day (a CPA); of the whole month without it"),
  component: PlanCode.default("commission"),
  model: PlanCode.default("commission"),
  customer: Name.optional(),
  repeat: Repeat,
  currency: z.string().min(2).max(10).optional().describe("of the sub-partner's own plan; this plan's when left out"),
});
/** A number that is told and not worked out: a metric by its name, for a month or a day. */
export const FactMetric = z.strictObject({
  metric: PlanCode,
  value: FactNumber,
  month: Month.optional(),
  on: Day.optional(),
});
const Rate = FactNumber.refine((rate) => Number(rate) > 0, "a rate is above zero");
/** Units of `currency` for one euro, or units of `to` for one unit of `from`. */
export const FactRate = z.union([
  z.strictObject({ on: Day, currency: z.string().min(2).max(10), rate: Rate }),
  z.strictObject({ on: Day, from: z.string().min(2).max(10), to: z.string().min(2).max(10), rate: Rate }),
]);
/** On which day the commission of a month is paid, for plans that convert then. */
export const FactPayout = z.strictObject({ payout: Month, on: Day });
/** A negative base carried into the first month by a revenue share without netting. */
export const FactCarry = z.strictObject({ carryIn: FactNumber, component: PlanCode });

/** A line of the file, with its number where it was read from one. */
export type FactLine = { readonly line?: number } & (
  | { readonly kind: "event"; readonly fact: z.infer<typeof FactEvent> }
  | { readonly kind: "measure"; readonly fact: z.infer<typeof FactMeasure> }
  | { readonly kind: "milestone"; readonly fact: z.infer<typeof FactMilestone> }
  | { readonly kind: "customer"; readonly fact: z.infer<typeof FactCustomer> }
  | { readonly kind: "partner"; readonly fact: z.infer<typeof FactPartner> }
  | { readonly kind: "earned"; readonly fact: z.infer<typeof FactEarned> }
  | { readonly kind: "metric"; readonly fact: z.infer<typeof FactMetric> }
  | { readonly kind: "rate"; readonly fact: z.infer<typeof FactRate> }
  | { readonly kind: "payout"; readonly fact: z.infer<typeof FactPayout> }
  | { readonly kind: "carry"; readonly fact: z.infer<typeof FactCarry> }
);
