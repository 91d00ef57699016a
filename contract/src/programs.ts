import { z } from "zod";
import { AttributionRules } from "./attribution-rules.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Targeting, UtmTemplate } from "./targeting.ts";
import { CountryCode, CurrencyCode, Instant, SUB_IDS } from "./values.ts";

/** Short name of a record in addresses and files. */
export const Code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,39}$/, "2 to 40 lower-case letters, digits and hyphens, starting with a letter or digit")
  .describe("short name, unique, never changes");
export const Name = z.string().trim().min(1).max(120);
export const Revision = z
  .number()
  .int()
  .min(1)
  .describe("goes up with every change; send the one you saw when you change the record");
const Tags = z.array(z.string().trim().min(1).max(40)).max(30);
const WebAddress = z.string().trim().max(2000);

/** Life cycle of programs and offers. */
export const ProgramStatus = z.enum(["draft", "active", "paused", "closed"]);
export type ProgramStatus = z.infer<typeof ProgramStatus>;

export const Region = z.object({ id: z.string(), code: Code, name: z.string(), createdAt: Instant });
export const NewRegion = z.object({ code: Code, name: Name });
export const RegionPage = pageOf(Region);

/** What a partner sees of the partners below it: nothing, one sum, or each of them. */
export const SubPartnerView = z.enum(["nothing", "totals", "partner"]);
export type SubPartnerView = z.infer<typeof SubPartnerView>;

/** Whether the browser script may store the click ID on the visitor's device before the visitor agreed to it. */
export const TrackerConsent = z.enum(["required", "not_required"]);
export type TrackerConsent = z.infer<typeof TrackerConsent>;

export const Program = z.object({
  id: z.string(),
  code: Code,
  name: z.string(),
  description: z.string(),
  status: ProgramStatus,
  timeZone: z.string().describe("IANA time zone: days and months of this program are cut here"),
  currency: CurrencyCode,
  ownerUserId: z.string().nullable(),
  fallbackUrl: z.string().describe("where a click goes that may not reach an offer"),
  trackingDomain: z.string().nullable().describe("own host for links"),
  attribution: z.record(z.string(), z.unknown()).describe("attribution rules"),
  customEvents: z.array(z.unknown()).describe("event types beyond the built-in ones"),
  subPartnerView: SubPartnerView.describe("what partners see of the partners below them"),
  trackerConsent: TrackerConsent.describe("whether the browser script waits for the visitor's consent"),
  createdAt: Instant,
  revision: Revision,
});
export type Program = z.infer<typeof Program>;

export const NewProgram = z.object({
  code: Code,
  name: Name,
  description: z.string().max(4000).default(""),
  timeZone: z.string().max(60),
  currency: CurrencyCode,
  ownerUserId: z.string().max(60).nullable().default(null),
  fallbackUrl: WebAddress,
  trackingDomain: z.string().trim().toLowerCase().max(253).nullable().default(null),
  attribution: AttributionRules.prefault({}),
  customEvents: z.array(z.unknown()).max(100).default([]),
  subPartnerView: SubPartnerView.default("nothing"),
  trackerConsent: TrackerConsent.default("required"),
});
export type NewProgram = z.input<typeof NewProgram>;

/** What may change later. Time zone and currency may not: booked months and amounts hang on them. */
export const ProgramChange = z.object({
  revision: Revision,
  name: Name.optional(),
  description: z.string().max(4000).optional(),
  ownerUserId: z.string().max(60).nullable().optional(),
  fallbackUrl: WebAddress.optional(),
  trackingDomain: z.string().trim().toLowerCase().max(253).nullable().optional(),
  attribution: AttributionRules.optional(),
  customEvents: z.array(z.unknown()).max(100).optional(),
  subPartnerView: SubPartnerView.optional(),
  trackerConsent: TrackerConsent.optional(),
});
export type ProgramChange = z.infer<typeof ProgramChange>;

export const StatusChange = z.object({
  revision: Revision,
  status: ProgramStatus,
  reason: z.string().trim().max(1000).optional(),
});

