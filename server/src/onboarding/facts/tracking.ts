import type { Context } from "../../database/index.ts";
import type { FactDefinition, FactParameters, Subject } from "../../procedures/index.ts";
import { type OfferFacts, offersByIds } from "../../programs/index.ts";
import { openLinksOf, type ProofNeeds, trackingEvidence, typesTested } from "../../tracking/index.ts";
import { fails, holds, listed, partnerOf, seen, todayOf } from "./answer.ts";

/** What tells of an agreement and of rules; the shell gives it, because tracking stands below both. */
export type TrackingFactNeeds = Pick<ProofNeeds, "agreementOf" | "rulesOf">;

const screenOf = (runId: string | null) => (runId === null ? null : `/tests/${runId}`);

async function links(ctx: Context, subject: Subject) {
  const found = await openLinksOf(ctx.db, partnerOf(subject), subject.programId, ctx.clock.now());
  if (found.length === 0) return fails("tracking.no_link", "The partner has no link that takes clicks.");
  const evidence = found.slice(0, 5).map((one) => seen("link", one.linkId, one.code, `/links/${one.linkId}`));
  const sentence = found.length === 1 ? "One link takes clicks." : `${found.length} links take clicks.`;
  return holds("tracking.has_links", sentence, { values: { count: found.length }, evidence });
}

async function offersOf(ctx: Context, subject: Subject): Promise<readonly OfferFacts[]> {
  const found = await openLinksOf(ctx.db, partnerOf(subject), subject.programId, ctx.clock.now());
  return await offersByIds(ctx.db, [...new Set(found.map((one) => one.offerId))]);
}

/**
 * Every offer that the partner has links to has passed its tests, and nothing was changed since.
 * @param parameters `events`: types of which at least one test event each was understood; `conversions`: how many there were at least
 */
async function tested(needs: TrackingFactNeeds, ctx: Context, subject: Subject, parameters: FactParameters) {
  const partnerId = partnerOf(subject);
  const offers = await offersOf(ctx, subject);
  if (offers.length === 0) return fails("tracking.nothing_to_test", "There is no link that could be tested.");
  const evidence = [];
  for (const offer of offers) {
    const day = await todayOf(ctx, offer.programId);
    const found = await trackingEvidence({ ...needs, whole: ctx.db }, partnerId, offer.offerId, day);
    const values = { offer: offer.name };
    const open = found?.tests.find((test) => !test.passed && test.state !== "not_needed");
    if (found === undefined || open !== undefined) {
      const state = open?.state ?? "missing";
      return fails(`tracking.test_${state}`, SENTENCES[state](offer.name, open?.part ?? "link"), {
        values: { ...values, part: open?.part ?? "link" },
        evidence: open?.runId == null ? [] : [seen("test", open.runId, state, screenOf(open.runId))],
      });
    }
    const inbound = found.tests.find((test) => test.part === "inbound");
    const types = inbound?.runId == null ? [] : await typesTested(ctx.db, inbound.runId);
    const lacking = wanted(parameters).filter((type) => !types.includes(type));
    if (lacking.length > 0)
      return fails("tracking.test_without", `The test of ${offer.name} had no event of type ${listed(lacking)}.`, {
        values: { ...values, types: listed(lacking) },
        evidence: inbound?.runId == null ? [] : [seen("test", inbound.runId, "postback test", screenOf(inbound.runId))],
      });
    const most = Number(parameters["conversions"] ?? 0);
    if (types.length < most)
      return fails(
        "tracking.test_few",
        `The test of ${offer.name} had ${types.length} of ${most} conversions that are to be tested.`,
        { values: { ...values, count: types.length, needed: most } },
      );
    for (const test of found.tests)
      if (test.runId !== null)
        evidence.push(
          seen("test", test.runId, `${offer.name}: ${test.part}, ${test.at?.slice(0, 10)}`, screenOf(test.runId)),
        );
  }
  return holds("tracking.tested", "Links and postbacks are tested as they stand today.", { evidence });
}

