import type { IncomingMessage, ServerResponse } from "node:http";
import { type ClickVerdict, ENTRY_KIND } from "../contracts.ts";
import { type ClickInput, FIELD_LENGTHS, readClickInput } from "../core/click-fields.ts";
import { clickBody } from "../core/click-record.ts";
import { deepLinkDestination } from "../core/destination.ts";
import { readPairs } from "../core/query.ts";
import { callRefusal } from "../events/call.ts";
import { sendJson, sendProblem } from "./call-answer.ts";
import { decideByTerms } from "./decide-terms.ts";
import type { RedirectDeps } from "./redirect.ts";
import type { RoutedLink } from "./route-table.ts";
import {
  automated,
  countryBlocked,
  foreignTo,
  headerText,
  hostOf,
  languageOf,
  type Visitor,
  visitorOf,
  withLinkDefaults,
} from "./visitor.ts";

type DirectDeps = Omit<RedirectDeps, "fallback">;

/** Parameters that are the script's own, none of the partner's. */
const OWN = new Set(["page", "ref", "prev"]);

/**
 * Answers `GET /d/<code>?page=<address>`: a visitor came straight to the landing page by a partner's link, and the browser script
 * records the click (direct linking). Only pages on hosts that the offer allows may do so. The answer goes out once the click is
 * durable: `{ clickId, counted }`, or without an id and with the reason when it does not count.
 */
export function directDoor(deps: DirectDeps): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (req.method !== "GET")
      return sendProblem(res, callRefusal("method_not_allowed", "This address takes GET"), undefined);
    const url = req.url ?? "";
    const query = url.indexOf("?");
    const code = url.slice(3, query < 0 ? url.length : query);
    const link = foreignTo(deps.routes.programOfHost(hostOf(req.headers.host)), deps.routes.link(code));
    const own = new Map(query < 0 ? [] : readPairs(url.slice(query + 1)).pairs.filter(([name]) => OWN.has(name)));
    const origin = link === undefined ? undefined : allowedOrigin(link, own.get("page"), req.headers.origin);
    if (link === undefined || origin === undefined) {
      const detail = link === undefined ? "This link is not known here" : "The offer does not allow this page";
      const hint = "add the page's host to the allowed hosts of the offer";
      return sendProblem(
        res,
        link === undefined ? callRefusal("not_found", detail) : callRefusal("forbidden", detail, "page", hint),
        undefined,
      );
    }
    record(deps, req, res, link, origin, own, query < 0 ? NO_INPUT : readClickInput(url, query + 1));
  };
}

const NO_INPUT: ClickInput = readClickInput("", 0);

/** The page's origin, when the page stands where the offer's landing pages may stand and the browser says the same. */
function allowedOrigin(link: RoutedLink, page: string | undefined, said: string | undefined): string | undefined {
  if (page === undefined || !URL.canParse(page)) return undefined;
  const { landingUrl, allowedHosts } = link.offer;
  const where = page.split("#", 1)[0] ?? "";
  // Long queries are no reason to refuse: only the host decides.
  const host = where.split("?", 1)[0] ?? "";
  if (deepLinkDestination(host, landingUrl, allowedHosts, FIELD_LENGTHS.deepLink) === undefined) return undefined;
  const { origin } = new URL(page);
  return said === undefined || said === origin ? origin : undefined;
}

function record(
  deps: DirectDeps,
  req: IncomingMessage,
  res: ServerResponse,
  asked: RoutedLink,
  origin: string,
  own: ReadonlyMap<string, string>,
  input: ClickInput,
): void {
  const visitor = visitorOf(deps, req);
  const place = deps.log.reserve();
  const at = deps.clock.now().getTime();
  const { verdict, link, json } = verdictOf(deps, req, asked, visitor, input, at);
  const id = deps.clickIds.issue(at, link.row.num, place.lane, place.seq);
  const body = clickBody({
    id,
    at,
    verdict,
    to: "deep_link",
    link: `${link.json}${json},"direct":true`,
    address: visitor.addressJson,
    browser: visitor.browser.json,
    referer: headerText(own.get("ref")),
    language: languageOf(req.headers["accept-language"]),
    prev: authentic(deps, own.get("prev")),
    prevView: undefined,
    input: withLinkDefaults(inputOf(input, own.get("page")), link),
  });
  const answer = verdict === "click" ? { clickId: id, counted: true } : { clickId: null, counted: false, verdict };
  const cors = ["Access-Control-Allow-Origin", origin, "Vary", "Origin"];
  deps.log.appendAt(place, ENTRY_KIND.click, at, body, (refusal) => {
    if (refusal === undefined) sendJson(res, 200, answer, "application/json", cors);
    else sendProblem(res, callRefusal(refusal.code, refusal.message), undefined);
  });
}

/** The page is where the click led; what the script adds for itself is nobody's parameter. */
function inputOf(input: ClickInput, page: string | undefined): ClickInput {
  const other = [...(input.other ?? [])].filter(([name]) => !OWN.has(name));
  return { ...input, deepLink: page?.split("#", 1)[0], other: other.length === 0 ? undefined : new Map(other) };
}

function authentic(deps: DirectDeps, id: string | undefined): string | undefined {
  const place = id === undefined ? undefined : deps.clickIds.read(id);
  return place === undefined || place.test === true ? undefined : id?.toLowerCase();
}

function verdictOf(
  deps: DirectDeps,
  req: IncomingMessage,
  link: RoutedLink,
  visitor: Visitor,
  input: ClickInput,
  at: number,
): { readonly verdict: ClickVerdict; readonly link: RoutedLink; readonly json: string } {
  const automatic = automated(req, visitor.browser);
  if (link.terms === undefined) {
    const closed =
      link.closed ?? (link.countries && countryBlocked(link, visitor.country) ? "country_blocked" : undefined);
    return { verdict: automatic ?? closed ?? "click", link, json: "" };
  }
  const click = { req, link, visitor, input, automated: automatic, test: false, at };
  const sent = decideByTerms(deps.routes, click, link.terms);
  return { verdict: sent.verdict, link: sent.link ?? link, json: sent.json ?? "" };
}
