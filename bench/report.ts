/**
 * Reports over 50 million clicks and 90 days, on the built-in engine as the program runs it; the p99 of durable redirects while such
 * reports run one after the other, against the p99 without; and how fast clicks are shipped from the intake log.
 *
 *     node bench/report.ts [clicks] [rounds] [seconds] [folder]
 *
 * With a folder the clicks are kept there, and found there the next time.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { FunnelQuery } from "@tributary/contract";
import { systemActor } from "../server/src/access/index.ts";
import {
  clickhouseMigrations,
  migrateClickhouse,
  openAnalytics,
  readMigrations,
} from "../server/src/database/index.ts";
import { idSource } from "../server/src/kernel/ids.ts";
import { funnelReport, type ReportContext, shipAll } from "../server/src/reporting/index.ts";
import { startClickhouse } from "../server/src/shell/engines/clickhouse-engine.ts";
import type { LoadResult } from "./redirect/client.ts";
import { type BenchWorld, openBenchWorld } from "./redirect/world.ts";
import { FROM, generate, TO } from "./report/generate.ts";

const [clicks = 50_000_000, rounds = 5, seconds = 5] = process.argv.slice(2, 5).map(Number);
const kept = process.argv[5];
const PARTNER = `prt_${"1".padStart(26, "0")}`;
const actor = systemActor("bench");
const here = (name: string) => new URL(name, import.meta.url).pathname;

/** The first is the report that has to be there within a second; the others are what people ask next. */
const QUESTIONS: readonly (readonly [string, object])[] = [
  ["funnel by partner", { by: "partner" }],
  ["funnel by partner, compared with 45 days before", { by: "partner", from: "2026-02-15", compare: "previous" }],
  ["funnel by offer and day", { by: "offer,day", top: 1000 }],
  ["funnel by link", { by: "link" }],
  ["funnel by country and device", { by: "country,device" }],
  ["funnel by day, cohorts", { by: "day", basis: "cohort" }],
  ["funnel by partner in one country", { by: "partner", country: "DE" }],
  ["funnel by browser", { by: "browser" }],
  ["funnel by sub ID, all partners", { by: "sub1" }],
  ["funnel by sub ID and day of one partner", { by: "sub1,day", partnerId: PARTNER }],
];

