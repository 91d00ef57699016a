import type { OfferAccess, ProgramStatus, SubPartnerView, TrackerConsent } from "@tributary/contract";

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
  /** Whether the browser script waits for the visitor's consent before it stores anything. */
  readonly trackerConsent: TrackerConsent;
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
  readonly access: OfferAccess;
  /** as stored, see `Targeting` of the contract; `{}`: everybody */
  readonly targeting: unknown;
  /** parameters that are added to where clicks go, with macros */
  readonly utm: Readonly<Record<string, string>>;
  readonly startsAt: Date | null;
  /** exclusive */
  readonly endsAt: Date | null;
  readonly revision: number;
}

/** A page of an offer's landing set. */
export interface LandingFacts {
  readonly landingId: string;
  readonly offerId: string;
  readonly name: string;
  readonly url: string;
  readonly weight: number;
  readonly status: "active" | "paused" | "archived";
}

/** A partner that was let into an offer that is not public. */
export interface AccessFacts {
  readonly offerId: string;
  readonly partnerId: string;
}

export interface RegionFacts {
  readonly regionId: string;
  readonly code: string;
  readonly name: string;
}
