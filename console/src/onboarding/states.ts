import type { Tone } from "../kit/tone.ts";

export const GATE_TONES: Readonly<Record<string, Tone>> = { open: "good", waived: "warn", shut: "bad" };
export const CLOSING_TONES: Readonly<Record<string, Tone>> = {
  proposed: "warn",
  done: "bad",
  reversed: "good",
  final: "quiet",
  withdrawn: "quiet",
};
/** Whatever a launch, a handover or a closing changes. */
export const TOUCHED = ["partners", "onboarding", "launches", "handovers", "procedure-cases", "audit"] as const;
