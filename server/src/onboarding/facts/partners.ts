import { PartnerStatus } from "@tributary/contract";
import { userNames } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { missingFields, partnerReadiness, partnersByIds } from "../../partners/index.ts";
import type { FactDefinition, FactParameters, Subject } from "../../procedures/index.ts";
import { fails, holds, listed, partnerOf, seen } from "./answer.ts";

const record = (partnerId: string, text: string) => seen("partner", partnerId, text, `/partners/${partnerId}`);

async function ownerAndDeputy(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const { ownerUserId, deputyUserId } = await partnerReadiness(ctx, partnerId);
  if (ownerUserId === null) return fails("partner.no_owner", "The partner has no account manager.");
  if (deputyUserId === null)
    return fails("partner.no_deputy", "Nobody is named who stands in for the account manager.");
  if (ownerUserId === deputyUserId)
    return fails("partner.same_deputy", "Account manager and deputy are the same person.");
  const names = await userNames(ctx, [ownerUserId, deputyUserId]);
  const [owner, deputy] = [names.get(ownerUserId) ?? ownerUserId, names.get(deputyUserId) ?? deputyUserId];
  return holds("partner.looked_after", `${owner} looks after it; ${deputy} stands in.`, {
    values: { owner, deputy },
    evidence: [record(partnerId, `${owner}, ${deputy}`)],
  });
}

/** @param parameters `stage`: the status whose fields have to be filled in; left out: those of an active partner */
async function fieldsComplete(ctx: Context, subject: Subject, parameters: FactParameters) {
  const partnerId = partnerOf(subject);
  const status = PartnerStatus.parse(parameters["stage"] ?? "active");
  const missing = await missingFields(ctx, partnerId, status);
  if (missing.length > 0) {
    const names = listed(missing.map(({ title }) => title.en));
    return fails("partner.fields_missing", `Not filled in: ${names}.`, {
      values: { fields: names, fieldsEs: missing.map(({ title }) => title.es).join(", ") },
      evidence: [record(partnerId, names)],
    });
  }
  return holds("partner.fields_complete", `Every field that a partner needs as ${status} is filled in.`, {
    values: { status },
    evidence: [record(partnerId, "Record")],
  });
}

async function countries(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const { allowedCountries, blockedCountries } = await partnerReadiness(ctx, partnerId);
  if (allowedCountries.length === 0)
    return fails("partner.no_countries", "Nobody has said in which countries the partner may promote.");
  const both = allowedCountries.filter((one) => blockedCountries.includes(one));
  if (both.length > 0)
    return fails("partner.countries_clash", `Allowed and blocked at once: ${listed(both)}.`, {
      values: { countries: listed(both) },
    });
  const countries = allowedCountries.length === 1 ? "country" : "countries";
  const blocked = blockedCountries.length === 1 ? "1 is" : `${blockedCountries.length} are`;
  const sentence = `It may promote in ${allowedCountries.length} ${countries}; ${blocked} blocked.`;
  return holds("partner.countries_set", sentence, {
    values: { allowed: allowedCountries.length, blocked: blockedCountries.length },
    evidence: [record(partnerId, allowedCountries.join(", "))],
  });
}

async function trafficDeclared(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const { trafficDeclared: declared, trafficSources } = await partnerReadiness(ctx, partnerId);
  if (!declared) return fails("partner.no_traffic", "The partner has declared no source of traffic.");
  const sentence =
    trafficSources === 1 ? "One source of traffic is declared." : `${trafficSources} sources of traffic are declared.`;
  return holds("partner.traffic_declared", sentence, {
    values: { count: trafficSources },
    evidence: [record(partnerId, "Record")],
  });
}

async function parentDated(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const { parentDated: dated, parentPartnerId, parentSince } = await partnerReadiness(ctx, partnerId);
  if (parentPartnerId === null) return holds("partner.no_parent", "The partner stands under no other.");
  const [parent] = await partnersByIds(ctx.db, [parentPartnerId]);
  const name = parent?.name ?? parentPartnerId;
  if (!dated)
    return fails("partner.parent_undated", `It stands under ${name}, but nobody has said from which day.`, {
      values: { parent: name },
    });
  return holds("partner.parent_dated", `It stands under ${name} since ${parentSince}.`, {
    values: { parent: name, day: parentSince ?? "" },
    evidence: [record(parentPartnerId, name)],
  });
}

export const partnerFacts: readonly FactDefinition[] = [
  {
    fact: "partner.owner_and_deputy",
    title: "Account manager and deputy are named",
    parameters: [],
    answer: ownerAndDeputy,
  },
  {
    fact: "partner.fields_complete",
    title: "The fields of this stage are filled in",
    parameters: ["stage"],
    answer: fieldsComplete,
  },
  { fact: "partner.countries", title: "Countries are set", parameters: [], answer: countries },
  {
    fact: "partner.traffic_declared",
    title: "Sources of traffic are declared",
    parameters: [],
    answer: trafficDeclared,
  },
  { fact: "partner.parent_dated", title: "Its parent is known, with its day", parameters: [], answer: parentDated },
];
