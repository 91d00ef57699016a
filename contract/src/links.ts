import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Revision } from "./programs.ts";
import { SourceDialect, SourceSettings } from "./source-settings.ts";
import { Targeting, UtmTemplate } from "./targeting.ts";
import { Instant } from "./values.ts";

export const LinkStatus = z.enum(["active", "paused", "archived"]);
export type LinkStatus = z.infer<typeof LinkStatus>;

export const LinkCode = z
  .string()
  .min(3)
  .max(120)
  .regex(
    /^[A-Za-z0-9_-]{1,64}(?:\/[A-Za-z0-9_-]{1,64}){0,4}$/,
    "3 to 120 letters, digits, - and _, in up to five segments divided by /",
  )
  .describe(
    "what stands behind /c/, or alone behind the program's own domain, e.g. spring or brand/spring-26: unique, case matters, never changes",
  );

/** A tracking link: one partner promoting one offer. */
export const TrackingLink = z.object({
  id: z.string(),
  code: LinkCode,
  url: z.string().describe("the address to publish; sub1 … sub10, click_id, source, creative and url may be added"),
  programId: z.string(),
  offerId: z.string().describe("of a smart link: where a click goes when no option fits"),
  smartLinkId: z.string().nullable().describe("the choice between several offers that it stands for"),
  partnerId: z.string(),
  name: z.string(),
  source: z.string().describe("stands where a click names no source of its own"),
  creative: z.string().describe("stands where a click names no creative of its own"),
  deepLink: z.string().nullable().describe("where it leads instead of the offer's landing page"),
  landingId: z.string().nullable().describe("one page of the offer's landing set; null: the set's rotation"),
  utm: UtmTemplate.describe("goes before the offer's"),
  targeting: Targeting,
  validFrom: Instant.nullable(),
  validTo: Instant.nullable().describe("exclusive; later clicks go to the fallback with the verdict link_expired"),
  status: LinkStatus,
  createdAt: Instant,
  revision: Revision,
});
export type TrackingLink = z.infer<typeof TrackingLink>;

export const NewTrackingLink = z.object({
  partnerId: z.string().max(60).optional().describe("a partner's own user may leave it out"),
  offerId: z.string().max(60).optional().describe("left out for a smart link, which brings its own"),
  smartLinkId: z.string().max(60).nullable().default(null),
  code: LinkCode.optional().describe("a vanity code; one is made when left out"),
  name: z.string().trim().max(120).default(""),
  source: z.string().trim().max(255).default(""),
  creative: z.string().trim().max(255).default(""),
  deepLink: z.string().trim().max(2000).nullable().default(null),
  landingId: z.string().max(60).nullable().default(null),
  utm: UtmTemplate.default({}),
  targeting: Targeting.prefault({}),
  validFrom: Instant.nullable().default(null),
  validTo: Instant.nullable().default(null),
});
export type NewTrackingLink = z.input<typeof NewTrackingLink>;

export const TrackingLinkChange = z.object({
  revision: Revision,
  name: z.string().trim().max(120).optional(),
  source: z.string().trim().max(255).optional(),
  creative: z.string().trim().max(255).optional(),
  deepLink: z.string().trim().max(2000).nullable().optional(),
  landingId: z.string().max(60).nullable().optional(),
  utm: UtmTemplate.optional(),
  targeting: Targeting.optional(),
  validFrom: Instant.nullable().optional(),
  validTo: Instant.nullable().optional().describe("set it to now to end the link"),
  status: LinkStatus.optional(),
});
export type TrackingLinkChange = z.infer<typeof TrackingLinkChange>;

export const TrackingLinkQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the name or code"),
  programId: manyOf(z.string()).optional(),
  offerId: manyOf(z.string()).optional(),
  partnerId: manyOf(z.string()).optional(),
  smartLinkId: manyOf(z.string()).optional(),
  status: manyOf(LinkStatus).optional().describe("when not given: all but archived"),
  sort: z.enum(["name", "-name", "code", "-code", "createdAt", "-createdAt"]).default("-createdAt"),
});
export type TrackingLinkQuery = z.output<typeof TrackingLinkQuery>;
export const TrackingLinkPage = pageOf(TrackingLink);

export const QrQuery = z.object({
  format: z.enum(["svg", "png"]).default("svg"),
  size: z.coerce.number().int().min(64).max(2000).default(512).describe("width and height of a PNG in pixels, about"),
  source: z.string().trim().max(255).optional().describe("added to the link, so that scans are told from other clicks"),
});
export type QrQuery = z.output<typeof QrQuery>;

/** Rows of a file become records. The columns' names stand in the first row; their order does not matter. */
export const BulkFile = z.object({
  csv: z.string().min(1).max(5_000_000).describe("CSV with a header; 10,000 rows at most"),
  skipRefused: z
    .boolean()
    .default(false)
    .describe("make the good rows and leave the others; else one bad row stops all"),
});
export type BulkFile = z.infer<typeof BulkFile>;

export const BulkRefusal = z.object({
  row: z.number().int().describe("as a spreadsheet counts: the header is row 1"),
  field: z.string().describe("the column"),
  value: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});
export type BulkRefusal = z.infer<typeof BulkRefusal>;

