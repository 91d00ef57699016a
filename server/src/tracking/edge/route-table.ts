import type { EdgeCapRow } from "../caps/store/click-counts.ts";
import type { EdgeCatalogue, EdgeLanding, EdgeOffer, EdgePartner, EdgeProgram } from "../contracts.ts";
import { FIELD_LENGTHS } from "../core/click-fields.ts";
import { quote } from "../core/click-record.ts";
import { type Destination, deepLinkDestination, prepareDestination } from "../core/destination.ts";
import { joinParameters } from "../core/parameters.ts";
import { ZoneClock } from "../core/zone-clock.ts";
import type { EdgeEarnings, EdgeSmart } from "../smart-links/edge-smart.ts";
import type { EdgeLinkRow, EdgeSourceRow } from "../store/edge-rows.ts";
import { AliasTable } from "./alias-table.ts";
import { ClickCaps } from "./click-caps.ts";
import { closedBecause } from "./closed.ts";
import { CouponTable } from "./coupon-table.ts";
import type { RoutedCap, RoutedLink, RoutedProgram } from "./routed-link.ts";
import { smartRoute } from "./smart-route.ts";
import { prepareTerms } from "./terms.ts";

export type { RoutedLink, RoutedProgram } from "./routed-link.ts";

/**
 * Everything the edge answers from, in memory. Links are kept as rows and worked out when the first click on them comes.
 */
export class RouteTable {
  /** the addresses of imported links, as their platforms published them */
  readonly aliases = new AliasTable();
  readonly coupons = new CouponTable();
  readonly clickCaps = new ClickCaps();
  readonly zoneClock = new ZoneClock();
  readonly #links = new Map<string, EdgeLinkRow>();
  readonly #codes = new Map<string, string>();
  /** codes of a partner's links; made when somebody asks for them first */
  #codesByPartner: Map<string, Set<string>> | undefined;
  #routed = new Map<string, RoutedLink | undefined>();
  #programs = new Map<string, RoutedProgram>();
  #hosts = new Map<string, RoutedProgram>();
  #programCodes = new Map<string, RoutedProgram>();
  #offers = new Map<string, EdgeOffer>();
  #partners = new Map<string, EdgePartner>();
  #partnerCodes = new Map<string, EdgePartner>();
  #landings = new Map<string, readonly EdgeLanding[]>();
  #letIn = new Set<string>();
  #smart = new Map<string, EdgeSmart>();
  #earnings = new Map<string, EdgeEarnings>();
  #caps = new Map<string, readonly EdgeCapRow[]>();
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

