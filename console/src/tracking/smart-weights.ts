interface Weighed {
  readonly rank: number;
  readonly weight: number;
}

/** Each option's share of the visitors whom all options of its rank fit. */
export function weightShares<T extends Weighed>(options: readonly T[]): ReadonlyMap<T, number> {
  const wholes = new Map<number, number>();
  for (const one of options) wholes.set(one.rank, (wholes.get(one.rank) ?? 0) + one.weight);
  return new Map(
    options.map((one) => {
      const whole = wholes.get(one.rank) ?? 0;
      return [one, whole === 0 ? 0 : one.weight / whole];
    }),
  );
}
