import type { PlanInput } from "@tributary/contract";

type Component = PlanInput["components"][number];

const SHARE = {
  code: "share",
  model: "revenue_share",
  rate: "0.30",
  carryover: { mode: "full" },
  base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] },
} satisfies Component;

const CPA = {
  code: "cpa",
  model: "cpa",
  amount: "80.00",
  window: { from: "registration", days: 30 },
  qualification: { all: [{ metric: "first_deposit", atLeast: "20.00" }, { milestone: "kyc_passed" }] },
  hold: { days: 30 },
} satisfies Component;

const LOTS = {
  code: "lots",
  model: "lot_rebate",
  amount: {
    rows: [
      { when: { group: ["metals"] }, value: "6.00" },
      { when: { group: ["majors"] }, value: "4.00" },
    ],
    otherwise: "2.50",
  },
  trades: { minSeconds: 60 },
} satisfies Component;

const TIERS = {
  ...SHARE,
  rate: {
    metric: { count: "first_deposits" },
    mode: "whole",
    bounds: "at_least",
    bands: [
      { from: "0", value: "0.25" },
      { from: "50", value: "0.30" },
      { from: "150", value: "0.35" },
    ],
  },
} satisfies Component;

const HIGH_ROLLER = {
  ...SHARE,
  highRoller: { threshold: "250.00", when: "always", month: "excluded", carry: "whole" },
} satisfies Component;

const OVERRIDE = {
  code: "subs",
  model: "sub_partner",
  pays: { mode: "percent_of_commission", rates: ["0.10"] },
} satisfies Component;

/** Kinds of deals, and on how many partners of twenty each is. */
export const KINDS = [
  { kind: "share", of20: 7, components: [SHARE] },
  { kind: "cpa", of20: 5, components: [CPA] },
  {
    kind: "hybrid",
    of20: 3,
    components: [
      { ...CPA, amount: "40.00" },
      { ...SHARE, rate: "0.20" },
    ],
  },
  { kind: "lots", of20: 2, components: [LOTS] },
  { kind: "tiers", of20: 1, components: [TIERS] },
  { kind: "rollers", of20: 1, components: [HIGH_ROLLER] },
  { kind: "master", of20: 1, components: [SHARE, OVERRIDE] },
] as const satisfies readonly { kind: string; of20: number; components: readonly Component[] }[];

export type Kind = (typeof KINDS)[number]["kind"];

/** The kind of the partner with a number; every twenty in a row hold the whole mix. */
export function kindOf(partner: number): Kind {
  let place = partner % 20;
  for (const { kind, of20 } of KINDS) {
    if (place < of20) return kind;
    place -= of20;
  }
  return "share";
}

export function documentOf(kind: Kind): PlanInput {
  const found = KINDS.find((one) => one.kind === kind);
  return { language: 1, currency: "EUR", components: [...(found?.components ?? [])] };
}
