export type { Amount, OnboardingNeeds, PartnerMatters } from "./contracts.ts";
export { onboardingFacts } from "./facts/index.ts";
export type { TrackingFactNeeds } from "./facts/tracking.ts";
export { acknowledgeHandover, freezeHandover } from "./handover/handover.ts";
export { launch, raise } from "./launch.ts";
export { startMissing } from "./starts.ts";
export { type InstalledTemplate, installTemplates } from "./templates.ts";
