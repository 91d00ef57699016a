import type { PayeeSummary } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const PAYEE_TONES: Readonly<Record<string, Tone>> = {
  verified: "good",
  proposed: "info",
  closed: "quiet",
  match: "good",
  close: "warn",
  different: "bad",
};

/** Payable, waiting for time or a person, or stopped. */
export function payability(payee: Pick<PayeeSummary, "blocks">): "payable" | "soon" | "blocked" {
  if (payee.blocks.length === 0) return "payable";
  return payee.blocks.every((one) => one.until !== null) ? "soon" : "blocked";
}

export const PAYABILITY_TONES: Readonly<Record<string, Tone>> = { payable: "good", soon: "warn", blocked: "bad" };
