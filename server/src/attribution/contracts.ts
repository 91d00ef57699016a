/** What crosses the door of the attribution room: rules, touches, decisions and ownership as plain data. */
import type { AttributionRules, TouchKind } from "@tributary/contract";
import type { Day } from "../kernel/period.ts";
import type { CandidateReason, DecisionReason } from "./core/reasons.ts";

export type { AttributionRules, TouchKind } from "@tributary/contract";
export type { CandidateReason, DecisionReason } from "./core/reasons.ts";

/** Rules of a program with the days (of its zone) for which they hold. */
export interface RulesVersion {
  /** 1, 2, … within the program; 0: not stored, only tried out */
  readonly version: number;
  readonly rules: AttributionRules;
  /** null: from the beginning */
  readonly validFrom: Day | null;
  /** exclusive; null: until further notice */
  readonly validUntil: Day | null;
}

/** A click or impression as far as attribution cares. Times are milliseconds since 1970. */
export interface TouchedClick {
  readonly at: number;
  /** did it count (no bot, no prefetch, no paused offer …) */
  readonly counted: boolean;
  readonly programId: string | null;
  readonly partnerId: string | null;
  readonly linkId: string | null;
  readonly offerId: string | null;
  readonly country: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One hint at a partner that an event carries, looked up; `found` is null when there is no such thing. */
export type Touch =
  | {
      readonly kind: "click" | "impression";
      readonly ref: string;
      readonly authentic: boolean;
      readonly found: TouchedClick | null;
    }
  | {
      readonly kind: "code";
      readonly ref: string;
      readonly found: {
        readonly partnerId: string;
        readonly linkId: string | null;
        readonly offerId: string | null;
        readonly validFrom: number | null;
        readonly validTo: number | null;
      } | null;
    }
  | { readonly kind: "partner"; readonly ref: string; readonly found: { readonly partnerId: string } | null }
  | BoundTouch;

/** The binding that the customer is in when an event asks; `manual` when a person made it. */
export interface BoundTouch {
  readonly kind: "customer" | "manual";
  /** when it was bound, ISO */
  readonly ref: string;
  readonly found: Claim;
}

/** The event that asks whose its customer is. `order` breaks ties of `at`, the same in whatever order events arrive. */
export interface AskingEvent {
  readonly eventId: bigint | null;
  readonly programId: string;
  readonly at: number;
  readonly order: string;
}

/** One touch and what became of it. */
export interface Candidate {
  readonly kind: TouchKind;
  /** click id, code, or what the source named */
  readonly ref: string;
  readonly partnerId: string | null;
  readonly linkId: string | null;
  readonly offerId: string | null;
  /** when it happened (clicks), ISO */
  readonly at: string | null;
  readonly won: boolean;
  readonly reason: CandidateReason;
}

/** What the winning touch says about the customer. */
export interface Claim {
  readonly partnerId: string | null;
  readonly linkId: string | null;
  readonly offerId: string | null;
  readonly clickId: string | null;
  readonly country: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Decision {
  readonly reason: DecisionReason;
  /** null: nobody's */
  readonly claim: Claim | null;
  readonly candidates: readonly Candidate[];
}

/** A decision by hand as the fold takes it. */
export interface GivenByHand {
  /** among the events: when a person decided, or since when another platform had bound the customer; milliseconds since 1970 */
  readonly at: number;
  /** null: another platform had always bound the customer */
  readonly boundAt: Date | null;
  /** first day of the new owner; null: from the beginning */
  readonly from: Day | null;
  /** exclusive; null: for life */
  readonly until: Day | null;
  readonly claim: Claim;
  readonly reason: "manual" | "manual_none";
}

/** Whose the customer is over which days of the program's zone. */
export interface Ownership extends Claim {
  /** when the event happened that bound the customer */
  readonly boundAt: Date | null;
  /** null: from the beginning */
  readonly ownedFrom: Day | null;
  /** exclusive; null: for life */
  readonly ownedUntil: Day | null;
}

/** A customer with whose it is and was. */
export interface CustomerState {
  readonly customerId: bigint;
  readonly programId: string;
  readonly customerRef: string;
  /** earliest of its events that count, in milliseconds since 1970; `Infinity`: none of them counts */
  readonly firstSeen: number;
  readonly reason: DecisionReason;
  readonly byHand: boolean;
  readonly revision: number;
  /** in the order of time; empty: never anybody's */
  readonly owners: readonly Ownership[];
}
