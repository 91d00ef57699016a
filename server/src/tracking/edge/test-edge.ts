import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { CustomEventType, EdgeCatalogue, EdgeOffer, EdgePartner, EdgeProgram, StoredClick } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { readClick } from "../core/stored.ts";
import { tokenHash, vaultOf } from "../events/source.ts";
import { type IntakeLog, openIntakeLog } from "../intake/log.ts";
import { findEntry } from "../intake/reader.ts";
import { callFinder } from "../process/index.ts";
import { clickIdsOf } from "./click-keys.ts";
import { openCountries } from "./countries.ts";
import { createEdge, EDGE_SERVER_OPTIONS, type EdgeDeps } from "./edge.ts";
import { openRoutes, type RouteSource } from "./route-source.ts";

/** A real edge on a real database with two small programs, for tests: the catalogue is the test's own plain data. */
export interface TestEdge {
  readonly database: TestDatabase;
  readonly clock: Clock & { set(at: Date | string): void };
  readonly clickIds: ClickIds;
  readonly log: IntakeLog;
  readonly routes: RouteSource;
  readonly port: number;
  readonly defects: Error[];
  catalogue: { programs: EdgeProgram[]; offers: EdgeOffer[]; partners: EdgePartner[] };
  addLink(link: { code: string; offerId: string; partnerId: string } & Partial<LinkColumns>): Promise<void>;
  /** Makes a source of events of program A. */
  addSource(token: string, secret: string, requireSignature?: boolean): Promise<void>;
  /** Sends one request as raw text, so that nothing is put right on the way. */
  ask(target: string, headers?: Readonly<Record<string, string>>, method?: string, body?: string): Promise<Answer>;
  /** The click that an answer's Location hands on as `click_id` or `cid`. */
  clickOf(answer: Answer): Promise<StoredClick>;
  /** The last entry of the log. */
  lastBody(): Promise<string>;
  close(): Promise<void>;
}

interface LinkColumns {
  source: string;
  creative: string;
  deep_link: string | null;
  status: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly setCookies: readonly string[];
  readonly body: Buffer;
}

const BROWSER =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
export const PROGRAM_A = "prg_a";
export const PROGRAM_B = "prg_b";

