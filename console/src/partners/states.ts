export const KINDS = [
  "affiliate",
  "introducing_broker",
  "network",
  "influencer",
  "reseller",
  "media_buyer",
  "agency",
] as const;
export const RESTRICTIONS = ["stop_links", "hold_payouts", "block_offers"] as const;
export const STATUSES = ["applied", "onboarding", "active", "paused", "deactivated", "rejected"] as const;
export type PartnerState = (typeof STATUSES)[number];

/** Where a partner may go from a state. The server decides; this is what is offered. */
export const NEXT_STATES: Readonly<Record<PartnerState, readonly PartnerState[]>> = {
  applied: ["onboarding", "rejected"],
  onboarding: ["active", "rejected"],
  active: ["paused", "deactivated"],
  paused: ["active", "deactivated"],
  deactivated: [],
  rejected: [],
};

export const RESTRICTION_TONES = { in_force: "bad", lift_asked: "warn", lifted: "quiet", expired: "quiet" } as const;
export const TRANSITION_TONES = { planned: "info", done: "good", cancelled: "quiet", refused: "bad" } as const;
export const TRANSFER_TONES = { planned: "info", done: "good", cancelled: "quiet", reverted: "warn" } as const;
export const TRANSFERRED_TONES = { planned: "info", moved: "good", left_out: "quiet", reverted: "warn" } as const;
export const MERGE_TONES = { proposed: "warn", done: "good", undone: "quiet", dropped: "quiet" } as const;
