import { z } from "zod";
import { CurrencyCode, Day } from "./values.ts";

const Decimals = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A number that went into the calculation. `value` is in whole units of `currency`, or a plain quantity without one. */
export const WorkingInput = z.object({
  name: z.string(),
  value: Decimals,
  currency: CurrencyCode.optional(),
  day: Day.optional(),
});

/** One step of arithmetic or one rule that was tried. The code names the sentence, the values fill it (commissions/core/render-working.ts). */
export const WorkingStep = z.object({
  code: z.enum([
    "condition_met",
    "condition_missed",
    "qualified",
    "not_qualified",
    "clawed_back",
    "amount",
    "term",
    "base",
    "carry_in",
    "base_after_carry",
    "negative",
    "share",
    "no_longer_earned",
  ]),
  values: z.record(z.string(), z.string()),
});
export type WorkingStep = z.infer<typeof WorkingStep>;

/** An amount of another currency at a published rate. `rate` is units of `to` for one unit of `from`, shown with eight decimals. */
export const WorkingConversion = z.object({
  name: z.string(),
  amount: Decimals,
  from: CurrencyCode,
  to: CurrencyCode,
  fromRate: Decimals,
  toRate: Decimals,
  rate: Decimals,
  converted: Decimals,
  source: z.string(),
  asked: Day,
  published: Day,
});
export type WorkingConversion = z.infer<typeof WorkingConversion>;

/** How a line came about, as data: enough to do the arithmetic again with a pencil. */
export const Working = z.object({
  model: z.string(),
  component: z.string(),
  clause: z.string().optional(),
  terms: z.object({ agreementVersionId: z.string(), version: z.number().int(), planHash: z.string() }),
  inputs: z.array(WorkingInput),
  conversions: z.array(WorkingConversion),
  steps: z.array(WorkingStep),
  rate: Decimals.nullable(),
  tier: z.string().nullable(),
  rounding: z.object({ mode: z.string(), places: z.number().int(), before: Decimals, after: Decimals }),
  hold: z.object({ days: z.number().int(), from: z.enum(["earned", "month_end"]), until: Day.nullable() }),
  carry: z.object({ in: Decimals, out: Decimals, currency: CurrencyCode }).nullable(),
  alternatives: z.array(z.object({ rule: z.string(), reason: z.string(), values: z.record(z.string(), z.string()) })),
});
export type Working = z.infer<typeof Working>;