export async function openTestEdge(more: Partial<EdgeDeps> = {}): Promise<TestEdge> {
  const database = await testDatabase();
  const clock = testClock("2026-03-01T10:00:00Z");
  const catalogue = sampleCatalogue();
  await storeCatalogue(database, catalogue);
  const clickIds = clickIdsOf([Buffer.alloc(32, 7)]);
  const log = await openIntakeLog({ pool: database.pool, clock, writer: "test" });
  const routes = await openRoutes({
    db: database.db,
    pool: database.pool,
    clock,
    catalogue: async () => catalogue as EdgeCatalogue,
  });
  const defects: Error[] = [];
  const edge = createEdge({
    clock,
    log,
    routes: routes.table,
    clickIds,
    country: await openCountries(),
    vault: vaultOf(Buffer.alloc(32, 9)),
    trustedProxies: ["127.0.0.1"],
    fallbackUrl: "https://deployment.example/unknown",
    findCall: callFinder(database.db),
    onDefect: (error) => defects.push(error),
    ...more,
  });
  const server = createServer(EDGE_SERVER_OPTIONS, (req, res) => {
    if (!edge.handle(req, res)) res.writeHead(404).end("not the edge's");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port;
  return {
    database,
    clock,
    clickIds,
    log,
    routes,
    port,
    defects,
    catalogue,
    addLink: async (link) => {
      await insertLink(database, link);
      await routes.refresh();
    },
    addSource: async (token, secret, requireSignature = false) => {
      const sealed = vaultOf(Buffer.alloc(32, 9)).close(secret);
      await sql`insert into tracking.event_source (source_id, program_id, name, token_hash, secret, require_signature, status, created_by, created_at)
        values (${`src_${token}`}, ${PROGRAM_A}, 'test', ${tokenHash(token)}, ${sealed}, ${requireSignature}, 'active', 'test', now())`.execute(
        database.db,
      );
      await routes.refresh();
    },
    ask: (target, headers, method, body) => ask(port, target, headers ?? {}, method ?? "GET", body),
    clickOf: (answer) => clickOf(database, clickIds, answer),
    lastBody: async () => {
      const rows = await sql<{
        body: string;
      }>`select body from intake.entry order by lane desc, seq desc limit 1`.execute(database.db);
      return rows.rows[0]?.body ?? "";
    },
    close: () => closeAll(server, log, routes, database),
  };
}

async function closeAll(server: Server, log: IntakeLog, routes: RouteSource, database: TestDatabase): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await log.close();
  await routes.close();
  await database.close();
}

async function clickOf(database: TestDatabase, clickIds: ClickIds, answer: Answer): Promise<StoredClick> {
  const location = new URL(answer.headers.get("location") ?? "http://nowhere/");
  const id = location.searchParams.get("click_id") ?? location.searchParams.get("cid") ?? "";
  const place = clickIds.read(id);
  if (place === undefined) throw new Error(`no click id in ${location.href}`);
  const entry = await findEntry(database.db, place.lane, BigInt(place.seq));
  if (entry === undefined) throw new Error("the click is not in the log");
  return readClick(entry.body);
}

function sampleCatalogue(): TestEdge["catalogue"] {
  const program = (programId: string, code: string, more: Partial<EdgeProgram>): EdgeProgram => ({
    programId,
    code,
    status: "active",
    timeZone: "Europe/Madrid",
    currency: "EUR",
    fallbackUrl: `https://${code}.example/fallback`,
    trackingDomain: null,
    clickWindowDays: 30,
    trackerConsent: "required",
    customEvents: [],
    ...more,
  });
  const offer = (offerId: string, programId: string, more: Partial<EdgeOffer> = {}): EdgeOffer => ({
    offerId,
    programId,
    code: offerId.replace("ofr_", ""),
    status: "active",
    landingUrl: "https://www.alpha.example/land?cid={click_id}&s={sub1}",
    allowedHosts: ["www.alpha.example", "*.shop.alpha.example"],
    allowedCountries: [],
    blockedCountries: [],
    fallbackUrl: null,
    ...more,
  });
  const custom: CustomEventType[] = [{ type: "level_up", amount: "none" }];
  return {
    programs: [
      program(PROGRAM_A, "alpha", { customEvents: custom }),
      program(PROGRAM_B, "beta", { trackingDomain: "go.beta.example" }),
    ],
    offers: [
      offer("ofr_main", PROGRAM_A),
      offer("ofr_plain", PROGRAM_A, { landingUrl: "https://www.alpha.example/plain#top" }),
      offer("ofr_paused", PROGRAM_A, { status: "paused" }),
      offer("ofr_spain", PROGRAM_A, {
        allowedCountries: ["ES"],
        fallbackUrl: "https://www.alpha.example/not-here?c={country}",
      }),
      offer("ofr_nous", PROGRAM_A, { blockedCountries: ["US"] }),
      offer("ofr_beta", PROGRAM_B, {
        landingUrl: "https://beta.example/?click_id={click_id}",
        allowedHosts: ["beta.example"],
      }),
    ],
    partners: [
      { partnerId: "prt_one", code: "one", status: "active" },
      { partnerId: "prt_paused", code: "paused", status: "paused" },
    ],
  };
}

async function storeCatalogue(database: TestDatabase, catalogue: TestEdge["catalogue"]): Promise<void> {
  const { db } = database;
  for (const p of catalogue.programs) {
    await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, tracking_domain, created_at)
      values (${p.programId}, ${p.code}, ${p.code}, ${p.status}, ${p.timeZone}, ${p.currency}, ${p.fallbackUrl}, ${p.trackingDomain}, now())`.execute(
      db,
    );
  }
  for (const o of catalogue.offers) {
    await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
      values (${o.offerId}, ${o.programId}, ${o.code}, ${o.code}, ${o.status}, ${o.landingUrl}, ${o.allowedHosts}, now())`.execute(
      db,
    );
  }
  for (const p of catalogue.partners) {
    await sql`insert into partners.partner (partner_id, code, name, kind, status, created_at)
      values (${p.partnerId}, ${p.code}, ${p.code}, 'affiliate', ${p.status}, now())`.execute(db);
  }
}

async function insertLink(
  database: TestDatabase,
  link: { code: string; offerId: string; partnerId: string } & Partial<LinkColumns>,
): Promise<void> {
  await sql`insert into tracking.link (link_id, code, program_id, offer_id, partner_id, source, creative, deep_link, status, created_by, created_at)
    select ${`lnk_${link.code}`}, ${link.code}, program_id, offer_id, ${link.partnerId}, ${link.source ?? ""}, ${link.creative ?? ""},
           ${link.deep_link ?? null}, ${link.status ?? "active"}, 'test', now()
    from programs.offer where offer_id = ${link.offerId}`.execute(database.db);
}

/** One request on a connection of its own, its target and headers sent as they are (in latin1). */
export function ask(
  port: number,
  target: string,
  headers: Readonly<Record<string, string>>,
  method: string,
  body?: string,
): Promise<Answer> {
  const all: Record<string, string> = { Host: "localhost", "User-Agent": BROWSER, Connection: "close", ...headers };
  if (body !== undefined) all["Content-Length"] = String(Buffer.byteLength(body));
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBufferLike>[] = [];
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`${method} ${target} HTTP/1.1\r\n${head.join("")}\r\n`, "latin1");
      if (body !== undefined) socket.write(body);
    });
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => resolve(parseAnswer(Buffer.concat(chunks))));
    // A server that refuses a request without reading it to its end may reset the connection after its answer.
    socket.on("error", (error) => (chunks.length > 0 ? resolve(parseAnswer(Buffer.concat(chunks))) : reject(error)));
  });
}

function parseAnswer(bytes: Buffer): Answer {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(" ")[1]),
    headers: new Map(pairs),
    setCookies: pairs.filter(([name]) => name === "set-cookie").map(([, value]) => value),
    body: bytes.subarray(end + 4),
  };
}
