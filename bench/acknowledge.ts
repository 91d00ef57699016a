/**
 * Events over HTTP, acknowledged once they are durable: single postbacks and batches, at the edge alone (as `serve --role edge` runs
 * it) and at the whole program, whose worker attributes and calculates meanwhile. Everything on this machine.
 *
 *     node bench/acknowledge.ts [seconds]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { commandConfiguration } from "../server/src/shell/cli.ts";
import { withProgram } from "../server/src/shell/program.ts";
import { vaultFor } from "../server/src/shell/tracking-parts.ts";
import { vaultOf } from "../server/src/tracking/index.ts";
import { startTributary } from "../server/test/harness/index.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import type { Acknowledged, Load } from "./acknowledge/client.ts";
import { addSource } from "./kill/source.ts";
import { fillWorld, openBenchWorld } from "./redirect/world.ts";

const [seconds = 5] = process.argv.slice(2).map(Number);
const TOKEN = "acknowledge-bench-token";
const SINGLE = 5_000;
const ROWS = 50_000;
const here = (name: string) => new URL(name, import.meta.url).pathname;
type Door = Pick<Load, "port" | "path" | "cookie" | "programId">;

let runs = 0;
let held = true;

async function measure(name: string, door: Door, shape: { connections: number; rows: number }, target: number | null) {
  runs += 1;
  const load: Load = { ...door, ...shape, seconds, prefix: `${runs}-` };
  const child = spawn(process.execPath, [here("acknowledge/client.ts"), JSON.stringify(load)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const result = JSON.parse(line) as Acknowledged;
  if (result.others > 0) throw new Error(`${name}: ${result.others} calls were not taken: ${result.firstOther}`);
  const good = target === null || result.rowsPerSecond >= target;
  if (!good) held = false;
  const verdict = target === null ? "" : `  → ${good ? "held" : "NOT held"}`;
  console.log(
    `${name.padEnd(52)} ${result.rowsPerSecond.toFixed(0).padStart(7)} events/s  p50 ${result.p50.toFixed(1)} ms  p99 ${result.p99.toFixed(1)} ms  generator ${result.ownCore.toFixed(2)} cores${verdict}`,
  );
  return result.rows;
}

async function startEdge(url: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [here("redirect/server.ts"), "recorded", url], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line")) as [string];
  return { child, port: Number(port) };
}

async function edgeAlone(): Promise<void> {
  const world = await openBenchWorld();
  try {
    await addSource(world.database, vaultOf(Buffer.alloc(32, 2)), TOKEN);
    const { child, port } = await startEdge(world.postgres.url);
    const door: Door = { port, path: `/p/${TOKEN}`, cookie: "", programId: null };
    let promised = await measure("edge: one event a call, 64 connections", door, { connections: 64, rows: 1 }, SINGLE);
    promised += await measure("edge: 1,000 events a call, 4 connections", door, { connections: 4, rows: 1000 }, ROWS);
    child.stdin?.end();
    await once(child, "exit");
    const found = await world.database.pool.query<{ rows: bigint }>(
      "select sum(json_array_length(body::json->'events')) as rows from intake.entry where kind = 3",
    );
    const rows = Number(found.rows[0]?.rows ?? 0n);
    if (rows !== promised) throw new Error(`${promised} events were acknowledged, ${rows} are in the log`);
    console.log(`edge: ${rows} events acknowledged, all in the log, none twice`);
  } finally {
    await world.close();
  }
}

/** The first administrator's session: events by API come in as somebody. */
async function signIn(url: string, output: string): Promise<string> {
  const token = /\/setup\?token=(\S+)/.exec(output)?.[1] ?? "";
  const headers = { "content-type": "application/json", origin: url };
  const person = { name: "Bench", email: "bench@operator.example", password: "bench-password-2026" };
  const made = await fetch(`${url}/v1/setup`, {
    method: "POST",
    headers,
    body: JSON.stringify({ token, ...person }),
  });
  if (!made.ok) throw new Error(`no administrator: ${made.status} ${await made.text()}`);
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers,
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

async function wholeProgram(): Promise<void> {
  const dataDirectory = temporaryFolder();
  await withProgram(commandConfiguration({ data: dataDirectory }), "bench", async (program) => {
    await fillWorld(program.database);
    await addSource(program.database, vaultFor(program), TOKEN);
  });
  const running = await startTributary({ dataDirectory, env: { LOG_LEVEL: "error" } });
  try {
    const cookie = await signIn(running.url, running.output());
    const port = Number(new URL(running.url).port);
    const postback: Door = { port, path: `/p/${TOKEN}`, cookie: "", programId: null };
    const api: Door = { port, path: "/v1/events", cookie, programId: "prg_01bench" };
    await measure("whole program: one event a call, 64 connections", postback, { connections: 64, rows: 1 }, SINGLE);
    await measure("whole program: 10,000 events a call to /v1/events", api, { connections: 2, rows: 10_000 }, ROWS);
  } finally {
    await running.killEverything();
  }
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before: ${loadavg()[0]?.toFixed(2)}; ${seconds} s each`,
);
await edgeAlone();
await wholeProgram();
process.exitCode = held ? 0 : 1;
