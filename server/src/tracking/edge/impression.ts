import type { IncomingMessage, ServerResponse } from "node:http";
import { ENTRY_KIND } from "../contracts.ts";
import { type ClickInput, readClickInput } from "../core/click-fields.ts";
import { clickBody } from "../core/click-record.ts";
import { picture } from "./pixel.ts";
import type { RoutedProgram } from "./route-table.ts";
import { impressionVerdict, type VisitDeps } from "./visit-record.ts";
import {
  foreignTo,
  headerText,
  hostOf,
  languageOf,
  previousClick,
  previousView,
  unknownLinkJson,
  visitorOf,
  withLinkDefaults,
} from "./visitor.ts";

/**
 * Answers `GET|HEAD /v/<code>.gif`: an ad was shown. The answer is always the picture; 200 says that the impression is durable, 503
 * that it is not. Only where the program's attribution uses impressions is a cookie set, with the impression's id: clicks and later
 * impressions name it, and so the visitor's impressions are a chain of their own beside that of the clicks.
 */
export function impressionDoor(deps: VisitDeps): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return picture(res, 405);
    const url = req.url ?? "";
    const query = url.indexOf("?");
    const code = url.slice(3, query < 0 ? url.length : query).replace(/\.gif$/, "");
    const ownProgram = deps.routes.programOfHost(hostOf(req.headers.host));
    const link = foreignTo(ownProgram, deps.routes.link(code));
    const program = link?.program ?? ownProgram;
    const visitor = visitorOf(deps, req);
    const input = query < 0 ? NO_INPUT : readClickInput(url, query + 1);
    const place = deps.log.reserve();
    const at = deps.clock.now().getTime();
    const id = deps.clickIds.issue(at, link?.row.num ?? 0, place.lane, place.seq);
    const { verdict, json } =
      link === undefined ? UNKNOWN : impressionVerdict(deps.routes, req, { link, visitor, input, at });
    const body = clickBody({
      id,
      at,
      verdict,
      to: "none",
      link: link === undefined ? unknownLinkJson(code, program) : link.json + json,
      address: visitor.addressJson,
      browser: visitor.browser.json,
      referer: headerText(req.headers.referer),
      language: languageOf(req.headers["accept-language"]),
      prev: previousClick(deps.clickIds, req.headers.cookie, program),
      prevView: previousView(deps.clickIds, req.headers.cookie, program),
      input: withLinkDefaults(input, link),
    });
    const cookie = verdict === "impression" ? viewCookie(program, id, visitor.secure) : undefined;
    deps.log.appendAt(place, ENTRY_KIND.impression, at, body, (refusal) =>
      refusal === undefined ? picture(res, 200, cookie) : picture(res, 503),
    );
  };
}

const NO_INPUT: ClickInput = readClickInput("", 0);
const UNKNOWN = { verdict: "unknown_link", json: "" } as const;

/** Ads stand on others' pages: only a cookie that says `SameSite=None` comes back from there, and that needs an encrypted way. */
function viewCookie(program: RoutedProgram | undefined, id: string, secure: boolean): string | undefined {
  if (program?.viewCookie === undefined) return undefined;
  const site = secure ? "SameSite=None; Secure" : "SameSite=Lax";
  return `${program.viewCookie}=${id}; Max-Age=${program.viewSeconds}; Path=/; HttpOnly; ${site}`;
}
