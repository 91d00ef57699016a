import type { RunState } from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type TxContext } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { levelAt } from "./core/life.ts";
import * as store from "./store/runs.ts";

/** Locks a run for a change by a person who has seen this revision. @throws Refusal `not_found`, `conflict` */
export async function takeRun(tx: TxContext, runId: string, revision: number): Promise<store.RunRow> {
  const run = await store.lockRun(tx.db, runId);
  if (run === undefined) throw notFound("run", runId);
  if (run.revision !== revision) throw changedMeanwhile("run", revision);
  return run;
}

/** @throws Refusal `wrong_state` while the worker is at it */
export function refuseWhileWorking(run: store.RunRow): void {
  if (run.working !== null) throw new Refusal("wrong_state", "The run is being worked at: wait until that is done.");
}

/** Moves a run into a state: its course and the trail, in one transaction. */
export async function moveTo(
  tx: TxContext,
  actor: Actor,
  run: store.RunRow,
  to: RunState,
  comment: string,
  change: store.RunChange = {},
): Promise<void> {
  const attempt = typeof change.attempt === "number" ? change.attempt : run.attempt;
  await store.updateRun(tx.db, run.runId, { ...change, state: to });
  await store.addCourse(tx.db, {
    runId: run.runId,
    from: run.state,
    to,
    attempt,
    person: personOf(actor),
    at: tx.clock.now(),
    comment,
  });
  await audit.record(tx, actor, {
    action: `runs.${to}`,
    subjectKind: "run",
    subjectId: run.runId,
    before: { state: run.state },
    after: { state: to, attempt },
    ...(comment === "" ? {} : { reason: comment }),
  });
  if (levelAt(to) !== null) await announce(tx, WAITING_TASK, { runId: run.runId });
}

/** The notice that a run waits for somebody's approval. */
export const WAITING_TASK = "runs.waiting";

/** The notice on which a run goes on by itself. */
export const RUN_TASK = "runs.advance";
