/** What may still be written down in the present window, and how much was left out since the last time. */
export interface Budget {
  /** @returns how many of the same key were left out before this one, or undefined when this one is left out too */
  take(key: string, at: Date): number | undefined;
}

export interface BudgetLimits {
  readonly windowMs: number;
  /** At most so many of one key in a window. */
  readonly perKey: number;
  /** At most so many of all keys together: whoever invents keys gets no further. */
  readonly total: number;
}

/** Bounds what strangers can make the program write down. Its memory is bounded by `total` keys. */
export function openBudget(limits: BudgetLimits): Budget {
  let began = Number.NEGATIVE_INFINITY;
  let taken = 0;
  let leftOutOfOthers = 0;
  let keys = new Map<string, { taken: number; leftOut: number }>();
  return {
    take: (key, at) => {
      if (at.getTime() - began >= limits.windowMs) {
        const carried = [...keys].filter(([, one]) => one.leftOut > 0);
        keys = new Map(carried.slice(0, limits.total).map(([name, one]) => [name, { ...one, taken: 0 }]));
        began = at.getTime();
        taken = 0;
      }
      const one = keys.get(key) ?? { taken: 0, leftOut: 0 };
      if (taken >= limits.total || one.taken >= limits.perKey) {
        if (keys.has(key)) one.leftOut += 1;
        else leftOutOfOthers += 1;
        return undefined;
      }
      keys.set(key, one);
      taken += 1;
      one.taken += 1;
      const leftOut = one.leftOut + leftOutOfOthers;
      one.leftOut = 0;
      leftOutOfOthers = 0;
      return leftOut;
    },
  };
}
