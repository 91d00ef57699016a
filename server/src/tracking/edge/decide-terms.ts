import type { IncomingMessage } from "node:http";
import type { ClickTarget, ClickVerdict } from "../contracts.ts";
import { chooseOffer } from "../core/choose-offer.ts";
import { type ClickInput, FIELD_LENGTHS } from "../core/click-fields.ts";
import { field } from "../core/click-record.ts";
import { type Destination, deepLinkDestination } from "../core/destination.ts";
import { rotate } from "../core/rotation.ts";
import type { TargetCheck, Visit } from "../core/targeting.ts";
import { chance, readVisitorKey, visitorKeyOf, visitorKeyText } from "../core/visitor-key.ts";
import type { RouteTable } from "./route-table.ts";
import type { LinkTerms, RoutedCap, RoutedLanding, RoutedLink, RoutedSmart } from "./routed-link.ts";
import { counterOfClick } from "./terms.ts";
import { cookieValue, countryBlocked, languageOf, type Visitor } from "./visitor.ts";

/** Where a click goes, and what its record says of it. */
export interface Sent {
  readonly verdict: ClickVerdict;
  readonly to: ClickTarget;
  readonly destination: Destination | undefined;
  /** another than the one that was clicked: the same link leading to the offer that was chosen */
  readonly link?: RoutedLink;
  /** part of the record, as JSON */
  readonly json?: string;
  readonly landing?: RoutedLanding | undefined;
  /** cookie that keeps the visitor where it was sent */
  readonly stay?: string | undefined;
}

/** A click on a link that asks something of its clicks. */
export interface AskingClick {
  readonly req: IncomingMessage;
  readonly link: RoutedLink;
  readonly visitor: Visitor;
  readonly input: ClickInput;
  /** why it is no click, whatever the link says; such requests use up nothing */
  readonly automated: ClickVerdict | undefined;
  /** a test: it uses up nothing */
  readonly test: boolean;
  /** milliseconds since 1970 */
  readonly at: number;
}

interface Obstacle {
  readonly verdict: ClickVerdict;
  readonly json: string;
}

/** Decides a click on a link with terms, in this order: what closes the link, its dates, who may come, which offer, what is used up. */
export function decideByTerms(routes: RouteTable, click: AskingClick, terms: LinkTerms): Sent {
  const { link } = click;
  const visit = visitOf(routes, click);
  const key = new VisitorKey(click);
  let target = link;
  let json = "";
  if (terms.smart !== undefined) {
    const shut = obstacleOf(link, visit, click.at);
    if (shut !== undefined) return turnedAway(click, link, shut, "");
    const chosen = choose(routes, click, terms.smart, visit, key.value);
    target = chosen.link;
    json = `${field("smartId", terms.smart.smartId)}${field("chosen", chosen.because)}`;
  }
  const obstacle = obstacleOf(target, visit, click.at);
  if (obstacle !== undefined) return turnedAway(click, target, obstacle, json);
  const full = useUp(routes, click, target);
  if (full === undefined) return arrived(click, target, json, key);
  const { other } = full;
  const open = other !== undefined && obstacleOf(other, visit, click.at) === undefined;
  if (other !== undefined && open && useUp(routes, click, other) === undefined)
    return arrived(click, other, json + full.json, key);
  const sent = turnedAway(click, target, { verdict: "cap_reached", json: full.json }, json);
  return full.destination === undefined ? sent : { ...sent, to: "fallback", destination: full.destination };
}

/** What keeps a visitor from an offer by a link, whatever is used up. */
export function obstacleOf(link: RoutedLink, visit: Visit, at: number): Obstacle | undefined {
  if (link.closed !== undefined) return { verdict: link.closed, json: "" };
  const { terms } = link;
  if (terms !== undefined) {
    if (at < terms.link.from) return { verdict: "link_expired", json: field("rule", "link.not_yet") };
    if (at >= terms.link.to) return { verdict: "link_expired", json: field("rule", "link.over") };
    const unfit = failed("link", terms.link.target, visit);
    if (unfit !== undefined) return unfit;
    // The choice of a smart link stands before its offers.
    if (terms.smart !== undefined) return undefined;
  }
  if (link.countries && countryBlocked(link, visit.country)) return { verdict: "country_blocked", json: "" };
  if (terms === undefined) return undefined;
  if (at < terms.offer.from) return { verdict: "offer_not_started", json: "" };
  if (at >= terms.offer.to) return { verdict: "offer_ended", json: "" };
  return failed("offer", terms.offer.target, visit);
}

function failed(level: "link" | "offer", target: TargetCheck | undefined, visit: Visit): Obstacle | undefined {
  const dimension = target?.(visit);
  return dimension === undefined ? undefined : { verdict: "targeting", json: field("rule", `${level}.${dimension}`) };
}

