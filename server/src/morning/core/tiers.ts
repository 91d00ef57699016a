/** A step of a scale that a plan pays by. */
interface Band {
  readonly from: string;
  readonly name?: string;
  readonly value?: unknown;
}
export interface Scale {
  readonly metric: unknown;
  readonly bands: readonly Band[];
}

export interface NextTier {
  /** what is missing */
  readonly missing: number;
  readonly reached: number;
  readonly from: number;
  readonly next: string;
  /** the plain value of the next band (a rate or an amount), when it is one */
  readonly value: string;
}

/** Every scale in a component of a plan. */
export function scalesOf(value: unknown): readonly Scale[] {
  if (Array.isArray(value)) return value.flatMap(scalesOf);
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(scalesOf);
  const { bands } = value as { bands?: unknown };
  const isScale =
    Array.isArray(bands) && bands.length > 1 && bands.every((one) => typeof (one as Band)?.from === "string");
  return isScale ? [{ metric: (value as { metric?: unknown }).metric, bands: bands as Band[] }, ...inside] : inside;
}

/**
 * How far it is to the next band of a scale. Near: at most a fifth of the way from nothing to it is missing, and no more than 25 of a thing that is
 * counted one by one.
 */
export function nextTier(scale: Scale, reached: number): NextTier | undefined {
  const bands = scale.bands.toSorted((a, b) => Number(a.from) - Number(b.from));
  const next = bands.find((band) => Number(band.from) > reached);
  if (next === undefined) return undefined;
  const from = Number(next.from);
  const missing = from - reached;
  if (reached <= 0 || missing > from * 0.2) return undefined;
  return {
    missing,
    reached,
    from,
    next: next.name ?? `${next.from} +`,
    value: typeof next.value === "string" ? next.value : "",
  };
}
