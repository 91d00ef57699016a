import type { Pair } from "../agreements/index.ts";
import type { Month } from "../kernel/period.ts";

/** A pair of partner and program to calculate, and the first month whose facts may have changed. */
export interface DuePair extends Pair {
  readonly from: Month;
}

export interface Recalculated {
  /** Pairs of partner and program that were calculated. */
  readonly pairs: number;
  /** New line versions: the amount or the working differs from what was stored. */
  readonly lines: number;
  readonly transfers: number;
  /** Pairs that could not be calculated; `commissions.dirty.problem` says why. */
  readonly problems: number;
}

/** A line version as other rooms read it. Amounts in minor units. */
export interface LineFacts {
  readonly lineId: bigint;
  readonly lineKey: string;
  readonly version: number;
  readonly partnerId: string;
  readonly programId: string;
  readonly agreementVersionId: string;
  readonly component: string;
  readonly subjectKind: "customer" | "event" | "period" | "partner";
  readonly subjectId: string;
  readonly month: Month;
  readonly bookedMonth: Month;
  readonly earnedOn: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly differenceMinor: bigint;
  readonly heldUntil: string | null;
  readonly calculatedAt: Date;
}

/** A line that comes out otherwise than it is stored. */
export interface LineDifference extends Pair {
  readonly lineKey: string;
  readonly month: Month;
  readonly currency: string;
  readonly storedMinor: bigint;
  readonly calculatedMinor: bigint;
}

export interface BooksCheck {
  readonly whole: boolean;
  readonly transfers: number;
  readonly pairs: number;
  readonly lines: number;
  readonly problems: readonly string[];
}
