import type {
  AskingEvent,
  AttributionRules,
  Candidate,
  Claim,
  Decision,
  Touch,
  TouchedClick,
  TouchKind,
} from "../contracts.ts";
import type { CandidateReason, LosingReason } from "./reasons.ts";
import { winningOrder } from "./timeline.ts";
import { windowDaysOf } from "./windows.ts";

const DAY_MS = 86_400_000;
const BEATEN_BY: Readonly<Record<TouchKind, LosingReason>> = {
  click: "click_won",
  code: "code_won",
  partner: "partner_won",
  impression: "impression_won",
  customer: "customer_won",
  manual: "manual_won",
};

/** What is known of a customer when an event asks. Times are milliseconds since 1970. */
export interface AskedCustomer {
  /** earliest event of the customer */
  readonly firstSeen: number;
  /** since when the customer is known by import; `-Infinity`: since ever; absent: it was not imported as existing */
  readonly knownSince?: number | undefined;
}

/** A decision as it is found; `binding`: the customer stays in the binding that was given as a touch. */
export interface Found extends Decision {
  readonly winner: TouchKind | null;
}

/**
 * Whose customer this is, by one event and what it points at. Pure: the same arguments give the same decision for ever.
 * @param touches newest first within a kind: the event's click, then the visitor's clicks before it; a binding in force at the end
 * @returns the winner or nobody, and every candidate with why it won or lost. Among valid touches the kind that stands first in
 *   `rules.priority` wins; among clicks (and impressions) the latest or the first one as the model says, and never one that came
 *   after a valid one of a partner in `noOverwritePartners`.
 */
export function decide(
  event: AskingEvent,
  touches: readonly Touch[],
  rules: AttributionRules,
  customer: AskedCustomer,
): Found {
  const faults = touches.map((touch) => faultOf(touch, event, rules, customer));
  const winner = winnerOf(touches, faults, rules);
  const winning = winner === undefined ? undefined : touches[winner];
  const wins = winning === undefined ? undefined : winningReason(winning, touches, faults, rules);
  const candidates = touches.map((touch, index) => {
    if (index === winner && wins !== undefined) return candidateOf(touch, true, wins);
    const lost = faults[index] ?? (winning?.kind === touch.kind ? losingReason(touch, winning, rules) : undefined);
    return candidateOf(touch, false, lost ?? BEATEN_BY[winning?.kind ?? "click"]);
  });
  if (winning === undefined || wins === undefined)
    return { reason: undecidedReason(candidates, rules.priority), claim: null, candidates, winner: null };
  return { reason: wins as Decision["reason"], claim: claimOf(winning), candidates, winner: winning.kind };
}

/** Why a touch cannot claim the event at all; `undefined` when it can. */
function faultOf(
  touch: Touch,
  event: AskingEvent,
  rules: AttributionRules,
  customer: AskedCustomer,
): LosingReason | undefined {
  if (touch.kind === "customer" || touch.kind === "manual") return undefined;
  if (!rules.priority.includes(touch.kind)) return "kind_not_used";
  if (touch.kind === "click" || touch.kind === "impression") return seenFault(touch, event, rules, customer);
  if (touch.found === null) return touch.kind === "code" ? "code_unknown" : "partner_unknown";
  if (touch.kind === "code" && !validThen(touch.found, event.at)) return "code_not_valid";
  // A code or a name has no time of its own: it speaks when the event happens. A deferred lead may still be claimed by one.
  const { deferredLeads } = rules;
  const grace = deferredLeads.kind === "days" ? deferredLeads.days * DAY_MS : 0;
  return knownBefore(rules, customer, event.at, grace);
}

function seenFault(
  touch: Extract<Touch, { kind: "click" | "impression" }>,
  event: AskingEvent,
  rules: AttributionRules,
  customer: AskedCustomer,
): LosingReason | undefined {
  if (!touch.authentic) return "click_not_ours";
  const { found, kind } = touch;
  if (found === null) return "click_unknown";
  if (found.programId !== null && found.programId !== event.programId) return "other_program";
  const counted = found.counted && found.partnerId !== null;
  if (!counted) return kind === "click" ? "click_not_counted" : "impression_not_counted";
  if (found.at > event.at) return "after_event";
  if (event.at - found.at > windowDaysOf(rules, kind, found) * DAY_MS)
    return kind === "click" ? "window_expired" : "impression_expired";
  return knownBefore(rules, customer, found.at, 0);
}

