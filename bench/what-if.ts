/**
 * A closed month under something else, for all partners of a program at once: by default 1,000,000 events, 100,000 customers and 2,000 partners on mixed
 * deals whose month is booked. Each what-if runs as a person would start it, as a stored simulation. Under its own terms and rates the month has
 * to come out as it is booked, to the cent.
 *
 *     node bench/what-if.ts [events] [--data <folder>]     a folder that is given is kept, and its facts are used again
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { NewSimulation, type ReplayResult } from "@tributary/contract";
import { sql } from "kysely";
import type { TouchSources } from "../server/src/attribution/index.ts";
import { recalculate, runSimulation, startSimulation } from "../server/src/commissions/index.ts";
import { type Program, withProgram } from "../server/src/shell/program.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { ANNA } from "../server/test/money/world.ts";
import { documentOf } from "./commissions/plans.ts";
import { markMarch, seedFacts, seedPartners } from "./commissions/seed.ts";
import { readCommandConfiguration } from "./events/configuration.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: "string" } } });
const EVENTS = Number(positionals[0] ?? 1_000_000);
const SIZE = {
  events: EVENTS,
  customers: Math.max(200, EVENTS / 10),
  partners: Math.max(20, Math.min(2_000, EVENTS / 500)),
};
const TARGET_SECONDS = 60;
const loadBefore = loadavg()[0] ?? 0;

/** Rates of one day as they are stored: nothing may come out otherwise. */
const SAME_RATES = { kind: "rates", rates: [{ on: "2026-03-10", currency: "USD", rate: "1.09" }] };
const QUESTIONS: readonly (readonly [string, object])[] = [
  ["its own terms", SAME_RATES],
  ["a share for everybody", planChange("share")],
  ["CPA and share for everybody", planChange("hybrid")],
  ["tiers for everybody", planChange("tiers")],
  ["high rollers fenced for everybody", planChange("rollers")],
];

function planChange(kind: Parameters<typeof documentOf>[0]): object {
  return { kind: "plan", plan: { kind: "document", document: documentOf(kind), name: kind } };
}

/** No question here decides about touches. */
const SOURCES = { findPartners: async () => new Map() } as unknown as TouchSources;

async function seed(program: Program): Promise<string> {
  const found = await sql<{ id: string }>`select program_id as id from programs.program where code = 'bench'`.execute(
    program.ctx.db,
  );
  if (found.rows[0] !== undefined) return found.rows[0].id;
  const began = performance.now();
  const programId = await seedPartners(program.ctx, SIZE);
  await seedFacts(program.ctx, programId, SIZE);
  await markMarch(program.ctx, programId);
  await recalculate(program.ctx);
  console.log(`seeded and booked in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return programId;
}

async function ask(program: Program, programId: string, name: string, change: object): Promise<number> {
  const question = NewSimulation.parse({ kind: "replay", name, programId, month: "2026-03", change });
  const { id } = await startSimulation(program.ctx, ANNA, question);
  const began = performance.now();
  await runSimulation(program.ctx, id, { sources: SOURCES, engineVersion: "bench" });
  const seconds = (performance.now() - began) / 1000;
  const { rows } = await sql<{ result: ReplayResult | null; problem: string | null }>`
    select result, problem from commissions.simulation where simulation_id = ${id}`.execute(program.ctx.db);
  const result = rows[0]?.result;
  if (result == null) throw new Error(`${name}: ${rows[0]?.problem}`);
  const sums = result.totals.map((one) => `${one.booked} → ${one.replayed} ${one.currency} cents`).join(", ");
  console.log(`${name}: ${seconds.toFixed(1)} s, ${result.partners} partners, ${result.changed} differ, ${sums}`);
  const changed = change === SAME_RATES ? result.changed : 0;
  if (changed > 0 || result.problems.length > 0)
    throw new Error(`${name}: ${JSON.stringify(result.problems[0] ?? changed)}`);
  return seconds;
}

async function main(program: Program): Promise<boolean> {
  const programId = await seed(program);
  const took: number[] = [];
  for (const [name, change] of QUESTIONS) took.push(await ask(program, programId, name, change));
  const slowest = Math.max(...took);
  const held = slowest < TARGET_SECONDS ? "held" : "NOT held";
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${EVENTS} events, ${SIZE.partners} partners: at most ${slowest.toFixed(1)} s (target ${TARGET_SECONDS}) → ${held}`,
  );
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}`;
  console.log(
    `memory ${memory} MB; ${machine}, load ${loadBefore.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after`,
  );
  return slowest < TARGET_SECONDS;
}

const dataDirectory = values.data ?? temporaryFolder();
try {
  if (!(await withProgram(readCommandConfiguration(dataDirectory), "bench", main))) process.exitCode = 1;
} finally {
  if (values.data === undefined) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
