import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Instant } from "./values.ts";

/** Macros that a postback's URL and body may hold, with what stands in their place when it is sent. */
export const POSTBACK_MACROS = {
  click_id: "the click ID that the visitor's click was given",
  partner_click_id: "the partner's own click id, as it came with the click",
  sub1: "sub1 of the click",
  sub2: "sub2 of the click",
  sub3: "sub3 of the click",
  sub4: "sub4 of the click",
  sub5: "sub5 of the click",
  sub6: "sub6 of the click",
  sub7: "sub7 of the click",
  sub8: "sub8 of the click",
  sub9: "sub9 of the click",
  sub10: "sub10 of the click",
  event: "what happened: registration, ftd, deposit, commission …",
  amount: "the event's amount in whole units, e.g. 250.00; empty when it has none",
  currency: "ISO 4217 code of the amount or commission",
  commission: "the commission that was booked, in whole units; empty but for commission",
  event_id: "id of the event, the same for every repetition",
  customer_id: "the customer's id with all but its end masked",
  offer: "id of the offer",
  program: "id of the program",
  timestamp: "when it happened, in seconds since 1970-01-01 UTC",
} as const;
export type PostbackMacro = keyof typeof POSTBACK_MACROS;

/** Occasions beyond the event types themselves. */
export const POSTBACK_OCCASIONS = ["registration", "kyc_passed", "ftd", "deposit", "sale", "commission"] as const;

const PostbackStatus = z.enum(["active", "paused", "archived"]);
const Occasion = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/)
  .describe("an event type, ftd (first-time deposit) or commission");

/** A partner's own address that is called when something happens. */
export const Postback = z.object({
  id: z.string(),
  partnerId: z.string(),
  programId: z.string().nullable().describe("null: every program of the partner"),
  offerId: z.string().nullable().describe("null: every offer"),
  name: z.string(),
  occasions: z.array(z.string()),
  method: z.enum(["GET", "POST"]),
  url: z.string().describe("with macros"),
  body: z.string().nullable(),
  status: PostbackStatus,
  waiting: z.number().int().describe("deliveries that are still being tried"),
  dead: z.number().int().describe("deliveries given up after 72 hours"),
  lastDeliveredAt: Instant.nullable(),
  createdAt: Instant,
  revision: z.number().int(),
});
export type Postback = z.infer<typeof Postback>;

export const NewPostback = z.object({
  partnerId: z.string().optional().describe("the partner; a partner's own user may leave it out"),
  programId: z.string().nullable().default(null),
  offerId: z.string().nullable().default(null),
  name: z.string().trim().max(100).default(""),
  occasions: z.array(Occasion).min(1).max(40),
  method: z.enum(["GET", "POST"]).default("GET"),
  url: z.string().trim().min(1).max(4000),
  body: z.string().max(8000).nullable().default(null),
});
export type NewPostback = z.infer<typeof NewPostback>;

export const PostbackChange = z.object({
  revision: z.number().int().describe("the revision that the change was made on"),
  programId: z.string().nullable().optional(),
  offerId: z.string().nullable().optional(),
  name: z.string().trim().max(100).optional(),
  occasions: z.array(Occasion).min(1).max(40).optional(),
  method: z.enum(["GET", "POST"]).optional(),
  url: z.string().trim().min(1).max(4000).optional(),
  body: z.string().max(8000).nullable().optional(),
  status: PostbackStatus.optional(),
});
export type PostbackChange = z.infer<typeof PostbackChange>;

export const PostbackQuery = PageQuery.extend({
  partnerId: manyOf(z.string()).optional(),
  programId: manyOf(z.string()).optional(),
  status: manyOf(PostbackStatus).optional().describe("when not given: all but archived"),
});
export const PostbackPage = pageOf(Postback);

/** One call that went out, or tried to. */
export const DeliveryAttempt = z.object({
  attempt: z.number().int(),
  at: Instant,
  url: z.string().describe("as sent"),
  status: z.number().int().nullable().describe("HTTP status; null: no answer"),
  error: z.string().nullable(),
  durationMs: z.number().int().nullable().describe("null: still running, or cut off by a crash"),
  response: z.string().nullable().describe("the first 2 KB of the answer"),
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

const DeliveryState = z.enum(["waiting", "delivered", "dead"]);

export const Delivery = z.object({
  id: z.string(),
  postbackId: z.string(),
  partnerId: z.string(),
  eventId: z.string().nullable(),
  occasion: z.string(),
  state: DeliveryState,
  outcome: z.enum(["answered", "gave_up", "archived"]).nullable(),
  attempts: z.number().int(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  nextAt: Instant.nullable(),
  createdAt: Instant,
  settledAt: Instant.nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryDetail = Delivery.extend({
  values: z.record(z.string(), z.string()).describe("what stands in place of each macro"),
  log: z.array(DeliveryAttempt),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

export const DeliveryQuery = PageQuery.extend({
  state: manyOf(DeliveryState).optional(),
  occasion: manyOf(z.string()).optional(),
  eventId: z.string().optional(),
});
export const DeliveryListQuery = DeliveryQuery.extend({ partnerId: manyOf(z.string()).optional() });
export const DeliveryPage = pageOf(Delivery);
