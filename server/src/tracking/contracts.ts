/**
 * What crosses the door of the tracking room: the shapes that are stored in the intake log (read by the events consumer and by
 * the shipper to ClickHouse), and the plain data that the shell gives to the edge. No rows, no requests.
 *
 * The bodies are JSON text with a version `v`. A body of a known version never changes its meaning; a field that is absent was
 * not sent (nothing is stored as null or as an empty text). Read them with `readClick` and `readCall` (index.ts), which fail
 * loudly on a version that this program does not know. No body contains U+0000 or a lone surrogate: it may be cast to jsonb.
 */

/** Kinds of entries, `intake.entry.kind`. */
export const ENTRY_KIND = { click: 1, impression: 2, events: 3, command: 4 } as const;
export type EntryKind = (typeof ENTRY_KIND)[keyof typeof ENTRY_KIND];

/** One entry of the log as a consumer reads it. Its identity is (lane, seq); within a lane the order of seq is the order of commit. */
export interface IntakeEntry {
  readonly lane: number;
  readonly seq: bigint;
  readonly kind: number;
  readonly receivedAt: Date;
  readonly body: string;
}

/**
 * Whether a request counts as a click, and if not, why not. Only `click` counts. Whatever the verdict, the request was answered:
 * `to` says where it was sent.
 * - `head`, `prefetch`, `bot`: automated; sent where a visitor would have been sent
 * - `unknown_link`: no such code on this host (link number 0, no program unless the host is a program's own)
 * - `link_paused` (also archived), `partner_paused` (any state but active), `offer_paused`, `program_paused`, `country_blocked`: fallback
 * - `access_required` (the offer is not public and the partner was not let in), `link_expired` (not valid yet, or no more: `rule`),
 *   `offer_not_started`, `offer_ended`, `targeting` (`rule` names the condition), `cap_reached` (`capId` names the cap): fallback
 */
export const CLICK_VERDICTS = [
  "click",
  "head",
  "prefetch",
  "bot",
  "unknown_link",
  "link_paused",
  "partner_paused",
  "offer_paused",
  "program_paused",
  "country_blocked",
  "link_expired",
  "offer_not_started",
  "offer_ended",
  "targeting",
  "cap_reached",
  "access_required",
] as const;
export type ClickVerdict = (typeof CLICK_VERDICTS)[number];

export type ClickTarget = "landing" | "deep_link" | "fallback" | "none";
export type DeviceKind = "desktop" | "mobile" | "tablet" | "tv" | "other";

