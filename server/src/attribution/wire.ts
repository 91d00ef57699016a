import type { AttributionExplanation, Customer } from "@tributary/contract";
import { publicNumber } from "../kernel/ids.ts";
import { maskCustomer } from "../tracking/index.ts";
import type { Candidate, CustomerState } from "./contracts.ts";
import { LOSING_REASONS, UNDECIDED_REASONS, WINNING_REASONS } from "./core/reasons.ts";
import type { ShownRules } from "./shown-rules.ts";
import type { StoredDecision } from "./store/decisions.ts";

/** What commissions know of a customer; the shell brings it. */
export interface CustomerMilestones {
  readonly registeredAt: Date | null;
  readonly kycAt: Date | null;
  readonly ftdAt: Date | null;
  readonly ftdMinor: bigint | null;
  readonly ftdCurrency: string | null;
  readonly secondDepositAt: Date | null;
}

const TEXTS: Readonly<Record<string, string>> = { ...WINNING_REASONS, ...LOSING_REASONS, ...UNDECIDED_REASONS };

export function customerWire(
  state: CustomerState,
  milestones: CustomerMilestones | undefined,
  forPartner: boolean,
): Customer {
  const owner = state.owners.at(-1);
  return {
    id: publicNumber("cus", state.customerId),
    customerRef: forPartner ? maskCustomer(state.customerRef) : state.customerRef,
    programId: state.programId,
    status: state.byHand ? "by_hand" : owner === undefined ? "unattributed" : "attributed",
    partnerId: owner?.partnerId ?? null,
    offerId: owner?.offerId ?? null,
    linkId: owner?.linkId ?? null,
    clickId: owner?.clickId ?? null,
    country: owner?.country ?? null,
    dimensions: { ...owner?.dimensions },
    reason: state.reason,
    firstSeenAt: Number.isFinite(state.firstSeen) ? new Date(state.firstSeen).toISOString() : null,
    boundAt: iso(owner?.boundAt),
    ownedFrom: owner?.ownedFrom ?? null,
    ownedUntil: owner?.ownedUntil ?? null,
    ...milestonesWire(milestones),
    revision: state.revision,
  };
}

function milestonesWire(m: CustomerMilestones | undefined) {
  const deposited = m?.ftdMinor != null && m.ftdCurrency !== null;
  return {
    registeredAt: iso(m?.registeredAt),
    kycAt: iso(m?.kycAt),
    firstDepositAt: iso(m?.ftdAt),
    firstDeposit: deposited ? { minor: String(m.ftdMinor), currency: String(m.ftdCurrency) } : null,
    secondDepositAt: iso(m?.secondDepositAt),
  };
}

function iso(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}

/** @param forPartner a partner sees that another one's touch won or lost, not whose it was */
export function decisionWire(
  decision: StoredDecision,
  shown: ShownRules,
  forPartner: string | undefined,
): AttributionExplanation["decisions"][number] {
  const hidden = forPartner !== undefined && decision.partnerId !== null && decision.partnerId !== forPartner;
  return {
    id: publicNumber("dec", decision.decisionId),
    decidedAt: decision.decidedAt.toISOString(),
    eventId: decision.eventId === null ? null : publicNumber("evt", decision.eventId),
    partnerId: hidden ? null : decision.partnerId,
    reason: decision.reason,
    reasonText: TEXTS[decision.reason] ?? decision.reason,
    candidates: decision.candidates.map((candidate) => candidateWire(candidate, forPartner)),
    rulesVersion: decision.rulesVersion,
    rules: shown.of(decision),
    decidedBy: forPartner === undefined ? decision.decidedBy : null,
    note: forPartner === undefined ? decision.note : null,
  };
}

function candidateWire(candidate: Candidate, forPartner: string | undefined) {
  const { kind, ref, partnerId, linkId, offerId, at, won, reason } = candidate;
  const reasonText = TEXTS[reason] ?? reason;
  if (forPartner !== undefined && partnerId !== forPartner) {
    return { kind, ref: null, partnerId: null, linkId: null, offerId: null, at, won, reason, reasonText };
  }
  return { kind, ref, partnerId, linkId, offerId, at, won, reason, reasonText };
}

export function ownersWire(state: CustomerState, forPartner: string | undefined): AttributionExplanation["owners"] {
  return state.owners
    .filter((owner) => forPartner === undefined || owner.partnerId === forPartner)
    .map(({ partnerId, linkId, offerId, clickId, boundAt, ownedFrom, ownedUntil }) => ({
      partnerId,
      linkId,
      offerId,
      clickId,
      boundAt: iso(boundAt),
      ownedFrom,
      ownedUntil,
    }));
}
