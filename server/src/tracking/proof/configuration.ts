import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import {
  allLandings,
  type LandingFacts,
  type OfferFacts,
  offerById,
  type ProgramFacts,
  programById,
} from "../../programs/index.ts";
import type { ProofNeeds } from "./contracts.ts";
import {
  type ConfiguredLink,
  type ConfiguredPostback,
  type ConfiguredSource,
  configuredRows,
} from "./store/configured.ts";

/** Everything that a partner's tracking for an offer rests on. */
export interface Configured {
  readonly program: ProgramFacts;
  readonly offer: OfferFacts;
  readonly links: readonly ConfiguredLink[];
  readonly sources: readonly ConfiguredSource[];
  readonly postbacks: readonly ConfiguredPostback[];
  readonly landings: readonly LandingFacts[];
  readonly agreementVersionId: string | null;
  readonly rules: unknown;
}

/** @returns undefined when there is no such offer */
export async function configuredFor(
  needs: Pick<ProofNeeds, "whole" | "agreementOf" | "rulesOf">,
  partnerId: string,
  offerId: string,
  day: string,
): Promise<Configured | undefined> {
  const db = needs.whole;
  const offer = await offerById(db, offerId);
  const program = offer === undefined ? undefined : await programById(db, offer.programId);
  if (offer === undefined || program === undefined) return undefined;
  const rows = await configuredRows(db, partnerId, offer.programId, offerId);
  const agreement = await needs.agreementOf(db, partnerId, offer.programId, day, "en");
  const rules = (await needs.rulesOf(db, offer.programId, day, "en"))?.rules ?? null;
  const landings = (await allLandings(db)).filter((one) => one.offerId === offerId && one.status === "active");
  return { program, offer, ...rows, landings, agreementVersionId: agreement?.agreementVersionId ?? null, rules };
}

/**
 * Hashes of a configuration by what is proved of it: a change of a link's landing page says nothing about postbacks. Names and notes are no
 * part of it.
 * @param linkId the link that a link test followed
 */
export function configurationHashes(
  configured: Configured,
  linkId: string | null,
): Record<"link" | "inbound" | "outbound", string> {
  const { program, offer, links, sources, postbacks, landings, agreementVersionId, rules } = configured;
  const { name: _program, revision: _p, ownerUserId: _owner, subPartnerView: _view, ...way } = program;
  const { name: _offer, revision: _o, ...target } = offer;
  const { attribution: _first, customEvents, ...place } = way;
  const link = links.find((one) => one.linkId === linkId);
  return {
    link: hashOf({ place, target, landings, link: link === undefined ? null : { ...link, name: null } }),
    inbound: hashOf({
      programId: program.programId,
      status: program.status,
      timeZone: program.timeZone,
      currency: program.currency,
      rules,
      customEvents,
      sources: sources.map((source) => ({ ...source, name: null })),
      agreementVersionId,
    }),
    outbound: hashOf(postbacks.map((postback) => ({ ...postback, name: null }))),
  };
}

/** SHA-256, hex, of the same text whatever the order of names. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    const named = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${named.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Offers that a partner has links for, the newest link first. */
export async function offersOf(db: Db, partnerId: string): Promise<string[]> {
  const { rows } = await sql<{ offer_id: string }>`
    select offer_id from tracking.link where partner_id = ${partnerId} and status <> 'archived' and offer_id is not null
    group by offer_id order by max(num) desc limit 100`.execute(db);
  return rows.map((row) => row.offer_id);
}
