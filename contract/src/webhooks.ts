import { z } from "zod";
import { DeliveryAttempt, DeliveryProgress, DeliveryState } from "./deliveries.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Day, Instant, MoneyValue, Month } from "./values.ts";

const PartnerPlace = { partnerId: z.string(), programId: z.string() };
const CustomerPlace = {
  customerId: z.string(),
  customerRef: z.string().describe("your own id of the customer"),
};

const EventOf = z.object({
  receiptId: z.string(),
  eventId: z.string(),
  programId: z.string(),
  type: z.string(),
  externalId: z.string(),
  ...CustomerPlace,
  partnerId: z.string().nullable(),
  occurredAt: Instant,
});
const CommissionOf = z.object({
  lineId: z.string().describe("GET /v1/lines/{id} explains it"),
  ...PartnerPlace,
  customerId: z.string().nullable().describe("null: earned in a period, not by one customer"),
  amount: MoneyValue.describe("signed: what this booking changed"),
  state: z.enum(["accrued", "held", "released", "reversed"]),
});
const StatementOf = z.object({
  statementId: z.string(),
  partnerId: z.string(),
  month: Month,
  currency: z.string(),
  closing: z.string().nullable().describe("payable at the end of the month, minor units"),
  paid: z.string().nullable().describe("minor units"),
  reference: z.string().nullable().describe("of the payment"),
});

/** Everything that can be told to a system of the operator: type, what it means, what `data` holds. */
export const WEBHOOK_EVENTS = {
  "customer.attributed": {
    about: "A customer was given to a partner, or to another one than before. `partnerId` null: to nobody any more.",
    data: z.object({
      ...CustomerPlace,
      programId: z.string(),
      partnerId: z.string().nullable(),
      previousPartnerId: z.string().nullable(),
      linkId: z.string().nullable(),
      offerId: z.string().nullable(),
      clickId: z.string().nullable(),
      reason: z.string().describe("docs/reference/attribution-reasons.md"),
    }),
  },
  "event.accepted": {
    about: "An event was accepted and belongs to a partner's customer.",
    data: EventOf.extend({
      firstDeposit: z.boolean(),
      amount: MoneyValue.nullable(),
      offerId: z.string().nullable(),
    }),
  },
  "event.unattributed": {
    about: "An event was accepted, and its customer is nobody's.",
    data: EventOf.extend({ reason: z.string().nullable() }),
  },
  "event.reversed": {
    about: "An event does not count any more.",
    data: EventOf.extend({ reason: z.string().nullable() }),
  },
  "event.rejected": {
    about: "A call or one line of it was refused; `reason` is a code of docs/reference/errors.md.",
    data: z.object({
      receiptId: z.string(),
      programId: z.string().nullable(),
      reason: z.string(),
      detail: z.string().nullable(),
    }),
  },
  "commission.booked": { about: "A commission was booked: accrued, or held for later.", data: CommissionOf },
  "commission.released": { about: "A held commission became payable.", data: CommissionOf },
  "commission.reversed": { about: "A calculation took back something that was booked.", data: CommissionOf },
  "statement.closed": { about: "A statement was closed; its figures do not change any more.", data: StatementOf },
  "statement.paid": { about: "A statement was marked paid.", data: StatementOf },
  "agreement.accepted": {
    about: "A partner accepted terms.",
    data: z.object({ agreementVersionId: z.string(), ...PartnerPlace, validFrom: Day.nullable() }),
  },
  "partner.activated": {
    about: "A partner may work: its status became active.",
    data: z.object({ partnerId: z.string(), code: z.string(), name: z.string(), previousStatus: z.string() }),
  },
  "partner.status_changed": {
    about: "A partner's status changed, also to active.",
    data: z.object({
      partnerId: z.string(),
      code: z.string(),
      name: z.string(),
      previousStatus: z.string(),
      status: z.string(),
    }),
  },
  "link.created": {
    about: "A tracking link was made.",
    data: z.object({ linkId: z.string(), ...PartnerPlace, offerId: z.string(), code: z.string() }),
  },
  "cap.reached": {
    about: "A cap is used up in its present period; what then happens to clicks or conversions is the cap's overflow.",
    data: z.looseObject({
      capId: z.string(),
      name: z.string().optional(),
      programId: z.string().optional(),
      offerId: z.string().nullish(),
      partnerId: z.string().nullish(),
      used: z.string().optional(),
      limit: z.string().optional(),
    }),
  },
  "tracking.alert": {
    about:
      "Something about tracking needs a look; `kind` says what: `cap_near`; of health (GET /v1/health/{alertId}): `clicks_drop`, `clicks_surge`, `conversions_drop`, `conversions_surge`, `delay_longer`, `delay_shorter`, `postback_errors`, `rejected_calls`. Further fields are of the kind.",
    data: z.looseObject({ kind: z.string(), programId: z.string().optional() }),
  },
  "webhook.test": {
    about: "Sent by hand to try an endpoint out, whatever it listens to.",
    data: z.object({ message: z.string(), test: z.literal(true) }),
  },
} as const;
export type WebhookType = keyof typeof WEBHOOK_EVENTS;
export const WEBHOOK_TYPES = Object.keys(WEBHOOK_EVENTS) as [WebhookType, ...WebhookType[]];

