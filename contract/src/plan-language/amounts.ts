import { z } from "zod";

/** Whole units of the plan's currency with a decimal point: `120.00`. No grouping, no decimal comma, no floating point. */
export const PlanAmount = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,8})?$/, "write an amount like 120.00: digits, a point, no comma and no thousands separator")
  .describe("whole units of the plan's currency, e.g. 120.00");

/** A share of one: `0.30` is thirty per cent. */
export const PlanRate = z
  .string()
  .regex(/^(0(\.\d{1,12})?|1(\.0{1,12})?)$/, "write a share of one: 0.30 is 30 %")
  .describe("share of one, e.g. 0.30 for 30 %");

/** A plain number: lots, counts, a multiple (`1.50` is one and a half times). */
export const PlanNumber = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,12})?$/, "write a number like 1.5: digits and a point")
  .describe("a number, e.g. 5 or 1.50");

/** Names a component, a measure, a dimension or a metric inside a plan. */
export const PlanCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "lower case letters, digits and underscores, beginning with a letter");

/** A value of a dimension or an attribute as events and records carry it: `DE`, `casino`, `EURUSD`. Compared letter by letter. */
export const PlanText = z.string().min(1).max(100);

/** Dimensions and the values of them that are meant: `{ "country": ["DE", "AT"] }`. Every dimension named has to match. */
export const Match = z.record(PlanCode, z.array(PlanText).min(1).max(500));
export type Match = z.infer<typeof Match>;

/**
 * Events by a number that each single one of them carries: `{ deposit: { atLeast: "10" } }` are deposits of ten or more, each of them. An amount is
 * compared in the plan's currency. Every number named has to fit; an event that does not say it does not count.
 */
export const Where = z.record(
  PlanCode,
  z.strictObject({
    atLeast: PlanNumber.optional(),
    moreThan: PlanNumber.optional(),
    atMost: PlanNumber.optional(),
    lessThan: PlanNumber.optional(),
  }),
);
export type Where = z.infer<typeof Where>;

/** A part of every calendar month, both days included; 31 is its last day, also of a shorter month. */
export const MonthDays = z.strictObject({ from: z.int().min(1).max(31), until: z.int().min(1).max(31) });
export type MonthDays = z.infer<typeof MonthDays>;
