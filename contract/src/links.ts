import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Revision } from "./programs.ts";
import { SourceDialect, SourceSettings } from "./source-settings.ts";
import { Instant } from "./values.ts";

export const LinkStatus = z.enum(["active", "paused", "archived"]);
export type LinkStatus = z.infer<typeof LinkStatus>;

export const LinkCode = z
  .string()
  .regex(/^[A-Za-z0-9_-]{3,64}$/, "3 to 64 letters, digits, - and _")
  .describe("what stands behind /c/: unique, case matters, never changes");

/** A tracking link: one partner promoting one offer. */
export const TrackingLink = z.object({
  id: z.string(),
  code: LinkCode,
  url: z.string().describe("the address to publish; sub1 … sub10, click_id, source, creative and url may be added"),
  programId: z.string(),
  offerId: z.string(),
  partnerId: z.string(),
  name: z.string(),
  source: z.string().describe("stands where a click names no source of its own"),
  creative: z.string().describe("stands where a click names no creative of its own"),
  deepLink: z.string().nullable().describe("where it leads instead of the offer's landing page"),
  status: LinkStatus,
  createdAt: Instant,
  revision: Revision,
});
export type TrackingLink = z.infer<typeof TrackingLink>;

export const NewTrackingLink = z.object({
  partnerId: z.string().max(60).optional().describe("a partner's own user may leave it out"),
  offerId: z.string().max(60),
  code: LinkCode.optional().describe("a vanity code; one is made when left out"),
  name: z.string().trim().max(120).default(""),
  source: z.string().trim().max(255).default(""),
  creative: z.string().trim().max(255).default(""),
  deepLink: z.string().trim().max(2000).nullable().default(null),
});
export type NewTrackingLink = z.input<typeof NewTrackingLink>;

export const TrackingLinkChange = z.object({
  revision: Revision,
  name: z.string().trim().max(120).optional(),
  source: z.string().trim().max(255).optional(),
  creative: z.string().trim().max(255).optional(),
  deepLink: z.string().trim().max(2000).nullable().optional(),
  status: LinkStatus.optional(),
});
export type TrackingLinkChange = z.infer<typeof TrackingLinkChange>;

export const TrackingLinkQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the name or code"),
  programId: manyOf(z.string()).optional(),
  offerId: manyOf(z.string()).optional(),
  partnerId: manyOf(z.string()).optional(),
  status: manyOf(LinkStatus).optional().describe("when not given: all but archived"),
  sort: z.enum(["name", "-name", "code", "-code", "createdAt", "-createdAt"]).default("-createdAt"),
});
export type TrackingLinkQuery = z.output<typeof TrackingLinkQuery>;
export const TrackingLinkPage = pageOf(TrackingLink);

/** A coupon or referral code that binds customers to a partner without a click. */
export const ReferralCode = z.object({
  id: z.string().describe("<programId>:<code>"),
  programId: z.string(),
  code: z.string(),
  partnerId: z.string(),
  linkId: z.string().nullable(),
  validFrom: Instant.nullable(),
  validTo: Instant.nullable().describe("exclusive"),
  createdAt: Instant,
});
export type ReferralCode = z.infer<typeof ReferralCode>;

export const NewReferralCode = z.object({
  programId: z.string().max(60),
  partnerId: z.string().max(60),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9_.-]{1,63}$/, "2 to 64 letters, digits, -, _ and .")
    .describe("case does not matter"),
  linkId: z.string().max(60).nullable().default(null),
  validFrom: Instant.nullable().default(null),
  validTo: Instant.nullable().default(null),
});
export type NewReferralCode = z.input<typeof NewReferralCode>;

export const ReferralCodeChange = z.object({
  validFrom: Instant.nullable().optional(),
  validTo: Instant.nullable().optional().describe("set it to now to end the code"),
});
export type ReferralCodeChange = z.infer<typeof ReferralCodeChange>;

export const ReferralCodeQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("beginning of the code"),
  programId: manyOf(z.string()).optional(),
  partnerId: manyOf(z.string()).optional(),
});
export type ReferralCodeQuery = z.output<typeof ReferralCodeQuery>;
export const ReferralCodePage = pageOf(ReferralCode);

export const EventSourceStatus = z.enum(["active", "revoked"]);

/** A system of the operator that may send events. */
export const EventSource = z.object({
  id: z.string(),
  programId: z.string(),
  name: z.string(),
  requireSignature: z.boolean(),
  dialect: SourceDialect.describe("whose calls it understands"),
  settings: SourceSettings,
  hasIncumbentToken: z.boolean().describe("the token of an existing integration is accepted too"),
  status: EventSourceStatus,
  createdAt: Instant,
});
export type EventSource = z.infer<typeof EventSource>;

/** What is shown once, when a source is made or its keys are changed. */
export const EventSourceKeys = EventSource.extend({
  token: z.string().describe("shown this once"),
  secret: z.string().describe("key of signatures, shown this once"),
  postbackUrl: z.string(),
  pixelUrl: z.string(),
  dialectUrl: z.string().describe("stands before the other platform's own path; empty for the house's own way"),
});
export type EventSourceKeys = z.infer<typeof EventSourceKeys>;

const IncumbentToken = z
  .string()
  .trim()
  .min(6, "six characters at least: whoever guesses it sends events")
  .max(500)
  .describe("the token or key that the existing integration sends; kept as its SHA-256 only");

export const NewEventSource = z.object({
  programId: z.string().max(60),
  name: z.string().trim().min(1).max(120),
  requireSignature: z.boolean().default(false),
  dialect: SourceDialect.default("tributary"),
  settings: SourceSettings.prefault({}),
  incumbentToken: IncumbentToken.nullable().default(null),
});
export type NewEventSource = z.input<typeof NewEventSource>;

export const EventSourceChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  requireSignature: z.boolean().optional(),
  dialect: SourceDialect.optional(),
  settings: SourceSettings.optional().describe("as a whole"),
  incumbentToken: IncumbentToken.nullable().optional().describe("null takes it back"),
  status: EventSourceStatus.optional().describe("revoked cannot be taken back"),
});
export type EventSourceChange = z.infer<typeof EventSourceChange>;

export const EventSourceQuery = PageQuery.extend({
  programId: manyOf(z.string()).optional(),
  status: manyOf(EventSourceStatus).optional(),
});
export type EventSourceQuery = z.output<typeof EventSourceQuery>;
export const EventSourcePage = pageOf(EventSource);
