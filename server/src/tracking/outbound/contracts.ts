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
}

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
