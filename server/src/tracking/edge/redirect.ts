import type { IncomingMessage, ServerResponse } from "node:http";
import type { LandingMacro } from "@tributary/contract";
import type { Clock } from "../../kernel/clock.ts";
import { ENTRY_KIND } from "../contracts.ts";
import { type ClickInput, FIELD_LENGTHS, readClickInput } from "../core/click-fields.ts";
import type { ClickIds } from "../core/click-id.ts";
import { clickBody } from "../core/click-record.ts";
import { type Destination, deepLinkDestination, fillDestination } from "../core/destination.ts";
import type { IntakeLog } from "../intake/log.ts";
import type { Proxies } from "./address.ts";
import type { Browser } from "./browser.ts";
import type { CountryOf } from "./countries.ts";
import { type AskingClick, decideByTerms, type Sent } from "./decide-terms.ts";
import { TEST_CLICK_HEADER, type TestMark, type TestMarks, testOf } from "./mark-of-test.ts";
import type { RoutedLink, RoutedProgram, RouteTable } from "./route-table.ts";
import {
  automated,
  countryBlocked,
  foreignTo,
  headerText,
  hostOf,
  languageOf,
  previousClick,
  previousView,
  unknownLinkJson,
  type Visitor,
  visitorOf,
  withLinkDefaults,
} from "./visitor.ts";

export interface RedirectDeps {
  readonly clock: Clock;
  readonly log: IntakeLog;
  readonly routes: RouteTable;
  readonly clickIds: ClickIds;
  readonly browser: (userAgent: string | undefined) => Browser;
  readonly country: CountryOf;
  readonly proxies: Proxies;
  /** where a click on an unknown link goes on the deployment's own host; undefined: to the only active program's fallback, else a plain 404 */
  readonly fallback: Destination | undefined;
  /** reads the mark of a test click; without it there are none */
  readonly testMarks?: TestMarks;
}

/** Answers `GET|HEAD /c/<code>`. The answer goes out once the click is durable in the intake log. */
export function redirector(deps: RedirectDeps): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    const method = req.method ?? "GET";
    if (method !== "GET" && method !== "HEAD") return refuseMethod(res);
    const url = req.url ?? "";
    const query = url.indexOf("?");
    const code = codeOf(url, query);
    const ownProgram = deps.routes.programOfHost(hostOf(req.headers.host));
    const link = foreignTo(ownProgram, deps.routes.link(code));
    const input = query < 0 ? NO_INPUT : readClickInput(url, query + 1);
    const test = deps.testMarks === undefined ? undefined : testOf(deps.testMarks, req, input, deps.clock.now());
    const visitor = visitorOf(deps, req, test?.country);
    const sent =
      link?.terms === undefined
        ? decide(deps, req, link, visitor, input, ownProgram)
        : decideAsking(deps, { req, link, visitor, input, test: test !== undefined }, link.terms);
    const led = sent.link ?? link;
    record(deps, req, res, { code, link: led, program: led?.program ?? ownProgram, visitor, input, sent, test });
  };
}

const NO_INPUT: ClickInput = readClickInput("", 0);

function codeOf(url: string, query: number): string {
  const end = query < 0 ? url.length : query;
  return url.slice(3, url.charCodeAt(end - 1) === 47 && end > 3 ? end - 1 : end);
}

function decideAsking(
  deps: RedirectDeps,
  click: Omit<AskingClick, "automated" | "at">,
  terms: NonNullable<RoutedLink["terms"]>,
): Sent {
  const at = deps.clock.now().getTime();
  return decideByTerms(deps.routes, { ...click, automated: automated(click.req, click.visitor.browser), at }, terms);
}

function decide(
  deps: RedirectDeps,
  req: IncomingMessage,
  link: RoutedLink | undefined,
  visitor: Visitor,
  input: ClickInput,
  ownProgram: RoutedProgram | undefined,
): Sent {
  if (link === undefined) {
    const destination = ownProgram === undefined ? (deps.fallback ?? deps.routes.onlyFallback) : ownProgram.fallback;
    return { verdict: "unknown_link", to: destination === undefined ? "none" : "fallback", destination };
  }
  const closed =
    link.closed ?? (link.countries && countryBlocked(link, visitor.country) ? "country_blocked" : undefined);
  const verdict = automated(req, visitor.browser) ?? closed ?? "click";
  if (closed !== undefined || link.destination === undefined)
    return { verdict, to: link.fallback === undefined ? "none" : "fallback", destination: link.fallback };
  const asked = input.deepLink;
  const deep =
    asked === undefined
      ? undefined
      : deepLinkDestination(
          asked,
          link.offer.landingUrl,
          link.offer.allowedHosts,
          FIELD_LENGTHS.deepLink,
          link.parameters,
        );
  return deep === undefined
    ? { verdict, to: "landing", destination: link.destination }
    : { verdict, to: "deep_link", destination: deep };
}

