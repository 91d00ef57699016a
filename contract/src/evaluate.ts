import { z } from "zod";
import { PlanCode } from "./plan-language/index.ts";
import { CurrencyCode, Day } from "./values.ts";

const Amount = z.string().regex(/^-?\d{1,15}(\.\d{1,8})?$/, "write an amount like 120.00: digits and a point");
const Customer = z.string().min(1).max(200).describe("your own name of the customer");

/**
 * One line of the facts file of `tributary evaluate`: what happened to a customer on a day of the program's time zone. The first deposit is the
 * earliest `deposit` (of several on one day the one that stands first in the file).
 */
export const FactLine = z.union([
  z.strictObject({ customer: Customer, on: Day, milestone: z.enum(["registration", "kyc_passed"]) }),
  z.strictObject({
    customer: Customer,
    on: Day,
    measure: PlanCode.describe(
      "deposit, chargeback, refund, ggr, bonus, fees, taxes, ngr, sale, spread, commission, …",
    ),
    amount: Amount,
    currency: CurrencyCode,
    product: PlanCode.optional(),
  }),
  z.strictObject({
    on: Day,
    currency: CurrencyCode,
    rate: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,12})?$/)
      .describe("units of the currency for one euro"),
  }),
  z.strictObject({
    carryIn: z
      .string()
      .regex(/^-\d{1,15}(\.\d{1,8})?$|^0$/)
      .describe("negative base carried into the first month"),
    component: PlanCode,
  }),
]);
export type FactLine = z.infer<typeof FactLine>;