/** Body of an entry of kind 1, version 1. Texts are cut at the lengths of `core/click-fields.ts`; `cut` names the ones that were. */
export interface StoredClick {
  readonly v: 1;
  /** click id as handed on; carries `at`, `link`, lane and seq, signed */
  readonly id: string;
  /** when the request arrived, milliseconds since 1970 */
  readonly at: number;
  readonly verdict: ClickVerdict;
  readonly to: ClickTarget;
  /** tracking.link.num; 0 for an unknown link */
  readonly link: number;
  readonly linkId?: string;
  readonly programId?: string;
  readonly offerId?: string;
  readonly partnerId?: string;
  /** what stood in the path, for an unknown link only */
  readonly code?: string;
  readonly sub1?: string;
  readonly sub2?: string;
  readonly sub3?: string;
  readonly sub4?: string;
  readonly sub5?: string;
  readonly sub6?: string;
  readonly sub7?: string;
  readonly sub8?: string;
  readonly sub9?: string;
  readonly sub10?: string;
  /** the partner's own click id */
  readonly partnerClickId?: string;
  readonly source?: string;
  readonly creative?: string;
  /** destination asked for, when it was followed (`to` = deep_link) */
  readonly deepLink?: string;
  /** destination asked for that was not followed: the offer does not allow its host, or the click went to the fallback */
  readonly refusedLink?: string;
  /** ISO 3166-1 alpha-2, by address */
  readonly country?: string;
  /** first-level part of the country as ISO 3166-2 without it (`MD`), by address, where the table knows */
  readonly region?: string;
  readonly city?: string;
  /** autonomous system of the address */
  readonly asn?: number;
  /** programs.landing_page, where the offer rotates pages or the link names one */
  readonly landing?: string;
  /** tracking.smart_link that chose the offer, and why: only | weight | best | explore | none (no option fitted) */
  readonly smartId?: string;
  readonly chosen?: string;
  /** what did not hold: `offer.device`, `link.schedule` (verdict targeting), `link.not_yet`, `link.over` (link_expired) */
  readonly rule?: string;
  /** the cap that was reached: with verdict click it led to another offer */
  readonly capId?: string;
  readonly ip?: string;
  readonly ua?: string;
  readonly device?: DeviceKind;
  readonly os?: string;
  readonly browser?: string;
  readonly referer?: string;
  /** first language of Accept-Language, e.g. `es-ES` */
  readonly language?: string;
  /** the visitor's previous click id in this program, authentic (from the cookie): journeys are a chain */
  readonly prev?: string;
  /** id of the last impression that the visitor's browser was shown in this program, authentic (from its cookie) */
  readonly prevView?: string;
  /** parameters that have no meaning here (utm_…, gclid …), as sent: the first 20, each cut at 200 characters */
  readonly other?: Readonly<Record<string, string>>;
  readonly cut?: readonly string[];
  /** a test click: answered like any other and logged, but never counted, attributed, paid or shipped to the reports */
  readonly test?: true;
  /** the visitor was on the landing page already: recorded by the browser script, nobody was redirected */
  readonly direct?: true;
}

/** Whether a shown ad counts, and if not, why not: as for a click, only that it counts as `impression`. */
export type ImpressionVerdict = "impression" | Exclude<ClickVerdict, "click">;

/** Body of an entry of kind 2, version 1: a click's, with `to` always `none`. Its id leads to no click, but events may name it as they name a click. */
export type StoredImpression = Omit<StoredClick, "verdict"> & { readonly verdict: ImpressionVerdict };

/** Which way events came in. `console` and `demo` are written by other rooms through {@link StoredCall} too. */
export type EventDoor = "postback" | "pixel" | "api" | "file" | "console" | "demo";

/** Why something was refused: a code of the error catalogue and what is wrong with which field. */
export interface StoredRefusal {
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
  readonly value?: string;
  readonly hint?: string;
}

/**
 * Body of an entry of kind 3, version 1: one call, with the events it carried. A call that was refused as a whole (unknown token,
 * wrong signature, unreadable) has `refused` and no events: its receipt is line 0, fate rejected.
 */
export interface StoredCall {
  readonly v: 1;
  readonly door: EventDoor;
  /** tracking.event_source, or the name of a writer inside (`console`, `demo`); absent when the token was unknown */
  readonly sourceId?: string;
  readonly programId?: string;
  readonly ip?: string;
  readonly ua?: string;
  /** what was sent, as sent: the query or form of a postback or pixel (first 8 KB) */
  readonly raw?: string;
  /** door file: name of the file; the `line` of each event is its row, the header being row 1 */
  readonly file?: string;
  /** a test call: its lines get the fate `test` and touch neither customers nor money */
  readonly test?: true;
  readonly refused?: StoredRefusal;
  readonly events: readonly StoredLine[];
}

/** One event of a call. Its identity is (lane, seq, line); `line` counts from 0 (files: the row). */
export type StoredLine = StoredEvent | StoredRefusedEvent;

