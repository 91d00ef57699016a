import { counterOf } from "../caps/core/counter.ts";
import type { EdgeLanding, EdgeOffer } from "../contracts.ts";
import { field } from "../core/click-record.ts";
import { prepareDestination } from "../core/destination.ts";
import type { Parameters } from "../core/parameters.ts";
import { prepareTargeting } from "../core/targeting.ts";
import type { EdgeLinkRow } from "../store/edge-rows.ts";
import type { LinkTerms, RoutedCap, RoutedLanding, RoutedLink, RoutedSmart } from "./routed-link.ts";

const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

export interface TermsInput {
  readonly row: EdgeLinkRow;
  readonly offer: EdgeOffer;
  readonly landings: readonly EdgeLanding[];
  readonly parameters: Parameters;
  readonly caps: readonly RoutedCap[];
  readonly smart: RoutedSmart | undefined;
}

/** @returns undefined when every click may pass, so that it pays for nothing */
export function prepareTerms(input: TermsInput): LinkTerms | undefined {
  const { row, offer, caps, smart } = input;
  const pages = input.landings.flatMap((page) => routedLanding(page, input.parameters));
  const terms: LinkTerms = {
    link: { ...span(row.valid_from, row.valid_to), target: prepareTargeting(row.targeting) },
    offer: { ...span(offer.startsAt, offer.endsAt), target: prepareTargeting(offer.targeting) },
    landings: pages.filter((page) => page.weight > 0),
    pinned: pages.find((page) => page.id === row.landing_id),
    caps,
    smart,
  };
  const asks = isBound(terms.link) || isBound(terms.offer) || caps.length > 0 || smart !== undefined;
  return asks || terms.landings.length > 0 || terms.pinned !== undefined ? terms : undefined;
}

function isBound(one: LinkTerms["link"]): boolean {
  return one.target !== undefined || one.from !== ALWAYS.from || one.to !== ALWAYS.to;
}

function span(from: Date | null | undefined, to: Date | null | undefined) {
  return { from: from?.getTime() ?? ALWAYS.from, to: to?.getTime() ?? ALWAYS.to };
}

/** Paused pages are nowhere: neither in the rotation nor behind a link that names them. */
function routedLanding(page: EdgeLanding, parameters: Parameters): RoutedLanding[] {
  const destination = prepareDestination(page.url, { handOn: true, parameters });
  if (page.status !== "active" || destination === undefined) return [];
  return [
    { id: page.landingId, weight: page.weight, name: page.name, destination, json: field("landing", page.landingId) },
  ];
}

/** The counter of a cap that a click on a link belongs to. */
export function counterOfClick(cap: RoutedCap, link: RoutedLink, fields: ReadonlyMap<string, string>) {
  return counterOf(cap.each, link.partner.partnerId, (name) =>
    name === "source" ? (fields.get("source") ?? link.row.source) : fields.get(name),
  );
}
