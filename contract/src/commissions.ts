import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, MoneyValue, Month } from "./values.ts";

const Decimals = z.string().regex(/^-?\d+(\.\d+)?$/);

export type WorkingInput = z.infer<typeof WorkingInput>;
/** A number that went into the calculation. `value` is in whole units of `currency`, or a plain quantity without one. */
export const WorkingInput = z.object({
  name: z.string(),
  value: Decimals,
  currency: CurrencyCode.optional(),
  day: Day.optional(),
});

/** One step of arithmetic or one rule that was tried. The code names the sentence, the values fill it (commissions/core/render-working.ts). */
export const WorkingStep = z.object({
  code: z.string(),
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
  hold: z.object({
    days: z.number().int(),
    business: z.boolean().optional().describe("the days are business days"),
    from: z.enum(["earned", "month_end", "event"]),
    until: Day.nullable(),
    reason: z.string().optional().describe("why it waits for a release: gate, cap, event"),
  }),
  carry: z.object({ in: Decimals, out: Decimals, currency: CurrencyCode }).nullable(),
  alternatives: z.array(z.object({ rule: z.string(), reason: z.string(), values: z.record(z.string(), z.string()) })),
});
export type Working = z.infer<typeof Working>;

/** A line version. The newest version of a key is what is booked; `difference` is what this version moved. */
export const Line = z.object({
  id: z.string(),
  key: z.string(),
  version: z.number().int(),
  latest: z.boolean(),
  partnerId: z.string(),
  programId: z.string(),
  agreementVersionId: z.string(),
  component: z.string(),
  model: z.string(),
  subjectKind: z.enum(["customer", "event", "period", "partner"]),
  subjectId: z.string().describe("public id of the customer or sub-partner, or the month"),
  subjectName: z.string().nullable().describe("of a sub-partner, in a list, where the reader may know it"),
  month: Month.describe("the month it was earned in"),
  bookedMonth: Month.describe("the month whose statement it stands on"),
  earnedOn: Day,
  currency: CurrencyCode,
  amount: MinorAmount,
  difference: MinorAmount,
  heldUntil: Day.nullable(),
  heldBy: z.string().nullable().describe("what it waits for that has no day: gate, cap, event, jurisdiction"),
  held: MinorAmount.describe("of the amount, what is not payable yet"),
  calculatedAt: Instant,
});
export type Line = z.infer<typeof Line>;

export const LineQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  programId: z.string().max(60).optional(),
  month: Month.optional().describe("earned in"),
  bookedMonth: Month.optional().describe("booked in"),
  currency: CurrencyCode.optional(),
  component: z.string().max(60).optional(),
  customerId: z.string().max(60).optional(),
  latest: z.stringbool().optional().describe("only the newest version of each line"),
});
export type LineQuery = z.infer<typeof LineQuery>;
export const LinePage = pageOf(Line);

/** A value of an explanation, so that every screen formats it in its own way. */
export const ExplainedValue = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("money"), money: MoneyValue }),
  z.object({ kind: z.literal("decimal"), value: z.string(), unit: z.string().optional() }),
  z.object({ kind: z.literal("rate"), value: z.string() }),
  z.object({ kind: z.literal("count"), value: z.string() }),
  z.object({ kind: z.literal("day"), value: z.string() }),
  z.object({ kind: z.literal("text"), value: z.string() }),
]);
export type ExplainedValue = z.infer<typeof ExplainedValue>;

