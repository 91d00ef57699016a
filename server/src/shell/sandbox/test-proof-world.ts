import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { temporaryFolder, testAnalytics } from "../../../test/harness/index.ts";
import { ANNA, CPA, MoneyWorld, planOf } from "../../../test/money/world.ts";
import { movePartner } from "../../partners/index.ts";
import { createOffer, createProgram, moveOffer, moveProgram } from "../../programs/index.ts";
import { shipAll } from "../../reporting/index.ts";
import { addressPolicy, createLink, createSource, type ProofNeeds } from "../../tracking/index.ts";
import { readConfiguration } from "../configuration.ts";
import { openDataFolder } from "../data-folder.ts";
import { doorsOf } from "../doors.ts";
import { openLog } from "../log.ts";
import { openPipeline } from "../pipeline.ts";
import type { Program } from "../program.ts";
import { openTracking } from "../tracking-parts.ts";
import { proofNeeds } from "./proof-needs.ts";

/** Everything that a test must leave as it was: whole rooms, and of tracking what counts. */
const BOOKS = `select table_schema || '.' || table_name as name from information_schema.tables
  where table_type = 'BASE TABLE' and (table_schema in ('attribution', 'commissions', 'ledger', 'statements')
    or (table_schema = 'tracking' and table_name in ('event', 'delivery', 'attempt'))) order by name`;
const REPORTS = ["clicks", "impressions", "events", "customers"];

export interface ProofWorld {
  readonly money: MoneyWorld;
  readonly needs: ProofNeeds;
  readonly programId: string;
  readonly offerId: string;
  readonly partnerId: string;
  readonly linkId: string;
  /** of a source of events */
  readonly token: string;
  readonly url: string;
  /** Takes everything through that has come in. */
  drain(): Promise<void>;
  /** Ledger, facts, lines and reports in one text. */
  books(): Promise<string>;
  close(): Promise<void>;
}

/** A program with an accepted agreement and a link, and its real tracking doors on a port of this machine. */
export async function proofWorld(): Promise<ProofWorld> {
  const money = await MoneyWorld.open("2026-03-20T12:00:00Z");
  const analytics = await testAnalytics();
  const folder = temporaryFolder();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const key = randomBytes(32);
  const program: Program = {
    databaseUrl: money.database.url,
    clickhouseUrl: analytics.url,
    configuration: readConfiguration({ LOG_LEVEL: "silent" }, { dataDirectory: folder, publicUrl: url }),
    folder: openDataFolder(folder),
    log: openLog(readConfiguration({ LOG_LEVEL: "silent" }, { dataDirectory: folder }), "test"),
    clock: money.clock,
    database: money.database,
    analytics: analytics.client,
    ctx: money.ctx,
    key: () => key,
    close: async () => undefined,
  };
  const place = await furnish(money, url);
  const tracking = await openTracking(program);
  const [open] = doorsOf("edge");
  const door = await open?.(program, tracking);
  server.on("request", (req, res) => {
    if (door?.handle(req, res) !== true) res.writeHead(404).end();
  });
  const { clickIds } = tracking;
  const ship = () => shipAll({ db: money.ctx.db, analytics: analytics.client, clickIds });
  return {
    money,
    url,
    ...place,
    needs: proofNeeds(program, tracking, { policy: addressPolicy(["localhost"]), vault: tracking.vault }),
    drain: async () => {
      await openPipeline({ db: money.ctx.db, clock: money.clock, clickIds }).drain();
    },
    books: async () => {
      await ship();
      return await booksOf(money, async (table) => {
        const query = `select toString(tuple(*)) as row from ${table} final order by row`;
        const asked = await analytics.client.query({
          query: query.replace("clicks final", "clicks").replace("impressions final", "impressions"),
          format: "JSONEachRow",
        });
        return JSON.stringify(await asked.json());
      });
    },
    close: async () => {
      await closed(server);
      await tracking.stop();
      await analytics.close();
      await money.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function booksOf(money: MoneyWorld, report: (table: string) => Promise<string>): Promise<string> {
  const parts: string[] = [];
  const { rows: tables } = await money.database.pool.query<{ name: string }>(BOOKS);
  for (const { name: table } of tables) {
    const { rows } = await money.database.pool.query<{ all: string | null }>(
      `select string_agg(t::text, E'\n' order by t::text) as all from ${table} t`,
    );
    parts.push(`${table}: ${rows[0]?.all ?? ""}`);
  }
  for (const table of REPORTS) parts.push(`${table}: ${await report(table)}`);
  return parts.join("\n");
}

async function furnish(money: MoneyWorld, publicUrl: string) {
  const { ctx } = money;
  const program = await createProgram(ctx, ANNA, {
    code: "proof",
    name: "Proof",
    timeZone: "Europe/Madrid",
    currency: "EUR",
    fallbackUrl: "https://operator.example/",
  });
  const programId = program.id;
  await moveProgram(ctx, ANNA, programId, { revision: 1, status: "active" });
  const offer = await createOffer(ctx, ANNA, {
    programId,
    code: "main",
    name: "Main",
    landingUrl: "https://operator.example/?c={click_id}&s={sub1}",
    allowedHosts: ["operator.example"],
  });
  await moveOffer(ctx, ANNA, offer.id, { revision: 1, status: "active" });
  const partnerId = await money.partner("orbit");
  await movePartner(ctx, ANNA, partnerId, { revision: 1, status: "onboarding" });
  await movePartner(ctx, ANNA, partnerId, { revision: 2, status: "active" });
  await money.agree(partnerId, programId, await money.plan(programId, "cpa", planOf(CPA)));
  const link = await createLink(ctx, ANNA, { offerId: offer.id, partnerId, code: "orbit", name: "Orbit" });
  const vault = { open: (text: string) => text, close: (text: string) => text };
  const source = await createSource(ctx, ANNA, { programId, name: "Shop" }, { publicUrl, vault, randomBytes });
  return { programId, offerId: offer.id, partnerId, linkId: link.id, token: source.token };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