export const ProgramQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the name or code"),
  status: manyOf(ProgramStatus).optional(),
  ownerUserId: manyOf(z.string().max(60)).optional(),
  sort: z.enum(["name", "-name", "createdAt", "-createdAt"]).default("name"),
});
export type ProgramQuery = z.output<typeof ProgramQuery>;
export const ProgramPage = pageOf(Program);

/** Who may promote an offer: whoever has an agreement, whoever asked and was let in, whom the operator let in. */
export const OfferAccess = z.enum(["public", "request", "private"]);
export type OfferAccess = z.infer<typeof OfferAccess>;

/** What a partner is asked when it asks for an offer. */
export const AccessQuestion = z.object({
  code: Code,
  text: z.string().trim().min(1).max(300),
  required: z.boolean().default(false),
});
export type AccessQuestion = z.infer<typeof AccessQuestion>;

export const Offer = z.object({
  id: z.string(),
  programId: z.string(),
  code: Code,
  name: z.string(),
  status: ProgramStatus,
  description: z.string(),
  landingUrl: z.string().describe("may hold macros in path and query, e.g. https://x.example/?cid={click_id}"),
  allowedHosts: z.array(z.string()).describe("hosts that landing page and deep links may use: exact, or *.suffix"),
  allowedCountries: z.array(CountryCode).describe("empty: every country"),
  blockedCountries: z.array(CountryCode),
  fallbackUrl: z.string().nullable().describe("null: the program's"),
  access: OfferAccess,
  accessQuestions: z.array(AccessQuestion),
  targeting: Targeting.describe("whoever does not fit goes to the fallback, with the verdict targeting"),
  utm: UtmTemplate,
  startsAt: Instant.nullable().describe("earlier clicks: fallback, offer_not_started"),
  endsAt: Instant.nullable().describe("exclusive; later clicks: fallback, offer_ended"),
  myAccess: z
    .enum(["open", "needed", "requested", "declined"])
    .nullable()
    .describe("of the partner who asks; null for the operator"),
  tags: z.array(z.string()),
  ownerUserId: z.string().nullable(),
  createdAt: Instant,
  revision: Revision,
});
export type Offer = z.infer<typeof Offer>;

const Hosts = z.array(z.string().trim().toLowerCase().min(1).max(253)).min(1).max(50);
const Countries = z.array(CountryCode).max(250);

export const NewOffer = z.object({
  programId: z.string().max(60),
  code: Code,
  name: Name,
  description: z.string().max(4000).default(""),
  landingUrl: WebAddress,
  allowedHosts: Hosts,
  allowedCountries: Countries.default([]),
  blockedCountries: Countries.default([]),
  fallbackUrl: WebAddress.nullable().default(null),
  access: OfferAccess.default("public"),
  accessQuestions: z.array(AccessQuestion).max(20).default([]),
  targeting: Targeting.prefault({}),
  utm: UtmTemplate.default({}),
  startsAt: Instant.nullable().default(null),
  endsAt: Instant.nullable().default(null),
  tags: Tags.default([]),
  ownerUserId: z.string().max(60).nullable().default(null),
});
export type NewOffer = z.input<typeof NewOffer>;

export const OfferChange = z.object({
  revision: Revision,
  name: Name.optional(),
  description: z.string().max(4000).optional(),
  landingUrl: WebAddress.optional(),
  allowedHosts: Hosts.optional(),
  allowedCountries: Countries.optional(),
  blockedCountries: Countries.optional(),
  fallbackUrl: WebAddress.nullable().optional(),
  access: OfferAccess.optional(),
  accessQuestions: z.array(AccessQuestion).max(20).optional(),
  targeting: Targeting.optional(),
  utm: UtmTemplate.optional(),
  startsAt: Instant.nullable().optional(),
  endsAt: Instant.nullable().optional(),
  tags: Tags.optional(),
  ownerUserId: z.string().max(60).nullable().optional(),
});
export type OfferChange = z.infer<typeof OfferChange>;

