import type { ShadowClass } from "@tributary/contract";
import { dayOf } from "../../../kernel/period.ts";
import type { CompareOptions, Comparison, MatchedPair, OurConversion, TheirConversion } from "../contracts.ts";
import { matchSides } from "./match.ts";

/** Reasons of ours that mean: there was a touch, and it was too old (or the customer's time was over). */
const WINDOW_REASONS: ReadonlySet<string> = new Set(["window_expired", "ownership_ended"]);
/** A time within this of the common shift is told by another zone, not by another clock. */
const SLACK = 120_000;

export interface Compared {
  readonly results: readonly Comparison[];
  readonly shifts: readonly number[];
}

/**
 * Compares two sides. Every conversion of either side is in exactly one result; which, and what it says, does not depend on the order
 * in which they are given.
 */
export function compareSides(
  theirs: readonly TheirConversion[],
  ours: readonly OurConversion[],
  options: CompareOptions,
): Compared {
  const matching = matchSides(theirs, ours, options);
  const results = matching.pairs.map((pair) => comparePair(pair, options, matching.shifts));
  const theirOriginals = originals(matching.pairs.map((pair) => pair.theirs));
  for (const one of [...matching.theirs].sort(byKey)) results.push(alone(one, null, theirOriginals, options));
  const ourOriginals = originals(matching.pairs.map((pair) => pair.ours));
  for (const one of [...matching.ours].sort(byKey)) results.push(alone(null, one, ourOriginals, options));
  return { results, shifts: matching.shifts };
}

function byKey(a: { at: number; key: string }, b: { at: number; key: string }): number {
  return a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

function comparePair(
  { theirs, ours, by }: MatchedPair,
  options: CompareOptions,
  shifts: readonly number[],
): Comparison {
  const notes: string[] = [];
  const differences: ShadowClass[] = [];
  const partnerId = partnerOf(theirs, options);
  const partner = partnerDifference(theirs, ours, partnerId, notes);
  if (partner !== null) differences.push(partner);
  const bothAmounts = theirs.minor !== null && ours.minor !== null;
  if (bothAmounts && theirs.currency !== ours.currency) differences.push("other_currency");
  else if (bothAmounts && theirs.minor !== ours.minor) differences.push("other_amount");
  if ((theirs.status === "rejected") === ours.counts) {
    differences.push("other_status");
    notes.push(ours.counts ? "rejected_there" : "reversed_here");
  } else if (theirs.status === "pending") notes.push("pending_there");
  const day = dayOf(new Date(ours.at), options.timeZone);
  if (dayOf(new Date(theirs.at), options.timeZone) !== day) {
    differences.push("day_shift");
    const gap = theirs.at - ours.at;
    notes.push(shifts.some((shift) => Math.abs(gap - shift) <= SLACK) ? "their_clock" : "times_differ");
  }
  return {
    class: differences[0] ?? "agrees",
    differences,
    notes,
    by,
    day,
    partnerId: partnerId ?? ours.partnerId,
    theirPartnerId: theirs.partnerRef === null ? ours.partnerId : partnerId,
    theirs,
    ours,
    duplicateOf: null,
  };
}

function partnerOf(theirs: TheirConversion, options: CompareOptions): string | null {
  return theirs.partnerRef === null ? null : (options.partners.get(theirs.partnerRef) ?? null);
}

function partnerDifference(
  theirs: TheirConversion,
  ours: OurConversion,
  partnerId: string | null,
  notes: string[],
): ShadowClass | null {
  if (ours.reason !== null) notes.push(ours.reason);
  if (theirs.partnerRef === null) return null;
  if (theirs.partnerRef === "") return ours.partnerId === null ? null : "other_partner";
  if (ours.partnerId === null && ours.reason !== null && WINDOW_REASONS.has(ours.reason)) return "outside_window";
  if (partnerId === null) notes.push("partner_unmapped");
  return partnerId === ours.partnerId && partnerId !== null ? null : "other_partner";
}

/** The conversions that duplicates are duplicates of, by what makes two rows the same conversion. */
function originals(taken: readonly (TheirConversion | OurConversion)[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const one of [...taken].sort(byKey)) {
    const identity = identityOf(one);
    if (identity !== undefined && !found.has(identity)) found.set(identity, one.key);
  }
  return found;
}

function identityOf(one: TheirConversion | OurConversion): string | undefined {
  const amount = `${one.currency} ${one.minor}`;
  if (one.orderId !== null) return `order ${one.orderId} ${one.type} ${amount}`;
  const click = "clickId" in one ? one.clickId : null;
  return click === null ? undefined : `click ${click} ${one.type} ${amount} ${one.at}`;
}

/** A conversion that only one side has: a duplicate of one that both have, too young to tell, or missing on the other side. */
function alone(
  theirs: TheirConversion | null,
  ours: OurConversion | null,
  known: Map<string, string>,
  options: CompareOptions,
): Comparison {
  const one = theirs ?? ours;
  if (one === null) throw new Error("a result needs a conversion");
  const identity = identityOf(one);
  const duplicateOf = identity === undefined ? undefined : known.get(identity);
  if (identity !== undefined && duplicateOf === undefined) known.set(identity, one.key);
  const partnerId = theirs === null ? (ours?.partnerId ?? null) : partnerOf(theirs, options);
  const late = one.at > (theirs === null ? options.theirHorizon : options.ourHorizon);
  const missing = theirs === null ? "missing_there" : "missing_here";
  const duplicate = theirs === null ? "duplicate_here" : "duplicate_there";
  const kind = duplicateOf !== undefined ? duplicate : late ? "late" : missing;
  return {
    class: kind,
    differences: [kind],
    notes: notesAlone(theirs, ours, partnerId),
    by: null,
    day: dayOf(new Date(one.at), options.timeZone),
    partnerId,
    theirPartnerId: partnerId,
    theirs,
    ours,
    duplicateOf: duplicateOf ?? null,
  };
}

function notesAlone(theirs: TheirConversion | null, ours: OurConversion | null, partnerId: string | null): string[] {
  const notes: string[] = [];
  if (theirs !== null && theirs.status !== "approved") notes.push(`${theirs.status}_there`);
  if (theirs !== null && (theirs.partnerRef ?? "") !== "" && partnerId === null) notes.push("partner_unmapped");
  if (ours !== null && !ours.counts) notes.push("reversed_here");
  if (ours?.reason != null) notes.push(ours.reason);
  return notes;
}
