import { ComparisonClass } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const ENTRY_TONES: Readonly<Record<string, Tone>> = {
  held: "bad",
  open: "warn",
  suggested: "info",
  matched: "good",
  booked: "good",
  ignored: "quiet",
  dropped: "quiet",
};

export const STATEMENT_TONES: Readonly<Record<string, Tone>> = {
  taken: "good",
  held: "bad",
  accepted: "good",
  rejected: "quiet",
  duplicate: "quiet",
};

export const FILE_TONES: Readonly<Record<string, Tone>> = {
  mapping: "warn",
  uploaded: "warn",
  waiting: "info",
  read: "good",
  refused: "bad",
  failed: "bad",
};

export const CLASSES = ComparisonClass.options;

export const CLASS_TONES: Readonly<Record<ComparisonClass, Tone>> = {
  missing_tracked: "bad",
  missing_office: "bad",
  missing_claim: "quiet",
  duplicate: "warn",
  attribution: "bad",
  currency: "warn",
  amount: "warn",
  status: "warn",
  time_zone: "info",
  late: "info",
  agrees: "good",
};

export const COMPARISON_TONES: Readonly<Record<string, Tone>> = {
  idle: "good",
  waiting: "info",
  running: "info",
  failed: "bad",
};

/** What is worked on in the background and should be asked for again. */
export const BUSY: ReadonlySet<string> = new Set(["waiting", "running"]);
