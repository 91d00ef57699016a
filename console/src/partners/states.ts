export const KINDS = [
  "affiliate",
  "introducing_broker",
  "network",
  "influencer",
  "reseller",
  "media_buyer",
  "agency",
] as const;
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
