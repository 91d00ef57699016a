import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Name, Revision } from "./programs.ts";
import { CountryCode, Day, Instant } from "./values.ts";

export const PartnerKind = z.enum([
  "affiliate",
  "introducing_broker",
  "network",
  "influencer",
  "reseller",
  "media_buyer",
  "agency",
]);
export type PartnerKind = z.infer<typeof PartnerKind>;

export const PartnerStatus = z.enum(["applied", "onboarding", "active", "paused", "deactivated", "rejected"]);
export type PartnerStatus = z.infer<typeof PartnerStatus>;

/** A natural person or a company. */
export const PartnerEntity = z.enum(["individual", "company"]);
export type PartnerEntity = z.infer<typeof PartnerEntity>;

/** Where a partner says that its visitors come from. */
export const TrafficKind = z.enum([
  "content",
  "seo",
  "paid_search",
  "paid_social",
  "display",
  "email",
  "influencer",
  "community",
  "app",
  "offline",
  "incentive",
  "other",
]);
export const TrafficSource = z.object({
  kind: TrafficKind,
  url: z.string().trim().max(500).default(""),
  description: z.string().trim().max(500).default(""),
});
export type TrafficSource = z.output<typeof TrafficSource>;
const Countries = z.array(CountryCode).max(250);
const TrafficSources = z.array(TrafficSource).max(50);

const PartnerCode = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,59}$/,
    "2 to 60 lower-case letters, digits and hyphens, starting with a letter or digit",
  );
const Tags = z.array(z.string().trim().min(1).max(40)).max(30);
const Email = z.union([z.literal(""), z.email().max(254)]);
const Website = z.string().trim().max(500);
const Language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "a language like en or pt-BR");
const Id = z.string().max(60);

export const Partner = z.object({
  id: z.string(),
  code: PartnerCode,
  name: z.string(),
  legalName: z.string(),
  kind: PartnerKind,
  status: PartnerStatus,
  statusReason: z.string(),
  regionId: z.string().nullable(),
  country: CountryCode.nullable(),
  language: z.string(),
  email: z.string(),
  website: z.string(),
  ownerUserId: z.string().nullable(),
  parentPartnerId: z.string().nullable(),
  tags: z.array(z.string()),
  note: z.string().describe("for the operator only; empty for the partner"),
  programIds: z.array(z.string()).describe("programs that the partner works in"),
  createdAt: Instant,
  activatedAt: Instant.nullable(),
  entity: PartnerEntity.nullable().describe("null: nobody has said yet"),
  deputyUserId: z.string().nullable().describe("stands in for the owner"),
  phone: z.string(),
  taxNumber: z.string().describe("empty for the partner"),
  allowedCountries: z.array(CountryCode).describe("it works in these only; none: everywhere"),
  blockedCountries: z.array(CountryCode),
  trafficSources: z.array(TrafficSource).describe("where it says that its visitors come from"),
  mergedInto: z.string().nullable().describe("the record that this one became another name of"),
  revision: Revision,
});
export type Partner = z.infer<typeof Partner>;

export const NewPartner = z.object({
  code: PartnerCode,
  name: Name,
  legalName: z.string().trim().max(200).default(""),
  kind: PartnerKind,
  regionId: Id.nullable().default(null),
  country: CountryCode.nullable().default(null),
  language: Language.default("en"),
  email: Email.default(""),
  website: Website.default(""),
  ownerUserId: Id.nullable().default(null),
  parentPartnerId: Id.nullable().default(null),
  tags: Tags.default([]),
  note: z.string().max(10_000).default(""),
  entity: PartnerEntity.nullable().default(null),
  deputyUserId: Id.nullable().default(null),
  phone: z.string().trim().max(40).default(""),
  taxNumber: z.string().trim().max(60).default(""),
  allowedCountries: Countries.default([]),
  blockedCountries: Countries.default([]),
  trafficSources: TrafficSources.default([]),
});
export type NewPartner = z.input<typeof NewPartner>;

export const PartnerChange = z.object({
  revision: Revision,
  name: Name.optional(),
  legalName: z.string().trim().max(200).optional(),
  kind: PartnerKind.optional(),
  regionId: Id.nullable().optional(),
  country: CountryCode.nullable().optional(),
  language: Language.optional(),
  email: Email.optional(),
  website: Website.optional(),
  ownerUserId: Id.nullable().optional(),
  parentPartnerId: Id.nullable().optional(),
  tags: Tags.optional(),
  note: z.string().max(10_000).optional(),
  entity: PartnerEntity.nullable().optional(),
  deputyUserId: Id.nullable().optional(),
  phone: z.string().trim().max(40).optional(),
  taxNumber: z.string().trim().max(60).optional(),
  allowedCountries: Countries.optional(),
  blockedCountries: Countries.optional(),
  trafficSources: TrafficSources.optional(),
});
export type PartnerChange = z.infer<typeof PartnerChange>;

