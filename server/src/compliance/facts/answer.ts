/** An answer about a partner, in the shape that procedures ask for (procedures/contracts.ts, which this room may not know). */
export interface DiligenceAnswer {
  readonly holds: boolean;
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** in English */
  readonly sentence: string;
  readonly evidence: readonly {
    readonly what: string;
    readonly id: string | null;
    readonly text: string;
    readonly screen: string | null;
  }[];
  /** the last day on which it holds if nothing is done */
  readonly until: string | null;
}

type Evidence = DiligenceAnswer["evidence"][number];
type Values = DiligenceAnswer["values"];

export const yes = (
  code: string,
  sentence: string,
  evidence: readonly Evidence[],
  until: string | null = null,
  values: Values = {},
): DiligenceAnswer => ({
  holds: true,
  code,
  values,
  sentence,
  evidence,
  until,
});

export const no = (
  code: string,
  sentence: string,
  values: Values = {},
  evidence: readonly Evidence[] = [],
): DiligenceAnswer => ({
  holds: false,
  code,
  values,
  sentence,
  evidence,
  until: null,
});

export const tabOf = (partnerId: string): string => `/partners/${partnerId}?tab=due-diligence`;

/** The first day of several; null are those without one. */
export function earliest(days: readonly (string | null)[]): string | null {
  return days.reduce((first, day) => (day !== null && (first === null || day < first) ? day : first), null);
}

/** `a, b and c` */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
