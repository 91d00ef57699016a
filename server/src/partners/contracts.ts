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