const BulkOutcome = z.object({
  rows: z.number().int(),
  good: z.number().int(),
  refused: z.number().int().describe("rows with something wrong"),
  refusals: z.array(BulkRefusal).describe("what is wrong, the first 1,000"),
  unknownColumns: z.array(z.string()).describe("columns that mean nothing here and are passed over"),
});

/** Columns of POST /v1/links/bulk(/preview). `partner` and `offer` are an id or a code. */
export const BULK_LINK_COLUMNS = [
  "partner",
  "offer",
  "smart_link",
  "code",
  "name",
  "source",
  "creative",
  "deep_link",
  "landing",
  "valid_from",
  "valid_to",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
] as const;

export const BulkLinksPreview = BulkOutcome.extend({
  sample: z
    .array(
      z.object({
        row: z.number().int(),
        partnerId: z.string(),
        offerId: z.string(),
        code: z.string().nullable(),
        name: z.string(),
      }),
    )
    .describe("the first 20 good rows as they would be made; code null: one is made up"),
});
export type BulkLinksPreview = z.infer<typeof BulkLinksPreview>;
export const BulkLinksMade = BulkOutcome.extend({
  made: z.array(z.object({ row: z.number().int(), id: z.string(), code: z.string(), url: z.string() })),
});
export type BulkLinksMade = z.infer<typeof BulkLinksMade>;

/** Columns of POST /v1/codes/bulk(/preview). `partner` and `program` are an id or a code, `link` is a link's id or code. */
export const BULK_CODE_COLUMNS = ["program", "partner", "code", "link", "valid_from", "valid_to"] as const;
export const BulkCodesPreview = BulkOutcome.extend({
  sample: z.array(z.object({ row: z.number().int(), partnerId: z.string(), programId: z.string(), code: z.string() })),
});
export type BulkCodesPreview = z.infer<typeof BulkCodesPreview>;
export const BulkCodesMade = BulkOutcome.extend({ made: z.number().int() });
export type BulkCodesMade = z.infer<typeof BulkCodesMade>;

/** Does a program's own host for links work: name, address, certificate. */
export const DomainCheck = z.object({
  domain: z.string(),
  checkedAt: Instant,
  works: z.boolean(),
  wanted: z
    .array(z.object({ type: z.enum(["CNAME", "A", "AAAA"]), name: z.string(), value: z.string() }))
    .describe("records to set with the domain's name service; any one of them is enough"),
  steps: z.array(
    z.object({
      step: z.enum(["name", "address", "connection", "certificate", "answer"]),
      state: z.enum(["ok", "warning", "failed", "skipped"]),
      code: z.string().describe("what it is, for translations, e.g. no_record, private_address, certificate_expires"),
      text: z.string().describe("what was found"),
      hint: z.string().optional().describe("what to do"),
    }),
  ),
  certificate: z
    .object({ issuer: z.string(), names: z.array(z.string()), validTo: Instant, daysLeft: z.number().int() })
    .nullable(),
});
export type DomainCheck = z.infer<typeof DomainCheck>;

/** By today's date: not yet, now, no more. */
export const CodeState = z.enum(["coming", "valid", "ended"]);
export type CodeState = z.infer<typeof CodeState>;

/** A coupon or referral code that binds customers to a partner without a click. */
export const ReferralCode = z.object({
  id: z.string().describe("<programId>:<code>"),
  programId: z.string(),
  code: z.string(),
  partnerId: z.string(),
  linkId: z.string().nullable(),
  validFrom: Instant.nullable(),
  validTo: Instant.nullable().describe("exclusive"),
  state: CodeState,
  createdBy: z.string().nullable().describe("who made it; not shown to partners"),
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
  partnerId: z.string().max(60).optional().describe("its new owner; customers bound so far stay where they are"),
  linkId: z.string().max(60).nullable().optional(),
  validFrom: Instant.nullable().optional(),
  validTo: Instant.nullable().optional().describe("set it to now to end the code"),
});
export type ReferralCodeChange = z.infer<typeof ReferralCodeChange>;

export const ReferralCodeQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("beginning of the code"),
  programId: manyOf(z.string()).optional(),
  partnerId: manyOf(z.string()).optional(),
  state: manyOf(CodeState).optional(),
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
  test: z.boolean().describe("whatever it sends is understood, shown and told, and counts for nothing"),
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
  test: z.boolean().default(false).describe("for trying things out: nothing of it counts"),
});
export type NewEventSource = z.input<typeof NewEventSource>;

export const EventSourceChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  requireSignature: z.boolean().optional(),
  dialect: SourceDialect.optional(),
  settings: SourceSettings.optional().describe("as a whole"),
  incumbentToken: IncumbentToken.nullable().optional().describe("null takes it back"),
  test: z.boolean().optional().describe("holds for what arrives from now on"),
  status: EventSourceStatus.optional().describe("revoked cannot be taken back"),
});
export type EventSourceChange = z.infer<typeof EventSourceChange>;

export const EventSourceQuery = PageQuery.extend({
  programId: manyOf(z.string()).optional(),
  status: manyOf(EventSourceStatus).optional(),
});
export type EventSourceQuery = z.output<typeof EventSourceQuery>;
export const EventSourcePage = pageOf(EventSource);
