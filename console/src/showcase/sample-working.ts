import type { Working } from "../kit/why/working.ts";

const eur = (minor: string) => ({ kind: "money", money: { minor, currency: "EUR" } }) as const;

export const sampleWorking: Working = {
  title: "CPA, tier 2",
  result: eur("30000"),
  rule: {
    name: "cpa",
    text: "250.00 EUR for each qualified first-time depositor; 300.00 EUR from the 11th on.",
    source: { kind: "agreement", id: "agr_7" },
  },
  rate: { name: "amount", value: eur("30000"), tier: "2" },
  inputs: [
    { name: "first_deposit", value: eur("25000"), source: { kind: "event", id: "evt_1" } },
    { name: "customer_number_in_month", value: { kind: "count", value: 14 } },
  ],
  steps: [
    { name: "minimum_deposit", arithmetic: "250.00 ≥ 200.00", result: { kind: "flag", value: true }, held: true },
    { name: "kyc", result: { kind: "flag", value: true }, held: true },
    { name: "amount", arithmetic: "1 × 300.00", result: eur("30000") },
  ],
  rounding: { rule: "half_up", before: "300.00000000", after: eur("30000") },
  alternatives: [{ name: "tier_1", reason: "more_than_10_customers" }],
  parts: [
    {
      title: "Override",
      result: eur("1500"),
      steps: [{ name: "share", arithmetic: "5% × 300.00", result: eur("1500") }],
    },
  ],
};
