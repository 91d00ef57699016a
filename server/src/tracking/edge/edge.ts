import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../kernel/clock.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { ClickIds } from "../core/click-id.ts";
import type { Vault } from "../events/source.ts";
import type { IntakeLog } from "../intake/log.ts";
import { trustedProxies } from "./address.ts";
import { aliasDoor } from "./alias-door.ts";
import { browserReader } from "./browser.ts";
import type { CountryOf } from "./countries.ts";
import { directDoor } from "./direct.ts";
import { foreignDoors } from "./foreign.ts";
import type { AskDeps } from "./foreign-ask.ts";
import { impressionDoor } from "./impression.ts";
import type { TestMarks } from "./mark-of-test.ts";
import { pixelDoor } from "./pixel.ts";
import { postbackDoor } from "./postback.ts";
import { redirector, unavailable } from "./redirect.ts";
import { Replays } from "./replays.ts";
import { fallbackOf, type RouteTable } from "./route-table.ts";
import { scriptDoor } from "./script.ts";
import { vanityDoor } from "./vanity-door.ts";

export interface EdgeDeps {
  readonly clock: Clock;
  readonly log: IntakeLog;
  readonly routes: RouteTable;
  readonly clickIds: ClickIds;
  readonly country: CountryOf;
  /** opens the secrets of event sources */
  readonly vault: Vault;
  /** addresses and ranges whose X-Forwarded-* are believed */
  readonly trustedProxies: readonly string[];
  /** where unknown links go on the deployment's own host; null: to the fallback of the only active program, else a plain 404 */
  readonly fallbackUrl: string | null;
  /** tells test clicks; without it there are none */
  readonly testMarks?: TestMarks;
  /** finds an earlier call by its place in the log, where a platform is asked what became of one */
  readonly findCall?: NonNullable<AskDeps["findCall"]>;
  /** told of defects; the visitor gets a plain answer */
  readonly onDefect?: (error: Error) => void;
}

export interface Edge {
  /** Answers a request of the edge's; false: the path is somebody else's. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}

/** Options that `node:http`'s createServer needs for the edge: long queries must reach the handler to be recorded. */
export const EDGE_SERVER_OPTIONS = { maxHeaderSize: 128 * 1024 } as const;

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

export function createEdge(deps: EdgeDeps): Edge {
  const proxies = trustedProxies(deps.trustedProxies);
  const calls = { ...deps, proxies, replays: new Replays() };
  const fallback = deps.fallbackUrl === null ? undefined : fallbackOf(deps.fallbackUrl);
  const redirect = redirector({ ...deps, proxies, fallback, browser: browserReader() });
  const doors = new Map<number, Handler>([
    [letter("c"), redirect],
    [letter("v"), impressionDoor({ ...deps, proxies, browser: browserReader() })],
    [letter("p"), postbackDoor(calls)],
    [letter("i"), pixelDoor(calls)],
    [letter("d"), directDoor({ ...deps, proxies, browser: browserReader() })],
    [letter("s"), scriptDoor(deps.routes)],
  ]);
  const foreign = foreignDoors({ ...calls, browser: browserReader() });
  const alias = aliasDoor({ routes: deps.routes, redirect });
  const vanity = vanityDoor({ routes: deps.routes, redirect });
  return {
    handle(req, res) {
      const url = req.url ?? "";
      if (url.charCodeAt(0) !== SLASH) return false;
      const door = url.charCodeAt(2) === SLASH ? doors.get(url.charCodeAt(1)) : undefined;
      try {
        if (door === undefined) return foreign(req, res) || alias(req, res) || vanity(req, res);
        // impact's links begin as ours do, and go on where ours end: no code of ours holds a slash.
        if (door === redirect && deps.routes.aliases.size > 0 && url.indexOf("/", 3) > 0 && alias(req, res))
          return true;
        door(req, res);
      } catch (error) {
        if (!(error instanceof Refusal)) deps.onDefect?.(error as Error);
        unavailable(res);
      }
      return true;
    },
  };
}

const SLASH = 47;

function letter(name: string): number {
  return name.charCodeAt(0);
}
