import type { PostbackFilters } from "@tributary/contract";

/** An amount as it crosses the door: minor units and an ISO 4217 code. */
export interface PostedAmount {
  readonly minor: bigint;
  readonly currency: string;
}

/** One event that was accepted and belongs to a partner: what postbacks may be told about. */
export interface SettledEvent {
  readonly eventId: bigint;
  readonly programId: string;
  readonly offerId: string | null;
  readonly partnerId: string;
  readonly type: string;
  /** The event is the customer's first-time deposit: the occasion `ftd` fires beside the type's own. */
  readonly firstDeposit: boolean;
  readonly customerRef: string;
  readonly occurredAt: Date;
  readonly clickId: string | null;
  /** Of the winning click: sub1 … sub10 and the partner's own click id; texts are used, anything else is left out. */
  readonly touch: Readonly<Record<string, unknown>>;
  readonly amount: PostedAmount | null;
  /** of the winning click, ISO 3166-1 alpha-2 */
  readonly country?: string | null;
  /** where the event stands in the intake log: an ad platform may be told what the source sent besides */
  readonly place?: { readonly lane: number; readonly seq: bigint; readonly line: number };
}

/** What became of a commission with this booking. */
export type CommissionState = "accrued" | "held" | "released" | "reversed";

/** One booked commission line, or the difference that a later version of it booked. */
export interface AccruedCommission {
  readonly lineId: bigint;
  readonly programId: string;
  readonly offerId: string | null;
  readonly partnerId: string;
  readonly eventId: bigint | null;
  readonly customerRef: string | null;
  readonly occurredAt: Date;
  readonly clickId: string | null;
  readonly touch: Readonly<Record<string, unknown>>;
  /** Signed: a correction downwards is negative. */
  readonly commission: PostedAmount;
  readonly state: CommissionState;
  readonly country?: string | null;
}

/** What stands in place of each macro; frozen when the delivery is queued, so that a resend says what the first call said. */
export type MacroValues = Readonly<Record<string, string>>;

/** An active postback as the matching sees it. */
export interface PostbackTarget {
  readonly postbackId: string;
  readonly partnerId: string;
  readonly programId: string | null;
  readonly offerId: string | null;
  readonly occasions: readonly string[];
  readonly filters: PostbackFilters;
  /** what {status} says, by occasion or state of a commission */
  readonly statusWords: Readonly<Record<string, string>>;
  readonly delaySeconds: number;
  readonly precedence: "overrides" | "adds";
  /** name of the ad platform whose payload is composed at the call; null for every other postback */
  readonly ads: string | null;
  /** the address or body asks for what only the click itself holds */
  readonly needsClick: boolean;
}

/** A delivery to be queued. */
export interface DeliveryDraft {
  readonly postbackId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly eventId: bigint | null;
  readonly occasion: string;
  /** The same thing is never queued twice for the same postback. */
  readonly dedupeKey: string;
  readonly values: MacroValues;
  readonly delaySeconds: number;
}

/** A call as it went out, for whoever has to find a fault; what proves who calls is masked. */
export interface SentRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** How one call went. */
export interface CallOutcome {
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** The first 2 KB of the answer. */
  readonly response: string | null;
  /** What the receiver asked for by Retry-After. */
  readonly retryAfterMs: number | null;
}
