import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { PlanDocument } from "./plan-language/index.ts";
import { PlanLanguage } from "./plans.ts";
import { CurrencyCode, Instant, MinorAmount, Month } from "./values.ts";

/** Where the sliders stand: the only numbers of the program that are no exact decimals. What is left out stands where it begins. */
export const EstimateFunnel = z.object({
  numbers: z.record(z.string().max(80), z.number().min(0).max(10_000_000)).default({}),
  choices: z.record(z.string().max(60), z.string().max(200)).default({}),
  months: z.int().min(1).max(12).default(6),
});
export type EstimateFunnel = z.output<typeof EstimateFunnel>;

/** What is estimated: a plan's version, terms of an agreement, or a document as it is being written. */
export const EstimateOf = z.union([
  z.strictObject({ planVersionId: z.string().max(60) }),
  z.strictObject({ agreementVersionId: z.string().max(60) }),
  z.strictObject({ document: PlanDocument }),
]);
export type EstimateOf = z.output<typeof EstimateOf>;

export const EstimateRequest = z.object({
  of: EstimateOf,
  funnel: EstimateFunnel.prefault({}),
  language: PlanLanguage.default("en"),
});
export type EstimateRequest = z.input<typeof EstimateRequest>;

export const EstimateSlider = z.object({
  id: z.string(),
  label: z.string(),
  unit: z.enum(["count", "percent", "money", "number"]),
  min: z.number(),
  max: z.number(),
  step: z.number(),
  value: z.number(),
});
export type EstimateSlider = z.infer<typeof EstimateSlider>;

/** What a plan would pay for a funnel that is the same every month. Amounts are exact, in minor units of the currency. */
export const Estimate = z.object({
  currency: CurrencyCode,
  total: MinorAmount,
  perDepositor: MinorAmount.nullable().describe("the total by first deposits: what one costs, all in all"),
  months: z.array(
    z.object({
      month: Month,
      amount: MinorAmount,
      components: z.record(z.string(), MinorAmount),
      clicks: z.int(),
      registrations: z.int(),
      ftds: z.int(),
      active: z.int(),
    }),
  ),
  components: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      total: MinorAmount,
      rate: z.string().nullable().describe("of the last month, when it was one for everything"),
      tier: z.string().nullable(),
      next: z
        .object({ from: z.string(), missing: z.string(), metric: z.string(), value: z.string().nullable() })
        .nullable()
        .describe("the next tier, and what is missing of its metric"),
    }),
  ),
  sliders: z.array(EstimateSlider).describe("the numbers that the plan looks at, as they stand"),
  choices: z.array(z.object({ name: z.string(), label: z.string(), values: z.array(z.string()), value: z.string() })),
});
export type Estimate = z.infer<typeof Estimate>;

/** Where a calculator may be shown: `https://partners.example`, or `*` for every page. */
const FrameAncestor = z
  .string()
  .max(253)
  .regex(/^(\*|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?)$/, "an origin such as https://partners.example, or *");

/** A calculator that anybody may open who has its address; it shows a published plan and knows no data. */
export const PublicCalculator = z.object({
  id: z.string(),
  planId: z.string(),
  planVersionId: z.string(),
  title: z.string(),
  token: z.string(),
  address: z.string(),
  frameAncestors: z.array(z.string()),
  createdAt: Instant,
});
export type PublicCalculator = z.infer<typeof PublicCalculator>;
export const NewPublicCalculator = z.object({
  planVersionId: z.string().max(60).describe("a published version"),
  title: z.string().trim().min(1).max(120),
  frameAncestors: z.array(FrameAncestor).max(20).default([]).describe("none: shown by itself, never in a frame"),
});
export type NewPublicCalculator = z.input<typeof NewPublicCalculator>;
export const PublicCalculatorQuery = PageQuery.extend({ planId: z.string().max(60).optional() });
export type PublicCalculatorQuery = z.output<typeof PublicCalculatorQuery>;
export const PublicCalculatorPage = pageOf(PublicCalculator);

export const PublicEstimateRequest = z.object({
  funnel: EstimateFunnel.prefault({}),
  language: PlanLanguage.default("en"),
});
export const PublicEstimate = z.object({ title: z.string(), estimate: Estimate });
export type PublicEstimate = z.infer<typeof PublicEstimate>;
