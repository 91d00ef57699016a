import type { MorningKind } from "@tributary/contract";

export interface KindFacts {
  /** how likely it is that acting today changes what happens, as the trade sees it; a starting point that weights correct */
  readonly chance: number;
  /** half-life of urgency: so many days before its due date a thing is half as urgent as on it */
  readonly days: number;
}

/** What is known of a kind before anybody has tuned it. */
export const KINDS: Readonly<Record<MorningKind, KindFacts>> = {
  tracking_broken: { chance: 0.8, days: 1 },
  traffic_drop: { chance: 0.5, days: 2 },
  traffic_surge: { chance: 0.2, days: 3 },
  cap_near: { chance: 0.7, days: 2 },
  payee_missing: { chance: 0.8, days: 7 },
  approval_waiting: { chance: 0.9, days: 2 },
  case_due: { chance: 0.7, days: 2 },
  agreement_ending: { chance: 0.7, days: 14 },
  document_expiring: { chance: 0.8, days: 14 },
  onboarding_stalled: { chance: 0.5, days: 5 },
  message_unanswered: { chance: 0.4, days: 2 },
  task_due: { chance: 0.5, days: 2 },
  tier_near: { chance: 0.35, days: 7 },
  better_deal: { chance: 0.3, days: 30 },
  plan_behind: { chance: 0.3, days: 10 },
  data_faults: { chance: 0.3, days: 30 },
};
