import { z } from "zod";
import { AttributionRules } from "./attribution-rules.ts";
import { PageQuery, pageOf } from "./page.ts";
import { PartnerKind } from "./partners.ts";
import { PlanCode } from "./plan-language/index.ts";
import { CountryCode, CurrencyCode, Day, Instant, MinorAmount, MoneyValue, Month } from "./values.ts";

const Id = z.string().min(1).max(60);
const Title = z.string().trim().min(1).max(200);
/** Exact numbers as text: a share of one, an amount in whole units, a plain number. */
const Share = z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, "a share of one: 0.30 is 30 %");
const Amount = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, "an amount like 120.00");
const Factor = z.string().regex(/^\d{1,4}(\.\d{1,6})?$/, "a number like 1.15");
const Decimal = z.string().describe("exact decimal");

/** What a forecast takes for granted. Money is in whole units of the proposed plan's currency. */
export const Assumptions = z.strictObject({
  start: Month.describe("first month of the forecast"),
  months: z.int().min(1).max(36).default(12),
  clicks: z.int().min(0).max(10_000_000).describe("unique clicks per month before the season's factor"),
  registrationRate: Share.describe("registrations over clicks"),
  ftdRate: Share.describe("first deposits over registrations, in the month of the registration"),
  averageFirstDeposit: Amount,
  repeatDeposits: Factor.default("0").describe(
    "further deposits per active customer and month, from the second month on",
  ),
  averageDeposit: Amount.default("0").describe("of a further deposit"),
  revenuePerActive: Amount.describe("gross revenue per active customer and month"),
  churn: Share.describe("share of the active customers who are gone a month later"),
  paymentFees: Share.default("0").describe("share of deposits that payments cost"),
  lotsPerActive: Factor.default("0").describe("traded lots per active customer and month; 0 where nobody trades"),
  symbol: z.string().min(1).max(40).default("EURUSD").describe("what is traded"),
  seasonality: z
    .array(Factor)
    .length(12)
    .default(Array.from({ length: 12 }, () => "1"))
    .describe("factor on the clicks of January to December"),
});
export type Assumptions = z.infer<typeof Assumptions>;

export const SCENARIOS = ["base", "optimistic", "worst"] as const;
/** Factors on the assumptions. */
export const Scenario = z.strictObject({
  name: z.enum(SCENARIOS),
  traffic: Factor.default("1"),
  conversion: Factor.default("1").describe("on the share of registrations that deposit"),
  revenue: Factor.default("1"),
  churn: Factor.default("1"),
});
export type Scenario = z.infer<typeof Scenario>;
export const USUAL_SCENARIOS: Scenario[] = [
  { name: "base", traffic: "1", conversion: "1", revenue: "1", churn: "1" },
  { name: "optimistic", traffic: "1.2", conversion: "1.15", revenue: "1.15", churn: "0.8" },
  { name: "worst", traffic: "0.7", conversion: "0.8", revenue: "0.7", churn: "1.5" },
];

/** Things that go wrong, each laid over the base forecast. */
export const Stress = z.strictObject({
  whaleWin: Amount.default("50000").describe("what one customer wins in the middle of the forecast"),
  chargebackShare: Share.default("0.2").describe(
    "share of a month's first deposits that are charged back a month later",
  ),
});

/** A plan to look at: what the partner has today, a version of a plan, or a document that is not saved. */
export const ComparedPlan = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("version"), planVersionId: Id, name: Title.optional() }),
  z.strictObject({ kind: z.literal("document"), document: z.unknown(), name: Title.optional() }),
]);
export type ComparedPlan = z.infer<typeof ComparedPlan>;

export const SimulationSubject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("partner"), partnerId: Id }),
  z.strictObject({
    kind: z.literal("segment"),
    regionId: Id.optional(),
    ownerUserId: Id.optional(),
    partnerKind: PartnerKind.optional(),
    country: CountryCode.optional(),
  }),
]);

