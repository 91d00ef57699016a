import type { ReplayMove } from "@tributary/contract";
import { type Selectable, sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { AttributionRules } from "../contracts.ts";
import { readRules } from "../core/rules.ts";

export type RunRow = Selectable<Schema["attribution.replay_run"]>;

/** Commission of a partner, booked and as it would be under the rules that are tried. */
export interface CommissionDifference {
  readonly partnerId: string;
  readonly currency: string;
  readonly bookedMinor: bigint;
  readonly replayedMinor: bigint;
}

export interface NewRun {
  readonly runId: string;
  readonly programId: string;
  readonly kind: "preview" | "apply";
  readonly rules: AttributionRules | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly rulesVersion: number | null;
  readonly expected: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export async function insertRun(db: Db, run: NewRun): Promise<void> {
  await db
    .insertInto("attribution.replay_run")
    .values({
      run_id: run.runId,
      program_id: run.programId,
      kind: run.kind,
      state: "waiting",
      rules: run.rules === null ? null : JSON.stringify(run.rules),
      valid_from: run.validFrom,
      valid_until: run.validUntil,
      rules_version: run.rulesVersion,
      expected: BigInt(run.expected),
      created_by: run.createdBy,
      created_at: run.createdAt,
    })
    .execute();
}

export async function runById(db: Db, runId: string): Promise<RunRow | undefined> {
  return await db.selectFrom("attribution.replay_run").selectAll().where("run_id", "=", runId).executeTakeFirst();
}

export async function runPage(db: Db, programId: string, page: PageRequest): Promise<Page<RunRow>> {
  const order = { name: "newest", columns: ["run_id"], direction: "desc" } as const;
  const query = db.selectFrom("attribution.replay_run").selectAll().where("program_id", "=", programId);
  return await keysetPage(query, order, page);
}

/** Runs that are not over: they were asked for, or whoever was at them was killed. */
async function unfinishedRuns(db: Db): Promise<RunRow[]> {
  return await db
    .selectFrom("attribution.replay_run")
    .selectAll()
    .where("state", "in", ["waiting", "running"])
    .orderBy("run_id")
    .execute();
}

/** Keeps how far a run came, in the transaction of the page. A run stands at `after`: whoever finds it elsewhere is not the only one at it. */
async function advanceRun(
  db: Db,
  runId: string,
  from: bigint,
  step: { readonly after: bigint; readonly customers: number; readonly moves: readonly ReplayMove[] },
): Promise<boolean> {
  const done = await sql`
    update attribution.replay_run set state = 'running', after_id = ${step.after}, customers = customers + ${step.customers},
      moves = ${JSON.stringify(step.moves)}::jsonb
    where run_id = ${runId} and after_id = ${from} and state in ('waiting', 'running')`.execute(db);
  return done.numAffectedRows === 1n;
}

/** A preview that was broken off knows only counts: it begins again. */
async function restartRun(db: Db, runId: string): Promise<void> {
  await sql`
    update attribution.replay_run set state = 'waiting', after_id = 0, customers = 0, moves = '[]' where run_id = ${runId}`.execute(
    db,
  );
}

async function finishRun(
  db: Db,
  runId: string,
  at: Date,
  outcome: { readonly problem: string | null; readonly commissions: readonly CommissionDifference[] | null },
): Promise<void> {
  const sums =
    outcome.commissions?.map((one) => ({
      ...one,
      bookedMinor: String(one.bookedMinor),
      replayedMinor: String(one.replayedMinor),
    })) ?? null;
  await sql`
    update attribution.replay_run set state = ${outcome.problem === null ? "done" : "failed"}, problem = ${outcome.problem},
      commissions = ${sums === null ? null : JSON.stringify(sums)}::jsonb, finished_at = ${at}
    where run_id = ${runId}`.execute(db);
}

/** The rules that a preview tries. */
function rulesOfRun(row: RunRow): AttributionRules {
  return readRules(row.rules);
}

/** Door for whoever takes runs to their end. */
export const replayRuns = {
  byId: runById,
  unfinished: unfinishedRuns,
  advance: advanceRun,
  restart: restartRun,
  finish: finishRun,
  rulesOf: rulesOfRun,
} as const;
export type ReplayRuns = typeof replayRuns;