export const PartnerStatusChange = z.object({
  revision: Revision,
  status: PartnerStatus,
  reason: z.string().trim().max(1000).default(""),
});

export const PartnerQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of name, code, legal name or e-mail"),
  status: manyOf(PartnerStatus).optional(),
  kind: manyOf(PartnerKind).optional(),
  regionId: manyOf(Id).optional(),
  country: manyOf(CountryCode).optional(),
  ownerUserId: manyOf(Id).optional(),
  parentPartnerId: manyOf(Id).optional(),
  programId: manyOf(Id).optional(),
  tag: z.string().max(40).optional(),
  deputyUserId: manyOf(Id).optional(),
  entity: manyOf(PartnerEntity).optional(),
  restriction: z
    .enum(["any", "stop_links", "hold_payouts", "block_offers"])
    .optional()
    .describe("partners with a restriction in force"),
  field: z
    .preprocess(
      (value) => (typeof value === "string" ? [value] : value),
      z.array(z.string().regex(/^[a-z][a-z0-9_]*:.{1,200}$/s)).max(5),
    )
    .optional()
    .describe("key:value of a custom field; several: all of them"),
  merged: z.enum(["true", "false"]).default("false").describe("true: records that became another name of a partner"),
  sort: z.enum(["name", "-name", "createdAt", "-createdAt"]).default("name"),
});
export type PartnerQuery = z.output<typeof PartnerQuery>;
export const PartnerPage = pageOf(Partner);

/** What people do for a partner; one may do several things. */
export const ContactRole = z.enum(["owner", "signatory", "finance", "technical", "marketing", "compliance", "other"]);
export type ContactRole = z.infer<typeof ContactRole>;
const ContactRoles = z.array(ContactRole).max(7);

export const Contact = z.object({
  id: z.string(),
  partnerId: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  role: z.string().describe("what its card says, e.g. Head of Partnerships"),
  signatory: z.boolean().describe("may sign for the partner; the operator says so. The same as the role signatory"),
  roles: z.array(ContactRole),
  primaryFor: z.array(ContactRole).describe("roles in which this one is asked first"),
  leftOn: Day.nullable().describe("first day on which the person does not work there any more"),
  createdAt: Instant,
});
export type Contact = z.infer<typeof Contact>;
export const NewContact = z.object({
  name: Name,
  email: z.email().max(254),
  phone: z.string().trim().max(40).default(""),
  role: z.string().trim().max(80).default(""),
  signatory: z.boolean().optional().describe("the same as the role signatory, which goes before it"),
  roles: ContactRoles.optional(),
  primaryFor: ContactRoles.default([]),
  leftOn: Day.nullable().default(null),
});
export type NewContact = z.input<typeof NewContact>;
export const ContactChange = z.object({
  name: Name.optional(),
  email: z.email().max(254).optional(),
  phone: z.string().trim().max(40).optional(),
  role: z.string().trim().max(80).optional(),
  signatory: z.boolean().optional(),
  roles: ContactRoles.optional(),
  primaryFor: ContactRoles.optional(),
  leftOn: Day.nullable().optional(),
});
export const ContactPage = pageOf(Contact);

/** Where a partner is licensed, as what, and when. `none` says that it works there without a licence. */
export const Licence = z.object({
  id: z.string(),
  partnerId: z.string(),
  jurisdiction: z.string().describe("ISO 3166: GB, US-NJ"),
  class: z.string().describe("none, vendor_registration, csie, or another class that a jurisdiction rule names"),
  reference: z.string(),
  validFrom: Day,
  validTo: Day.nullable().describe("first day on which it does not hold any more; null: open"),
  createdBy: z.string(),
  createdAt: Instant,
});
export type Licence = z.infer<typeof Licence>;
export const NewLicence = z.object({
  jurisdiction: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "a country like GB or a state like US-NJ"),
  class: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, "lower-case letters, digits and underscores"),
  reference: z.string().trim().max(200).default(""),
  validFrom: Day,
  validTo: Day.nullable().default(null),
});
export type NewLicence = z.input<typeof NewLicence>;
/** A licence ends on a day; its past stays. */
export const LicenceEnd = z.object({ validTo: Day });
export const LicencePage = pageOf(Licence);