/** A deal looked at beforehand: over real history, over a forecast, or both; beside today's plan and up to three others. */
export const NewDeal = z.strictObject({
  kind: z.literal("deal"),
  name: Title,
  programId: Id,
  subject: SimulationSubject,
  proposed: ComparedPlan,
  others: z.array(ComparedPlan).max(3).default([]),
  base: PlanCode.default("ngr").describe("what revenue is: a base that the proposed plan declares, or a measure"),
  history: z.strictObject({ from: Month, to: Month }).nullable().default(null),
  forecast: z
    .strictObject({
      assumptions: Assumptions,
      scenarios: z.array(Scenario).min(1).max(3).default(USUAL_SCENARIOS),
      stress: Stress.default({ whaleWin: "50000", chargebackShare: "0.2" }),
    })
    .nullable()
    .default(null),
});
export type NewDeal = z.infer<typeof NewDeal>;

/** What is changed in a month that is over. */
export const ReplayChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plan"), plan: ComparedPlan }),
  z.strictObject({ kind: z.literal("attribution"), rules: AttributionRules }),
  z.strictObject({
    kind: z.literal("rates"),
    rates: z
      .array(
        z.strictObject({
          on: Day,
          currency: CurrencyCode,
          rate: z.string().regex(/^\d{1,9}(\.\d{1,10})?$/),
        }),
      )
      .min(1)
      .max(2000)
      .describe("units of the currency for one euro; days and currencies that are not named keep the published rate"),
  }),
]);
export const NewReplay = z.strictObject({
  kind: z.literal("replay"),
  name: Title,
  programId: Id,
  month: Month,
  change: ReplayChange,
});
export type NewReplay = z.infer<typeof NewReplay>;

export const NewSimulation = z.discriminatedUnion("kind", [NewDeal, NewReplay]);
export type NewSimulation = z.infer<typeof NewSimulation>;

/** What a plan comes to over a range of months. */
export const DealMeasures = z.object({
  cost: MoneyValue.describe("commission"),
  revenue: MoneyValue,
  net: MoneyValue.describe("revenue less commission"),
  costShare: Decimal.nullable().describe("commission over revenue, a share of one; null without revenue"),
  firstDeposits: z.int(),
  qualified: z.int().nullable().describe("customers that a CPA or CPL was earned for; null when the plan has none"),
  costPerFtd: MoneyValue.nullable(),
  costPerQualified: MoneyValue.nullable(),
  paybackMonth: Month.nullable().describe("first month from which on the sum of the net stays at zero or above"),
  breakEvenFtd: z.int().nullable().describe("fewest first deposits per month with which the forecast does not lose"),
  components: z.array(z.object({ code: z.string(), cost: MoneyValue })),
  months: z.array(
    z.object({
      month: Month,
      cost: MoneyValue,
      revenue: MoneyValue,
      cumulativeNet: MoneyValue,
      firstDeposits: z.int(),
    }),
  ),
});
export type DealMeasures = z.infer<typeof DealMeasures>;

/** A band's bound: what the month comes to just below it and at it. */
export const TierCliff = z.object({
  component: z.string(),
  metric: z.string(),
  bound: Decimal,
  below: MoneyValue,
  at: MoneyValue,
  own: MoneyValue.describe("what one more unit is worth in the band that begins here"),
  jump: MoneyValue,
  cliff: z.boolean().describe("whether one more unit changes the total by more than its own amount"),
});
export type TierCliff = z.infer<typeof TierCliff>;

export const STRESS_CASES = ["whale_wins", "all_at_minimum", "chargeback_wave"] as const;
export const StressOutcome = z.object({
  case: z.enum(STRESS_CASES),
  cost: MoneyValue,
  revenue: MoneyValue,
  net: MoneyValue,
  netDifference: MoneyValue.describe("against the base forecast"),
});
export type StressOutcome = z.infer<typeof StressOutcome>;

export const DealPlanResult = z.object({
  role: z.enum(["today", "proposed", "other"]),
  name: z.string(),
  planHash: z.string().nullable().describe("null: several plans (a segment's partners today)"),
  history: DealMeasures.nullable(),
  forecast: z.array(z.object({ scenario: z.enum(SCENARIOS), measures: DealMeasures })),
  cliffs: z.array(TierCliff),
  stress: z.array(StressOutcome),
});
export type DealPlanResult = z.infer<typeof DealPlanResult>;

