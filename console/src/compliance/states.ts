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
