/**
 * A month of commissions for a whole operator, from the stored facts to booked lines: by default 10,000,000 events, 1,000,000 customers and
 * 2,000 partners on mixed deals. In turn with it, a bare program (the driver, a cursor, nothing else) reads the same rows from the same PostgreSQL
 * and sums them. Then the sums are compared with plain SQL, one partner's month is calculated again after one new event, and a calculation is
 * killed in the middle and goes on.
 *
 *     node bench/commissions.ts [events] [--data <folder>]     a folder that is given is kept, and its facts are used again
 */
import { existsSync, rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import type { Program } from "../server/src/shell/program.ts";
import { withProgram } from "../server/src/shell/program.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { type Bare, readBare } from "./commissions/bare.ts";
import { calculateInChild, type Calculated, killedAndResumed } from "./commissions/calculation.ts";
import { differencesFromSql } from "./commissions/check.ts";
import { oneNewEvent } from "./commissions/one-event.ts";
import { markMarch, seedFacts, seedPartners } from "./commissions/seed.ts";
import { readCommandConfiguration } from "./events/configuration.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: "string" } } });
const EVENTS = Number(positionals[0] ?? 10_000_000);
const SIZE = { events: EVENTS, customers: Math.max(200, EVENTS / 10), partners: Math.max(20, Math.min(2_000, EVENTS / 500)) };
const TARGET_RATIO = 0.25;
const TARGET_MB = 2048;
const TARGET_EVENT_MS = 50;

async function seed(program: Program): Promise<string> {
  const { rows } = await sql<{ id: string }>`select program_id as id from programs.program where code = 'bench'`.execute(program.ctx.db);
  if (rows[0] !== undefined) return rows[0].id;
  const began = performance.now();
  const programId = await seedPartners(program.ctx, SIZE);
  await seedFacts(program.ctx, programId, SIZE);
  console.log(`seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return programId;
}

/** As if nothing had ever been calculated. */
async function forget(program: Program, programId: string): Promise<void> {
  await sql`truncate commissions.line, commissions.held, commissions.memory, commissions.dirty, ledger.transfer, ledger.posting,
    ledger.balance, ledger.period_total, ledger.account restart identity cascade`.execute(program.ctx.db);
  await markMarch(program.ctx, programId);
}

function report(bare: Bare, done: Calculated): boolean {
  const ratio = bare.seconds / done.seconds;
  const each = (seconds: number) => `${Math.round(bare.rows / seconds).toLocaleString("en")} rows/s`;
  console.log(`bare program: ${bare.rows.toLocaleString("en")} rows in ${bare.seconds.toFixed(1)} s, ${each(bare.seconds)}`);
  console.log(`calculation: ${done.lines} lines, ${done.pairs} pairs in ${done.seconds.toFixed(1)} s, ${each(done.seconds)}: ${(100 * ratio).toFixed(0)} % (target 25)`);
  console.log(`memory of the calculating processes at their most: ${done.peakMb.toFixed(0)} MB (target below ${TARGET_MB})`);
  return ratio >= TARGET_RATIO && done.peakMb < TARGET_MB;
}

async function main(program: Program, dataDirectory: string): Promise<boolean> {
  const programId = await seed(program);
  await forget(program, programId);
  const bare = await readBare(program.databaseUrl);
  const done = await calculateInChild(dataDirectory);
  const bareAgain = await readBare(program.databaseUrl);
  const fast = report(bareAgain.seconds < bare.seconds ? bareAgain : bare, done);
  const differences = await differencesFromSql(program.ctx);
  console.log(`compared with plain SQL: ${differences.partners} partners, ${differences.wrong.length} differ ${differences.wrong.slice(0, 5).join("; ")}`);
  const event = await oneNewEvent(program.ctx, programId);
  console.log(`one partner's month after one new event: ${event.map((ms) => ms.toFixed(0)).join(", ")} ms (target ${TARGET_EVENT_MS})`);
  const before = await sql<{ lines: bigint; sum: string }>`select count(*) as lines, sum(amount_minor)::text as sum from commissions.line where version = 1`.execute(program.ctx.db);
  await forget(program, programId);
  const resumed = await killedAndResumed(program, dataDirectory);
  const after = await sql<{ lines: bigint; sum: string }>`select count(*) as lines, sum(amount_minor)::text as sum from commissions.line where version = 1`.execute(program.ctx.db);
  const same = resumed.duplicates === 0 && after.rows[0]?.lines === before.rows[0]?.lines;
  console.log(`killed after ${resumed.pairsBefore} pairs, went on with ${resumed.pairsAfter}: ${after.rows[0]?.lines} lines, as before: ${same}`);
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}`);
  const median = [...event].sort((a, b) => a - b)[Math.floor(event.length / 2)] ?? Number.POSITIVE_INFINITY;
  return fast && differences.wrong.length === 0 && same && median < TARGET_EVENT_MS;
}

const dataDirectory = values.data ?? temporaryFolder();
if (values.data !== undefined && !existsSync(join(values.data, "."))) console.log(`a new folder: ${values.data}`);
try {
  const held = await withProgram(readCommandConfiguration(dataDirectory), "bench", (program) => main(program, dataDirectory));
  if (!held) process.exitCode = 1;
} finally {
  if (values.data === undefined) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
