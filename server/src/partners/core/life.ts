import type { PartnerStatus } from "@tributary/contract";
import type { LifeCycle } from "../../kernel/life-cycle.ts";

/** Life of a partner. A rejected or deactivated one may come back, through onboarding again. */
export const PARTNER_LIFE: LifeCycle<PartnerStatus> = {
  applied: ["onboarding", "rejected"],
  onboarding: ["active", "rejected", "deactivated"],
  active: ["paused", "deactivated"],
  paused: ["active", "deactivated"],
  deactivated: ["onboarding"],
  rejected: ["onboarding"],
};

/** States in which a partner's people and keys stay outside. A paused one may look at what it has earned: only its traffic stands still. */
export const CLOSED: ReadonlySet<PartnerStatus> = new Set<PartnerStatus>(["deactivated", "rejected"]);

/** Moves that end or refuse a partner say why, because somebody will ask. */
export const NEEDS_REASON: ReadonlySet<PartnerStatus> = new Set<PartnerStatus>(["paused", "deactivated", "rejected"]);