export const DEAL_NOTES = ["several_plans_today", "bound_too_large", "more_bounds"] as const;
export const DealResult = z.object({
  kind: z.literal("deal"),
  currency: CurrencyCode,
  base: z.string(),
  partners: z.int(),
  history: z.object({ from: Month, to: Month }).nullable(),
  plans: z.array(DealPlanResult),
  notes: z
    .array(z.object({ code: z.enum(DEAL_NOTES), values: z.record(z.string(), z.string()) }))
    .describe("what could not be worked out, or only in part; screens have the words"),
});
export type DealResult = z.infer<typeof DealResult>;

export const ReplayResult = z.object({
  kind: z.literal("replay"),
  month: Month,
  partners: z.int(),
  changed: z.int().describe("partners whose sum differs"),
  customersMoved: z.int().nullable().describe("of an attribution rule: customers who would belong to somebody else"),
  problems: z.array(z.object({ partnerId: z.string(), message: z.string() })),
  totals: z.array(
    z.object({ currency: CurrencyCode, booked: MinorAmount, replayed: MinorAmount, difference: MinorAmount }),
  ),
  spread: z
    .array(z.object({ from: Decimal.nullable(), to: Decimal.nullable(), partners: z.int() }))
    .describe("how many partners differ by how much, in whole units of their currency"),
});
export type ReplayResult = z.infer<typeof ReplayResult>;

export const SIMULATION_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;
export const Simulation = z.object({
  id: z.string(),
  kind: z.enum(["deal", "replay"]),
  name: z.string(),
  programId: z.string(),
  partnerId: z.string().nullable(),
  status: z.enum(SIMULATION_STATUSES),
  steps: z.object({ done: z.int(), all: z.int() }),
  problem: z.string().nullable(),
  planHash: z.string().nullable().describe("of the proposed plan"),
  costShare: Decimal.nullable().describe("commission over revenue that it expects"),
  createdBy: z.string(),
  createdByName: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type Simulation = z.infer<typeof Simulation>;

export const SimulationDetail = Simulation.extend({
  input: NewSimulation,
  plans: z
    .array(z.object({ role: z.enum(["proposed", "other"]), name: z.string(), hash: z.string(), document: z.unknown() }))
    .describe("the plans that were asked about, as they were then"),
  inputHash: z.string().nullable().describe("sha256 of input, plans, facts and engine"),
  engineVersion: z.string().nullable(),
  result: z.union([DealResult, ReplayResult]).nullable(),
});
export type SimulationDetail = z.infer<typeof SimulationDetail>;

export const SimulationQuery = PageQuery.extend({
  kind: z.enum(["deal", "replay"]).optional(),
  programId: Id.optional(),
  partnerId: Id.optional(),
});
export type SimulationQuery = z.infer<typeof SimulationQuery>;
export const SimulationPage = pageOf(Simulation);

export const ReplayedPartner = z.object({
  partnerId: z.string(),
  partnerName: z.string(),
  currency: CurrencyCode,
  booked: MoneyValue,
  replayed: MoneyValue,
  difference: MoneyValue,
});
export type ReplayedPartner = z.infer<typeof ReplayedPartner>;
export const ReplayedPartnerPage = pageOf(ReplayedPartner);

export const AssumptionsQuery = z.object({
  programId: Id,
  partnerId: Id.optional().describe("left out: every partner of the program that the caller may see"),
  base: PlanCode.default("ngr"),
  from: Month,
  to: Month,
});
export const ProposedAssumptions = z.object({
  assumptions: Assumptions.nullable().describe("null: the months hold nothing to go by"),
  currency: CurrencyCode,
  months: z.int().describe("months with facts that these numbers come from"),
  firstDeposits: z.int(),
});
export type ProposedAssumptions = z.infer<typeof ProposedAssumptions>;
