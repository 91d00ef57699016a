import type { DataFinding } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const SEVERITY_TONES: Readonly<Record<DataFinding["severity"], Tone>> = {
  critical: "bad",
  high: "warn",
  medium: "info",
  low: "quiet",
};

export function toneOfScore(score: number): Tone {
  if (score >= 95) return "good";
  if (score >= 85) return "info";
  return score >= 70 ? "warn" : "bad";
}
