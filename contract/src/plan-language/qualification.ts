import { z } from "zod";
import { PlanAmount } from "./amounts.ts";
import { Window } from "./timing.ts";

/** The customer's first deposit is at least this much. A later, larger deposit does not heal a first one that was too small. */
const FirstDeposit = z.strictObject({
  metric: z.literal("first_deposit"),
  atLeast: PlanAmount,
  within: Window.optional(),
});

/** All deposits of the customer up to a day, summed (withdrawals are not taken off), reach at least this much. */
const Deposits = z.strictObject({ metric: z.literal("deposits"), atLeast: PlanAmount, within: Window.optional() });

/** The customer has reached a milestone. */
const Reached = z.strictObject({
  milestone: z.enum(["registration", "kyc_passed", "first_deposit"]),
  within: Window.optional(),
});

export type Condition = z.infer<typeof FirstDeposit> | z.infer<typeof Deposits> | z.infer<typeof Reached>;
export type Qualification =
  | Condition
  | { readonly all: readonly Qualification[] }
  | { readonly any: readonly Qualification[] };

/** A tree of conditions over one customer's facts. `within` narrows a condition further than the component's window. */
export const Qualification: z.ZodType<Qualification> = z.lazy(() =>
  z.union([
    FirstDeposit,
    Deposits,
    Reached,
    z.strictObject({ all: z.array(Qualification).min(1).max(20) }),
    z.strictObject({ any: z.array(Qualification).min(1).max(20) }),
  ]),
);
