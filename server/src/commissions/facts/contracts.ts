/** Facts: effective events folded to what a commission is calculated from. */
import type { Day } from "../../kernel/period.ts";

/** An event as far as the fold cares; instants in milliseconds since 1970. */
export interface FactEvent {
  readonly eventId: bigint;
  readonly programId: string;
  readonly customerId: bigint;
  readonly sourceId: string;
  readonly type: string;
  readonly externalId: string;
  readonly at: number;
  readonly currency: string | null;
  /** minor units as digits */
  readonly measures: Readonly<Record<string, string>>;
  /** exact decimals */
  readonly quantities: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, string>>;
  /** a cap keeps it from earning anything: it makes no facts, and a milestone that rests on it is withheld */
  readonly cap?: "pend" | "stop" | null;
}

/** One row of commissions.fact_day. */
export interface DayFact {
  readonly customerId: bigint;
  readonly day: Day;
  readonly product: string;
  readonly measure: string;
  /** empty for quantities and counts */
  readonly currency: string;
  /** minor units, or an exact quantity */
  readonly amount: string;
  readonly events: number;
}

export interface Milestone {
  readonly customerId: bigint;
  readonly registeredAt: Date | null;
  readonly kycAt: Date | null;
  readonly ftdAt: Date | null;
  readonly ftdMinor: bigint | null;
  readonly ftdCurrency: string | null;
  readonly ftdEventId: bigint | null;
  readonly secondDepositAt: Date | null;
  readonly secondDepositEventId: bigint | null;
  /** milestones that rest on an event beyond a cap: they are what they are, and earn nothing */
  readonly withheld: readonly WithheldMilestone[];
}

export type WithheldMilestone = "ftd" | "kyc" | "registration" | "second_deposit";
