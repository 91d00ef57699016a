/** What the comparison with an incumbent works on: conversions of both sides as plain data. */
import type { ShadowClass, ShadowMatch, ShadowStatus } from "@tributary/contract";

/** A conversion as one side knows it. */
interface Conversion {
  /** unique within its side, and the same in whatever order rows come */
  readonly key: string;
  /** milliseconds since 1970 */
  readonly at: number;
  /** our name of the type; null: they do not say */
  readonly type: string | null;
  readonly orderId: string | null;
  readonly customerRef: string | null;
  readonly currency: string | null;
  /** minor units of `currency`; null: no amount */
  readonly minor: bigint | null;
}

export interface TheirConversion extends Conversion {
  readonly clickId: string | null;
  /** as they call it; empty: nobody's; null: their export does not say */
  readonly partnerRef: string | null;
  readonly status: ShadowStatus;
}

export interface OurConversion extends Conversion {
  /** ours, the incumbent's that came with the event, the partner's own */
  readonly clickIds: readonly string[];
  readonly partnerId: string | null;
  /** reversed events do not count */
  readonly counts: boolean;
  /** reason on the receipt, of an event that is nobody's */
  readonly reason: string | null;
}

export interface MatchOptions {
  /** times apart at most when only time and amount are compared */
  readonly toleranceMs: number;
}

export interface MatchedPair {
  readonly theirs: TheirConversion;
  readonly ours: OurConversion;
  readonly by: ShadowMatch;
}

export interface Matching {
  readonly pairs: readonly MatchedPair[];
  readonly theirs: readonly TheirConversion[];
  readonly ours: readonly OurConversion[];
  /** milliseconds that many of their times are ahead of ours, the most frequent first; without zero */
  readonly shifts: readonly number[];
}

export interface CompareOptions extends MatchOptions {
  readonly timeZone: string;
  /** our partner by their name of it */
  readonly partners: ReadonlyMap<string, string>;
  /** a conversion of theirs after this may still come here, milliseconds since 1970 */
  readonly ourHorizon: number;
  /** a conversion of ours after this may still come there */
  readonly theirHorizon: number;
}

/** One conversion of either side, or one of each, and what came of it. */
export interface Comparison {
  readonly class: ShadowClass;
  readonly differences: readonly ShadowClass[];
  readonly notes: readonly string[];
  readonly by: ShadowMatch | null;
  readonly day: string;
  /** ours of their partner; our partner where their data names none */
  readonly partnerId: string | null;
  /** whose their amount is */
  readonly theirPartnerId: string | null;
  readonly theirs: TheirConversion | null;
  readonly ours: OurConversion | null;
  /** of a duplicate: key of the one on the same side that stands for both */
  readonly duplicateOf: string | null;
}
