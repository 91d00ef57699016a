import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../kernel/clock.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { ClickIds } from "../core/click-id.ts";
import type { IntakeLog } from "../intake/log.ts";
import { trustedProxies } from "./address.ts";
import { browserReader } from "./browser.ts";
import type { CountryOf } from "./countries.ts";
import { redirector, unavailable } from "./redirect.ts";
import { fallbackOf, type RouteTable } from "./route-table.ts";

export interface EdgeDeps {
  readonly clock: Clock;
  readonly log: IntakeLog;
  readonly routes: RouteTable;
  readonly clickIds: ClickIds;
  readonly country: CountryOf;
  /** addresses and ranges whose X-Forwarded-* are believed */
  readonly trustedProxies: readonly string[];
  /** where unknown links go on the deployment's own host; null: a plain 404 */
  readonly fallbackUrl: string | null;
  /** told of defects; the visitor gets a plain answer */
  readonly onDefect?: (error: Error) => void;
}

export interface Edge {
  /** Answers a request of the edge's; false: the path is somebody else's. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}

/** Options that `node:http`'s createServer needs for the edge: long queries must reach the handler to be recorded. */
export const EDGE_SERVER_OPTIONS = { maxHeaderSize: 128 * 1024 } as const;

export function createEdge(deps: EdgeDeps): Edge {
  const redirect = redirector({
    clock: deps.clock,
    log: deps.log,
    routes: deps.routes,
    clickIds: deps.clickIds,
    browser: browserReader(),
    country: deps.country,
    proxies: trustedProxies(deps.trustedProxies),
    fallback: deps.fallbackUrl === null ? undefined : fallbackOf(deps.fallbackUrl),
  });
  return {
    handle(req, res) {
      const url = req.url ?? "";
      if (url.charCodeAt(0) !== 47 || url.charCodeAt(2) !== 47) return false;
      const door = url.charCodeAt(1) === 99 ? redirect : undefined;
      if (door === undefined) return false;
      try {
        door(req, res);
      } catch (error) {
        if (!(error instanceof Refusal)) deps.onDefect?.(error as Error);
        unavailable(res);
      }
      return true;
    },
  };
}