  /**
   * The link that a partner has in a program for an offer: where it has links to one offer only, the offer need not be named. The oldest
   * open one where there are several.
   * @param partner id or code @param offerCode the offer's id or code
   */
  linkOfPartner(programId: string, partner: string, offerCode: string | undefined): RoutedLink | undefined {
    const { partnerId } = this.#partners.get(partner) ?? this.#partnerCodes.get(partner.toLowerCase()) ?? {};
    if (partnerId === undefined) return undefined;
    const links = [...(this.#byPartner().get(partnerId) ?? [])]
      .map((code) => this.link(code))
      .filter((link) => link?.program.program.programId === programId) as RoutedLink[];
    const meant = links.filter(({ offer }) => offer.offerId === offerCode || offer.code === offerCode);
    const offers = new Set(links.map(({ offer }) => offer.offerId));
    const chosen = meant.length > 0 ? meant : offers.size === 1 ? links : [];
    return chosen.sort(
      (a, b) => Number(a.closed !== undefined) - Number(b.closed !== undefined) || a.row.num - b.row.num,
    )[0];
  }

  #byPartner(): Map<string, Set<string>> {
    if (this.#codesByPartner === undefined) {
      this.#codesByPartner = new Map();
      for (const row of this.#links.values()) noteLink(this.#codesByPartner, row);
    }
    return this.#codesByPartner;
  }

  programOfHost(host: string): RoutedProgram | undefined {
    return this.#hosts.get(host);
  }

  programOfCode(code: string): RoutedProgram | undefined {
    return this.#programCodes.get(code);
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
      if (this.#codesByPartner !== undefined) noteLink(this.#codesByPartner, row);
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
    this.#programCodes = new Map(programs.map((routed) => [routed.program.code, routed]));
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
    this.#partnerCodes = new Map(catalogue.partners.map((partner) => [partner.code.toLowerCase(), partner]));
    this.#landings = Map.groupBy(catalogue.landings ?? [], (page) => page.offerId);
    this.#letIn = new Set((catalogue.accesses ?? []).map((one) => `${one.offerId} ${one.partnerId}`));
    this.#routed = new Map();
  }

  /** Smart links with what their offers earned per click. */
  putSmart(smart: readonly EdgeSmart[], earnings: readonly EdgeEarnings[]): void {
    const byOffer = new Map(earnings.map((one) => [one.offerId, one]));
    this.#smart = new Map(smart.map((one) => [one.smartId, one]));
    this.#earnings = byOffer;
    this.#routed = new Map();
  }

  /** The caps that have a say in where clicks go. */
  putCaps(rows: readonly EdgeCapRow[]): void {
    this.#caps = Map.groupBy(rows, (row) => row.program_id);
    this.#routed = new Map();
  }

  #route(row: EdgeLinkRow): RoutedLink | undefined {
    const smart = row.smart_id === null ? undefined : this.#smart.get(row.smart_id);
    const otherwise = this.#routeTo(row, smart?.offerId ?? row.offer_id);
    if (smart === undefined || otherwise === undefined) return otherwise;
    return smartRoute(smart, otherwise, this.#earnings, (offerId) => this.#routeTo(row, offerId));
  }

  /** @param onward whether caps may lead on to other offers; what they lead to leads no further */
  #routeTo(row: EdgeLinkRow, offerId: string, onward = true): RoutedLink | undefined {
    const offer = this.#offers.get(offerId);
    const partner = this.#partners.get(row.partner_id);
    const program = offer === undefined ? undefined : this.#programs.get(offer.programId);
    // A link that is newer than the catalogue: unknown for the moment until the catalogue arrives.
    if (offer === undefined || partner === undefined || program === undefined) return undefined;
    const parameters = joinParameters(offer.utm, row.utm);
    const landing = prepareDestination(offer.landingUrl, { handOn: true, parameters });
    const { landingUrl, allowedHosts } = offer;
    const own =
      row.deep_link === null
        ? undefined
        : deepLinkDestination(row.deep_link, landingUrl, allowedHosts, FIELD_LENGTHS.deepLink, parameters);
    const caps = this.#capsOf(row, offer, program, onward);
    const landings = this.#landings.get(offerId) ?? [];
    return {
      row,
      program,
      offer,
      partner,
      closed:
        closedBecause(row, offer, partner, program.program) ??
        this.#notLetIn(offer, partner) ??
        (landing === undefined ? "offer_paused" : undefined),
      destination: own ?? landing,
      fallback: (offer.fallbackUrl === null ? undefined : fallbackOf(offer.fallbackUrl)) ?? program.fallback,
      countries: offer.allowedCountries.length + offer.blockedCountries.length > 0,
      terms: prepareTerms({ row, offer, landings, parameters, caps, smart: undefined }),
      parameters,
      json: linkJson(row, offer),
    };
  }

  #notLetIn(offer: EdgeOffer, partner: EdgePartner): "access_required" | undefined {
    if (offer.access === undefined || offer.access === "public") return undefined;
    return this.#letIn.has(`${offer.offerId} ${partner.partnerId}`) ? undefined : "access_required";
  }

  #capsOf(row: EdgeLinkRow, offer: EdgeOffer, program: RoutedProgram, onward: boolean): readonly RoutedCap[] {
    const rows = this.#caps.get(offer.programId);
    if (rows === undefined) return NO_CAPS;
    return rows.flatMap((cap) => {
      const meant =
        (cap.offer_id ?? offer.offerId) === offer.offerId && (cap.partner_id ?? row.partner_id) === row.partner_id;
      if (!meant) return [];
      const { overflow_offer_id: otherId, overflow_url: url } = cap;
      return [
        {
          capId: cap.cap_id,
          metric: cap.metric as RoutedCap["metric"],
          most: Number(cap.most),
          period: cap.period as RoutedCap["period"],
          each: cap.each as RoutedCap["each"],
          timeZone: program.program.timeZone,
          json: `,"capId":${quote(cap.cap_id)}`,
          destination: url === null ? undefined : fallbackOf(url),
          other: otherId === null || !onward ? undefined : this.#routeTo(row, otherId, false),
        },
      ];
    });
  }
}

function noteLink(byPartner: Map<string, Set<string>>, row: EdgeLinkRow): void {
  const codes = byPartner.get(row.partner_id) ?? new Set();
  byPartner.set(row.partner_id, codes.add(row.code));
}

const NO_CAPS: readonly RoutedCap[] = [];

function routedProgram(program: EdgeProgram): RoutedProgram {
  return {
    program,
    fallback: fallbackOf(program.fallbackUrl),
    cookie: `trb_${program.code}`,
    cookieAttributes: `; Max-Age=${Math.round(program.clickWindowDays * 86_400)}; Path=/; HttpOnly; SameSite=Lax`,
    viewCookie: program.viewWindowDays === undefined ? undefined : `trv_${program.code}`,
    viewSeconds: Math.round((program.viewWindowDays ?? 0) * 86_400),
    stayCookie: `trr_${program.code}`,
  };
}

export function fallbackOf(address: string): Destination | undefined {
  return prepareDestination(address, { handOn: false });
}

function linkJson(row: EdgeLinkRow, { programId, offerId }: EdgeOffer): string {
  const ids = { linkId: row.link_id, programId, offerId, partnerId: row.partner_id };
  const fields = Object.entries(ids).map(([name, id]) => `"${name}":${quote(id)}`);
  return `"link":${row.num},${fields.join(",")}`;
}