const PARTS = { link: "link test", inbound: "postback test", outbound: "test of the partner's own postbacks" } as const;
const SENTENCES = {
  missing: (offer: string, part: keyof typeof PARTS) => `${offer}: the ${PARTS[part]} has not been made.`,
  failed: (offer: string, part: keyof typeof PARTS) => `${offer}: the ${PARTS[part]} failed.`,
  stale: (offer: string, part: keyof typeof PARTS) =>
    `${offer}: the ${PARTS[part]} passed, but the configuration was changed since.`,
  passed: (offer: string, part: keyof typeof PARTS) => `${offer}: the ${PARTS[part]} passed.`,
  not_needed: (offer: string, part: keyof typeof PARTS) => `${offer}: the ${PARTS[part]} is not needed.`,
} as const;

function wanted(parameters: FactParameters): readonly string[] {
  const { events } = parameters;
  if (Array.isArray(events)) return events as readonly string[];
  return typeof events === "string" ? [events] : [];
}

/** @param parameters `countries`: each must be turned away by every offer; without it an offer must say at all who may come */
async function geoBlocked(ctx: Context, subject: Subject, parameters: FactParameters) {
  const asked = parameters["countries"];
  const countries = Array.isArray(asked) ? (asked as readonly string[]) : typeof asked === "string" ? [asked] : [];
  const offers = await offersOf(ctx, subject);
  if (offers.length === 0) return fails("tracking.no_offer", "There is no link whose offer could turn anybody away.");
  for (const offer of offers) {
    const evidence = [seen("offer", offer.offerId, offer.name, `/programs/${offer.programId}/offers/${offer.offerId}`)];
    const open = countries.filter((country) => isLetIn(offer, country));
    if (open.length > 0)
      return fails("tracking.geo_open", `${offer.name} takes clicks from ${listed(open)}.`, {
        values: { offer: offer.name, countries: listed(open) },
        evidence,
      });
    if (countries.length === 0 && !limitsCountries(offer))
      return fails("tracking.geo_unlimited", `${offer.name} takes clicks from every country of the world.`, {
        values: { offer: offer.name },
        evidence,
      });
  }
  return holds("tracking.geo_blocked", "Clicks from restricted countries are turned away.", {
    evidence: offers.map((one) =>
      seen("offer", one.offerId, one.name, `/programs/${one.programId}/offers/${one.offerId}`),
    ),
  });
}

interface CountryTargeting {
  readonly country?: { readonly is?: readonly string[]; readonly isNot?: readonly string[] };
}

function isLetIn(offer: OfferFacts, country: string): boolean {
  const { is = [], isNot = [] } = (offer.targeting as CountryTargeting).country ?? {};
  const allowed = offer.allowedCountries.length === 0 || offer.allowedCountries.includes(country);
  const targeted = is.length === 0 || is.includes(country);
  return allowed && targeted && !offer.blockedCountries.includes(country) && !isNot.includes(country);
}

function limitsCountries(offer: OfferFacts): boolean {
  const { is = [], isNot = [] } = (offer.targeting as CountryTargeting).country ?? {};
  return offer.allowedCountries.length + offer.blockedCountries.length + is.length + isNot.length > 0;
}

export function trackingFacts(needs: TrackingFactNeeds): readonly FactDefinition[] {
  return [
    { fact: "tracking.links", title: "A link takes clicks", parameters: [], answer: links },
    {
      fact: "tracking.tested",
      title: "Tracking is tested as it stands",
      parameters: ["events", "conversions"],
      answer: (ctx, subject, parameters) => tested(needs, ctx, subject, parameters),
    },
    {
      fact: "tracking.restricted_geo_blocked",
      title: "Restricted countries are turned away",
      parameters: ["countries"],
      answer: geoBlocked,
    },
  ];
}
