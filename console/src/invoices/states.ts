import type { Tone } from "../kit/tone.ts";

export const INVOICE_TONES: Readonly<Record<string, Tone>> = {
  issued: "good",
  matched: "good",
  received: "warn",
  credited: "quiet",
  rejected: "bad",
  waiting: "warn",
  sent: "good",
  kept: "info",
  ready: "good",
  nothing_to_invoice: "quiet",
  below_threshold: "quiet",
  own_invoice: "info",
  no_payee: "bad",
  unverified: "warn",
  tax_undecided: "warn",
  self_billing_missing: "warn",
  customer_incomplete: "bad",
};