function ask(ctx: ReportContext, question: object) {
  return funnelReport(ctx, actor, FunnelQuery.parse({ from: FROM, to: TO, ...question }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function fill(ctx: ReportContext): Promise<void> {
  const found = await ctx.analytics.query({
    query: "select count() as clicks from clicks where lane = 1",
    format: "JSONEachRow",
  });
  const [row] = await found.json<{ clicks: string }>();
  if (Number(row?.clicks) === clicks) return;
  for (const table of ["clicks", "customers"]) await ctx.analytics.command({ query: `truncate table ${table}` });
  const began = performance.now();
  await generate(ctx.analytics, clicks, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} clicks written${done >= clicks ? "\n" : ""}`);
  });
  const took = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(`${clicks} clicks and ${Math.floor(clicks / 20)} customers written in ${took} s`);
}

async function measureQuestions(ctx: ReportContext): Promise<boolean> {
  let held = true;
  for (const [index, [name, question]] of QUESTIONS.entries()) {
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await ask(ctx, question);
      took.push(performance.now() - began);
    }
    const first = index === 0 ? (median(took) < 1_000 ? "  → held" : "  → NOT held") : "";
    if (first.includes("NOT")) held = false;
    console.log(
      `${name.padEnd(50)} median ${median(took).toFixed(0).padStart(6)} ms, slowest ${Math.max(...took)
        .toFixed(0)
        .padStart(6)} ms${first}`,
    );
  }
  return held;
}

async function startServer(url: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [here("redirect/server.ts"), "recorded", url], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line")) as [string];
  return { child, port: Number(port) };
}

async function runClient(port: number, connections: number): Promise<LoadResult> {
  const args = [here("redirect/client.ts"), port, connections, seconds, 1].map(String);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return JSON.parse(line) as LoadResult;
}

/** Rounds with and without reports take turns, so that a noisy machine is noisy for both. */
async function measureRedirects(ctx: ReportContext, world: BenchWorld, connections: number): Promise<boolean> {
  const { child, port } = await startServer(world.postgres.url);
  const without: LoadResult[] = [];
  const beside: LoadResult[] = [];
  let reports = 0;
  for (let round = 0; round < rounds; round += 1) {
    without.push(await runClient(port, connections));
    const stop = new AbortController();
    const asking = (async () => {
      while (!stop.signal.aborted) {
        // What reads all fifty million rows, not a roll-up of them.
        await ask(ctx, { by: reports % 2 === 0 ? "sub1" : "browser,os" });
        reports += 1;
      }
    })();
    beside.push(await runClient(port, connections));
    stop.abort();
    await asking;
  }
  child.stdin?.end();
  await once(child, "exit");
  const p99 = (all: readonly LoadResult[]) => median(all.map((one) => one.p99));
  const rate = (all: readonly LoadResult[]) => median(all.map((one) => one.perSecond));
  const held = p99(beside) <= 3 * p99(without);
  console.log(
    `redirects at ${connections} connections: p99 ${p99(without).toFixed(1)} ms alone (${rate(without).toFixed(0)}/s), ${p99(beside).toFixed(1)} ms beside ${reports} reports (${rate(beside).toFixed(0)}/s): ${(p99(beside) / p99(without)).toFixed(2)} times → ${held ? "held" : "NOT held"}`,
  );
  return held;
}

async function measureShipping(ctx: ReportContext, { database: { pool } }: BenchWorld, rows: number): Promise<void> {
  await pool.query(`truncate intake.entry, intake.lane, reporting.lane`);
  await pool.query(
    `insert into intake.lane (lane, writer, opened_at) overriding system value values (1000, 'bench', now())`,
  );
  await pool.query(`
    insert into intake.entry select 1000, n, 1, now(), json_build_object('v', 1, 'id', '0105' || md5(n::text) || 'abcdefghi', 'at', 1767225600000 + n,
      'verdict', 'click', 'to', 'landing', 'link', n % 1000, 'linkId', 'lnk_01bench' || n % 20000, 'programId', 'prg_01bench', 'offerId', 'ofr_01bench',
      'partnerId', 'prt_01bench' || n % 100, 'sub1', 'campaign-' || n % 50, 'sub2', 'adset-' || n % 500, 'partnerClickId', md5('x' || n), 'source', 'google',
      'country', 'DE', 'ip', '203.0.113.' || n % 250, 'ua', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/' || n % 300,
      'referer', 'https://www.example.com/review/best', 'language', 'de-DE')::text from generate_series(1, ${rows}) n`);
  const began = performance.now();
  const shipped = await shipAll({ db: ctx.db, analytics: ctx.analytics, clickIds: { read: () => undefined } });
  const took = (performance.now() - began) / 1_000;
  if (shipped !== rows) throw new Error(`${rows} clicks in the log, ${shipped} shipped`);
  console.log(
    `clicks shipped: ${shipped} in ${took.toFixed(1)} s, ${Math.round(shipped / took)} a second (60,000 wanted)`,
  );
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before: ${loadavg()[0]?.toFixed(2)}; ${clicks} clicks, ${rounds} rounds`,
);
const folder = kept ?? mkdtempSync(join(tmpdir(), "tributary-bench-analytics-"));
const world = await openBenchWorld();
const engine = await startClickhouse({ directory: folder });
let held = true;
try {
  await migrateClickhouse(engine.url, readMigrations(clickhouseMigrations));
  const analytics = openAnalytics(engine.url);
  const clock = { now: () => new Date() };
  const { db } = world.database;
  const ctx: ReportContext = { db, whole: db, clock, ids: idSource(clock.now, randomBytes), analytics };
  await fill(ctx);
  held = (await measureQuestions(ctx)) && held;
  for (const connections of [16, 64]) held = (await measureRedirects(ctx, world, connections)) && held;
  await measureShipping(ctx, world, 500_000);
  await analytics.close();
} finally {
  await engine.stop();
  await world.close();
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
process.exitCode = held ? 0 : 1;
