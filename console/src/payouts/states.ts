import type { Tone } from "../kit/tone.ts";

/** Money on its way is neither good nor bad; only what ended is. */
export const PAYOUT_TONES: Readonly<Record<string, Tone>> = {
  prepared: "info",
  held: "warn",
  excluded: "quiet",
  cancelled: "quiet",
  released: "info",
  sent: "info",
  accepted: "info",
  settled: "good",
  rejected: "bad",
  returned: "bad",
};

export const BATCH_TONES: Readonly<Record<string, Tone>> = {
  prepared: "warn",
  released: "info",
  finished: "good",
  cancelled: "quiet",
};

export const DISPATCH_TONES: Readonly<Record<string, Tone>> = {
  pending: "info",
  sending: "info",
  written: "warn",
  sent: "good",
  failed: "bad",
};

/** What a change of a payout or a batch makes old. */
export const TOUCHED = ["payouts", "payout-batches", "statements", "audit"] as const;
