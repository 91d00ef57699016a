/**
 * The month end of a whole operator: a commission run from frozen through calculated, validated (its statements closed) and approved, then what is
 * payable, settled and proved, and statements on paper. By default 20,000 partners and 5,000,000 lines. Every tenth partner works in two
 * programs, so that its payable amount is split by what its transfers say.
 *
 *     node bench/statements.ts [partners] [lines]
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { sql } from "kysely";
import { type Context, transact } from "../server/src/database/index.ts";
import { addMonths } from "../server/src/kernel/period.ts";
import { advanceRun, approveItems, askFor, getRun, openRun } from "../server/src/runs/index.ts";
import { type Program, withProgram } from "../server/src/shell/program.ts";
import { runNeeds } from "../server/src/shell/run-needs.ts";
import { statementNeeds } from "../server/src/shell/statement-needs.ts";
import { statementPdf } from "../server/src/statements/documents.ts";
import {
  openStatements,
  payableStatements,
  settleStatements,
  verifyStatements,
} from "../server/src/statements/index.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { ANNA, BERT, person } from "../server/test/money/world.ts";
import { readCommandConfiguration } from "./events/configuration.ts";
import { processorTime } from "./events/processor-time.ts";
import { MONTH, seed } from "./statements/seed.ts";

const PARTNERS = Number(process.argv[2] ?? 20_000);
const LINES = Number(process.argv[3] ?? PARTNERS * 250);
const TARGET_SECONDS = 300;
const PAPER_SECONDS = 2;
const loadBefore = loadavg()[0] ?? 0;
const APPROVERS = [person("usr_cora", "approver"), person("usr_dora", "approver"), person("usr_fred", "finance")];
const needs = {
  ...runNeeds,
  actorOf: async (_: Context, id: string) => [ANNA, ...APPROVERS].find((one) => one.id === id),
};

/** How long something took, and the processor time of this process and of PostgreSQL, in seconds. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<readonly [T, number]> {
  const [before, began] = [processorTime(process.pid), performance.now()];
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const after = processorTime(process.pid);
  const used = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)).toFixed(1);
  console.log(
    `${what}: ${seconds.toFixed(1)} s (processor: ${used("bench and import")} s here, ${used("postgres")} s in PostgreSQL)`,
  );
  return [result, seconds];
}

/** From calculated lines to frozen and signed statements. @returns seconds from calculated to the last statement closed */
async function run(ctx: Context): Promise<number> {
  const scope = { partnerIds: [], regionIds: [] };
  const period = { kind: "off_cycle" as const, schedule: null, from: MONTH, to: addMonths(MONTH, 1), scope };
  const runId = await openRun(ctx, ANNA, { ...period, reason: "a measurement" });
  const { revision } = await getRun(ctx, ANNA, runId, needs);
  await askFor(ctx, ANNA, runId, "freeze", { revision, comment: "" }, needs);
  await timed("frozen", () => advanceRun(ctx, runId, needs));
  const step = async (name: "calculate" | "validate") => {
    const now = await getRun(ctx, ANNA, runId, needs);
    await askFor(ctx, ANNA, runId, name, { revision: now.revision, comment: "" }, needs);
    await advanceRun(ctx, runId, needs);
  };
  await timed("calculated, every partner looked at", () => step("calculate"));
  const [, seconds] = await timed("validated, its statements closed", () => step("validate"));
  for (const approver of APPROVERS) {
    const { state } = await getRun(ctx, ANNA, runId, needs);
    await timed(`approved by ${approver.id} (it was ${state})`, () => approve(ctx, approver, runId));
  }
  await timed("released for payment", () => advanceRun(ctx, runId, needs));
  const end = await getRun(ctx, ANNA, runId, needs);
  if (end.state !== "finance_approved") throw new Error(`the run is ${end.state}: ${end.trouble}`);
  return seconds;
}

/** First what is clean, then the partners with a warning by their names. */
async function approve(ctx: Context, approver: (typeof APPROVERS)[number], runId: string): Promise<void> {
  const { rows } = await sql<{ partnerId: string; currency: string }>`
    select partner_id as "partnerId", currency from runs.item where run_id = ${runId} and is_exception`.execute(ctx.db);
  for (const items of [undefined, rows]) {
    const { revision, working } = await getRun(ctx, approver, runId, needs);
    if (items?.length === 0 || working !== null) continue;
    const input = { revision, clean: items === undefined, comment: "", ...(items === undefined ? {} : { items }) };
    await approveItems(ctx, approver, runId, input, needs);
  }
}

/** @returns seconds of the slowest of a hundred statements on paper */
async function papers(program: Program): Promise<number> {
  const { ctx } = program;
  const { rows } = await sql<{ id: string }>`select statement_id as id from statements.statement limit 100`.execute(
    ctx.db,
  );
  const times: number[] = [];
  for (const { id } of rows) {
    const began = performance.now();
    await statementPdf(ctx, ANNA, id, undefined, statementNeeds(program));
    times.push((performance.now() - began) / 1000);
  }
  const sorted = times.toSorted((a, b) => a - b);
  console.log(
    `a statement on paper: ${sorted[50]?.toFixed(2)} s the middle one, ${sorted.at(-1)?.toFixed(2)} s the slowest`,
  );
  return sorted.at(-1) ?? 0;
}

async function main(program: Program): Promise<boolean> {
  const { ctx } = program;
  await timed(`seeded ${PARTNERS} partners and ${LINES} lines`, () => seed(ctx, PARTNERS, LINES));
  await timed("opened", () => openStatements(ctx));
  const seconds = await run(ctx);
  console.log(`${Math.round(LINES / seconds).toLocaleString("en")} lines/s (target ${TARGET_SECONDS} s)`);
  const paper = await papers(program);
  const [payable] = await timed("payable, split by program", () => payableStatements(ctx));
  const settlements = payable.map((one) => ({
    statementId: one.statementId,
    minor: one.payable,
    sourceKey: `payout:${one.statementId}`,
    idempotencyKey: `payout:${one.statementId}`,
    reference: "BENCH",
  }));
  const [settled] = await timed("settled in one transaction", () =>
    transact(ctx, (tx) => settleStatements(tx, BERT, settlements)),
  );
  const [proof] = await timed("proved", () => verifyStatements(ctx));
  console.log(`${settled.settled} settled, ${proof.closed} proved, ${proof.problems.length} problems`);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadBefore.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after`,
  );
  const whole = proof.closed === PARTNERS && settled.settled === PARTNERS && proof.problems.length === 0;
  return whole && seconds < TARGET_SECONDS && paper < PAPER_SECONDS;
}

const dataDirectory = temporaryFolder();
try {
  if (!(await withProgram(readCommandConfiguration(dataDirectory), "bench", main))) process.exitCode = 1;
} finally {
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
