import type { Offer, Program, SubPartnerView } from "@tributary/contract";
import type { OfferFacts, ProgramFacts, RegionFacts } from "./contracts.ts";
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
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function offerWire(row: OfferRow, forPartner: boolean): Offer {
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
    revision: row.revision,
  };
}

export function regionFacts(row: RegionRow): RegionFacts {
  return { regionId: row.region_id, code: row.code, name: row.name };
}
