import { z } from "zod";
import { Match, PlanCode, PlanNumber, PlanRate } from "./amounts.ts";
import { Base } from "./base.ts";
import { common } from "./component-fields.ts";
import { AmountValue, RateValue } from "./value.ts";

/** Values by level below the partner: the first for direct sub-partners, the second for theirs, and so on. Deeper levels bring nothing. */
const Rates = z.array(RateValue).min(1).max(20);
const Amounts = z.array(AmountValue).min(1).max(20);
const Shares = z.array(PlanRate).min(1).max(20);
const What = z
  .union([PlanCode, z.strictObject({ quantity: PlanCode })])
  .describe("a measure of the events (spread, commission, fee), or a quantity (lots)");

const Models = z
  .array(PlanCode)
  .min(1)
  .max(40)
  .optional()
  .describe("only these models of the sub-partner's plan, e.g. revenue_share");

const negative = z
  .enum(["floor", "reduce"])
  .default("floor")
  .describe(
    "a sub-partner whose month comes to less than zero: floor, it brings nothing; reduce, it takes from what the others bring, down to zero in all",
  );

/** What a month's commission of a sub-partner is made of. */
const commissionOf = {
  models: Models,
  components: z.array(PlanCode).min(1).max(40).optional().describe("only these components of the sub-partner's plan"),
  ownSubPartners: z
    .enum(["excluded", "included"])
    .default("excluded")
    .describe("whether what the sub-partner itself earned on sub-partners counts"),
  negative,
  moved: z
    .enum(["last_day", "by_days"])
    .default("last_day")
    .describe(
      "commission of a whole month of a sub-partner that changed its place in it: belongs where it stood on the last day, or is divided by days. Commission of a day (a CPA) belongs where it stood on that day",
    ),
};

const PercentOfCommission = z.strictObject({ mode: z.literal("percent_of_commission"), rates: Rates, ...commissionOf });
const PercentOfRevenue = z.strictObject({
  mode: z.literal("percent_of_revenue"),
  rates: Rates,
  base: z
    .union([Base, PlanCode.describe("one of the plan's `bases`")])
    .describe("worked out for each sub-partner and level by itself"),
  negative,
  cpaOnly: z
    .enum(["included", "excluded"])
    .default("included")
    .describe(
      "customers that are paid by CPA alone: whose record says `deal: cpa`, and those for whom the sub-partner was paid a CPA, CPL or ladder in a month in which it earned no share of anything",
    ),
});
const PerQualified = z.strictObject({
  mode: z.literal("per_qualified"),
  amounts: Amounts,
  component: PlanCode.describe(
    "a CPA or CPL of this plan, whose conditions are asked of the sub-partners' customers; else a component of the sub-partner's plan: customers that it was paid for in the month, and not taken back",
  ),
});
const PerReferral = z.strictObject({
  mode: z.literal("per_referral"),
  amount: AmountValue,
  needs: z
    .enum(["joined", "earned"])
    .default("joined")
    .describe(
      "joined: in the month it first came directly under the partner; earned: in the month in which it first earned after that",
    ),
});
const PercentOfFee = z.strictObject({
  mode: z.literal("percent_of_fee"),
  own: PlanRate.optional().describe("on the partner's own customers; they bring nothing here when left out"),
  rates: Rates,
  of: What,
  negative,
});
const LevelDifference = z.strictObject({
  mode: z.literal("level_difference"),
  own: AmountValue.describe("the partner's own value, per unit of `of`"),
  of: What,
  attribute: PlanCode.describe(
    "the attribute of a sub-partner that states its own value; one that states none is refused",
  ).default("level_value"),
  ownCustomers: z
    .enum(["elsewhere", "paid"])
    .default("elsewhere")
    .describe(
      "whether the partner's own customers are paid here as well (at the whole own value), or by another component",
    ),
});
const whole = {
  rate: RateValue.optional().describe(
    "what there is to divide, as a share of a measure; exactly one of `rate` and `amount`",
  ),
  amount: AmountValue.optional().describe("what there is to divide for each unit of a quantity"),
  of: What,
};
const Cascade = z.strictObject({
  mode: z.literal("cascade"),
  direction: z
    .enum(["up", "down"])
    .describe(
      "up: the reward comes in with the one whose customer it is and is passed to the partner above; down: it comes in at the top and is passed to the one below",
    ),
  pass: Shares.describe(
    "share of what is received that is passed on, from where the reward comes in; who has nobody to pass to, or no share here, keeps all",
  ),
  ...whole,
});
const FixedPot = z.strictObject({
  mode: z.literal("fixed_pot"),
  ...whole,
  shares: Shares.describe("of the referrer, its parent partner, its parent's parent …; sum to one"),
  rest: z
    .enum(["referrer", "operator"])
    .default("referrer")
    .describe("whose the shares are for which there is no partner"),
});
const LevelRatio = z.strictObject({
  mode: z.literal("level_ratio"),
  reward: AmountValue.describe("per unit of `of`"),
  of: What,
  ratios: z.array(PlanNumber).min(1).max(20).describe("own customers first, then the levels below"),
});
const Decrement = z.strictObject({
  mode: z.literal("decrement"),
  first: PlanRate,
  step: PlanRate,
  depth: z.int().min(1).max(20).describe("how many levels there are; a rate never goes below zero"),
  of: z
    .union([z.literal("commission"), What])
    .describe("what the sub-partner earns (as in percent_of_commission), or a measure or quantity of its customers"),
  ...commissionOf,
});

