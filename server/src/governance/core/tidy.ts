import type { Suggestion, SuggestionKind } from "@tributary/contract";

/** After so many days without a click a link or an offer is asked about. */
export const QUIET_LINK_DAYS = 60;
export const QUIET_OFFER_DAYS = 90;
/** A cap that is full for ever is asked about after so many days. */
export const FULL_CAP_DAYS = 14;
const DAY = 86_400_000;

export interface LinkSeen {
  readonly linkId: string;
  readonly code: string;
  readonly name: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly createdAt: Date;
  readonly partnerStatus: string;
  readonly hadTerms: boolean;
  readonly hasTerms: boolean;
  /** the last day with a click; null: never one */
  readonly lastDay: string | null;
}
export interface OfferSeen {
  readonly offerId: string;
  readonly name: string;
  readonly programId: string;
  readonly createdAt: Date;
  readonly endsAt: Date | null;
  readonly liveLinks: number;
  readonly lastDay: string | null;
}
export interface PageDead {
  readonly subjectKind: "offer" | "landing_page";
  readonly subjectId: string;
  readonly name: string;
  readonly programId: string;
  readonly url: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly since: Date;
}
export interface CapFull {
  readonly capId: string;
  readonly name: string;
  readonly programId: string;
  readonly partnerId: string | null;
  readonly reachedAt: Date;
}

export type Proposal = Pick<
  Suggestion,
  "kind" | "subjectKind" | "subjectId" | "subjectName" | "partnerId" | "programId" | "action" | "facts"
>;

/** What might be tidied up about an active link: the gravest reason only, so that nothing is asked twice. */
export function aboutLink(link: LinkSeen, now: Date): Proposal | undefined {
  const propose = (kind: SuggestionKind, action: Proposal["action"], facts: Proposal["facts"]): Proposal => ({
    kind,
    action,
    facts,
    subjectKind: "link",
    subjectId: link.linkId,
    subjectName: link.name === "" ? link.code : link.name,
    partnerId: link.partnerId,
    programId: link.programId,
  });
  if (link.partnerStatus === "deactivated" || link.partnerStatus === "rejected")
    return propose("partner_inactive_link", "archive", { partnerStatus: link.partnerStatus });
  if (link.hadTerms && !link.hasTerms) return propose("agreement_ended_link", "pause", {});
  const quiet = quietDays(link.lastDay, link.createdAt, now);
  if (quiet < QUIET_LINK_DAYS) return undefined;
  return propose("link_no_traffic", "archive", { days: quiet, last: link.lastDay ?? "" });
}

/** What might be tidied up about an active offer. */
export function aboutOffer(offer: OfferSeen, now: Date): Proposal | undefined {
  const base = {
    subjectKind: "offer" as const,
    subjectId: offer.offerId,
    subjectName: offer.name,
    partnerId: null,
    programId: offer.programId,
  };
  if (offer.endsAt !== null && offer.endsAt <= now)
    return {
      ...base,
      kind: "offer_ended",
      action: "close",
      facts: { ended: offer.endsAt.toISOString(), links: offer.liveLinks },
    };
  const quiet = quietDays(offer.lastDay, offer.createdAt, now);
  if (quiet < QUIET_OFFER_DAYS) return undefined;
  return {
    ...base,
    kind: "offer_no_traffic",
    action: "pause",
    facts: { days: quiet, last: offer.lastDay ?? "", links: offer.liveLinks },
  };
}

export function aboutPage(page: PageDead): Proposal {
  return {
    kind: "landing_dead",
    action: page.subjectKind === "offer" ? "pause" : "look",
    subjectKind: page.subjectKind,
    subjectId: page.subjectId,
    subjectName: page.name,
    partnerId: null,
    programId: page.programId,
    facts: { url: page.url, outcome: page.outcome, status: page.status ?? "", since: page.since.toISOString() },
  };
}

export function aboutCap(cap: CapFull, now: Date): Proposal | undefined {
  const days = Math.floor((now.getTime() - cap.reachedAt.getTime()) / DAY);
  if (days < FULL_CAP_DAYS) return undefined;
  return {
    kind: "cap_full",
    action: "archive",
    subjectKind: "cap",
    subjectId: cap.capId,
    subjectName: cap.name,
    partnerId: cap.partnerId,
    programId: cap.programId,
    facts: { days },
  };
}

/** Whole days since the last click, or since it was made when there never was one. */
function quietDays(lastDay: string | null, createdAt: Date, now: Date): number {
  const from = lastDay === null ? createdAt.getTime() : Date.parse(lastDay);
  return Math.floor((now.getTime() - Math.max(from, createdAt.getTime())) / DAY);
}
