import type { MorningKind } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

/** Losses are bad, what runs out needs a look, chances are good. */
export const KIND_TONES: Readonly<Record<MorningKind, Tone>> = {
  traffic_drop: "bad",
  tracking_broken: "bad",
  payee_missing: "bad",
  document_expiring: "warn",
  agreement_ending: "warn",
  cap_near: "warn",
  onboarding_stalled: "warn",
  case_due: "warn",
  plan_behind: "warn",
  traffic_surge: "info",
  approval_waiting: "info",
  message_unanswered: "info",
  task_due: "info",
  tier_near: "good",
  better_deal: "good",
  data_faults: "quiet",
};
