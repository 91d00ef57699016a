import type { ProgramStatus, SubPartnerView } from "@tributary/contract";

/** What other rooms need to know of a program. */
export interface ProgramFacts {
  readonly programId: string;
  readonly code: string;
  readonly name: string;
  readonly status: ProgramStatus;
  /** IANA zone in which this program's days and months are cut. */
  readonly timeZone: string;
  readonly currency: string;
  readonly ownerUserId: string | null;
  readonly fallbackUrl: string;
  readonly trackingDomain: string | null;
  readonly attribution: Readonly<Record<string, unknown>>;
  readonly customEvents: readonly unknown[];
  readonly revision: number;
  /** What partners see of the partners below them in this program. */
  readonly subPartnerView: SubPartnerView;
}

/** What other rooms need to know of an offer. */
export interface OfferFacts {
  readonly offerId: string;
  readonly programId: string;
  readonly code: string;
  readonly name: string;
  readonly status: ProgramStatus;
  readonly landingUrl: string;
  readonly allowedHosts: readonly string[];
  readonly allowedCountries: readonly string[];
  readonly blockedCountries: readonly string[];
  readonly fallbackUrl: string | null;
  readonly revision: number;
}

export interface RegionFacts {
  readonly regionId: string;
  readonly code: string;
  readonly name: string;
}
