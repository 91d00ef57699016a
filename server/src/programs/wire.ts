import {
  type AccessQuestion,
  type LandingPage,
  type Offer,
  type OfferRequest,
  type Program,
  type SubPartnerView,
  Targeting,
  type TrackerConsent,
  type UtmTemplate,
} from "@tributary/contract";
import type { LandingFacts, OfferFacts, ProgramFacts, RegionFacts } from "./contracts.ts";
import type { AccessRow } from "./store/access.ts";
import type { LandingRow } from "./store/landing-pages.ts";
import type { OfferRow } from "./store/offers.ts";
import type { ProgramRow, RegionRow } from "./store/programs.ts";

/** Rows as the API shows them. A partner does not see who looks after a program or how it is set up inside. */
export function programWire(row: ProgramRow, forPartner: boolean): Program {
  return {
    id: row.program_id,
    code: row.code,
    name: row.name,
    description: row.description,
    status: row.status as Program["status"],
    timeZone: row.time_zone,
    currency: row.currency,
    ownerUserId: forPartner ? null : row.owner_user_id,
    fallbackUrl: row.fallback_url,
    trackingDomain: row.tracking_domain,
    attribution: row.attribution,
    customEvents: row.custom_events,
    subPartnerView: row.sub_partner_view as SubPartnerView,
    trackerConsent: row.tracker_consent as TrackerConsent,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

/** @param myAccess of the partner who asks; undefined for the operator */
export function offerWire(row: OfferRow, myAccess?: NonNullable<Offer["myAccess"]>): Offer {
  const forPartner = myAccess !== undefined;
  return {
    id: row.offer_id,
    programId: row.program_id,
    code: row.code,
    name: row.name,
    status: row.status as Offer["status"],
    description: row.description,
    landingUrl: row.landing_url,
    allowedHosts: row.allowed_hosts,
    allowedCountries: row.allowed_countries,
    blockedCountries: row.blocked_countries,
    fallbackUrl: row.fallback_url,
    access: row.access as Offer["access"],
    accessQuestions: row.access_questions as AccessQuestion[],
    targeting: Targeting.parse(row.targeting),
    utm: row.utm as UtmTemplate,
    startsAt: row.starts_at?.toISOString() ?? null,
    endsAt: row.ends_at?.toISOString() ?? null,
    myAccess: myAccess ?? null,
    tags: row.tags,
    ownerUserId: forPartner ? null : row.owner_user_id,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function regionWire(row: RegionRow) {
  return { id: row.region_id, code: row.code, name: row.name, createdAt: row.created_at.toISOString() };
}

export function programFacts(row: ProgramRow): ProgramFacts {
  return {
    programId: row.program_id,
    code: row.code,
    name: row.name,
    status: row.status as ProgramFacts["status"],
    timeZone: row.time_zone,
    currency: row.currency,
    ownerUserId: row.owner_user_id,
    fallbackUrl: row.fallback_url,
    trackingDomain: row.tracking_domain,
    attribution: row.attribution,
    customEvents: row.custom_events,
    subPartnerView: row.sub_partner_view as SubPartnerView,
    trackerConsent: row.tracker_consent as TrackerConsent,
    revision: row.revision,
  };
}

export function offerFacts(row: OfferRow): OfferFacts {
  return {
    offerId: row.offer_id,
    programId: row.program_id,
    code: row.code,
    name: row.name,
    status: row.status as OfferFacts["status"],
    landingUrl: row.landing_url,
    allowedHosts: row.allowed_hosts,
    allowedCountries: row.allowed_countries,
    blockedCountries: row.blocked_countries,
    fallbackUrl: row.fallback_url,
    access: row.access as OfferFacts["access"],
    targeting: row.targeting,
    utm: row.utm as UtmTemplate,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    revision: row.revision,
  };
}

export function landingWire(row: LandingRow): LandingPage {
  return {
    id: row.landing_id,
    offerId: row.offer_id,
    name: row.name,
    url: row.url,
    weight: row.weight,
    status: row.status as LandingPage["status"],
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function landingFacts(row: LandingRow): LandingFacts {
  return {
    landingId: row.landing_id,
    offerId: row.offer_id,
    name: row.name,
    url: row.url,
    weight: row.weight,
    status: row.status as LandingFacts["status"],
  };
}

/** A partner does not see who decided. */
export function accessWire(row: AccessRow, forPartner: boolean): OfferRequest {
  return {
    id: row.access_id,
    offerId: row.offer_id,
    programId: row.program_id,
    partnerId: row.partner_id,
    status: row.status as OfferRequest["status"],
    answers: row.answers as OfferRequest["answers"],
    note: row.note,
    reason: row.reason,
    requestedAt: row.requested_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: forPartner ? null : row.decided_by,
    revision: row.revision,
  };
}

export function regionFacts(row: RegionRow): RegionFacts {
  return { regionId: row.region_id, code: row.code, name: row.name };
}
