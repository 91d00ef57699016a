import { z } from "zod";
import { Match, PlanAmount, PlanCode, PlanNumber, PlanRate } from "./amounts.ts";
import { Base } from "./base.ts";
import { common } from "./common.ts";
import { AmountValue, RateValue } from "./value.ts";

/** Values by level below the partner: the first for direct sub-partners, the second for theirs, and so on. Deeper levels bring nothing. */
const Rates = z.array(RateValue).min(1).max(20);
const Amounts = z.array(AmountValue).min(1).max(20);
const Shares = z.array(PlanRate).min(1).max(20);
const What = z.union([PlanCode, z.strictObject({ quantity: PlanCode })]).describe("a measure of the events (spread, commission, fee), or a quantity (lots)");

const Models = z.array(PlanCode).min(1).max(40).optional().describe("only these models of the sub-partner's plan, e.g. revenue_share");

/**
 * How a partner earns on sub-partners. Levels count from the partner that earns down to the one whose customer it is.
 * - `percent_of_commission`: a share of what the sub-partner earns (funded by the operator, or taken from the sub-partner).
 * - `percent_of_revenue`: a share of a base of the sub-partner's customers.
 * - `per_qualified`: an amount for each customer of a sub-partner that qualified.
 * - `per_referral`: an amount for each sub-partner that was brought (and became active).
 * - `percent_of_fee`: a share per level of a fee; `own` is the rate on the partner's own customers.
 * - `level_difference`: the partner's own value less that of the sub-partner below on the way, times the quantity or measure; never below zero.
 * - `cascade`: the broker's reward comes in at the top; each partner passes on the share given for its level and keeps the rest. The parts sum to the whole.
 * - `fixed_pot`: a pot (a rate of a measure) is split by `shares` among the referrer and the upline; shares without a partner go to the referrer.
 * - `level_ratio`: the reward on the customer times the ratio of the level.
 * - `decrement`: the first level's rate, less a step for each level down, to a depth.
 */
const Mode = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("percent_of_commission"), rates: Rates, models: Models, components: z.array(PlanCode).max(40).optional() }),
  z.strictObject({ mode: z.literal("percent_of_revenue"), rates: Rates, base: z.union([Base, PlanCode]), negative: z.enum(["floor", "reduce"]).default("floor"), cpaOnly: z.enum(["included", "excluded"]).default("included").describe("customers that are paid by CPA alone") }),
  z.strictObject({ mode: z.literal("per_qualified"), amounts: Amounts, component: PlanCode.describe("the sub-partner's component that qualifies") }),
  z.strictObject({ mode: z.literal("per_referral"), amount: AmountValue, needs: z.enum(["joined", "earned"]).default("joined") }),
  z.strictObject({ mode: z.literal("percent_of_fee"), own: PlanRate.optional(), rates: Rates, of: What }),
  z.strictObject({ mode: z.literal("level_difference"), own: AmountValue, of: What, attribute: PlanCode.describe("the attribute of a sub-partner that states its own value").default("rate") }),
  z.strictObject({ mode: z.literal("cascade"), pass: Shares.describe("share of what is received that is passed to the level below; the last keeps all"), rate: RateValue, of: What }),
  z.strictObject({ mode: z.literal("fixed_pot"), rate: RateValue, of: What, shares: Shares.describe("of the referrer, its upline, its upline's upline …; sum to one") }),
  z.strictObject({ mode: z.literal("level_ratio"), reward: AmountValue.describe("per unit of `of`"), of: What, ratios: z.array(PlanNumber).min(1).max(20).describe("own customers first, then the levels below") }),
  z.strictObject({ mode: z.literal("decrement"), first: PlanRate, step: PlanRate, depth: z.int().min(1).max(20), of: z.union([z.literal("commission"), What]) }),
]);

/** What a partner earns on what its sub-partners bring. */
export const SubPartnerComponent = z.strictObject({
  model: z.literal("sub_partner"),
  ...common,
  pays: Mode,
  inactive: z.enum(["skip", "compress", "absorb"]).default("skip").describe("a sub-partner on the way that is not active: its level stays empty, closes up, or its part goes to the partner above"),
  funding: z.enum(["operator", "sub_partner"]).default("operator"),
  afterRebate: z.boolean().default(false).describe("true: what the sub-partner passes on to customers is deducted first"),
  atMostOf: z.strictObject({ measure: PlanCode, share: PlanRate }).optional().describe("never more, with what the sub-partners earn, than this share of the broker's own revenue"),
  subPartners: Match.optional().describe("only sub-partners with these attributes"),
});
export type SubPartnerComponent = z.infer<typeof SubPartnerComponent>;

/** A part of the partner's reward that is passed on to its customers: it reduces what the partner is paid. */
export const ClientRebateComponent = z.strictObject({
  model: z.literal("client_rebate"),
  ...common,
  share: RateValue,
  of: z.union([z.literal("all"), z.array(PlanCode).min(1).max(40)]),
  schedule: z.enum(["daily", "weekly", "monthly"]).default("monthly"),
});
export type ClientRebateComponent = z.infer<typeof ClientRebateComponent>;
