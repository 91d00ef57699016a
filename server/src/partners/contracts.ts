import type { PartnerEntity, PartnerKind, PartnerStatus, TrafficSource } from "@tributary/contract";

/** What other rooms need to know of a partner. */
export interface PartnerFacts {
  readonly partnerId: string;
  readonly code: string;
  readonly name: string;
  readonly legalName: string;
  readonly kind: PartnerKind;
  readonly status: PartnerStatus;
  readonly regionId: string | null;
  readonly country: string | null;
  readonly language: string;
  readonly email: string;
  readonly ownerUserId: string | null;
  readonly parentPartnerId: string | null;
  readonly website: string;
  /** Null: nobody has said yet. */
  readonly entity: PartnerEntity | null;
  readonly deputyUserId: string | null;
  readonly allowedCountries: readonly string[];
  readonly blockedCountries: readonly string[];
  readonly trafficSources: readonly TrafficSource[];
  /** The record that this one became another name of. */
  readonly mergedInto: string | null;
  readonly createdAt: Date;
}

/** A licence, or that there is none, with its days. */
export interface LicenceFacts {
  readonly partnerId: string;
  readonly jurisdiction: string;
  readonly class: string;
  readonly validFrom: string;
  /** Exclusive; null: open. */
  readonly validTo: string | null;
}
