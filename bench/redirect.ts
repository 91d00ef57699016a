/**
 * Durable redirects per second, against a bare node:http 302 and against the same handler without recording; server, database and
 * load generator on the same machine. The servers take turns, round by round, so that a noisy machine is noisy for all of them.
 *
 *     node bench/redirect.ts [rounds] [seconds] [connections]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import type { LoadResult } from "./redirect/client.ts";
import type { ServerMode as Mode } from "./redirect/server.ts";
import { type BenchWorld, openBenchWorld } from "./redirect/world.ts";

const [rounds = 5, seconds = 4, only] = process.argv.slice(2).map(Number);
const MODES: readonly Mode[] = ["bare", "unrecorded", "recorded"];
/** Least share of the bare server and of the unrecorded one, by connections; see docs/benchmarks.md. */
const TARGETS = [
  { connections: 64, bare: 0.3, unrecorded: 0.65, p99: 15 },
  { connections: 256, bare: 0.35, unrecorded: 0.8, p99: undefined },
] as const;

const here = (name: string) => new URL(name, import.meta.url).pathname;

async function startServer(mode: Mode, url: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [here("redirect/server.ts"), mode, url], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line")) as [string];
  return { child, port: Number(port) };
}

async function stopServer(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  await once(child, "exit");
}

async function runClient(port: number, connections: number): Promise<LoadResult> {
  const args = [here("redirect/client.ts"), port, connections, seconds, 1].map(String);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return JSON.parse(line) as LoadResult;
}

async function entries(world: BenchWorld): Promise<number> {
  const found = await world.database.pool.query<{ count: bigint }>("select count(*) from intake.entry");
  return Number(found.rows[0]?.count ?? 0n);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function measure(world: BenchWorld, connections: number): Promise<Map<Mode, LoadResult[]>> {
  const results = new Map<Mode, LoadResult[]>(MODES.map((mode) => [mode, []]));
  const servers = new Map<Mode, { child: ChildProcess; port: number }>();
  for (const mode of MODES) servers.set(mode, await startServer(mode, world.postgres.url));
  for (let round = 0; round < rounds; round++) {
    for (const mode of MODES) {
      const before = mode === "recorded" ? await entries(world) : 0;
      const result = await runClient(servers.get(mode)?.port ?? 0, connections);
      results.get(mode)?.push(result);
      if (result.others > 0) throw new Error(`${mode}: ${result.others} answers were no redirects`);
      if (mode !== "recorded") continue;
      const recorded = (await entries(world)) - before;
      if (recorded !== result.redirects)
        throw new Error(`${result.redirects} redirects, ${recorded} clicks in the log`);
    }
  }
  for (const { child } of servers.values()) await stopServer(child);
  return results;
}

function report(connections: number, results: Map<Mode, LoadResult[]>): boolean {
  const rate = (mode: Mode) => median((results.get(mode) ?? []).map((one) => one.perSecond));
  const target = TARGETS.find((one) => one.connections === connections);
  for (const mode of MODES) {
    const all = results.get(mode) ?? [];
    const of = (pick: (one: LoadResult) => number) => median(all.map(pick)).toFixed(2);
    console.log(
      `${String(connections).padStart(4)} connections  ${mode.padEnd(11)} ${rate(mode).toFixed(0).padStart(7)}/s  ${(rate(mode) / rate("bare")).toFixed(3)} of bare  p50 ${of((o) => o.p50)} ms  p99 ${of((o) => o.p99)} ms  generator ${of((o) => o.ownCore)} cores`,
    );
  }
  const ofBare = rate("recorded") / rate("bare");
  const ofUnrecorded = rate("recorded") / rate("unrecorded");
  const p99 = median((results.get("recorded") ?? []).map((one) => one.p99));
  const held =
    target === undefined ||
    (ofBare >= target.bare && ofUnrecorded >= target.unrecorded && p99 < (target.p99 ?? Number.POSITIVE_INFINITY));
  const clicks = (results.get("recorded") ?? []).reduce((sum, one) => sum + one.redirects, 0);
  console.log(
    `      recorded: ${(ofBare * 100).toFixed(1)} % of bare, ${(ofUnrecorded * 100).toFixed(1)} % of unrecorded; ${clicks} redirects, all found in the log once → ${held ? "held" : "NOT held"}`,
  );
  return held;
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before: ${loadavg()[0]?.toFixed(2)}; ${rounds} rounds of ${seconds} s`,
);
const world = await openBenchWorld();
let held = true;
try {
  for (const { connections } of TARGETS.filter((one) => only === undefined || one.connections === only))
    held = report(connections, await measure(world, connections)) && held;
} finally {
  await world.close();
}
process.exitCode = held ? 0 : 1;
