import type { PartnerScreening, ScreeningHit, ScreeningTopic } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const HIT_TONES: Readonly<Record<ScreeningHit["state"], Tone>> = {
  open: "warn",
  proposed: "info",
  false_positive: "good",
  true_match: "bad",
  gone: "quiet",
};

export const VERDICT_TONES: Readonly<Record<PartnerScreening["state"], Tone>> = {
  clear: "good",
  waiting: "warn",
  match: "bad",
  unscreened: "quiet",
};

export const TOPIC_TONES: Readonly<Record<ScreeningTopic, Tone>> = { sanction: "bad", pep: "info", watch: "warn" };

export const DOCUMENT_TONES: Readonly<Record<string, Tone>> = {
  submitted: "warn",
  proposed: "info",
  accepted: "good",
  rejected: "bad",
  replaced: "quiet",
  withdrawn: "quiet",
};

export const NEED_TONES: Readonly<Record<string, Tone>> = {
  missing: "bad",
  waiting: "warn",
  rejected: "bad",
  expired: "bad",
  ending: "warn",
  held: "good",
};

export const RISK_TONES: Readonly<Record<string, Tone>> = { low: "good", medium: "warn", high: "bad" };
export const SITE_TONES: Readonly<Record<string, Tone>> = { unreviewed: "warn", passed: "good", failed: "bad" };
export const PROOF_TONES: Readonly<Record<string, Tone>> = { waiting: "warn", proved: "good", lost: "bad" };
export const ANSWER_TONES: Readonly<Record<string, Tone>> = {
  open: "bad",
  answered: "good",
  again: "warn",
  changed: "warn",
};

/** What a change in due diligence touches. */
export const DILIGENCE_REFRESH = ["partners", "documents", "sites", "domain-proofs", "audit"] as const;
