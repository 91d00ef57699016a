import type { Day } from "../../kernel/period.ts";

/** What the choice of terms needs to know of an accepted version. */
export interface TermsRange {
  readonly version: number;
  readonly validFrom: Day;
  /** Exclusive; null: open. */
  readonly validTo: Day | null;
  /** Do customers bound before move to these terms, or stay on those they entered? */
  readonly customers: "move" | "stay";
}

/** The terms in force on a day for somebody who comes on that day: of the versions covering it the one with the highest number. */
export function termsInForce<T extends TermsRange>(versions: readonly T[], day: Day): T | undefined {
  let best: T | undefined;
  for (const one of versions) {
    const covers = one.validFrom <= day && (one.validTo === null || day < one.validTo);
    if (covers && (best === undefined || one.version > best.version)) best = one;
  }
  return best;
}

/**
 * The terms that apply to a customer on a day. The order is total: (1) without terms in force on the day there is nothing; (2) the version in
 * force applies when it says that customers move, or when the customer came under it; (3) else the version the customer entered under goes on,
 * also past its own end; (4) a customer who entered when there were no terms takes the version in force.
 * @param entered the terms in force on the customer's first day, see {@link termsInForce}
 */
export function termsFor<T extends TermsRange>(
  versions: readonly T[],
  entered: T | undefined,
  day: Day,
): T | undefined {
  const current = termsInForce(versions, day);
  if (current === undefined || entered === undefined) return current;
  return current.customers === "stay" && entered.version < current.version ? entered : current;
}