/** What targeting asks for, of an impression as of a click. */
export function visitOf(routes: RouteTable, click: Omit<AskingClick, "automated" | "test">): Visit {
  const { req, link, visitor, input, at } = click;
  const source = input.fields.get("source") ?? link.row.source;
  return {
    country: visitor.country,
    device: visitor.browser.device,
    os: visitor.browser.os,
    browser: visitor.browser.browser,
    language: languageOf(req.headers["accept-language"]),
    source: source === "" ? undefined : source,
    wallTime: () => routes.zoneClock.wallTime(at, link.program.program.timeZone),
  };
}

function turnedAway(click: AskingClick, link: RoutedLink, obstacle: Obstacle, json: string): Sent {
  const to = link.fallback === undefined ? "none" : "fallback";
  const verdict = click.automated ?? obstacle.verdict;
  return { verdict, to, destination: link.fallback, link, json: json + obstacle.json };
}

/** Where an admitted visitor lands: the page that it asks for, the link's own, or its page of the rotation. */
function arrived(click: AskingClick, link: RoutedLink, json: string, key: VisitorKey): Sent {
  const { input, automated } = click;
  const verdict = automated ?? "click";
  const { offer, parameters, terms } = link;
  const asked =
    input.deepLink === undefined
      ? undefined
      : deepLinkDestination(input.deepLink, offer.landingUrl, offer.allowedHosts, FIELD_LENGTHS.deepLink, parameters);
  const smart = click.link.terms?.smart !== undefined;
  if (asked !== undefined)
    return { verdict, to: "deep_link", destination: asked, link, json, stay: smart ? key.cookie() : undefined };
  if (link.destination === undefined) return { verdict, to: "none", destination: undefined, link, json };
  const rotates = link.row.deep_link === null && terms !== undefined && terms.landings.length > 0;
  const landing = terms?.pinned ?? (rotates ? rotate(terms.landings, key.value) : undefined);
  const stay = smart || (rotates && terms.pinned === undefined) ? key.cookie() : undefined;
  if (landing === undefined || link.row.deep_link !== null)
    return { verdict, to: "landing", destination: link.destination, link, json, stay };
  return { verdict, to: "landing", destination: landing.destination, link, json: json + landing.json, landing, stay };
}

/** Among the offers that are open to this visitor and not used up. */
function choose(routes: RouteTable, click: AskingClick, smart: RoutedSmart, visit: Visit, key: number) {
  const fitting = smart.options.filter(
    ({ link, when }) =>
      when?.(visit) === undefined &&
      obstacleOf(link, visit, click.at) === undefined &&
      firstFull(routes, click, link) === undefined,
  );
  const explores = chance(key, `explore ${smart.smartId}`);
  const chosen = chooseOffer(fitting, smart.rules, explores, chance(key, smart.smartId));
  return chosen === undefined
    ? { link: smart.otherwise, because: "none" }
    : { link: chosen.choice.link, because: chosen.because };
}

function firstFull({ clickCaps }: RouteTable, click: AskingClick, link: RoutedLink): RoutedCap | undefined {
  return link.terms?.caps.find((cap) => {
    const { partnerId, value } = counterOfClick(cap, link, click.input.fields);
    return !clickCaps.hasRoom(cap, partnerId, value, click.at);
  });
}

/** Takes the click from every cap that counts it. @returns the first one that has no room; then nothing is taken */
function useUp(routes: RouteTable, click: AskingClick, link: RoutedLink): RoutedCap | undefined {
  const caps = link.terms?.caps ?? [];
  if (caps.length === 0) return undefined;
  if (click.automated !== undefined || click.test) return firstFull(routes, click, link);
  const { clickCaps } = routes;
  const { fields } = click.input;
  for (const [index, cap] of caps.entries()) {
    const { partnerId, value } = counterOfClick(cap, link, fields);
    if (clickCaps.take(cap, partnerId, value, click.at)) continue;
    for (const taken of caps.slice(0, index)) {
      const counter = counterOfClick(taken, link, fields);
      clickCaps.putBack(taken, counter.partnerId, counter.value, click.at);
    }
    return cap;
  }
  return undefined;
}

/** The visitor's key: its cookie's, else that of its address and browser. */
class VisitorKey {
  readonly #click: AskingClick;
  readonly #name: string;
  readonly #known: number | undefined;
  readonly value: number;

  constructor(click: AskingClick) {
    const { req, link, visitor } = click;
    this.#click = click;
    this.#name = link.program.stayCookie;
    const { cookie } = req.headers;
    this.#known = cookie === undefined ? undefined : readVisitorKey(cookieValue(cookie, this.#name));
    this.value = this.#known ?? visitorKeyOf(visitor.ip ?? "", req.headers["user-agent"] ?? "");
  }

  /** Set-Cookie for whoever did not bring it. */
  cookie(): string | undefined {
    const { automated, link, visitor } = this.#click;
    if (this.#known !== undefined || automated !== undefined) return undefined;
    const cookie = `${this.#name}=${visitorKeyText(this.value)}${link.program.cookieAttributes}`;
    return visitor.secure ? `${cookie}; Secure` : cookie;
  }
}
