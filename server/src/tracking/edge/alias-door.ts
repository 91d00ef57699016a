import type { IncomingMessage, ServerResponse } from "node:http";
import { clickQuery, trimmedPath } from "../core/alias.ts";
import type { RouteTable } from "./route-table.ts";
import { hostOf } from "./visitor.ts";

export interface AliasDeps {
  readonly routes: RouteTable;
  /** what answers `/c/<code>` */
  readonly redirect: (req: IncomingMessage, res: ServerResponse) => void;
}

/**
 * Answers the old addresses of imported links as the links themselves: the request goes on as `/c/<code>` with the platform's parameters
 * by our names. False: nobody imported a link with this address, and it is left as it came.
 */
export function aliasDoor(deps: AliasDeps): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { aliases } = deps.routes;
  return (req, res) => {
    if (aliases.size === 0 || (req.method !== "GET" && req.method !== "HEAD")) return false;
    const url = req.url ?? "";
    const query = url.indexOf("?");
    const path = trimmedPath(query < 0 ? url : url.slice(0, query));
    const from = query < 0 ? url.length : query + 1;
    const host = hostOf(req.headers.host);
    const found = aliases.find(host, deps.routes.programOfHost(host)?.program.programId, path, url, from);
    if (found === undefined) return false;
    const rest = clickQuery(found.vendor, url, from, found.naming);
    req.url = rest === "" ? `/c/${found.code}` : `/c/${found.code}?${rest}`;
    deps.redirect(req, res);
    return true;
  };
}
