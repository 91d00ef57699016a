import type { FactDefinition, Facts } from "../../procedures/index.ts";
import { accessFacts } from "./access.ts";
import { agreementFacts } from "./agreements.ts";
import { complianceFacts } from "./compliance.ts";
import { ownFacts } from "./own.ts";
import { partnerFacts } from "./partners.ts";
import { payeeFacts } from "./payees.ts";
import { programFacts } from "./programs.ts";
import { screeningFacts } from "./screening.ts";
import { type TrackingFactNeeds, trackingFacts } from "./tracking.ts";

/** Every fact that a procedure about partners may name, each answered by the room that knows. */
export function onboardingFacts(needs: TrackingFactNeeds): Facts {
  const all: readonly FactDefinition[] = [
    ...partnerFacts,
    ...complianceFacts,
    ...screeningFacts,
    ...agreementFacts,
    ...trackingFacts(needs),
    ...payeeFacts,
    ...accessFacts,
    ...programFacts,
    ...ownFacts,
  ];
  return new Map(all.map((one) => [one.fact, one]));
}