/** The body of every call, as the Standard Webhooks specification recommends. */
export const WebhookPayload = z.object({
  type: z.enum(WEBHOOK_TYPES),
  timestamp: Instant.describe("when it happened"),
  data: z.record(z.string(), z.unknown()),
});
export type WebhookPayload = z.infer<typeof WebhookPayload>;

const Status = z.enum(["active", "paused", "archived"]);
const Types = z.array(z.enum(WEBHOOK_TYPES)).max(WEBHOOK_TYPES.length).describe("which types; none: all");

/** An address of a system of the operator. */
export const WebhookEndpoint = z.object({
  id: z.string(),
  url: z.string(),
  name: z.string(),
  types: Types,
  programIds: z
    .array(z.string())
    .describe("only of these programs; none: all. What belongs to no program is told to all."),
  status: Status,
  waiting: z.number().int(),
  dead: z.number().int().describe("given up after 72 hours; they can be resent"),
  lastDeliveredAt: Instant.nullable(),
  secretSince: Instant,
  createdAt: Instant,
  revision: z.number().int(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

export const NewWebhookEndpoint = z.object({
  url: z.string().trim().min(1).max(2000),
  name: z.string().trim().max(100).default(""),
  types: Types.default([]),
  programIds: z.array(z.string().max(60)).max(100).default([]),
});
export type NewWebhookEndpoint = z.infer<typeof NewWebhookEndpoint>;

export const WebhookEndpointChange = z.object({
  revision: z.number().int(),
  url: z.string().trim().min(1).max(2000).optional(),
  name: z.string().trim().max(100).optional(),
  types: Types.optional(),
  programIds: z.array(z.string().max(60)).max(100).optional(),
  status: Status.optional(),
});
export type WebhookEndpointChange = z.infer<typeof WebhookEndpointChange>;

export const WebhookEndpointQuery = PageQuery.extend({ status: manyOf(Status).optional() });
export const WebhookEndpointPage = pageOf(WebhookEndpoint);

/** Given once, when it is made. */
export const WebhookSecret = z.object({
  endpoint: WebhookEndpoint,
  secret: z.string().describe("whsec_…"),
  previousUntil: Instant.nullable().describe("until then calls are signed with the secret before as well"),
});
export type WebhookSecret = z.infer<typeof WebhookSecret>;

export const WebhookDelivery = z.object({
  id: z.string(),
  endpointId: z.string(),
  messageId: z.string().describe("webhook-id: the same at every repetition"),
  type: z.string(),
  ...DeliveryProgress.shape,
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
export const WebhookDeliveryDetail = WebhookDelivery.extend({
  payload: WebhookPayload,
  log: z.array(DeliveryAttempt),
});
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>;
export const WebhookDeliveryQuery = PageQuery.extend({
  state: manyOf(DeliveryState).optional(),
  type: manyOf(z.string()).optional(),
});
export type WebhookDeliveryQuery = z.infer<typeof WebhookDeliveryQuery>;
export const WebhookDeliveryPage = pageOf(WebhookDelivery);

export const WebhookReplay = z.object({
  from: Instant.describe("everything that happened since"),
  types: Types.default([]),
});
export type WebhookReplay = z.infer<typeof WebhookReplay>;
export const WebhookReplayed = z.object({ messages: z.number().int() });

export const WebhookCatalogue = z.object({
  data: z.array(
    z.object({
      type: z.string(),
      about: z.string(),
      schema: z.record(z.string(), z.unknown()).describe("JSON Schema of data"),
    }),
  ),
});
