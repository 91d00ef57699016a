import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Name, Revision } from "./programs.ts";
import { CurrencyCode, Day, Instant, MoneyValue, SUB_IDS } from "./values.ts";

export const CapMetric = z.enum(["clicks", "conversions", "amount"]);
export type CapMetric = z.infer<typeof CapMetric>;
export const CapPeriod = z.enum(["day", "week", "month", "total"]);
export type CapPeriod = z.infer<typeof CapPeriod>;

/** What has a counter of its own: everything together, each partner, or each value of a partner's source or sub ID. */
export const CapEach = z.enum(["all", "partner", "source", ...SUB_IDS]);
export type CapEach = z.infer<typeof CapEach>;

/**
 * What happens beyond the limit. `fallback`: clicks go elsewhere (the address, the other offer, or the offer's own fallback), conversions of
 * earlier clicks still count. `pend`: conversions are recorded, their commission waits for a decision. `stop`: conversions are recorded and
 * earn nothing. With `pend` and `stop` clicks go on; a cap on clicks can only send them elsewhere.
 */
export const TrafficCapOverflow = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("fallback"),
    url: z
      .string()
      .trim()
      .max(2000)
      .nullable()
      .default(null)
      .describe("on one of the offer's hosts, or the fallback's"),
    offerId: z
      .string()
      .max(60)
      .nullable()
      .default(null)
      .describe("another offer of the program, if the partner may promote it"),
  }),
  z.object({ kind: z.literal("pend") }),
  z.object({ kind: z.literal("stop") }),
]);
export type TrafficCapOverflow = z.infer<typeof TrafficCapOverflow>;

export const TrafficCapState = z.enum(["open", "near", "reached"]);
export type TrafficCapState = z.infer<typeof TrafficCapState>;
export const CapStatus = z.enum(["active", "paused", "archived"]);

/** Count as digits, or minor units of the program's currency for an amount. */
const CapNumber = z.string().regex(/^[1-9]\d{0,15}$/, "a whole number above 0");

/** One counter of a cap in the period that runs now. */
export const CapCounter = z.object({
  partnerId: z.string().nullable(),
  value: z.string().nullable().describe("of the source or sub ID"),
  used: z.string().describe("clicks: with what the running processes have reserved and not used yet"),
  share: z.number().describe("of the limit in percent, rounded down"),
  state: TrafficCapState,
  periodFrom: Day.nullable().describe("first day, in the program's time zone; null: since ever"),
  resetsAt: Instant.nullable(),
  reachedAt: Instant.nullable(),
});
export type CapCounter = z.infer<typeof CapCounter>;

export const TrafficCap = z.object({
  id: z.string(),
  programId: z.string(),
  name: z.string(),
  offerId: z.string().nullable().describe("null: all offers of the program together"),
  partnerId: z.string().nullable().describe("null: all partners"),
  each: CapEach,
  metric: CapMetric,
  eventType: z.string().nullable().describe("of conversions and amounts"),
  limit: z.string(),
  currency: CurrencyCode.nullable().describe("of an amount: the program's"),
  period: CapPeriod,
  overflow: TrafficCapOverflow,
  warnAt: z.number().int().describe("percent of the limit at which it is announced"),
  status: CapStatus,
  fullest: CapCounter.nullable().describe("the counter that is used up most; null: nothing was counted in this period"),
  counters: z.number().int().describe("how many counters run in this period"),
  createdAt: Instant,
  revision: Revision,
});
export type TrafficCap = z.infer<typeof TrafficCap>;
export const TrafficCapPage = pageOf(TrafficCap);
export const CapCounterPage = pageOf(CapCounter);

export const NewTrafficCap = z.object({
  programId: z.string().max(60),
  name: Name,
  offerId: z.string().max(60).nullable().default(null),
  partnerId: z.string().max(60).nullable().default(null),
  each: CapEach.default("all"),
  metric: CapMetric,
  eventType: z
    .string()
    .trim()
    .toLowerCase()
    .max(64)
    .nullable()
    .default(null)
    .describe("e.g. ftd, registration, deposit, sale"),
  limit: CapNumber,
  period: CapPeriod,
  overflow: TrafficCapOverflow,
  warnAt: z.number().int().min(1).max(100).default(80),
});
export type NewTrafficCap = z.input<typeof NewTrafficCap>;

/** What it counts never changes: make another cap for that. */
export const TrafficCapChange = z.object({
  revision: Revision,
  name: Name.optional(),
  limit: CapNumber.optional(),
  overflow: TrafficCapOverflow.optional(),
  warnAt: z.number().int().min(1).max(100).optional(),
  status: CapStatus.optional(),
});
export type TrafficCapChange = z.input<typeof TrafficCapChange>;

export const TrafficCapQuery = PageQuery.extend({
  programId: manyOf(z.string().max(60)).optional(),
  offerId: manyOf(z.string().max(60)).optional(),
  partnerId: manyOf(z.string().max(60)).optional(),
  metric: manyOf(CapMetric).optional(),
  status: manyOf(CapStatus).optional().describe("when not given: all but archived"),
});
export type TrafficCapQuery = z.output<typeof TrafficCapQuery>;

/** A conversion beyond a cap: recorded, and paid only when somebody decides so. */
export const CappedConversion = z.object({
  eventId: z.string(),
  capId: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  offerId: z.string().nullable(),
  type: z.string(),
  customerId: z.string(),
  occurredAt: Instant,
  amount: MoneyValue.nullable(),
  outcome: z.enum(["pend", "stop"]),
  decidedAt: Instant,
});
export type CappedConversion = z.infer<typeof CappedConversion>;
export const CappedConversionPage = pageOf(CappedConversion);
export const CappedConversionQuery = PageQuery.extend({
  programId: manyOf(z.string().max(60)).optional(),
  capId: manyOf(z.string().max(60)).optional(),
  partnerId: manyOf(z.string().max(60)).optional(),
  outcome: manyOf(z.enum(["pend", "stop"]))
    .optional()
    .describe("when not given: pend"),
});
export type CappedConversionQuery = z.output<typeof CappedConversionQuery>;

export const CappedDecision = z.object({
  eventIds: z.array(z.string().max(40)).min(1).max(500),
  decision: z.enum(["release", "stop"]).describe("release: it counts as if there were no cap; stop: it earns nothing"),
  reason: z.string().trim().min(1).max(1000),
});
export type CappedDecision = z.infer<typeof CappedDecision>;
export const CappedDecided = z.object({ decided: z.number().int(), unchanged: z.number().int() });