function knownBefore(
  rules: AttributionRules,
  { firstSeen, knownSince }: AskedCustomer,
  at: number,
  grace: number,
): LosingReason | undefined {
  if (rules.existingCustomers !== "keep") return undefined;
  if (knownSince !== undefined && at > knownSince) return "imported_as_existing";
  return at > firstSeen + grace ? "existing_customer" : undefined;
}

function validThen(code: { readonly validFrom: number | null; readonly validTo: number | null }, at: number): boolean {
  return (code.validFrom === null || code.validFrom <= at) && (code.validTo === null || at < code.validTo);
}

function winnerOf(
  touches: readonly Touch[],
  faults: readonly (LosingReason | undefined)[],
  rules: AttributionRules,
): number | undefined {
  for (const kind of winningOrder(rules)) {
    const valid = touches.flatMap((touch, index) =>
      touch.kind === kind && faults[index] === undefined ? [{ touch, index }] : [],
    );
    const ordered = valid.sort((a, b) => timeOf(b.touch) - timeOf(a.touch) || a.index - b.index);
    const first = ordered.at(-1);
    if (first === undefined) continue;
    if (rules.model === "first_click") return first.index;
    const protectedOne = ordered.findLast(({ touch }) => isProtected(touch, rules));
    return (protectedOne ?? ordered[0])?.index;
  }
  return undefined;
}

function isProtected(touch: Touch, rules: AttributionRules): boolean {
  if (touch.kind !== "click" && touch.kind !== "impression") return false;
  const partnerId = touch.found?.partnerId;
  return partnerId != null && rules.noOverwritePartners.includes(partnerId);
}

function timeOf(touch: Touch): number {
  return touch.kind === "click" || touch.kind === "impression" ? (touch.found?.at ?? 0) : 0;
}

function winningReason(
  winner: Touch,
  touches: readonly Touch[],
  faults: readonly (LosingReason | undefined)[],
  rules: AttributionRules,
): CandidateReason {
  switch (winner.kind) {
    case "click": {
      if (rules.model === "first_click") return "first_click";
      const newer = (touch: Touch, index: number) =>
        touch.kind === "click" && faults[index] === undefined && timeOf(touch) > timeOf(winner);
      return touches.some(newer) ? "protected_click" : "last_click";
    }
    case "impression":
      return "impression";
    case "code":
      return "code";
    case "partner":
      return "partner_named";
    default:
      return "customer_kept";
  }
}

/** Why a valid touch lost against another of its kind. */
function losingReason(touch: Touch, winner: Touch, rules: AttributionRules): LosingReason {
  const impression = touch.kind === "impression";
  if (rules.model === "first_click") return impression ? "earlier_impression_won" : "earlier_click_won";
  if (timeOf(touch) > timeOf(winner)) return "not_overwritten";
  return impression ? "later_impression_won" : "later_click_won";
}

/** Nobody won: the reason is the one for which the touch lost that would have gone first. */
function undecidedReason(candidates: readonly Candidate[], priority: readonly TouchKind[]): Decision["reason"] {
  const inOrder = [...priority, ...(["click", "code", "partner", "impression"] as const)];
  for (const kind of inOrder) {
    const found = candidates.find((candidate) => candidate.kind === kind);
    if (found !== undefined) return found.reason as Decision["reason"];
  }
  return "no_touch";
}

function claimOf(touch: Touch): Claim {
  if (touch.kind === "customer" || touch.kind === "manual") return touch.found;
  const none = { linkId: null, offerId: null, clickId: null, country: null, dimensions: {} };
  const { found } = touch;
  if (found === null) return { ...none, partnerId: null };
  if (touch.kind !== "click" && touch.kind !== "impression")
    return { ...none, ...placeOf(touch), partnerId: found.partnerId };
  const { partnerId, linkId, offerId, country, dimensions } = found as TouchedClick;
  return { partnerId, linkId, offerId, clickId: touch.ref, country, dimensions };
}

function placeOf(touch: Touch): { readonly linkId: string | null; readonly offerId: string | null } {
  if (touch.kind === "partner" || touch.found === null) return { linkId: null, offerId: null };
  return { linkId: touch.found.linkId, offerId: touch.found.offerId };
}

function candidateOf(touch: Touch, won: boolean, reason: CandidateReason): Candidate {
  return {
    kind: touch.kind,
    ref: touch.ref,
    partnerId: touch.found?.partnerId ?? null,
    ...placeOf(touch),
    at: timeTold(touch),
    won,
    reason,
  };
}

function timeTold(touch: Touch): string | null {
  if (touch.kind === "customer" || touch.kind === "manual") return touch.ref;
  const at = timeOf(touch);
  return at === 0 ? null : new Date(at).toISOString();
}
