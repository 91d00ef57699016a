import type {
  Contact,
  ContactRole,
  Licence,
  Partner,
  PartnerEntity,
  PartnerKind,
  PartnerStatus,
  TrafficSource,
} from "@tributary/contract";
import type { PartnerFacts } from "./contracts.ts";
import type { ContactRow } from "./store/contacts.ts";
import type { LicenceRow } from "./store/licences.ts";
import type { PartnerRow } from "./store/partners.ts";

/** A partner as the API shows it. The operator's note, tags and reasons are not for the partner itself. */
export function partnerWire(row: PartnerRow, forPartner: boolean): Partner {
  return {
    id: row.partner_id,
    code: row.code,
    name: row.name,
    legalName: row.legal_name,
    kind: row.kind as PartnerKind,
    status: row.status as PartnerStatus,
    statusReason: forPartner ? "" : row.status_reason,
    regionId: row.region_id,
    country: row.country,
    language: row.language,
    email: row.email,
    website: row.website,
    ownerUserId: row.owner_user_id,
    parentPartnerId: forPartner ? null : row.parent_partner_id,
    tags: forPartner ? [] : row.tags,
    note: forPartner ? "" : row.note,
    programIds: row.program_ids,
    createdAt: row.created_at.toISOString(),
    activatedAt: row.activated_at?.toISOString() ?? null,
    entity: row.entity as PartnerEntity | null,
    deputyUserId: forPartner ? null : row.deputy_user_id,
    phone: row.phone,
    taxNumber: forPartner ? "" : row.tax_number,
    allowedCountries: row.allowed_countries,
    blockedCountries: row.blocked_countries,
    trafficSources: row.traffic_sources as TrafficSource[],
    mergedInto: forPartner ? null : row.merged_into,
    revision: row.revision,
  };
}

export function contactWire(row: ContactRow): Contact {
  return {
    id: row.contact_id,
    partnerId: row.partner_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    role: row.role,
    signatory: row.signatory,
    roles: row.roles as ContactRole[],
    primaryFor: row.primary_for as ContactRole[],
    leftOn: row.left_on,
    createdAt: row.created_at.toISOString(),
  };
}

export function partnerFacts(row: PartnerRow): PartnerFacts {
  return {
    partnerId: row.partner_id,
    code: row.code,
    name: row.name,
    legalName: row.legal_name,
    kind: row.kind as PartnerKind,
    status: row.status as PartnerStatus,
    regionId: row.region_id,
    country: row.country,
    language: row.language,
    email: row.email,
    ownerUserId: row.owner_user_id,
    parentPartnerId: row.parent_partner_id,
    website: row.website,
    entity: row.entity as PartnerEntity | null,
    deputyUserId: row.deputy_user_id,
    allowedCountries: row.allowed_countries,
    blockedCountries: row.blocked_countries,
    trafficSources: row.traffic_sources as TrafficSource[],
    mergedInto: row.merged_into,
    createdAt: row.created_at,
  };
}

export function licenceWire(row: LicenceRow): Licence {
  return {
    id: row.licence_id,
    partnerId: row.partner_id,
    jurisdiction: row.jurisdiction,
    class: row.class,
    reference: row.reference,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  };
}