export const OfferQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the name or code"),
  programId: manyOf(z.string().max(60)).optional(),
  status: manyOf(ProgramStatus).optional(),
  tag: z.string().max(40).optional(),
  ownerUserId: manyOf(z.string().max(60)).optional(),
  sort: z.enum(["name", "-name", "createdAt", "-createdAt"]).default("name"),
});
export type OfferQuery = z.output<typeof OfferQuery>;
export const OfferPage = pageOf(Offer);

/** One page of an offer's landing set. Where a set has active pages, clicks go to them by their weights instead of to `landingUrl`. */
export const LandingPage = z.object({
  id: z.string(),
  offerId: z.string(),
  name: z.string(),
  url: z.string().describe("may hold macros, like landingUrl"),
  weight: z
    .number()
    .int()
    .describe("its share of the clicks, against the other pages' weights; 0: only links that name it"),
  status: z.enum(["active", "paused", "archived"]),
  createdAt: Instant,
  revision: Revision,
});
export type LandingPage = z.infer<typeof LandingPage>;
const Weight = z.number().int().min(0).max(10_000);

export const NewLandingPage = z.object({ name: Name, url: WebAddress, weight: Weight.default(100) });
export type NewLandingPage = z.input<typeof NewLandingPage>;
export const LandingPageChange = z.object({
  revision: Revision,
  name: Name.optional(),
  url: WebAddress.optional(),
  weight: Weight.optional(),
  status: z.enum(["active", "paused", "archived"]).optional(),
});
export type LandingPageChange = z.infer<typeof LandingPageChange>;
export const LandingPageQuery = PageQuery.extend({
  status: manyOf(z.enum(["active", "paused", "archived"])).optional(),
});
export const LandingPagePage = pageOf(LandingPage);

/** A partner's way into an offer that is not public. */
export const OfferRequest = z.object({
  id: z.string(),
  offerId: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  status: z.enum(["requested", "approved", "declined", "revoked"]),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  note: z.string().describe("what the partner wrote"),
  reason: z.string().nullable().describe("what the operator wrote, shown to the partner"),
  requestedAt: Instant,
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable().describe("not shown to partners"),
  revision: Revision,
});
export type OfferRequest = z.infer<typeof OfferRequest>;

export const NewOfferRequest = z.object({
  offerId: z.string().max(60),
  partnerId: z
    .string()
    .max(60)
    .optional()
    .describe("the operator lets a partner in at once; a partner's own user leaves it out"),
  answers: z.record(z.string().max(40), z.string().trim().max(2000)).default({}).describe("by the question's code"),
  note: z.string().trim().max(2000).default(""),
});
export type NewOfferRequest = z.input<typeof NewOfferRequest>;

export const OfferRequestDecision = z.object({
  revision: Revision,
  decision: z.enum(["approve", "decline", "revoke"]),
  reason: z.string().trim().max(1000).default("").describe("needed to decline and to revoke; the partner reads it"),
});
export type OfferRequestDecision = z.input<typeof OfferRequestDecision>;

export const OfferRequestQuery = PageQuery.extend({
  programId: manyOf(z.string().max(60)).optional(),
  offerId: manyOf(z.string().max(60)).optional(),
  partnerId: manyOf(z.string().max(60)).optional(),
  status: manyOf(OfferRequest.shape.status).optional(),
});
export type OfferRequestQuery = z.output<typeof OfferRequestQuery>;
export const OfferRequestPage = pageOf(OfferRequest);

/** Macros that a landing page's address may hold; the click fills them in. */
export const LANDING_MACROS = [
  "click_id",
  "partner_click_id",
  "partner",
  "partner_id",
  "link",
  "link_id",
  "offer",
  "offer_id",
  "program",
  "program_id",
  "source",
  "creative",
  "partner_code",
  "link_code",
  "offer_code",
  "program_code",
  "landing_id",
  "landing",
  "country",
  "device",
  "timestamp",
  ...SUB_IDS,
] as const;
export type LandingMacro = (typeof LANDING_MACROS)[number];