interface Click {
  readonly code: string;
  readonly link: RoutedLink | undefined;
  readonly program: RoutedProgram | undefined;
  readonly visitor: Visitor;
  readonly input: ClickInput;
  readonly sent: Sent;
  readonly test: TestMark | undefined;
}

function record(deps: RedirectDeps, req: IncomingMessage, res: ServerResponse, click: Click): void {
  const { link, program, visitor, sent } = click;
  const place = deps.log.reserve();
  const at = deps.clock.now().getTime();
  const id = deps.clickIds.issue(at, link?.row.num ?? 0, place.lane, place.seq, click.test && true);
  const body = clickBody({
    id,
    at,
    verdict: sent.verdict,
    to: sent.to,
    link: link === undefined ? unknownLinkJson(click.code, click.program) : link.json + (sent.json ?? ""),
    address: visitor.addressJson,
    browser: visitor.browser.json,
    referer: headerText(req.headers.referer),
    language: languageOf(req.headers["accept-language"]),
    prev: previousClick(deps.clickIds, req.headers.cookie, program),
    prevView: previousView(deps.clickIds, req.headers.cookie, program),
    input: withLinkDefaults(click.input, link),
    test: click.test && true,
  });
  const location =
    sent.destination === undefined ? undefined : fillDestination(sent.destination, macros(click, id, at));
  const cookie = program !== undefined && sent.verdict === "click" ? cookieOf(program, id, visitor.secure) : undefined;
  deps.log.appendAt(place, ENTRY_KIND.click, at, body, (refusal) => {
    if (refusal !== undefined) unavailable(res);
    else if (location === undefined) unknown(res);
    else redirect(res, location, [cookie, sent.stay], click.test && id);
  });
}

/** What macros in the address of a landing page are told from. */
type ClickMacros = Pick<Click, "link" | "program" | "input" | "visitor"> & {
  readonly sent: Pick<Sent, "landing">;
};

/** Values of the macros of a landing page's address. */
export function macros(click: ClickMacros, id: string, at: number): (name: LandingMacro) => string | undefined {
  const { link, program, input, visitor } = click;
  return (name) => {
    switch (name) {
      case "click_id":
        return id;
      case "partner_click_id":
        return input.fields.get("partnerClickId");
      case "source":
        return input.fields.get("source") ?? link?.row.source;
      case "creative":
        return input.fields.get("creative") ?? link?.row.creative;
      case "landing_id":
        return click.sent.landing?.id;
      case "landing":
        return click.sent.landing?.name;
      case "partner_id":
        return link?.partner.partnerId;
      case "partner":
      case "partner_code":
        return link?.partner.code;
      case "offer_id":
        return link?.offer.offerId;
      case "offer":
      case "offer_code":
        return link?.offer.code;
      case "program_id":
        return program?.program.programId;
      case "program":
      case "program_code":
        return program?.program.code;
      case "link_id":
        return link?.row.link_id;
      case "link":
      case "link_code":
        return link?.row.code;
      case "country":
        return visitor.country;
      case "device":
        return visitor.browser.device;
      case "timestamp":
        return String(at);
      default:
        return input.fields.get(name);
    }
  };
}

function cookieOf(program: RoutedProgram, id: string, secure: boolean): string {
  const cookie = `${program.cookie}=${id}${program.cookieAttributes}`;
  return secure ? `${cookie}; Secure` : cookie;
}

function redirect(
  res: ServerResponse,
  location: string,
  cookies: readonly (string | undefined)[],
  testId: string | undefined,
): void {
  // A flat list of headers is what Node sends fastest.
  const headers = ["Location", location, "Cache-Control", "no-store", "Content-Length", "0"];
  for (const cookie of cookies) if (cookie !== undefined) headers.push("Set-Cookie", cookie);
  if (testId !== undefined) headers.push(TEST_CLICK_HEADER, testId);
  res.writeHead(302, headers);
  res.end();
}

function unknown(res: ServerResponse): void {
  answer(res, 404, "This link is not known here.\n");
}

export function unavailable(res: ServerResponse): void {
  answer(res, 503, "This link cannot be followed at the moment. Please try again.\n", ["Retry-After", "1"]);
}

function refuseMethod(res: ServerResponse): void {
  answer(res, 405, "This address takes GET and HEAD.\n", ["Allow", "GET, HEAD"]);
}

function answer(res: ServerResponse, status: number, text: string, more: readonly string[] = []): void {
  if (res.headersSent) return;
  res.writeHead(status, [
    "Content-Type",
    "text/plain; charset=utf-8",
    "Cache-Control",
    "no-store",
    "Content-Length",
    String(Buffer.byteLength(text)),
    ...more,
  ]);
  res.end(text);
}
