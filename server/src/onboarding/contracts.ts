import type { Closing } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import type { ProcedureNeeds } from "../procedures/index.ts";
import type { TrackingFactNeeds } from "./facts/tracking.ts";

/** An amount in minor units. */
export interface Amount {
  readonly minor: bigint;
  readonly currency: string;
}

/** What rooms above say of a partner's money and traffic; the shell gives it. */
export interface PartnerMatters {
  /** What the partner is owed now, by currency; below zero: it owes. */
  readonly balances: readonly Amount[];
  /** Earned and not yet free. */
  readonly held: readonly Amount[];
  /** Statements that are not paid. */
  readonly statements: readonly { readonly id: string; readonly text: string; readonly amount: Amount }[];
  /** Payouts on their way. */
  readonly payouts: readonly { readonly id: string; readonly text: string; readonly amount: Amount }[];
  /** Clicks of the last thirty days by offer. */
  readonly clicks: readonly { readonly offerId: string; readonly count: number }[];
  /** Documents that stay, and until when. */
  readonly documents: readonly { readonly text: string }[];
}

/** What this room is given by the shell, which alone knows the rooms above. */
export interface OnboardingNeeds extends ProcedureNeeds {
  readonly tracking: TrackingFactNeeds;
  readonly mattersOf: (ctx: Context, partnerId: string) => Promise<PartnerMatters>;
}

export type ClosingKind = Closing["kind"];
