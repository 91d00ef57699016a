import type { IncomingMessage } from "node:http";
import { type ClickVerdict, ENTRY_KIND, type ImpressionVerdict, type StoredRefusal } from "../contracts.ts";
import { type ClickInput, FIELD_LENGTHS } from "../core/click-fields.ts";
import { clickBody } from "../core/click-record.ts";
import { deepLinkDestination, fillDestination } from "../core/destination.ts";
import { callRefusal } from "../events/call.ts";
import { decideByTerms, obstacleOf, visitOf } from "./decide-terms.ts";
import { macros, type RedirectDeps } from "./redirect.ts";
import type { RoutedLink } from "./route-table.ts";
import {
  automated,
  countryBlocked,
  headerText,
  languageOf,
  previousClick,
  previousView,
  type Visitor,
  visitorOf,
  withLinkDefaults,
} from "./visitor.ts";

export type VisitDeps = Omit<RedirectDeps, "fallback">;

/** What of a request says who the visitor is. */
export type VisitingRequest = Pick<IncomingMessage, "method" | "headers" | "socket">;

/** A visitor who is where the link leads already, or was shown it: nobody is led on. */
interface DirectVisit {
  readonly kind: "click" | "impression";
  readonly req: VisitingRequest;
  readonly link: RoutedLink;
  readonly input: ClickInput;
  readonly referrer: string | undefined;
  /** not the visitor calls, but somebody who tells of it */
  readonly isTold?: boolean;
  /** id of the visitor's click before, as sent; without it the cookie's */
  readonly previous?: string | undefined;
}

export interface RecordedVisit {
  readonly id: string;
  readonly at: number;
  readonly verdict: ClickVerdict | ImpressionVerdict;
  readonly counts: boolean;
  readonly link: RoutedLink;
  /** where the link leads */
  landing(): string | undefined;
}

/** Records a visit that was no redirect, and tells of it when it is durable; or why it could not be made so. */
export function recordVisit(
  deps: VisitDeps,
  visit: DirectVisit,
  done: (recorded: RecordedVisit, problem: StoredRefusal | undefined) => void,
): void {
  const req = visit.req as IncomingMessage;
  const visitor = visitorOf(deps, req);
  const place = deps.log.reserve();
  const at = deps.clock.now().getTime();
  const decided = visit.kind === "click" ? clickOf(deps, visit, visitor, at) : viewOf(deps, visit, visitor, at);
  const { verdict, link, json } = decided;
  const id = deps.clickIds.issue(at, link.row.num, place.lane, place.seq);
  const { cookie } = req.headers;
  const body = clickBody({
    id,
    at,
    verdict,
    to: visit.kind === "click" && visit.input.deepLink !== undefined ? "deep_link" : "none",
    link: `${link.json}${json}${visit.kind === "click" ? ',"direct":true' : ""}`,
    address: visitor.addressJson,
    browser: visitor.browser.json,
    referer: headerText(visit.referrer),
    language: languageOf(req.headers["accept-language"]),
    prev: authentic(deps, visit.previous) ?? previousClick(deps.clickIds, cookie, link.program),
    prevView: previousView(deps.clickIds, cookie, link.program),
    input: withLinkDefaults(visit.input, link),
  });
  const told = { link, program: link.program, input: visit.input, visitor, sent: {} };
  const recorded: RecordedVisit = {
    id,
    at,
    verdict,
    counts: verdict === visit.kind,
    link,
    landing: () => link.destination && fillDestination(link.destination, macros(told, id, at)),
  };
  deps.log.appendAt(place, ENTRY_KIND[visit.kind], at, body, (refusal) =>
    done(recorded, refusal === undefined ? undefined : callRefusal(refusal.code, refusal.message)),
  );
}

/** The origin of a page, when it stands where the offer's landing pages may stand. */
export function allowedOrigin(link: RoutedLink, page: string): string | undefined {
  if (!URL.canParse(page)) return undefined;
  const { landingUrl, allowedHosts } = link.offer;
  const where = page.split("#", 1)[0] ?? "";
  // Long queries are no reason to refuse: only the host decides.
  const host = where.split("?", 1)[0] ?? "";
  if (deepLinkDestination(host, landingUrl, allowedHosts, FIELD_LENGTHS.deepLink) === undefined) return undefined;
  return new URL(page).origin;
}

function authentic(deps: VisitDeps, id: string | undefined): string | undefined {
  const place = id === undefined ? undefined : deps.clickIds.read(id);
  return place === undefined || place.test === true ? undefined : id?.toLowerCase();
}

interface Decided {
  readonly verdict: ClickVerdict | ImpressionVerdict;
  readonly link: RoutedLink;
  readonly json: string;
}

function clickOf(deps: VisitDeps, visit: DirectVisit, visitor: Visitor, at: number): Decided {
  const { link, input } = visit;
  const req = visit.req as IncomingMessage;
  // Where somebody else tells of the visitor, a browser that is not named is no sign of a machine.
  const unnamed = visit.isTold === true && (req.headers["user-agent"] ?? "") === "";
  const automatic = unnamed ? undefined : automated(req, visitor.browser);
  if (link.terms === undefined) {
    const closed =
      link.closed ?? (link.countries && countryBlocked(link, visitor.country) ? "country_blocked" : undefined);
    return { verdict: automatic ?? closed ?? "click", link, json: "" };
  }
  const click = { req, link, visitor, input, automated: automatic, test: false, at };
  const sent = decideByTerms(deps.routes, click, link.terms);
  return { verdict: sent.verdict, link: sent.link ?? link, json: sent.json ?? "" };
}

function viewOf(deps: VisitDeps, { req, link, input }: DirectVisit, visitor: Visitor, at: number): Decided {
  return { link, ...impressionVerdict(deps.routes, req as IncomingMessage, { link, visitor, input, at }) };
}

/** As for a click: what is automated is named so first, whatever the link's state. */
export function impressionVerdict(
  routes: VisitDeps["routes"],
  req: IncomingMessage,
  seen: {
    readonly link: RoutedLink;
    readonly visitor: Visitor;
    readonly input: ClickInput;
    readonly at: number;
  },
): { readonly verdict: ImpressionVerdict; readonly json: string } {
  const { link, visitor, at } = seen;
  const obstacle = obstacleOf(link, visitOf(routes, { req, ...seen }), at);
  const closed = obstacle === undefined || obstacle.verdict === "click" ? undefined : obstacle.verdict;
  return { verdict: automated(req, visitor.browser) ?? closed ?? "impression", json: obstacle?.json ?? "" };
}
