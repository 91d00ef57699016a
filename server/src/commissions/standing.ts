import { acceptedTerms, allPairs, type Pair, pairsOfPartners } from "../agreements/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import type { Day, Month } from "../kernel/period.ts";
import { parentsAbove } from "../partners/index.ts";
import { type Needs, needsOf } from "./core/needs.ts";
import { markFrom } from "./store/due.ts";
import { replaceTraffic, type TrafficDay } from "./store/traffic.ts";

/** Models that pay without any fact of the month. */
const STANDING = new Set(["flat_fee", "minimum_guarantee", "bonus"]);

interface PairNeeds extends Pair {
  readonly needs: Needs;
  readonly stands: boolean;
}

/** What the accepted terms of some pairs look at; pairs without terms are left out. */
async function needsOfPairs(db: Db, pairs: readonly Pair[]): Promise<PairNeeds[]> {
  const terms = await acceptedTerms(db, pairs);
  return [...Map.groupBy(terms, (one) => `${one.programId} ${one.partnerId}`).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { partnerId, programId } = first;
    const stands = own.some((one) => one.plan.components.some((component) => STANDING.has(component.model)));
    return [{ partnerId, programId, stands, needs: needsOf(own.map((one) => one.plan)) }];
  });
}

/** Partners above some pairs whose plans look at sub-partners are due with them: what is below them may have changed. */
export async function parentsDue(
  tx: Context,
  pairs: readonly (Pair & { readonly month: Month })[],
): Promise<(Pair & { readonly month: Month })[]> {
  const above = await parentsAbove(tx.db, [...new Set(pairs.map((pair) => pair.partnerId))]);
  if (above.length === 0) return [];
  const programs = [...new Set(pairs.map((pair) => pair.programId))];
  const possible = programs.flatMap((programId) => above.map((partnerId) => ({ partnerId, programId })));
  const asking = (await needsOfPairs(tx.db, possible)).filter((one) => one.needs.subPartners);
  if (asking.length === 0) return [];
  const due: (Pair & { readonly month: Month })[] = [];
  for (const { partnerId, programId } of asking) {
    const months = pairs
      .filter((pair) => pair.programId === programId && pair.partnerId !== partnerId)
      .map((pair) => pair.month);
    const [month] = months.sort();
    if (month !== undefined) due.push({ partnerId, programId, month });
  }
  return due;
}

/** Pairs of the same partners in other programs whose plans look at every program are due with these. */
export async function otherProgramsDue(
  tx: Context,
  pairs: readonly (Pair & { readonly month: Month })[],
): Promise<(Pair & { readonly month: Month })[]> {
  const partners = new Set(pairs.map((pair) => pair.partnerId));
  if (partners.size === 0) return [];
  const siblings = (await pairsOfPartners(tx.db, [...partners])).filter(
    (one) => !pairs.some((pair) => pair.partnerId === one.partnerId && pair.programId === one.programId),
  );
  if (siblings.length === 0) return [];
  const asking = (await needsOfPairs(tx.db, siblings)).filter((one) => one.needs.otherPrograms);
  return asking.flatMap(({ partnerId, programId }) => {
    const months = pairs.filter((pair) => pair.partnerId === partnerId).map((pair) => pair.month);
    const [month] = months.sort();
    return month === undefined ? [] : [{ partnerId, programId, month }];
  });
}

/** Fees, guarantees and bonuses are due when a month has ended, whether anything happened in it or not. */
export async function markStanding(ctx: Context, month: Month): Promise<number> {
  const pairs = (await needsOfPairs(ctx.db, await allPairs(ctx.db))).filter((one) => one.stands);
  await markFrom(
    ctx.db,
    pairs.map(({ partnerId, programId }) => ({ partnerId, programId, month })),
    ctx.clock.now(),
  );
  return pairs.length;
}

/** Pairs that are paid for clicks or impressions, or whose tiers and gates count them. */
export async function pairsWithTraffic(db: Db): Promise<readonly Pair[]> {
  const pairs = (await needsOfPairs(db, await allPairs(db))).filter((one) => one.needs.traffic);
  return pairs.map(({ partnerId, programId }) => ({ partnerId, programId }));
}

export type { TrafficDay } from "./store/traffic.ts";

/**
 * Takes the counts of some partners' days as they are now; what changed is due for calculation.
 * @param days from the first to before the last; days without a row have no traffic
 */
export async function noteTraffic(
  ctx: Context,
  pairs: readonly Pair[],
  days: { readonly from: Day; readonly to: Day },
  rows: readonly TrafficDay[],
): Promise<void> {
  await transact(ctx, async (tx) => {
    const changed = await replaceTraffic(tx.db, pairs, days, rows);
    await markFrom(tx.db, changed, tx.clock.now());
  });
}
