import type { ClickVerdict, EdgeCatalogue, EdgeOffer, EdgePartner, EdgeProgram } from "../contracts.ts";
import { FIELD_LENGTHS } from "../core/click-fields.ts";
import { quote } from "../core/click-record.ts";
import { type Destination, deepLinkDestination, prepareDestination } from "../core/destination.ts";
import type { EdgeLinkRow, EdgeSourceRow } from "../store/edge-rows.ts";
import { AliasTable } from "./alias-table.ts";

/** A link with everything that a click on it needs, worked out once. */
export interface RoutedLink {
  readonly row: EdgeLinkRow;
  readonly program: RoutedProgram;
  readonly offer: EdgeOffer;
  readonly partner: EdgePartner;
  /** why clicks on it go to the fallback, whoever comes */
  readonly closed: ClickVerdict | undefined;
  /** where clicks go; undefined: nowhere, the landing page cannot be read */
  readonly destination: Destination | undefined;
  readonly fallback: Destination | undefined;
  /** countries that matter to it at all */
  readonly countries: boolean;
  /** the part of a click's record that depends on the link only, as JSON */
  readonly json: string;
}

export interface RoutedProgram {
  readonly program: EdgeProgram;
  readonly fallback: Destination | undefined;
  /** name of the cookie that holds the visitor's last click id in this program */
  readonly cookie: string;
  /** `; Max-Age=…; Path=/; HttpOnly; SameSite=Lax` */
  readonly cookieAttributes: string;
  /** name of the cookie that holds the last impression's id; undefined: impressions are not used */
  readonly viewCookie: string | undefined;
  readonly viewSeconds: number;
}

/**
 * Everything the edge answers from, in memory. Links are kept as rows and worked out when the first click on them comes.
 */
export class RouteTable {
  /** the addresses of imported links, as their platforms published them */
  readonly aliases = new AliasTable();
  readonly #links = new Map<string, EdgeLinkRow>();
  readonly #codes = new Map<string, string>();
  #routed = new Map<string, RoutedLink | undefined>();
  #programs = new Map<string, RoutedProgram>();
  #hosts = new Map<string, RoutedProgram>();
  #offers = new Map<string, EdgeOffer>();
  #partners = new Map<string, EdgePartner>();
  #onlyFallback: Destination | undefined;
  #sources = new Map<string, EdgeSourceRow>();
  #sourcesById = new Map<string, EdgeSourceRow>();
  #sourcesByDialect = new Map<string, readonly EdgeSourceRow[]>();

  link(code: string): RoutedLink | undefined {
    const known = this.#routed.get(code);
    if (known !== undefined) return known;
    const row = this.#links.get(code);
    if (row === undefined) return undefined;
    const routed = this.#route(row);
    if (routed !== undefined) this.#routed.set(code, routed);
    return routed;
  }

  programOfHost(host: string): RoutedProgram | undefined {
    return this.#hosts.get(host);
  }

  /** The fallback of the only active program; undefined when there are several, or none. */
  get onlyFallback(): Destination | undefined {
    return this.#onlyFallback;
  }

  program(programId: string): RoutedProgram | undefined {
    return this.#programs.get(programId);
  }

  /** @param tokenHash SHA-256 of the token, hex */
  source(tokenHash: string): EdgeSourceRow | undefined {
    return this.#sources.get(tokenHash);
  }

  sourceById(sourceId: string): EdgeSourceRow | undefined {
    return this.#sourcesById.get(sourceId);
  }

  /** The living sources that are told of events in a dialect. */
  sourcesSpeaking(dialect: string): readonly EdgeSourceRow[] {
    return this.#sourcesByDialect.get(dialect) ?? [];
  }

  get size(): number {
    return this.#links.size;
  }

  /** Links never vanish from the database; a changed code leaves the old one unknown. */
  putLinks(rows: readonly EdgeLinkRow[]): void {
    for (const row of rows) {
      const oldCode = this.#codes.get(row.link_id);
      if (oldCode !== undefined && oldCode !== row.code) this.#links.delete(oldCode);
      this.#routed.delete(oldCode ?? row.code);
      this.#routed.delete(row.code);
      this.#links.set(row.code, row);
      this.#codes.set(row.link_id, row.code);
    }
  }

