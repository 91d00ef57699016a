/**
 * One of the servers that are compared, a process of its own:
 *
 *     node server.ts bare | unrecorded | recorded <database url>
 *
 * `bare` is a node:http server that answers 302 and does nothing else; `unrecorded` is the edge with a log that keeps nothing and
 * says at once that it did; `recorded` is the edge as it is. Prints its port; ends in order when its input ends, and then prints
 * how many entries its log took.
 */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "../../server/src/database/index.ts";
import {
  clickIdsOf,
  createEdge,
  EDGE_SERVER_OPTIONS,
  edgeCatalogue,
  type IntakeLog,
  openCountries,
  openIntakeLog,
  openRoutes,
  vaultOf,
} from "../../server/src/tracking/index.ts";

export type ServerMode = "bare" | "unrecorded" | "recorded";

const [mode = "bare", url = ""] = process.argv.slice(2);
const clock = { now: () => new Date() };

const bare: RequestListener = (_req, res) => {
  res.writeHead(302, { Location: "https://www.example.com/", "Content-Length": 0 });
  res.end();
};

function noLog(): IntakeLog {
  let seq = 0;
  return {
    reserve: () => ({ lane: 1, seq: ++seq }),
    appendAt: (_place, _kind, _at, _body, settled) => settled(undefined),
    append: async () => ({ lane: 1, seq: ++seq }),
    waiting: 0,
    close: async () => undefined,
  };
}

async function edge(recorded: boolean): Promise<{ handler: RequestListener; close(): Promise<void> }> {
  const database = openDatabase({ url, name: "bench" });
  const log = recorded ? await openIntakeLog({ pool: database.pool, clock, writer: "bench" }) : noLog();
  const routes = await openRoutes({
    db: database.db,
    pool: database.pool,
    clock,
    catalogue: () => edgeCatalogue(database.db),
  });
  const edge = createEdge({
    clock,
    log,
    routes: routes.table,
    clickIds: clickIdsOf([Buffer.alloc(32, 1)]),
    country: await openCountries(),
    vault: vaultOf(Buffer.alloc(32, 2)),
    trustedProxies: ["127.0.0.1"],
    fallbackUrl: null,
    onDefect: (error) => console.error(error),
  });
  return {
    handler: (req, res) => {
      if (!edge.handle(req, res)) res.writeHead(404).end();
    },
    close: async () => {
      await log.close();
      await routes.close();
      await database.close();
    },
  };
}

const opened = mode === "bare" ? { handler: bare, close: async () => undefined } : await edge(mode === "recorded");
const server = createServer(EDGE_SERVER_OPTIONS, opened.handler);
server.listen(0, "127.0.0.1", 1024, () => console.log((server.address() as AddressInfo).port));
process.stdin.on("end", async () => {
  server.closeAllConnections();
  server.close();
  await opened.close();
  process.exit(0);
});
process.stdin.resume();
