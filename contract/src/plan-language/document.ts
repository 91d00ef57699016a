import { z } from "zod";
import { CurrencyCode } from "../values.ts";
import { CpaComponent, CpaLadderComponent, CplComponent } from "./acquisition.ts";
import { PlanAmount, PlanCode } from "./amounts.ts";
import { Base } from "./base.ts";
import { Cap, Gate } from "./component-fields.ts";
import { Qualification } from "./conditions.ts";
import { BonusComponent, FlatFeeComponent, MinimumGuaranteeComponent } from "./fixed.ts";
import { ClientRebateComponent, SubPartnerComponent } from "./levels.ts";
import { CpcComponent, CpmComponent, PerEventComponent } from "./media.ts";
import { RevenueShareComponent, TheoreticalComponent } from "./revenue-share.ts";
import { RecurringComponent, SaleComponent } from "./sale.ts";
import { Conversion } from "./timing.ts";
import {
  CommissionShareComponent,
  LotRebateComponent,
  NotionalComponent,
  PipRebateComponent,
  PointRebateComponent,
  SpreadShareComponent,
} from "./trading.ts";

/** One way to earn. Each model's arithmetic is a file of its own in the calculation. */
export const Component = z.discriminatedUnion("model", [
  CpaComponent,
  CplComponent,
  CpaLadderComponent,
  CpcComponent,
  CpmComponent,
  PerEventComponent,
  SaleComponent,
  RecurringComponent,
  RevenueShareComponent,
  TheoreticalComponent,
  LotRebateComponent,
  PipRebateComponent,
  PointRebateComponent,
  SpreadShareComponent,
  CommissionShareComponent,
  NotionalComponent,
  FlatFeeComponent,
  MinimumGuaranteeComponent,
  BonusComponent,
  SubPartnerComponent,
  ClientRebateComponent,
]);
export type Component = z.infer<typeof Component>;
export type Model = Component["model"];

/** How an amount becomes minor units of the currency: once, at the line. Before that everything is kept with eight decimals. */
export const LineRounding = z.strictObject({
  mode: z.enum(["half_up", "half_even", "down", "up"]).default("half_up"),
  places: z
    .int()
    .min(0)
    .max(8)
    .optional()
    .describe(
      "decimals of a line; those of the currency when left out. More than the currency has are rounded with the statement's sum",
    ),
});

/** What counts as the first deposit: the first one alone, or everything deposited within so many hours of it. */
export const FirstDepositRule = z.strictObject({
  sumHours: z
    .int()
    .min(1)
    .max(720)
    .optional()
    .describe("deposits up to so many hours after the first are summed, the last instant included"),
  atLeast: PlanAmount.optional().describe("a first deposit below this is none; the first that is enough counts"),
  exclude: z
    .array(z.string().max(60))
    .max(20)
    .optional()
    .describe("values of the dimension `method` that are no deposits: internal_transfer, bonus"),
});

/**
 * A commission plan. Every component pays by itself unless it says otherwise; what the plan pays is their sum, never below zero in a month unless
 * a clawback made it so.
 */
export const PlanDocument = z.strictObject({
  language: z.literal(1),
  name: z.string().max(200).optional(),
  currency: CurrencyCode.describe("amounts of the plan and the partner's statements"),
  conversion: Conversion.default({ source: "ecb", at: "day" }),
  rounding: LineRounding.default({ mode: "half_up" }),
  firstDeposit: FirstDepositRule.optional(),
  active: Qualification.optional().describe("what an active customer of a month is, over that month's facts"),
  bases: z.record(PlanCode, Base).optional().describe("bases that several components or metrics name"),
  components: z.array(Component).min(1).max(40),
  gate: Gate.optional().describe("on the whole plan's month"),
  caps: z.array(Cap).max(20).optional().describe("over all components together"),
  payout: z
    .strictObject({
      minimum: PlanAmount.optional(),
      bound: z
        .enum(["at_least", "more_than"])
        .optional()
        .describe("whether exactly the minimum is paid; required with a minimum"),
    })
    .optional()
    .describe("less is not paid out but added to the next month"),
});
export type PlanDocument = z.infer<typeof PlanDocument>;
/** A plan as people write it, defaults left out. */
export type PlanInput = z.input<typeof PlanDocument>;
