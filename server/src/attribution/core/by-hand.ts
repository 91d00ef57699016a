import type { GivenByHand, Ownership } from "../contracts.ts";

/**
 * The owners of a customer after a person gave it to somebody (or to nobody). From the beginning: as if it had always been so. From a
 * day on: owners before that day keep theirs.
 */
export function giveByHand(
  before: readonly Ownership[],
  { claim, from, until, boundAt }: Omit<GivenByHand, "at" | "reason">,
): readonly Ownership[] {
  const kept = from === null ? [] : before.filter((owner) => owner.ownedFrom === null || owner.ownedFrom < from);
  const ended = kept.map((owner) => {
    const endsBefore = owner.ownedUntil !== null && from !== null && owner.ownedUntil <= from;
    return endsBefore ? owner : { ...owner, ownedUntil: from };
  });
  return [...ended, { ...claim, boundAt, ownedFrom: from, ownedUntil: until }];
}
