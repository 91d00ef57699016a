import type { IncomingMessage, ServerResponse } from "node:http";
import { type ClickInput, readClickInput } from "../core/click-fields.ts";
import { readPairs } from "../core/query.ts";
import { callRefusal } from "../events/call.ts";
import { sendJson, sendProblem } from "./call-answer.ts";
import type { RoutedLink } from "./route-table.ts";
import { allowedOrigin, recordVisit, type VisitDeps } from "./visit-record.ts";
import { foreignTo, hostOf } from "./visitor.ts";

/** Parameters that are the script's own, none of the partner's. */
const OWN = new Set(["page", "ref", "prev"]);

/**
 * Answers `GET /d/<code>?page=<address>`: a visitor came straight to the landing page by a partner's link, and the browser script
 * records the click (direct linking). Only pages on hosts that the offer allows may do so. The answer goes out once the click is
 * durable: `{ clickId, counted }`, or without an id and with the reason when it does not count.
 */
export function directDoor(deps: VisitDeps): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (req.method !== "GET")
      return sendProblem(res, callRefusal("method_not_allowed", "This address takes GET"), undefined);
    const url = req.url ?? "";
    const query = url.indexOf("?");
    const code = url.slice(3, query < 0 ? url.length : query);
    const link = foreignTo(deps.routes.programOfHost(hostOf(req.headers.host)), deps.routes.link(code));
    const own = new Map(query < 0 ? [] : readPairs(url.slice(query + 1)).pairs.filter(([name]) => OWN.has(name)));
    const origin = link === undefined ? undefined : originOf(link, own.get("page"), req.headers.origin);
    if (link === undefined || origin === undefined) {
      const detail = link === undefined ? "This link is not known here" : "The offer does not allow this page";
      const hint = "add the page's host to the allowed hosts of the offer";
      return sendProblem(
        res,
        link === undefined ? callRefusal("not_found", detail) : callRefusal("forbidden", detail, "page", hint),
        undefined,
      );
    }
    const input = inputOf(query < 0 ? NO_INPUT : readClickInput(url, query + 1), own.get("page"));
    const visit = { kind: "click", req, link, input, referrer: own.get("ref"), previous: own.get("prev") } as const;
    recordVisit(deps, visit, ({ id, counts, verdict }, problem) => {
      const answer = counts ? { clickId: id, counted: true } : { clickId: null, counted: false, verdict };
      const cors = ["Access-Control-Allow-Origin", origin, "Vary", "Origin"];
      if (problem === undefined) sendJson(res, 200, answer, "application/json", cors);
      else sendProblem(res, problem, undefined);
    });
  };
}

const NO_INPUT: ClickInput = readClickInput("", 0);

/** The page's origin, when the offer allows it and the browser says the same. */
function originOf(link: RoutedLink, page: string | undefined, said: string | undefined): string | undefined {
  const origin = page === undefined ? undefined : allowedOrigin(link, page);
  return said === undefined || said === origin ? origin : undefined;
}

/** The page is where the click led; what the script adds for itself is nobody's parameter. */
function inputOf(input: ClickInput, page: string | undefined): ClickInput {
  const other = [...(input.other ?? [])].filter(([name]) => !OWN.has(name));
  return { ...input, deepLink: page?.split("#", 1)[0], other: other.length === 0 ? undefined : new Map(other) };
}
