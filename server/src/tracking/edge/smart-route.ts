import { earningsPerClick } from "../core/choose-offer.ts";
import { prepareTargeting } from "../core/targeting.ts";
import type { EdgeEarnings, EdgeSmart } from "../smart-links/edge-smart.ts";
import { closedLink } from "./closed.ts";
import type { RoutedLink } from "./routed-link.ts";
import { prepareTerms } from "./terms.ts";

/**
 * A link that stands for a choice between offers: every option is the same link leading to another offer, with that offer's own terms.
 * @param otherwise where clicks go when no option fits
 */
export function smartRoute(
  smart: EdgeSmart,
  otherwise: RoutedLink,
  earnings: ReadonlyMap<string, EdgeEarnings>,
  routeTo: (offerId: string) => RoutedLink | undefined,
): RoutedLink {
  const { row, offer, partner, program } = otherwise;
  const options = smart.options.flatMap((option) => {
    const link = routeTo(option.offerId);
    if (link === undefined) return [];
    const measured = earnings.get(option.offerId);
    const perClick = measured && earningsPerClick(measured, smart.leastClicks);
    return [
      {
        link,
        when: prepareTargeting(option.when),
        weight: option.weight,
        rank: option.rank,
        perClick: perClick === undefined ? undefined : Number(perClick),
      },
    ];
  });
  const { smartId, mode, explore } = smart;
  const choice = { smartId, rules: { mode, explore }, options, otherwise };
  // Dates and targets of the link itself come first; those of the offers are asked when one was chosen.
  const terms = prepareTerms({ row, offer, landings: [], parameters: [], caps: [], smart: choice });
  const closed = closedLink(row, partner, program.program) ?? (smart.active ? undefined : "link_paused");
  return { ...otherwise, closed, terms };
}
