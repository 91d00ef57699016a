import type { MatchReason } from "@tributary/contract";

/** A booked entry of a statement on its way in. Amounts are in minor units, credit positive. */
export interface NewEntry {
  /** formats that word the same entry in the same way: `iso`, `swift`, `sheet 3f2a…` */
  readonly family: string;
  readonly kind: "statement" | "report" | "notification";
  readonly bankReference: string | null;
  readonly contentKey: string;
  readonly bookedOn: string;
  readonly valueOn: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly endToEndId: string | null;
  /** everything it can be found by, normalised ({@link normalised}) */
  readonly refs: readonly string[];
  readonly name: string | null;
  readonly account: string | null;
  readonly text: string;
  readonly returned: string | null;
  readonly original: { readonly minor: bigint; readonly currency: string } | null;
  readonly details: readonly EntryMember[];
  readonly batchSize: number | null;
}

/** One payment of an entry that the bank booked as a batch. */
export interface EntryMember {
  readonly refs: readonly string[];
  readonly minor: string | null;
  readonly currency: string | null;
  readonly name: string | null;
  readonly account: string | null;
  readonly returned: string | null;
}

/** An entry that was taken before: what tells whether a new one is the same. */
export interface KnownEntry
  extends Pick<NewEntry, "family" | "kind" | "bankReference" | "contentKey" | "bookedOn" | "currency" | "amountMinor"> {
  readonly entryId: bigint;
  readonly endToEndId: string | null;
}

/** What a statement says of itself, for the question whether it may be booked. */
export interface StatementFacts {
  readonly from: string | null;
  readonly to: string | null;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly currency: string;
}

export interface StatementProblem {
  readonly code: "unbalanced" | "gap" | "unreadable" | "unproved";
  readonly sentence: string;
}

/** An entry that looks for what it is about. */
export interface OpenEntry {
  readonly entryId: bigint;
  readonly bookedOn: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly endToEndId: string | null;
  readonly refs: readonly string[];
  readonly name: string | null;
  readonly account: string | null;
  readonly text: string;
  readonly returned: string | null;
  readonly original: { readonly minor: bigint; readonly currency: string } | null;
  readonly details: readonly EntryMember[];
}

/** A payout that should show at the bank, or one that should come back. */
export interface Expected {
  readonly expectedId: bigint;
  readonly kind: "out" | "back";
  readonly payoutId: string;
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly payeeName: string;
  readonly account: string | null;
  readonly endToEndId: string;
  readonly refs: readonly string[];
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly expectedOn: string;
}

/** What payouts tell about a movement, by notice. */
export interface ExpectedMovement {
  readonly payoutId: string;
  readonly batchId: string;
  readonly dispatchId?: string | null;
  readonly partnerId: string | null;
  readonly payeeName: string;
  readonly account: string | null;
  readonly endToEndId: string;
  readonly paymentReferences: readonly string[];
  readonly currency: string;
  /** minor units, above zero */
  readonly minor: string;
  /** YYYY-MM-DD */
  readonly on: string;
}

export interface Scored {
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  /** what the bank kept, in minor units of the entry's currency */
  readonly feeMinor: bigint;
  /** units of the entry's currency for one of the payout's, when they differ */
  readonly rate: string | null;
}

export interface Candidate extends Scored {
  readonly entryId: bigint;
  readonly expectedIds: readonly bigint[];
  readonly kind: "one" | "batch" | "return";
}

/** What the rules make of the open entries. */
export interface Decided extends Candidate {
  /** without a person */
  readonly sure: boolean;
}