  putSources(rows: readonly EdgeSourceRow[]): void {
    this.#sources = new Map(rows.map((row) => [row.token_hash, row]));
    this.#sourcesById = new Map(rows.map((row) => [row.source_id, row]));
    this.#sourcesByDialect = Map.groupBy(
      rows.filter((row) => row.status === "active"),
      (row) => row.dialect,
    );
  }

  putCatalogue(catalogue: EdgeCatalogue): void {
    const programs = catalogue.programs.map(routedProgram);
    this.#programs = new Map(programs.map((routed) => [routed.program.programId, routed]));
    this.#hosts = new Map(
      programs.flatMap((routed) => {
        const domain = routed.program.trackingDomain?.toLowerCase();
        return domain === undefined ? [] : [[domain, routed] as const];
      }),
    );
    const active = programs.filter((routed) => routed.program.status === "active");
    this.#onlyFallback = active.length === 1 ? active[0]?.fallback : undefined;
    this.#offers = new Map(catalogue.offers.map((offer) => [offer.offerId, offer]));
    this.#partners = new Map(catalogue.partners.map((partner) => [partner.partnerId, partner]));
    this.#routed = new Map();
  }

  #route(row: EdgeLinkRow): RoutedLink | undefined {
    const offer = this.#offers.get(row.offer_id);
    const partner = this.#partners.get(row.partner_id);
    const program = offer === undefined ? undefined : this.#programs.get(offer.programId);
    // A link that is newer than the catalogue: unknown for the moment until the catalogue arrives.
    if (offer === undefined || partner === undefined || program === undefined) return undefined;
    const landing = prepareDestination(offer.landingUrl, { handOn: true });
    const own =
      row.deep_link === null
        ? undefined
        : deepLinkDestination(row.deep_link, offer.landingUrl, offer.allowedHosts, FIELD_LENGTHS.deepLink);
    return {
      row,
      program,
      offer,
      partner,
      closed:
        closedBecause(row, offer, partner, program.program) ?? (landing === undefined ? "offer_paused" : undefined),
      destination: own ?? landing,
      fallback: (offer.fallbackUrl === null ? undefined : fallbackOf(offer.fallbackUrl)) ?? program.fallback,
      countries: offer.allowedCountries.length + offer.blockedCountries.length > 0,
      json: linkJson(row, program.program.programId),
    };
  }
}

function closedBecause(
  row: EdgeLinkRow,
  offer: EdgeOffer,
  partner: EdgePartner,
  program: EdgeProgram,
): ClickVerdict | undefined {
  if (program.status !== "active") return "program_paused";
  if (offer.status !== "active") return "offer_paused";
  if (partner.status !== "active") return "partner_paused";
  if (row.status !== "active") return "link_paused";
  return undefined;
}

function routedProgram(program: EdgeProgram): RoutedProgram {
  return {
    program,
    fallback: fallbackOf(program.fallbackUrl),
    cookie: `trb_${program.code}`,
    cookieAttributes: `; Max-Age=${Math.round(program.clickWindowDays * 86_400)}; Path=/; HttpOnly; SameSite=Lax`,
    viewCookie: program.viewWindowDays === undefined ? undefined : `trv_${program.code}`,
    viewSeconds: Math.round((program.viewWindowDays ?? 0) * 86_400),
  };
}

export function fallbackOf(address: string): Destination | undefined {
  return prepareDestination(address, { handOn: false });
}

function linkJson(row: EdgeLinkRow, programId: string): string {
  const ids = { linkId: row.link_id, programId, offerId: row.offer_id, partnerId: row.partner_id };
  const fields = Object.entries(ids).map(([name, id]) => `"${name}":${quote(id)}`);
  return `"link":${row.num},${fields.join(",")}`;
}
