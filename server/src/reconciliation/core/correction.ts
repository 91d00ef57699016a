import type { ComparisonClass, ComparisonResultDetail } from "@tributary/contract";
import { divideRounded } from "../../kernel/decimal.ts";

export interface Difference {
  readonly class: ComparisonClass;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly partnerId: string | null;
  readonly currency: string;
  /** what the partner says it earned by this row, minor units */
  readonly claimedCommission: bigint | null;
  /** the other side less what was tracked */
  readonly officeMinor: bigint | null;
  readonly claimMinor: bigint | null;
  readonly trackedTotal: bigint;
  /** commission of the days of the comparison */
  readonly earned: bigint;
}

const WORTH_MONEY: ReadonlySet<ComparisonClass> = new Set([
  "missing_tracked",
  "missing_office",
  "amount",
  "status",
  "duplicate",
]);

/**
 * The adjustment that a difference suggests; a person looks at it, and another one decides. For what was never tracked: what the partner says it
 * earned. Else the difference in the amount at the commission that the tracked amounts came to: 12.00 of 240.00 tracked is 5 %, so 40.00 less is -2.00.
 */
export function proposedCorrection(one: Difference): ComparisonResultDetail["proposal"] {
  if (one.partnerId === null || !WORTH_MONEY.has(one.class)) return null;
  const about = { currency: one.currency, partnerId: one.partnerId, month: one.day.slice(0, 7) };
  if (one.class === "missing_tracked" && one.claimedCommission !== null && one.claimedCommission !== 0n)
    return {
      ...about,
      amount: String(one.claimedCommission),
      because: "claimed_commission",
    };
  const difference = one.officeMinor ?? one.claimMinor ?? 0n;
  if (difference === 0n || one.trackedTotal <= 0n || one.earned === 0n) return null;
  const amount = divideRounded(difference * one.earned, one.trackedTotal, "half_up");
  return amount === 0n
    ? null
    : {
        ...about,
        amount: String(amount),
        because: "at_tracked_rate",
      };
}
