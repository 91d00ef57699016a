import { createHash } from "node:crypto";
import type { TouchSources } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { runDeal } from "./deal.ts";
import { runReplay } from "./replay.ts";
import type { StoredQuestion } from "./service.ts";
import { type Steps, stepsOf, Unwanted } from "./steps.ts";
import * as store from "./store/simulations.ts";

/** What a run is given by the shell. */
export interface SimulationNeeds {
  readonly sources: TouchSources;
  /** Version of the program: the same question may come out otherwise under another one. */
  readonly engineVersion: string;
}

/** Runs a stored question and stores its answer for good; again after a run that was broken off begins anew. What is finished or cancelled stays. */
export async function runSimulation(ctx: Context, id: string, needs: SimulationNeeds): Promise<void> {
  const row = await store.takeUp(ctx.db, id);
  if (row === undefined) return;
  const steps = stepsOf(
    (done, all) => store.noteSteps(ctx.db, id, done, all),
    () => performance.now(),
  );
  try {
    const done = await answer(ctx, row, needs, steps);
    const input = {
      ...(row.input as object),
      partnerIds: row.partner_ids,
      facts: done.facts,
      engine: needs.engineVersion,
    };
    await store.finish(ctx.db, id, {
      result: done.result,
      costShare: done.costShare,
      inputHash: createHash("sha256").update(canonicalJson(input)).digest("hex"),
      engineVersion: needs.engineVersion,
      at: ctx.clock.now(),
    });
  } catch (error) {
    if (error instanceof Unwanted) return;
    const told = error instanceof Refusal ? error.message : "It could not be calculated; the log says why.";
    await store.endWith(ctx.db, id, "failed", told, ctx.clock.now());
    if (!(error instanceof Refusal)) throw error;
  }
}

async function answer(ctx: Context, row: store.SimulationRow, needs: SimulationNeeds, steps: Steps) {
  const { question, plans } = row.input as unknown as StoredQuestion;
  if (question.kind === "deal")
    return await runDeal(ctx, { deal: question, plans, partnerIds: row.partner_ids ?? [] }, steps);
  const [plan = null] = plans;
  const asked = { simulationId: row.simulation_id, replay: question, plan };
  return { ...(await runReplay(ctx, asked, needs.sources, steps)), costShare: null };
}
