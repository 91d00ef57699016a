/**
 * A month of commissions for a whole operator, from the stored facts to booked lines: by default 10,000,000 events, 1,000,000 customers and
 * 2,000 partners on mixed deals. In turn with it, a bare program (the driver, a cursor, nothing else) reads the same rows from the same PostgreSQL
 * and sums them. Then the sums are compared with plain SQL, one partner's month is calculated again after one new event, and a calculation is
 * killed in the middle and goes on.
 *
 *     node bench/commissions.ts [events] [--data <folder>]     a folder that is given is kept, and its facts are used again
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import type { Program } from "../server/src/shell/program.ts";
import { withProgram } from "../server/src/shell/program.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { type Bare, readBare } from "./commissions/bare.ts";
import { type Calculated, calculateInChild, killedAndResumed } from "./commissions/calculation.ts";
import { differencesFromSql } from "./commissions/check.ts";
import { oneNewEvent } from "./commissions/one-event.ts";
import { markMarch, seedFacts, seedPartners } from "./commissions/seed.ts";
import { readCommandConfiguration } from "./events/configuration.ts";
import { processorTime } from "./events/processor-time.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: "string" } } });
const EVENTS = Number(positionals[0] ?? 10_000_000);
const SIZE = {
  events: EVENTS,
  customers: Math.max(200, EVENTS / 10),
  partners: Math.max(20, Math.min(2_000, EVENTS / 5_000)),
};
const loadBefore = loadavg()[0] ?? 0;
const TARGET_RATIO = 0.25;
const TARGET_MB = 2048;
const TARGET_EVENT_MS = 50;

async function seed(program: Program): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`select program_id as id from programs.program where code = 'bench'`.execute(program.ctx.db);
  if (rows[0] !== undefined) return rows[0].id;
  const began = performance.now();
  const programId = await seedPartners(program.ctx, SIZE);
  await seedFacts(program.ctx, programId, SIZE);
  console.log(`seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return programId;
}

/** As if nothing had ever been calculated. */
async function forget(program: Program, programId: string): Promise<void> {
  await sql`truncate commissions.line, commissions.held, commissions.memory, commissions.dirty, ledger.transfer,
    ledger.balance, ledger.period_total, ledger.account restart identity cascade`.execute(program.ctx.db);
  await markMarch(program.ctx, programId);
}

function report(bare: Bare, done: Calculated): boolean {
  const ratio = bare.seconds / done.seconds;
  const each = (seconds: number) => `${Math.round(bare.rows / seconds).toLocaleString("en")} rows/s`;
  const percent = (100 * ratio).toFixed(0);
  console.log(
    `bare program: ${bare.rows.toLocaleString("en")} rows, ${bare.seconds.toFixed(1)} s, ${each(bare.seconds)}`,
  );
  console.log(
    `calculation: ${done.pairs} pairs, ${done.lines} lines, ${done.seconds.toFixed(1)} s, ${each(done.seconds)}`,
  );
  console.log(`that is ${percent} % of the bare program's speed (target at least ${100 * TARGET_RATIO})`);
  console.log(`memory of all calculating processes: at most ${done.peakMb.toFixed(0)} MB (target below ${TARGET_MB})`);
  return ratio >= TARGET_RATIO && done.peakMb < TARGET_MB && done.problems === 0;
}

async function checked(program: Program): Promise<bigint | null> {
  const { partners, sum, wrong } = await differencesFromSql(program.ctx);
  console.log(`against plain SQL: ${partners} partners, ${sum} cents booked, ${wrong.length} partners differ`);
  for (const one of wrong.slice(0, 10)) console.log(`  ${one}`);
  return wrong.length === 0 ? sum : null;
}

/** Seconds of processor time since an earlier look, of PostgreSQL and of this program with all that it started. */
function usedSince(before: Readonly<Record<string, number>>): string {
  const now = Object.entries(processorTime(process.pid)).map(([name, s]) => [name, s - (before[name] ?? 0)] as const);
  const sum = (postgres: boolean) =>
    now.filter(([name]) => (name === "postgres") === postgres).reduce((all, [, seconds]) => all + seconds, 0);
  return `${sum(false).toFixed(1)} s and PostgreSQL ${sum(true).toFixed(1)} s`;
}

async function main(program: Program): Promise<boolean> {
  const programId = await seed(program);
  await forget(program, programId);
  const atFirst = processorTime(process.pid);
  const before = await readBare(program.databaseUrl);
  const bareUsed = usedSince(atFirst);
  const atSecond = processorTime(process.pid);
  const done = await calculateInChild(dataDirectory);
  const used = usedSince(atSecond);
  const after = await readBare(program.databaseUrl);
  const fast = report(before.seconds < after.seconds ? before : after, done);
  console.log(`processor time: bare program ${bareUsed}; calculation ${used}`);
  const sum = await checked(program);
  await forget(program, programId);
  const resumed = await killedAndResumed(program.ctx, dataDirectory);
  console.log(`killed after ${resumed.pairsBefore} pairs, then ${resumed.pairsAfter} more`);
  const again = await checked(program);
  const events = await oneNewEvent(program.ctx, programId, SIZE.partners);
  const shown = [...events].map(([kind, ms]) => `${kind} ${ms.toFixed(0)}`).join(", ");
  console.log(`a partner's month after one new event, ms: ${shown} (target ${TARGET_EVENT_MS})`);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}`;
  console.log(`${machine}, load ${loadBefore.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after`);
  const quick = [...events.values()].every((ms) => ms < TARGET_EVENT_MS);
  return fast && sum !== null && sum === again && quick;
}

const dataDirectory = values.data ?? temporaryFolder();
try {
  const held = await withProgram(readCommandConfiguration(dataDirectory), "bench", main);
  if (!held) process.exitCode = 1;
} finally {
  if (values.data === undefined) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
