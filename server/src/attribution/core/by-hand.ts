import type { Day } from "../../kernel/period.ts";
import type { Claim, Ownership } from "../contracts.ts";

/**
 * The owners of a customer after a person gave it to somebody (or to nobody).
 * @param from first day of the new owner; null: from the beginning, as if it had always been so. Owners before that day keep theirs.
 */
export function giveByHand(before: readonly Ownership[], to: Claim, from: Day | null, now: Date): readonly Ownership[] {
  const kept = from === null ? [] : before.filter((owner) => owner.ownedFrom === null || owner.ownedFrom < from);
  const ended = kept.map((owner) => {
    const endsBefore = owner.ownedUntil !== null && from !== null && owner.ownedUntil <= from;
    return endsBefore ? owner : { ...owner, ownedUntil: from };
  });
  return [...ended, { ...to, boundAt: now, ownedFrom: from, ownedUntil: null }];
}
