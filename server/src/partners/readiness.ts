import type { Context } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import * as store from "./store/partners.ts";
import { parentPeriods } from "./store/partners.ts";

/** What the record says towards a launch; each is one gate's fact. */
export interface PartnerReadiness {
  readonly ownerUserId: string | null;
  readonly deputyUserId: string | null;
  /** Both are named, and they are two people. */
  readonly ownerAndDeputy: boolean;
  /** Somebody has said where the partner works, or where it does not. */
  readonly countries: boolean;
  readonly allowedCountries: readonly string[];
  readonly blockedCountries: readonly string[];
  /** At least one source of traffic with an address or a description. */
  readonly trafficDeclared: boolean;
  readonly trafficSources: number;
  /** Stands under nobody, or under a parent with the day from which that holds. */
  readonly parentDated: boolean;
  readonly parentPartnerId: string | null;
  readonly parentSince: string | null;
  readonly entity: "individual" | "company" | null;
}

/** @throws Refusal `not_found` */
export async function partnerReadiness(ctx: Context, partnerId: string): Promise<PartnerReadiness> {
  const [row] = await store.partnerRows(ctx.db, [partnerId]);
  if (row === undefined) throw notFound("partner", partnerId);
  const period = (await parentPeriods(ctx.db, partnerId)).find((one) => one.valid_to === null);
  const sources = row.traffic_sources as { readonly url: string; readonly description: string }[];
  const { owner_user_id: owner, deputy_user_id: deputy } = row;
  return {
    ownerUserId: owner,
    deputyUserId: deputy,
    ownerAndDeputy: owner !== null && deputy !== null && owner !== deputy,
    countries: row.allowed_countries.length + row.blocked_countries.length > 0,
    allowedCountries: row.allowed_countries,
    blockedCountries: row.blocked_countries,
    trafficDeclared: sources.some((one) => one.url !== "" || one.description !== ""),
    trafficSources: sources.length,
    parentDated: row.parent_partner_id === null || period?.parent_partner_id === row.parent_partner_id,
    parentPartnerId: row.parent_partner_id,
    parentSince: period?.valid_from ?? null,
    entity: row.entity as PartnerReadiness["entity"],
  };
}
