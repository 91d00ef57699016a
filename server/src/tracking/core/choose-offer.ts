/**
 * The choice of a smart link: which of several offers a visitor is shown, and why. Pure: chance comes in as two numbers that are worked out
 * from the visitor, so that the same visitor is shown the same offer as long as nothing else changes.
 */

/** An offer that is open to this visitor and this partner now. */
export interface Choice {
  readonly weight: number;
  readonly rank: number;
  /** what a click on it earned, in minor units; undefined: not measured yet */
  readonly perClick: number | undefined;
}

export type ChosenBecause = "only" | "weight" | "best" | "explore";

export interface ChoiceRules {
  readonly mode: "weights" | "best";
  /** percent of visitors who are shown an offer by weight although another one is the best */
  readonly explore: number;
}

/**
 * Chooses among the options of the lowest rank that is there. With `best`, the share that explores is dealt by weight among all of them, and so
 * is everybody while no offer is measured. Where all weights are 0 they count as equal.
 * @param explores in [0, 1): below the stated share the visitor explores
 * @param roll in [0, 1): where the weights fall
 */
export function chooseOffer<C extends Choice>(
  fitting: readonly C[],
  rules: ChoiceRules,
  explores: number,
  roll: number,
): { readonly choice: C; readonly because: ChosenBecause } | undefined {
  let lowest = Number.POSITIVE_INFINITY;
  for (const { rank } of fitting) if (rank < lowest) lowest = rank;
  const among = fitting.filter((option) => option.rank === lowest);
  const [first] = among;
  if (first === undefined) return undefined;
  if (among.length === 1) return { choice: first, because: "only" };
  if (rules.mode === "best") {
    const best = bestOf(among);
    if (best !== undefined && explores * 100 >= rules.explore) return { choice: best, because: "best" };
    if (best !== undefined) return { choice: byWeight(among, roll), because: "explore" };
  }
  return { choice: byWeight(among, roll), because: "weight" };
}

function bestOf<C extends Choice>(among: readonly C[]): C | undefined {
  let best: C | undefined;
  for (const option of among) {
    if (option.perClick === undefined) continue;
    if (best?.perClick === undefined || option.perClick > best.perClick) best = option;
  }
  return best;
}

/** @param among one at least @param roll in [0, 1) */
export function byWeight<W extends { readonly weight: number }>(among: readonly W[], roll: number): W {
  let total = 0;
  for (const { weight } of among) total += weight;
  let left = roll * (total === 0 ? among.length : total);
  for (const one of among) {
    left -= total === 0 ? 1 : one.weight;
    if (left < 0) return one;
  }
  const last = among.findLast((one) => total === 0 || one.weight > 0);
  if (last === undefined) throw new Error("there is nothing to choose from");
  return last;
}

/** Earnings for a click in minor units with four decimals, rounded down; undefined below the clicks that are needed. */
export function earningsPerClick(
  measured: { readonly clicks: bigint; readonly earnedMinor: bigint },
  leastClicks: number,
): string | undefined {
  const { clicks, earnedMinor } = measured;
  if (clicks === 0n || clicks < BigInt(leastClicks)) return undefined;
  const scaled = (earnedMinor * 10_000n) / clicks;
  const [sign, digits] = [scaled < 0n ? "-" : "", (scaled < 0n ? -scaled : scaled).toString().padStart(5, "0")];
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
