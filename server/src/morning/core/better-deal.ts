export interface DealFigures {
  readonly partnerId: string;
  /** the plan it is paid by: peers are those who are paid by the same */
  readonly plan: string;
  /** first deposits of the last 28 days and of the 28 before */
  readonly ftds: number;
  readonly ftdsBefore: number;
  readonly registrations: number;
  readonly seconds: number;
  /** alerts that are open: quality or tracking in doubt */
  readonly doubts: number;
}
export interface ReadyForMore extends DealFigures {
  readonly peers: number;
  readonly median: number;
  readonly growth: number;
  readonly returning: number;
}

const LEAST_FTDS = 10;
const LEAST_PEERS = 3;
const GROWTH = 1.2;
const ABOVE_MEDIAN = 1.5;
const RETURNING = 0.2;

/**
 * Partners whose figures speak for better terms. All must hold: at least 10 first deposits in 28 days; a fifth more than in the 28 days before; half
 * as much again as the median of at least 3 peers on the same plan; a fifth of the depositors came back; nothing about them is in doubt.
 */
export function readyForMore(partners: readonly DealFigures[]): readonly ReadyForMore[] {
  const byPlan = Map.groupBy(partners, ({ plan }) => plan);
  return partners.flatMap((one) => {
    const peers = (byPlan.get(one.plan) ?? []).filter(({ partnerId, ftds }) => partnerId !== one.partnerId && ftds > 0);
    if (peers.length < LEAST_PEERS) return [];
    const middle = median(peers.map(({ ftds }) => ftds));
    const growth = one.ftdsBefore === 0 ? 0 : one.ftds / one.ftdsBefore;
    const returning = one.ftds === 0 ? 0 : one.seconds / one.ftds;
    const ready =
      one.ftds >= LEAST_FTDS &&
      growth >= GROWTH &&
      one.ftds >= ABOVE_MEDIAN * middle &&
      returning >= RETURNING &&
      one.doubts === 0;
    return ready ? [{ ...one, peers: peers.length, median: middle, growth, returning }] : [];
  });
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