/**
 * How a partner earns on sub-partners. Levels count from the partner that earns down to the one whose customer it is. Facts belong to the parent partner of their day.
 * - `percent_of_commission`: a share of what the sub-partner earns (funded by the operator, or taken from the sub-partner).
 * - `percent_of_revenue`: a share of a base of the sub-partner's customers.
 * - `per_qualified`: an amount for each customer of a sub-partner that qualified.
 * - `per_referral`: an amount for each sub-partner that was brought (and began to earn).
 * - `percent_of_fee`: a share per level of a fee; `own` is the rate on the partner's own customers.
 * - `level_difference`: the partner's own value less the highest of the sub-partners below on the way, times the quantity or measure; never below
 *   zero, so that what a chain gets together is its highest value.
 * - `cascade`: a reward is passed along the chain; each partner passes on the share given for its place and keeps the rest. The parts sum to the whole.
 * - `fixed_pot`: a pot is split by `shares` among the referrer and the parent partner; shares without a partner go to the referrer.
 * - `level_ratio`: the reward on the customer times the ratio of the level.
 * - `decrement`: the first level's rate, less a step for each level down, to a depth.
 *
 * The parts of `cascade` and `fixed_pot` are rounded together, for each chain and month, by the largest remainder at the line's decimals (of equal ones the
 * partner nearer to the customer): they sum to the whole to the cent. Both pay the partner's own customers as well.
 */
const Mode = z.discriminatedUnion("mode", [
  PercentOfCommission,
  PercentOfRevenue,
  PerQualified,
  PerReferral,
  PercentOfFee,
  LevelDifference,
  Cascade,
  FixedPot,
  LevelRatio,
  Decrement,
]);
export type SubPartnerMode = z.infer<typeof Mode>;

/**
 * What a partner earns on what its sub-partners bring: one line for each of them and month. Dimensions of values and `only` are looked up on the event,
 * the customer, the sub-partner (`level` is its level) and the partner, in this order; of commission only the last three are known.
 */
