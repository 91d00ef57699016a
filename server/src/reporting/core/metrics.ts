import type { FunnelFigures, FunnelMetric } from "@tributary/contract";

/** A metric is defined here, once: its words, how it is summed up or divided, and how ClickHouse sorts by it. */
export interface Metric {
  readonly name: FunnelMetric | "ftdAmounts";
  readonly unit: "count" | "ratio" | "money";
  readonly title: string;
  readonly formula: string;
  readonly description: string;
}

export const COUNTS = ["impressions", "clicks", "uncounted", "registrations", "kyc", "ftds", "secondDeposits"] as const;
export type Count = (typeof COUNTS)[number];
/** What rows, rest and totals are made of: sums. */
export type Sums = Readonly<Record<Count, number>> & { readonly ftdMinor: ReadonlyMap<string, bigint> };

const RATIOS = {
  clickToRegistration: ["registrations", "clicks"],
  registrationToKyc: ["kyc", "registrations"],
  registrationToFtd: ["ftds", "registrations"],
  clickToFtd: ["ftds", "clicks"],
  ftdToSecondDeposit: ["secondDeposits", "ftds"],
} as const satisfies Record<string, readonly [Count, Count]>;
type Ratio = keyof typeof RATIOS;

export const METRICS: readonly Metric[] = [
  {
    name: "impressions",
    unit: "count",
    title: "Impressions",
    formula: "requests to the pictures of tracking links with verdict impression",
    description:
      "Ads that were shown to visitors. Known bots, prefetches, HEAD requests and closed links do not count.",
  },
  {
    name: "clicks",
    unit: "count",
    title: "Clicks",
    formula: "requests to tracking links with verdict click",
    description:
      "Visitors sent on to a landing page. Known bots, prefetches, HEAD requests and clicks that reached a fallback do not count.",
  },
  {
    name: "uncounted",
    unit: "count",
    title: "Not counted",
    formula: "requests to tracking links with any other verdict",
    description:
      "Answered and recorded, but not clicks: bots, prefetches, HEAD requests, paused or unknown links, blocked countries.",
  },
  {
    name: "registrations",
    unit: "count",
    title: "Registrations",
    formula: "customers by the day of their first effective registration event",
    description: "A customer registers once, however often the event is sent.",
  },
  {
    name: "kyc",
    unit: "count",
    title: "KYC passed",
    formula: "customers by the day of their first effective kyc_passed event",
    description: "Customers whose identity the operator has checked.",
  },
  {
    name: "ftds",
    unit: "count",
    title: "FTDs",
    formula: "customers by the day of their first effective deposit",
    description: "First-time depositors. When the first deposit is reversed, the next one takes its place, or none.",
  },
  {
    name: "ftdAmounts",
    unit: "money",
    title: "First deposits",
    formula: "sum of the first deposits of the FTDs, per currency",
    description: "In the currency of the deposit; amounts of different currencies are never added up.",
  },
  {
    name: "secondDeposits",
    unit: "count",
    title: "Second deposits",
    formula: "customers by the day of their second effective deposit",
    description: "The first sign that a customer stays.",
  },
  {
    name: "clickToRegistration",
    unit: "ratio",
    title: "Click to registration",
    formula: "registrations / clicks",
    description:
      "By basis happened the two are counted on their own days, so a day's ratio can exceed 1; by cohort it cannot be more than customers per click.",
  },
  {
    name: "registrationToKyc",
    unit: "ratio",
    title: "Registration to KYC",
    formula: "kyc / registrations",
    description: "How many of the registered customers pass the check.",
  },
  {
    name: "registrationToFtd",
    unit: "ratio",
    title: "Registration to FTD",
    formula: "ftds / registrations",
    description: "How many of the registered customers deposit.",
  },
  {
    name: "clickToFtd",
    unit: "ratio",
    title: "Click to FTD",
    formula: "ftds / clicks",
    description: "What a click is worth in first-time depositors.",
  },
  {
    name: "ftdToSecondDeposit",
    unit: "ratio",
    title: "FTD to second deposit",
    formula: "second deposits / ftds",
    description: "How many depositors come back.",
  },
];

/** SQL that sorts groups by a metric; groups where there is nothing to divide by come last. */
export function sortExpression(metric: FunnelMetric): string {
  const ratio = RATIOS[metric as Ratio] as readonly [Count, Count] | undefined;
  return ratio ? `${ratio[0]} / nullIf(${ratio[1]}, 0)` : metric;
}

export function figuresOf(sums: Sums): FunnelFigures {
  const ratios = {} as Record<Ratio, number | null>;
  for (const [name, [above, below]] of Object.entries(RATIOS) as [Ratio, readonly [Count, Count]][]) {
    ratios[name] = sums[below] === 0 ? null : sums[above] / sums[below];
  }
  return {
    impressions: sums.impressions,
    clicks: sums.clicks,
    uncounted: sums.uncounted,
    registrations: sums.registrations,
    kyc: sums.kyc,
    ftds: sums.ftds,
    secondDeposits: sums.secondDeposits,
    ftdAmounts: [...sums.ftdMinor]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, minor]) => ({ minor: String(minor), currency })),
    ...ratios,
  };
}

export function addSums(all: readonly Sums[]): Sums {
  const total = { impressions: 0, clicks: 0, uncounted: 0, registrations: 0, kyc: 0, ftds: 0, secondDeposits: 0 };
  const ftdMinor = new Map<string, bigint>();
  for (const sums of all) {
    for (const count of COUNTS) total[count] += sums[count];
    for (const [currency, minor] of sums.ftdMinor) ftdMinor.set(currency, (ftdMinor.get(currency) ?? 0n) + minor);
  }
  return { ...total, ftdMinor };
}
