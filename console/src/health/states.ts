import type { HealthAlert } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const STATE_TONES: Readonly<Record<HealthAlert["state"], Tone>> = {
  open: "bad",
  acknowledged: "warn",
  closed: "quiet",
};

/** What is gravest: nothing comes in any more. */
export function toneOf(alert: Pick<HealthAlert, "direction" | "state">): Tone {
  if (alert.state === "closed") return "quiet";
  return alert.direction === "drop" || alert.direction === "errors" ? "bad" : "warn";
}