export const SubPartnerComponent = z
  .strictObject({
    model: z.literal("sub_partner"),
    ...common,
    pays: Mode,
    inactive: z
      .enum(["skip", "compress", "absorb"])
      .default("skip")
      .describe(
        "a sub-partner that is not active and stands between the partner and the one whose customer it is: its level stays empty, closes up, or its part goes to the partner above it",
      ),
    forMonths: z
      .int()
      .min(1)
      .max(240)
      .optional()
      .describe(
        "only facts of so many months from the day on which the sub-partner came under the partner; for ever when left out",
      ),
    funding: z
      .enum(["operator", "sub_partner"])
      .default("operator")
      .describe(
        "sub_partner: it is taken from what the sub-partner earns; the sub-partner's own plan says so by a `client_rebate` to the `parent partner`",
      ),
    afterRebate: z
      .union([z.boolean(), z.array(PlanCode).min(1).max(40)])
      .default(false)
      .describe(
        "true: what the sub-partner passes on to its customers is deducted first; a list: only by these components of its plan",
      ),
    atMostOf: z
      .strictObject({ measure: PlanCode, share: PlanRate })
      .optional()
      .describe(
        "never more in a month, with what the sub-partners earn, than this share of the broker's own revenue from their customers: all of them together",
      ),
    subPartners: Match.optional().describe("only sub-partners with these attributes"),
  })
  .superRefine((component, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const { pays } = component;
    if (component.funding === "sub_partner" && component.afterRebate === true) {
      refuse(
        ["afterRebate"],
        "name the sub-partner's rebate components: what it gives to the parent partner is a client_rebate too, and could be deducted as well or not",
      );
    }
    if (component.afterRebate !== false && !takesRebates(pays)) {
      refuse(
        ["afterRebate"],
        "a rebate is an amount: it can be deducted from commission, revenue or a measure, not from a number of things",
      );
    }
    if (pays.mode === "fixed_pot" && !sumToOne(pays.shares)) {
      refuse(
        ["pays", "shares"],
        "the shares have to sum to one: what is missing could stay with the operator or go to the referrer",
      );
    }
    if (pays.mode === "cascade" || pays.mode === "fixed_pot") {
      if ((pays.rate === undefined) === (pays.amount === undefined)) {
        refuse(
          ["pays"],
          "say what is divided, by exactly one of `rate` (a share of a measure) and `amount` (for each unit of a quantity)",
        );
      } else if (isMeasure(pays.of) !== (pays.rate !== undefined)) {
        refuse(["pays", "of"], "a `rate` is a share of a measure, an `amount` is for each unit of `{ quantity: … }`");
      }
    }
  });
export type SubPartnerComponent = z.infer<typeof SubPartnerComponent>;

function takesRebates(pays: SubPartnerMode): boolean {
  if (pays.mode === "percent_of_commission" || pays.mode === "percent_of_revenue") return true;
  return (pays.mode === "percent_of_fee" || pays.mode === "decrement") && isMeasure(pays.of);
}

function isMeasure(of: z.infer<typeof What>): boolean {
  return typeof of === "string";
}

/** Exact: shares have at most twelve decimals. */
function sumToOne(shares: readonly string[]): boolean {
  const places = 12;
  const units = (share: string) => BigInt(`${share.split(".")[0]}${(share.split(".")[1] ?? "").padEnd(places, "0")}`);
  return shares.reduce((sum, share) => sum + units(share), 0n) === 10n ** BigInt(places);
}

/**
 * A part of the partner's reward that is given away: to its customers, or to the partner above it that earns on it with `funding: sub_partner`. It is a
 * negative line. `all` is everything but what is earned on sub-partners and other rebates; `only`, `from` and the like choose the facts whose reward is
 * given away. A month that comes to less than zero gives nothing away.
 */
export const ClientRebateComponent = z.strictObject({
  model: z.literal("client_rebate"),
  ...common,
  share: RateValue,
  of: z.union([z.literal("all"), z.array(PlanCode).min(1).max(40)]),
  to: z.enum(["customers", "parent"]).default("customers"),
  schedule: z
    .enum(["daily", "weekly", "monthly"])
    .default("monthly")
    .describe(
      "when customers get theirs; the working sums by day or by week (from Monday), the line stays the month's",
    ),
});
export type ClientRebateComponent = z.infer<typeof ClientRebateComponent>;
