import type { Tone } from "../kit/tone.ts";

export const TONES: Readonly<Record<string, Tone>> = {
  queued: "quiet",
  running: "info",
  done: "good",
  cancelled: "quiet",
};
export const RUNNING: ReadonlySet<string> = new Set(["queued", "running"]);
