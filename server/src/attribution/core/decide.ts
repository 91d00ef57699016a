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

const DAY_MS = 86_400_000;
const WON: Readonly<Record<TouchKind, CandidateReason>> = {
  click: "last_click",
  code: "code",
  partner: "partner_named",
};
const BEATEN_BY: Readonly<Record<TouchKind, LosingReason>> = {
  click: "click_won",
  code: "code_won",
  partner: "partner_won",
};

/**
 * Whose customer this is, by one event and what it points at. Pure: the same arguments give the same decision for ever.
 * @param touches newest first within a kind: the event's click, then the visitor's clicks before it
 * @param customer `firstSeen`: earliest event of the customer, milliseconds since 1970
 * @returns the winner or nobody, and every candidate with why it won or lost. Among valid touches the kind that stands first in
 *   `rules.priority` wins; among clicks the latest one.
 */
export function decide(
  event: AskingEvent,
  touches: readonly Touch[],
  rules: AttributionRules,
  customer: { readonly firstSeen: number },
): Decision {
  const faults = touches.map((touch) => faultOf(touch, event, rules, customer.firstSeen));
  const winner = winnerOf(touches, faults, rules.priority);
  const winning = winner === undefined ? undefined : touches[winner];
  const candidates = touches.map((touch, index) => {
    if (index === winner) return candidateOf(touch, true, WON[touch.kind]);
    const lost = faults[index] ?? (touch.kind === winning?.kind ? "later_click_won" : undefined);
    return candidateOf(touch, false, lost ?? BEATEN_BY[winning?.kind ?? "click"]);
  });
  if (winning === undefined) return { reason: undecidedReason(candidates, rules.priority), claim: null, candidates };
  return { reason: WON[winning.kind] as Decision["reason"], claim: claimOf(winning), candidates };
}

/** Why a touch cannot claim the event at all; `undefined` when it can. */
function faultOf(
  touch: Touch,
  event: AskingEvent,
  rules: AttributionRules,
  firstSeen: number,
): LosingReason | undefined {
  if (!rules.priority.includes(touch.kind)) return "kind_not_used";
  if (touch.kind === "click") return clickFault(touch, event, rules, firstSeen);
  // A code or a name has no time of its own: it speaks when the event happens.
  const known = rules.existingCustomers === "keep" && event.at > firstSeen;
  if (touch.found === null) return touch.kind === "code" ? "code_unknown" : "partner_unknown";
  if (touch.kind === "code" && !validThen(touch.found, event.at)) return "code_not_valid";
  return known ? "existing_customer" : undefined;
}

function clickFault(
  touch: Extract<Touch, { kind: "click" }>,
  event: AskingEvent,
  rules: AttributionRules,
  firstSeen: number,
): LosingReason | undefined {
  if (!touch.authentic) return "click_not_ours";
  const click: TouchedClick | null = touch.found;
  if (click === null) return "click_unknown";
  if (click.programId !== null && click.programId !== event.programId) return "other_program";
  if (!click.counted || click.partnerId === null) return "click_not_counted";
  if (click.at > event.at) return "after_event";
  if (event.at - click.at > rules.windowDays * DAY_MS) return "window_expired";
  if (rules.existingCustomers === "keep" && click.at > firstSeen) return "existing_customer";
  return undefined;
}

function validThen(code: { readonly validFrom: number | null; readonly validTo: number | null }, at: number): boolean {
  return (code.validFrom === null || code.validFrom <= at) && (code.validTo === null || at < code.validTo);
}

function winnerOf(
  touches: readonly Touch[],
  faults: readonly (LosingReason | undefined)[],
  priority: readonly TouchKind[],
): number | undefined {
  for (const kind of priority) {
    let best: number | undefined;
    touches.forEach((touch, index) => {
      if (touch.kind !== kind || faults[index] !== undefined) return;
      if (best === undefined || timeOf(touch) > timeOf(touches[best])) best = index;
    });
    if (best !== undefined) return best;
  }
  return undefined;
}

function timeOf(touch: Touch | undefined): number {
  return touch?.kind === "click" ? (touch.found?.at ?? 0) : 0;
}

/** Nobody won: the reason is the one for which the touch lost that would have gone first. */
function undecidedReason(candidates: readonly Candidate[], priority: readonly TouchKind[]): Decision["reason"] {
  const inOrder = [...priority, ...(["click", "code", "partner"] as const)];
  for (const kind of inOrder) {
    const found = candidates.find((candidate) => candidate.kind === kind);
    if (found !== undefined) return found.reason;
  }
  return "no_touch";
}

function claimOf(touch: Touch): Claim {
  const none = { linkId: null, offerId: null, clickId: null, country: null, dimensions: {} };
  const found = touch.found;
  if (found === null) return { ...none, partnerId: null };
  if (touch.kind !== "click") return { ...none, ...placeOf(touch), partnerId: found.partnerId };
  const click = found as TouchedClick;
  const { partnerId, linkId, offerId, country, dimensions } = click;
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
    at: touch.kind === "click" && touch.found !== null ? new Date(touch.found.at).toISOString() : null,
    won,
    reason,
  };
}
