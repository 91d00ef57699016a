/**
 * Deciding everybody again: by default 10,000,000 clicks of two million visitors, each click naming the visitor's click before it, and 100,000
 * events of 50,000 customers. First by the stored rules, under which nobody may move; then under others, tried and applied.
 *
 *     node bench/attribution.ts [clicks] [events] [--data <folder>]     a folder that is given is kept, and its clicks are used again
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { AttributionRules, NewRulesVersion } from "@tributary/contract";
import { sql } from "kysely";
import { saveRules } from "../server/src/attribution/index.ts";
import { runAttribution, tryAttribution } from "../server/src/shell/attribution-replay.ts";
import { type Program, withProgram } from "../server/src/shell/program.ts";
import { clickIdsFor } from "../server/src/shell/tracking-parts.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { ANNA } from "../server/test/money/world.ts";
import { seedJourneys } from "./attribution/journeys.ts";
import { readCommandConfiguration } from "./events/configuration.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: "string" } } });
const CLICKS = Number(positionals[0] ?? 10_000_000);
const EVENTS = Number(positionals[1] ?? Math.max(200, CLICKS / 100));
const TARGET_SECONDS = 120;
const loadBefore = loadavg()[0] ?? 0;

/** Under these a part of the customers moves: the first click of a visitor is often another partner's than the last. */
const OTHER = AttributionRules.parse({ model: "first_click" });

async function timed<T>(what: string, work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what}: ${seconds.toFixed(1)} s`);
  return { result, seconds };
}

async function seed(program: Program): Promise<string> {
  const found = await sql<{ id: string }>`select program_id as id from programs.program where code = 'bench'`.execute(
    program.ctx.db,
  );
  if (found.rows[0] !== undefined) return found.rows[0].id;
  const { result } = await timed(`${CLICKS} clicks and ${EVENTS} events recorded and attributed`, () =>
    seedJourneys(program, { clicks: CLICKS, events: EVENTS }),
  );
  return result;
}

async function measure(program: Program): Promise<boolean> {
  const { ctx } = program;
  const programId = await seed(program);
  const clickIds = await clickIdsFor(program);
  const same = await timed("by the stored rules", () => tryAttribution(ctx, clickIds, { programId, tried: null }));
  if (same.result.moved.length > 0) throw new Error(`${same.result.moved.length} customers moved under the same rules`);
  const tried = { rules: OTHER, validFrom: null, validUntil: null };
  const preview = await timed("tried under first clicks", () => tryAttribution(ctx, clickIds, { programId, tried }));
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 1)::int as version from attribution.rules_version where program_id = ${programId}`.execute(
    ctx.db,
  );
  const given = NewRulesVersion.parse({ rules: OTHER, after: rows[0]?.version, reason: "a benchmark" });
  const saved = await saveRules(ctx, ANNA, programId, given, { previewed: true });
  const applied = await timed("applied", () => runAttribution(ctx, clickIds, saved.runId ?? ""));
  const customers = preview.result.customers;
  console.log(`${customers} customers, ${preview.result.moved.length} of them moved`);
  const slowest = Math.max(same.seconds, preview.seconds, applied.seconds);
  const held = slowest < TARGET_SECONDS;
  console.log(`slowest ${slowest.toFixed(1)} s, target under ${TARGET_SECONDS} s: ${held ? "held" : "NOT HELD"}`);
  return held;
}

const folder = values.data ?? temporaryFolder();
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadBefore.toFixed(1)} before`);
try {
  const held = await withProgram(readCommandConfiguration(folder), "bench", measure);
  if (!held) process.exitCode = 1;
} finally {
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}