/** The working in words of the reader's language, with every number: what the why drawer, the portal, PDF and command line show. */
export const ExplainedWorking = z.object({
  title: z.string(),
  result: ExplainedValue,
  rule: z.object({ name: z.string(), text: z.string().optional() }),
  rate: z.object({ name: z.string(), value: z.string(), tier: z.string().optional() }).optional(),
  inputs: z.array(z.object({ name: z.string(), value: ExplainedValue })),
  steps: z.array(
    z.object({
      name: z.string(),
      arithmetic: z.string().optional(),
      result: ExplainedValue,
      held: z.boolean().optional(),
    }),
  ),
  rounding: z.object({ rule: z.string(), before: z.string(), after: z.string() }).optional(),
  alternatives: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type ExplainedWorking = z.infer<typeof ExplainedWorking>;

/** An event behind a line. */
export const LineEvent = z.object({
  id: z.string(),
  type: z.string(),
  externalId: z.string(),
  customerId: z.string(),
  occurredAt: Instant,
  receivedAt: Instant,
  currency: z.string().nullable(),
  measures: z.record(z.string(), z.string()).describe("minor units"),
  quantities: z.record(z.string(), z.string()),
});

/** Everything behind a line: arithmetic, terms, customer with click and decision, events, bookings. */
export const LineExplanation = z.object({
  line: Line,
  versions: z.array(Line).describe("all versions of the line, the newest first"),
  original: z
    .object({
      lineId: z.string(),
      bookedMonth: Month,
      amount: MinorAmount,
      rate: z.string().nullable(),
      tier: z.string().nullable(),
      conversions: z.array(WorkingConversion),
    })
    .nullable()
    .describe("of a line booked in a later month: what it corrects, with its rate and its currency rates"),
  working: Working,
  explanation: ExplainedWorking,
  terms: z.object({
    agreementId: z.string(),
    agreementVersionId: z.string(),
    version: z.number().int(),
    termsHash: z.string(),
    acceptedName: z.string().nullable(),
    acceptedAt: Instant.nullable(),
    clause: z.array(z.string()).describe("the component in plain language"),
  }),
  customer: z
    .object({
      id: z.string(),
      ref: z.string(),
      clickId: z.string().nullable(),
      linkId: z.string().nullable(),
      boundAt: Instant.nullable(),
      reason: z.string().nullable().describe("why it is this partner's customer"),
      click: z
        .object({
          at: Instant,
          linkId: z.string().nullable(),
          country: z.string().nullable(),
          device: z.string().nullable(),
          source: z.string().nullable(),
          creative: z.string().nullable(),
          partnerClickId: z.string().nullable(),
          subIds: z.record(z.string(), z.string()),
        })
        .nullable()
        .describe("the click that won the customer, as it was recorded"),
    })
    .nullable(),
  subPartner: z
    .object({ name: z.string().nullable() })
    .nullable()
    .describe("of a line that is earned on a sub-partner; the name where the reader may know it"),
  events: z.array(LineEvent).describe("the first 200 in the order of time"),
  contributions: z
    .array(z.object({ customerId: z.string(), measure: z.string(), currency: z.string(), amount: MinorAmount }))
    .describe("what each customer brought to the base of a period, largest first, 200 at most"),
  bookings: z.array(
    z.object({
      transferId: z.string(),
      recipe: z.string(),
      amount: MinorAmount,
      currency: CurrencyCode,
      period: Month,
      occurredOn: Day,
      bookedAt: Instant,
    }),
  ),
});
export type LineExplanation = z.infer<typeof LineExplanation>;

/** What a customer has earned its partner so far, and what is missing where nothing was. */
export const CustomerCommission = z.object({
  customerId: z.string(),
  partnerId: z.string().nullable(),
  lines: z.array(Line).describe("newest versions of the customer's own lines"),
  components: z.array(
    z.object({
      agreementVersionId: z.string(),
      version: z.number().int(),
      component: z.string(),
      qualifiedOn: Day.nullable(),
      steps: ExplainedWorking.shape.steps.describe("every condition, with what was found and what is asked"),
    }),
  ),
});
export type CustomerCommission = z.infer<typeof CustomerCommission>;

/** Months that wait for their calculation; `problem` says why one cannot be calculated, e.g. that a rate is missing. */
export const WaitingMonth = z.object({
  partnerId: z.string(),
  programId: z.string(),
  month: Month,
  since: Instant,
  problem: z.string().nullable(),
});
export type WaitingMonth = z.infer<typeof WaitingMonth>;
export const WaitingQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  programId: z.string().max(60).optional(),
  problems: z.stringbool().optional().describe("only those that cannot be calculated"),
});
export type WaitingQuery = z.infer<typeof WaitingQuery>;
export const WaitingPage = pageOf(WaitingMonth);

/** What is held for a partner, by the day on which it becomes payable. */
export const HoldSchedule = z.object({
  data: z.array(
    z.object({
      payableOn: Day.nullable().describe("null: not before it is released"),
      currency: CurrencyCode,
      amount: MinorAmount,
      lines: z.number().int(),
    }),
  ),
});

export const SubPartnerTreeQuery = z.object({
  partnerId: z.string().max(60).optional().describe("at the top; left out by a partner: itself"),
  programId: z.string().max(60).optional().describe("the first of the partner's programs when left out"),
  month: Month.optional().describe("the month that runs when left out"),
  language: z.enum(["en", "es"]).default("en"),
});
export type SubPartnerTreeQuery = z.output<typeof SubPartnerTreeQuery>;

/** A partner below another one in a month: where it stands, what it brought, what it earned, and what was earned on it. */
export const SubPartnerNode = z.object({
  id: z.string(),
  name: z.string(),
  parentId: z.string(),
  level: z.int().describe("1: directly below the partner at the top"),
  active: z.boolean(),
  since: Day.nullable().describe("under this parent; null: from the beginning"),
  until: Day.nullable().describe("exclusive; null: still there"),
  moves: z
    .array(z.object({ parentName: z.string().nullable(), from: Day.nullable(), until: Day.nullable() }))
    .describe("where it stood before, the oldest first"),
  rate: z.string().nullable().describe("what the terms of the partner at the top pay on this level"),
  plan: z.string().nullable().describe("what it is paid by itself; the operator's people only"),
  customers: z.int(),
  registrations: z.int(),
  ftds: z.int(),
  deposits: z.array(MoneyValue),
  earned: z.array(MoneyValue),
  override: z.array(MoneyValue.extend({ lineId: z.string().describe("opens to its working") })),
});
export type SubPartnerNode = z.infer<typeof SubPartnerNode>;

export const SubPartnerTree = z.object({
  top: z.object({ id: z.string(), name: z.string() }),
  programs: z.array(z.object({ id: z.string(), name: z.string() })),
  programId: z.string().nullable(),
  month: Month,
  view: z.enum(["nothing", "totals", "partner"]).describe("what the program shows of the partners below"),
  nodes: z.array(SubPartnerNode).describe("by name; the tree is in their parents"),
  totals: z.object({
    partners: z.int(),
    customers: z.int(),
    registrations: z.int(),
    ftds: z.int(),
    earned: z.array(MoneyValue),
    override: z.array(MoneyValue),
  }),
});
export type SubPartnerTree = z.infer<typeof SubPartnerTree>;
