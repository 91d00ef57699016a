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

/** Names a component, a measure or a product inside a plan. */
export const PlanCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "lower case letters, digits and underscores, beginning with a letter");
