import type { Tone } from "../kit/tone.ts";

/** What the states of tests and evidence mean to who looks. */
export const TONES: Readonly<Record<string, Tone>> = {
  passed: "good",
  failed: "bad",
  running: "info",
  ended: "quiet",
  stale: "warn",
  missing: "warn",
  not_needed: "quiet",
  done: "good",
  waiting: "info",
  not_asked: "warn",
  error: "bad",
  warning: "warn",
  hint: "info",
  understood: "good",
  refused: "bad",
};
