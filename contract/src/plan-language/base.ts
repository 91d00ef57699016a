import { z } from "zod";
import { Match, PlanAmount, PlanCode } from "./amounts.ts";
import { AmountTable, FactorValue, RateValue } from "./value.ts";

const Measures = z.union([PlanCode, z.array(PlanCode).min(1).max(20)]);

/** A percentage of some measures: `{ rate: "0.05", of: ["deposit", "withdrawal"] }`, or of the base itself as far as it has come. */
const Percentage = z.strictObject({
  rate: RateValue,
  of: z
    .union([Measures, z.literal("remainder")])
    .describe("measures added up, or `remainder`: what the terms before this one have left"),
  name: PlanCode.optional(),
  negative: z
    .enum(["zero", "as_is"])
    .default("zero")
    .describe("when the measures come to less than zero: a fee of zero, or a negative fee that raises the base"),
  each: z
    .strictObject({ atLeast: PlanAmount.optional(), atMost: PlanAmount.optional() })
    .optional()
    .describe(
      "least and most for every single event that carries one of the measures: 3 % of a payment, at least 0.50",
    ),
  atLeast: PlanAmount.optional().describe("least for the month, when there is anything to take it of"),
  atMost: PlanAmount.optional().describe("most for the month"),
});
/** An amount for each event of a type (a payment, a registration, a trade). */
const PerEvent = z.strictObject({
  amount: AmountTable.describe("of each event; a table by what the event says (method, country)"),
  per: PlanCode.describe("an event type, or `period`: once a month"),
  name: PlanCode.optional(),
});
/** A measure divided by a quantity, event by event: rake over the players dealt. An event that does not say the quantity, or says zero, adds nothing. */
const Quotient = z.strictObject({ measure: PlanCode, over: PlanCode });
/** A measure times a factor that may depend on dimensions. */
const Scaled = z.strictObject({ measure: PlanCode, times: FactorValue });
/** Another of the plan's `bases`, with its own terms, variants, products and floor. */
const Named = z.strictObject({ base: PlanCode });

const Part = z.union([PlanCode, Quotient, Scaled, Percentage, PerEvent, Named]);
/** The lowest or highest of several values, each summed over the month first: the lower of NGR and 40 % of deposits. */
const Lowest = z.strictObject({ lowestOf: z.array(Part).min(2).max(10) });
const Highest = z.strictObject({ highestOf: z.array(Part).min(2).max(10) });

const Term = z.union([Part, Lowest, Highest]);
/**
 * One term of a base. Measures are positive as events carry them (`deposits`, `withdrawals`, `net_deposits`, `sales` and `net_sales` are sums of
 * them). Terms apply in their order, over the facts of a month and group (see netting) together.
 */
export const BaseTerm = z.union([z.strictObject({ add: Term }), z.strictObject({ deduct: Term })]);
export type BaseTerm = z.infer<typeof BaseTerm>;
export type BaseTermValue = z.infer<typeof Term>;

/** What a share is taken of, spelled out: `ggr - bonus - fees - taxes`, or one measure that the operator states (`ngr`). */
export const Base = z.strictObject({
  name: PlanCode.describe("how statements call it, e.g. ngr"),
  terms: z.array(BaseTerm).min(1).max(40),
  variants: z
    .array(z.strictObject({ when: Match, terms: z.array(BaseTerm).min(1).max(40) }))
    .max(50)
    .optional()
    .describe(
      "other terms for facts with these dimensions (a licence, a brand, a product, a country); the first that matches applies, `terms` is the fallback",
    ),
  products: z
    .array(PlanCode)
    .min(1)
    .max(50)
    .optional()
    .describe("only facts of these products; without it every product"),
  floor: z
    .enum(["none", "zero"])
    .default("none")
    .describe("zero: the base of a group (see netting) is never below zero, nothing is carried"),
});
export type Base = z.infer<typeof Base>;
