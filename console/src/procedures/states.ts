import type { CaseListed } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const CASE_TONES: Readonly<Record<CaseListed["status"], Tone>> = {
  running: "info",
  finished: "good",
  dropped: "quiet",
};

export const ROLES = [
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "administrator",
  "owner",
  "partner",
] as const;

/** What the screens of this area ask again after a change. */
export const TOUCHED = ["procedures", "procedure-cases", "procedure-waits", "procedure-bottlenecks", "audit"] as const;
