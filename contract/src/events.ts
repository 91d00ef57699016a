import { z } from "zod";

/** Most events of one call. */
export const EVENTS_PER_CALL = 10_000;

/**
 * An event as it is sent. What is wrong with one is said in the answer, event by event, and does not stop the others: this schema
 * tells what is understood, it refuses nothing but what is no object.
 */
export const NewEvent = z
  .looseObject({
    type: z
      .unknown()
      .describe(
        "registration, kyc_passed, deposit, withdrawal, trade, activity, sale, refund, chargeback, or one that the program declares",
      ),
    externalId: z
      .unknown()
      .describe(
        "your id of the event: it counts once however often it arrives; the same id with other values is a correction",
      ),
    customerId: z.unknown().describe("your id of the customer"),
    occurredAt: z.unknown().describe("ISO 8601; without a zone it is read in the program's"),
    amount: z
      .unknown()
      .describe("deposit, withdrawal, sale, refund, chargeback: whole units as text, or { minor, currency }"),
    currency: z.unknown().describe("ISO 4217; the program's when left out"),
    clickId: z.unknown().describe("the click id that was handed on to the landing page"),
    code: z.unknown().describe("coupon or referral code"),
    partner: z.unknown().describe("id or code of the partner, where your system knows it"),
    void: z.unknown().describe("true takes the event with this external id back"),
    lots: z.unknown().describe("trade: exact decimal"),
    notional: z.unknown().describe("trade"),
    spread: z.unknown().describe("trade"),
    commission: z.unknown().describe("trade"),
    ggr: z.unknown().describe("activity"),
    bonus: z.unknown().describe("activity"),
    fees: z.unknown().describe("activity"),
    taxes: z.unknown().describe("activity"),
    ngr: z.unknown().describe("activity; GGR less bonus, fees and taxes when left out"),
    day: z.unknown().describe("activity: the day that it sums up"),
    product: z
      .unknown()
      .describe(
        "a dimension, like brand, symbol, group, order, billing, account_type, country, platform, plan, channel, game, category",
      ),
    dimensions: z.unknown().describe("any other describing values, name by name"),
    quantities: z
      .unknown()
      .describe("numbers that plans look at, name by name: seconds, points, bets, contract, equity … or your own"),
    measures: z
      .unknown()
      .describe("further amounts in the event's currency, name by name: turnover, rake, markup, tax … or your own"),
  })
  .partial();
export type NewEvent = z.input<typeof NewEvent>;

/** Takes anything, so that one wrong event does not stop the others, and shows in the reference what is understood. */
const { $schema: _, ...shown } = z.toJSONSchema(NewEvent, { io: "input" });
const AnyEvent = z.unknown().meta(shown);

export const NewEvents = z.object({
  programId: z.string().max(60),
  sourceId: z.string().max(60).optional().describe("an event source of the program; external ids are unique within it"),
  events: z.array(AnyEvent).min(1).max(EVENTS_PER_CALL),
});
export type NewEvents = z.infer<typeof NewEvents>;

export const EventComplaint = z.object({
  code: z.string(),
  field: z.string(),
  value: z.string().optional(),
  message: z.string(),
  hint: z.string(),
});

/** What became of one event of a call, so far: its fate (accepted, duplicate, corrected …) is known a moment later, by its receipt. */
export const EventTaken = z.object({
  line: z.number().int(),
  receipt: z.string(),
  status: z.enum(["received", "rejected"]),
  notes: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
  errors: z.array(EventComplaint).optional(),
});
export type EventTaken = z.infer<typeof EventTaken>;

export const EventsTaken = z.object({
  receipt: z.string().describe("of the call; the call is durable"),
  received: z.number().int(),
  rejected: z.number().int(),
  events: z.array(EventTaken).describe("in the order of the call"),
});
export type EventsTaken = z.infer<typeof EventsTaken>;
