import { z } from "zod";
import { DeliveryAttempt, DeliveryProgress, DeliveryState } from "./deliveries.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CountryCode, Instant, MoneyValue, SUB_IDS } from "./values.ts";

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
  occurred_at: "when it happened, ISO 8601 in UTC",
  country: "country of the click, ISO 3166-1 alpha-2",
  status:
    "the receiver's word for what happened, from the postback's own list; approved, pending or rejected without one",
  commission_state: "accrued, held, released or reversed; empty but for commission",
  gclid: "Google's click id, as it came with the click",
  fbclid: "Meta's click id, as it came with the click",
  ttclid: "TikTok's click id, as it came with the click",
  msclkid: "Microsoft's click id, as it came with the click",
  test: "1 in a test call, else empty",
} as const;
export type PostbackMacro = keyof typeof POSTBACK_MACROS;

/** Occasions beyond the event types themselves. */
export const POSTBACK_OCCASIONS = ["registration", "kyc_passed", "ftd", "deposit", "sale", "commission"] as const;

/** What may have happened to a commission. `reversed`: a later calculation took something back. */
export const COMMISSION_STATES = ["accrued", "held", "released", "reversed"] as const;
const CommissionState = z.enum(COMMISSION_STATES);

/** What has to be true of an event or commission before the postback is called; what is left out is not asked. */
export const PostbackFilters = z.strictObject({
  offerIds: z.array(z.string().max(60)).max(200).optional().describe("only these offers"),
  countries: z
    .array(CountryCode)
    .max(250)
    .optional()
    .describe("only clicks from these countries; an unknown country does not pass"),
  subs: z
    .partialRecord(z.enum(SUB_IDS), z.array(z.string().max(255)).min(1).max(100))
    .optional()
    .describe("only clicks that carried one of these values"),
  minAmount: MoneyValue.optional().describe(
    "not below this, by the amount or, for a commission, its size; what has no amount or another currency passes",
  ),
  commissionStates: z
    .array(CommissionState)
    .max(4)
    .optional()
    .describe("which changes of a commission are told; when not given: accrued, held and reversed"),
  firstPerCustomer: z.boolean().optional().describe("each occasion once per customer, the first that passes"),
});
export type PostbackFilters = z.infer<typeof PostbackFilters>;

const LONGEST_DELAY = 7 * 86_400;
const Delay = z.number().int().min(0).max(LONGEST_DELAY).describe("seconds between the event and the call");
const Precedence = z
  .enum(["overrides", "adds"])
  .describe("of a postback for one offer: overrides = those for every offer are silent for it; adds = both are called");
const StatusWords = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{1,39}$/), z.string().max(60))
  .describe("what {status} says, by occasion, or by the state of a commission");
const TemplateSettings = z.record(z.string().max(40), z.string().max(500));

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
  template: z.string().nullable().describe("the template it was made from"),
  settings: TemplateSettings.describe("what was filled into the template, without secrets"),
  secrets: z.array(z.string()).describe("names of the secrets that are kept for it"),
  filters: PostbackFilters,
  statusWords: StatusWords,
  delaySeconds: Delay,
  precedence: Precedence,
  signedSince: Instant.nullable().describe("when the signing secret in use was made; null: calls are not signed"),
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
  url: z.string().trim().max(4000).default("").describe("may be left out with a template: it says the address then"),
  body: z.string().max(8000).nullable().default(null),
  template: z.string().max(40).nullable().default(null).describe("GET /v1/postback-templates lists them"),
  settings: TemplateSettings.default({}).describe("what the template asks for: domain, id, secrets"),
  filters: PostbackFilters.default({}),
  statusWords: StatusWords.default({}),
  delaySeconds: Delay.default(0),
  precedence: Precedence.default("overrides"),
});
export type PostbackInput = z.input<typeof NewPostback>;
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
  settings: TemplateSettings.optional().describe("fills the template in anew"),
  filters: PostbackFilters.optional(),
  statusWords: StatusWords.optional(),
  delaySeconds: Delay.optional(),
  precedence: Precedence.optional(),
  status: PostbackStatus.optional(),
});
export type PostbackChange = z.infer<typeof PostbackChange>;

export const PostbackQuery = PageQuery.extend({
  partnerId: manyOf(z.string()).optional(),
  programId: manyOf(z.string()).optional(),
  status: manyOf(PostbackStatus).optional().describe("when not given: all but archived"),
});
export const PostbackPage = pageOf(Postback);

export const Delivery = z.object({
  id: z.string(),
  postbackId: z.string(),
  partnerId: z.string(),
  eventId: z.string().nullable(),
  occasion: z.string(),
  ...DeliveryProgress.shape,
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
