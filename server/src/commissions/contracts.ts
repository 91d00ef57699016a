import type { Pair } from "../agreements/index.ts";
import type { Month } from "../kernel/period.ts";

/** A pair of partner and program to calculate, and the first month whose facts may have changed. */
export interface DuePair extends Pair {
  readonly from: Month;
  /** The only customers whose facts changed, and nothing else did; anybody's may have when it is left out. */
  readonly changed?: readonly bigint[];
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
  /** Pairs of partner and program that were calculated anew. */
  readonly pairs: number;
  /** Pairs that wait for their calculation and were left out. */
  readonly waiting: number;
  readonly lines: number;
  readonly problems: readonly string[];
}

/** A month calculated again. */
export interface Replayed {
  readonly month: Month;
  /** Whether the differences were booked. */
  readonly booked: boolean;
  readonly partners: readonly {
    readonly partnerId: string;
    readonly currency: string;
    readonly storedMinor: bigint;
    readonly calculatedMinor: bigint;
  }[];
  readonly differences: readonly LineDifference[];
}
