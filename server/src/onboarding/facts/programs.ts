import type { Context } from "../../database/index.ts";
import type { FactDefinition, Subject } from "../../procedures/index.ts";
import { creativeStandings, offersByIds } from "../../programs/index.ts";
import { openLinksOf } from "../../tracking/index.ts";
import { fails, holds, partnerOf, seen, todayOf } from "./answer.ts";

/** Every offer that the partner has links to has material that a second person approved and that has not ended. */
async function approved(ctx: Context, subject: Subject) {
  const links = await openLinksOf(ctx.db, partnerOf(subject), subject.programId, ctx.clock.now());
  const offers = await offersByIds(ctx.db, [...new Set(links.map((one) => one.offerId))]);
  if (offers.length === 0) return fails("creatives.no_offer", "The partner has no link to an offer yet.");
  const day = await todayOf(ctx, subject.programId);
  const standings = await creativeStandings(
    ctx.db,
    offers.map((one) => one.offerId),
    day,
  );
  const evidence = [];
  for (const offer of offers) {
    const { approved: usable = [], waiting = 0, expired = 0 } = standings.get(offer.offerId) ?? {};
    const [first] = usable;
    const screen = `/offers/${offer.offerId}?tab=creatives`;
    const values = { offer: offer.name };
    if (first === undefined && waiting > 0)
      return fails("creatives.waiting", `The material of ${offer.name} waits for compliance.`, { values });
    if (first === undefined && expired > 0)
      return fails("creatives.expired", `The approved material of ${offer.name} has ended.`, { values });
    if (first === undefined) return fails("creatives.none", `${offer.name} has no approved material.`, { values });
    evidence.push(seen("creative", first.creativeId, first.name, screen));
  }
  return holds("creatives.approved", "Every offer that it promotes has approved material.", { evidence });
}

export const programFacts: readonly FactDefinition[] = [
  {
    fact: "creatives.approved",
    title: "Creatives are approved for its offers",
    parameters: [],
    answer: approved,
  },
];