export interface StoredEvent {
  readonly line: number;
  readonly type: string;
  readonly externalId: string;
  readonly customerRef: string;
  /** when it happened, milliseconds since 1970, by the source's clock */
  readonly at: number;
  /** false: no time was sent, `at` is the time of arrival and must not make a resent event look like a correction */
  readonly timeGiven?: false;
  readonly currency?: string;
  /** minor units of `currency` as digits, by measure: deposit, withdrawal, sale, refund, chargeback, notional, spread, commission, ggr, bonus, fees, taxes, ngr, or the custom type's own name */
  readonly measures?: Readonly<Record<string, string>>;
  /** exact decimals, e.g. lots "0.1" */
  readonly quantities?: Readonly<Record<string, string>>;
  readonly dimensions?: Readonly<Record<string, string>>;
  /** authentic click id (its signature was checked at the door) */
  readonly clickId?: string;
  /** what stood in the click id's place when it was not issued here: the event counts, the touch does not */
  readonly badClickId?: string;
  /** coupon or referral code, upper case */
  readonly code?: string;
  /** a partner id or code that the source named */
  readonly partnerHint?: string;
  /** the event with this external id never happened */
  readonly void?: true;
  /**
   * the call says only that the event counts: a known one is kept as it is; `require`: and an unknown one is not made; `amend`: a known
   * one counts with these numbers and is else as it was, an unknown one is not made
   */
  readonly ifKnown?: "keep" | "require" | "amend";
  /** parameters that have no meaning here, as sent */
  readonly other?: Readonly<Record<string, string>>;
  /** what was assumed, in words of `NOTE`: zone_assumed, currency_assumed, clock_skew, ngr_computed, … */
  readonly notes?: readonly string[];
}

export interface StoredRefusedEvent {
  readonly line: number;
  readonly refused: StoredRefusal;
  /** the event as sent (first 1 KB) */
  readonly raw?: string;
}

/** What the edge needs to know of a program. The shell gives it from the programs room. */
export interface EdgeProgram {
  readonly programId: string;
  readonly code: string;
  readonly status: "draft" | "active" | "paused" | "closed";
  readonly timeZone: string;
  readonly currency: string;
  readonly fallbackUrl: string;
  readonly trackingDomain: string | null;
  /** whether the browser script waits for the visitor's consent before it stores anything */
  readonly trackerConsent: "required" | "not_required";
  /** life of the click cookie: the program's attribution window */
  readonly clickWindowDays: number;
  /** life of the impression cookie; absent: the program's attribution does not use impressions, and there is none */
  readonly viewWindowDays?: number;
  readonly customEvents: readonly CustomEventType[];
}

/** An event type that a program declares beyond the built-in ones. Its amount is a measure of the type's own name. */
export interface CustomEventType {
  readonly type: string;
  readonly amount: "none" | "optional" | "required";
  /** may the amount be negative (and zero); default no */
  readonly negative?: boolean;
}

export interface EdgeOffer {
  readonly offerId: string;
  readonly programId: string;
  readonly code: string;
  readonly status: "draft" | "active" | "paused" | "closed";
  readonly landingUrl: string;
  /** exact host or `*.suffix` */
  readonly allowedHosts: readonly string[];
  readonly allowedCountries: readonly string[];
  readonly blockedCountries: readonly string[];
  readonly fallbackUrl: string | null;
  /** absent: public */
  readonly access?: "public" | "request" | "private";
  /** as stored; absent: everybody */
  readonly targeting?: unknown;
  readonly utm?: Readonly<Record<string, string>>;
  readonly startsAt?: Date | null;
  /** exclusive */
  readonly endsAt?: Date | null;
}

/** A page of an offer's landing set. */
export interface EdgeLanding {
  readonly landingId: string;
  readonly offerId: string;
  readonly name: string;
  readonly url: string;
  readonly weight: number;
  readonly status: "active" | "paused" | "archived";
}

export interface EdgePartner {
  readonly partnerId: string;
  readonly code: string;
  readonly status: string;
}

/** Everything that stands beneath a link. Given by the shell, which asks the doors of programs and partners. */
export interface EdgeCatalogue {
  readonly programs: readonly EdgeProgram[];
  readonly offers: readonly EdgeOffer[];
  readonly partners: readonly EdgePartner[];
  readonly landings?: readonly EdgeLanding[];
  /** who was let into offers that are not public */
  readonly accesses?: readonly { readonly offerId: string; readonly partnerId: string }[];
}
