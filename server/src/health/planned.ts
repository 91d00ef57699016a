import { acceptedTerms } from "../agreements/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { allPartners } from "../partners/index.ts";
import { allOffers, type ProgramFacts } from "../programs/index.ts";
import { openPairs } from "../tracking/index.ts";

/** Whether somebody has decided that nothing is to come of a partner for an offer (null: for any): what follows from a decision is no alarm. */
export type Planned = (partnerId: string, offerId: string | null) => boolean;

/**
 * The program or the offer is not active (or not yet, or not any more), the partner is paused or restricted, none of its links to the offer is open, or its agreement has
 * ended. Partners who never had an agreement here are judged by the rest.
 */
export async function plannedOf(ctx: Context, program: ProgramFacts, partnerIds: readonly string[]): Promise<Planned> {
  const now = ctx.clock.now();
  const today = dayOf(now, program.timeZone);
  const pairs = partnerIds.map((partnerId) => ({ partnerId, programId: program.programId }));
  const [partners, offers, open, terms] = await Promise.all([
    allPartners(ctx.db),
    allOffers(ctx.db),
    openPairs(ctx.db, now),
    acceptedTerms(ctx.db, pairs),
  ]);
  const active = new Set(partners.filter(({ status }) => status === "active").map(({ partnerId }) => partnerId));
  const own = offers.filter(({ programId }) => programId === program.programId);
  const running = new Set(
    own
      .filter((one) => one.status === "active" && (one.startsAt ?? now) <= now && (one.endsAt ?? now) >= now)
      .map(({ offerId }) => offerId),
  );
  const agreed = Map.groupBy(terms, ({ partnerId }) => partnerId);
  const isOver = (partnerId: string) => {
    const all = agreed.get(partnerId);
    return all !== undefined && !all.some((one) => one.validTo === null || one.validTo > today);
  };
  return (partnerId, offerId) => {
    if (program.status !== "active" || !active.has(partnerId) || isOver(partnerId)) return true;
    const offerIds = offerId === null ? [...running] : [offerId];
    return !offerIds.some((one) => running.has(one) && open.has(`${partnerId} ${one}`));
  };
}
