import { z } from "zod";
import { ToldRules, TouchKind } from "./attribution-rules.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Revision } from "./programs.ts";
import { CountryCode, CurrencyCode, Day, Instant, MinorAmount, MoneyValue } from "./values.ts";

const Id = z.string().max(60);
const Texts = z.record(z.string(), z.string());

export const CustomerStatus = z
  .enum(["attributed", "unattributed", "by_hand"])
  .describe("by_hand: a person decided whose it is, or that it is nobody's");

export const Customer = z.object({
  id: z.string().describe("cus_…"),
  customerRef: z.string().describe("the operator's id; masked for partners"),
  programId: z.string(),
  status: CustomerStatus,
  partnerId: z.string().nullable(),
  offerId: z.string().nullable(),
  linkId: z.string().nullable(),
  clickId: z.string().nullable(),
  country: CountryCode.nullable(),
  dimensions: Texts.describe("of the winning click: sub1 to sub10, source, creative, device"),
  reason: z.string().describe("reason vocabulary of attribution"),
  firstSeenAt: Instant.nullable().describe("the earliest of its events that count; null: none counts"),
  boundAt: Instant.nullable().describe("when the event happened that bound the customer"),
  ownedFrom: Day.nullable().describe("null: from the beginning"),
  ownedUntil: Day.nullable().describe("first day that is not the partner's any more; null: for life"),
  registeredAt: Instant.nullable(),
  kycAt: Instant.nullable(),
  firstDepositAt: Instant.nullable(),
  firstDeposit: MoneyValue.nullable(),
  secondDepositAt: Instant.nullable(),
  revision: Revision,
});
export type Customer = z.infer<typeof Customer>;

export const CustomerQuery = PageQuery.extend({
  programId: manyOf(Id).optional(),
  partnerId: manyOf(Id).optional(),
  status: manyOf(CustomerStatus).optional(),
  country: manyOf(CountryCode).optional(),
  q: z.string().trim().max(200).optional().describe("beginning of the operator's customer id, or a cus_ id"),
  sort: z.enum(["newest", "oldest"]).default("newest").describe("by when the customer was first recorded"),
});
export type CustomerQuery = z.output<typeof CustomerQuery>;
export const CustomerPage = pageOf(Customer);

/** One touch that an attribution decision looked at. */
export const Candidate = z.object({
  kind: TouchKind,
  ref: z.string().nullable().describe("click id, code or name; null: of another partner, not shown"),
  partnerId: z.string().nullable(),
  linkId: z.string().nullable(),
  offerId: z.string().nullable(),
  at: Instant.nullable(),
  won: z.boolean(),
  reason: z.string(),
  reasonText: z.string(),
});

export const AttributionDecision = z.object({
  id: z.string().describe("dec_…"),
  decidedAt: Instant,
  eventId: z.string().nullable().describe("the event that asked; null: a person, or a replay"),
  partnerId: z.string().nullable(),
  reason: z.string(),
  reasonText: z.string(),
  candidates: z.array(Candidate),
  rulesVersion: z
    .number()
    .int()
    .nullable()
    .describe("version of the program's rules; null: decided by hand, or before there were versions"),
  rules: ToldRules.nullable().describe("the rules by which it was decided; null: by hand"),
  decidedBy: z.string().nullable().describe("user id of whoever decided by hand"),
  note: z.string().nullable().describe("the reason that person gave"),
});

/** Whose a customer is and was, and every decision with all candidates, the newest first. */
export const AttributionExplanation = z.object({
  customer: Customer,
  owners: z.array(
    z.object({
      partnerId: z.string().nullable(),
      linkId: z.string().nullable(),
      offerId: z.string().nullable(),
      clickId: z.string().nullable(),
      boundAt: Instant.nullable(),
      ownedFrom: Day.nullable(),
      ownedUntil: Day.nullable(),
    }),
  ),
  rulesNow: ToldRules,
  decisions: z.array(AttributionDecision),
});
export type AttributionExplanation = z.infer<typeof AttributionExplanation>;

/** A person decides whose a customer is. */
export const ManualAttribution = z.object({
  revision: Revision.describe("of the customer, as it was read"),
  partnerId: Id.nullable().describe("null: nobody's"),
  linkId: Id.nullable().default(null),
  from: Day.nullable().default(null).describe("first day of the new owner; null: from the beginning, for corrections"),
  reason: z.string().trim().min(3).max(1000).describe("why; goes into the decision and the audit trail"),
});
export type ManualAttribution = z.output<typeof ManualAttribution>;

export const EventFate = z.enum(["accepted", "duplicate", "corrected", "reversed", "unattributed", "rejected", "test"]);

/** An event that was stored: one version of it. */
export const Event = z.object({
  id: z.string().describe("evt_…"),
  receiptId: z.string().describe("rcp_…: the call that brought it"),
  programId: z.string(),
  sourceId: z.string(),
  type: z.string(),
  externalId: z.string(),
  customerId: z.string(),
  customerRef: z.string().describe("masked for partners"),
  partnerId: z.string().nullable(),
  occurredAt: Instant,
  receivedAt: Instant,
  currency: CurrencyCode.nullable(),
  measures: z.record(z.string(), MinorAmount).describe("minor units of the currency, by measure"),
  quantities: Texts.describe("exact decimals, e.g. lots"),
  dimensions: Texts,
  clickId: z.string().nullable(),
  code: z.string().nullable(),
  partnerHint: z.string().nullable(),
  state: z.enum(["counts", "replaced", "reversed"]).describe("does this version count"),
  replaces: z.string().nullable().describe("the version that it replaced"),
  replacedBy: z.string().nullable(),
  fate: EventFate.nullable(),
  reason: z.string().nullable(),
});
export type Event = z.infer<typeof Event>;

export const EventQuery = PageQuery.extend({
  programId: manyOf(Id).optional(),
  partnerId: manyOf(Id).optional(),
  customerId: Id.optional(),
  type: manyOf(z.string().max(60)).optional(),
  state: manyOf(z.enum(["counts", "replaced", "reversed"])).optional(),
  fate: manyOf(EventFate).optional(),
  occurredFrom: Day.optional().describe("inclusive, UTC"),
  occurredTo: Day.optional().describe("exclusive, UTC"),
  q: z.string().trim().max(200).optional().describe("the source's own id of an event, a cus_ or an evt_ id; whole"),
});
export type EventQuery = z.output<typeof EventQuery>;
export const EventPage = pageOf(Event);

/** What became of one call: every line of it with its fate. */
export const IntakeReceipt = z.object({
  id: z.string().describe("rcp_…"),
  receivedAt: Instant,
  state: z.enum(["waiting", "processed"]),
  door: z.string().describe("postback, pixel, api, file, console or demo"),
  programId: z.string().nullable(),
  sourceId: z.string().nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  raw: z.string().nullable().describe("query or form as sent"),
  file: z.string().nullable(),
  lineCount: z.number().int(),
  lines: z.array(
    z.object({
      receiptId: z.string(),
      line: z.number().int(),
      fate: EventFate.nullable().describe("null: not processed yet"),
      reason: z.string().nullable(),
      reasonText: z.string().nullable(),
      detail: z.string().nullable(),
      eventId: z.string().nullable(),
      partnerId: z.string().nullable(),
      type: z.string().nullable(),
      externalId: z.string().nullable(),
      sent: z.unknown().describe("the event as it was understood, or as it was sent when it was refused"),
    }),
  ),
});
export type IntakeReceipt = z.infer<typeof IntakeReceipt>;
export const ReceiptQuery = z.object({
  fromLine: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
