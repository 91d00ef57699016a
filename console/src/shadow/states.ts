import { ShadowClass } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

/** The gravest first, what agrees last. */
export const CLASSES = [...ShadowClass.exclude(["agrees"]).options, "agrees"] as const satisfies readonly ShadowClass[];

export const CLASS_TONES: Readonly<Record<ShadowClass, Tone>> = {
  agrees: "good",
  missing_here: "bad",
  missing_there: "bad",
  other_partner: "bad",
  outside_window: "warn",
  other_currency: "warn",
  other_amount: "warn",
  other_status: "warn",
  day_shift: "warn",
  duplicate_here: "quiet",
  duplicate_there: "quiet",
  late: "info",
};

export const STATE_TONES: Readonly<Record<string, Tone>> = {
  idle: "good",
  waiting: "info",
  running: "info",
  uploaded: "warn",
  reading: "info",
  read: "good",
};

/** What is worked on in the background and should be asked for again. */
export const BUSY: ReadonlySet<string> = new Set(["waiting", "running", "reading"]);
