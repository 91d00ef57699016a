import type { LaunchGate } from "@tributary/contract";
import type { AskedAgain } from "../procedures/index.ts";

/** The fact that only a launch makes true: the conditions before it are those of the launch. */
export const LAUNCHED = "onboarding.launched";

/** What was asked again, as screens and launches read it; the fact that the launch itself makes true is left out. */
export function launchGates(asked: AskedAgain): LaunchGate[] {
  return asked.conditions
    .filter((one) => one.fact !== LAUNCHED)
    .map((one) => ({
      stage: one.stage,
      stageTitle: one.stageTitle,
      key: one.key,
      title: one.title,
      kind: one.kind,
      holds: one.holds,
      how: one.how,
      ...{ sentence: one.sentence, code: one.code, values: { ...one.values }, role: one.role },
      until: one.until,
      evidence: one.evidence.map((seen) => ({ ...seen })),
      waiver:
        one.waiver === null
          ? null
          : {
              id: one.waiver.waiver,
              until: one.waiver.until,
              proposedBy: one.waiver.proposedName,
              signedBy: one.waiver.signedName ?? "",
            },
    }));
}
