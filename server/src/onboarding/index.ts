export type { Amount, OnboardingNeeds, PartnerMatters } from "./contracts.ts";
export { onboardingFacts } from "./facts/index.ts";
export { startMissing } from "./starts.ts";
export { type InstalledTemplate, installTemplates } from "./templates.ts";
