import type { PartnerKind, PartnerStatus } from "@tributary/contract";

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
