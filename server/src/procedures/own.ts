import type { OwnProcedure } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { doerOf, touchOf } from "./acting.ts";
import { type LoadedCase, loadCase } from "./cases.ts";
import { conditionsFor, isDecision, stageOf, textIn } from "./core/conditions.ts";
import { tasksWire } from "./reading.ts";
import { ownCases } from "./store/cases.ts";

/** What a partner has to do, and how far it is: its own tasks and signatures only. */
export async function ownProcedures(ctx: Context, actor: Actor, language: string): Promise<{ data: OwnProcedure[] }> {
  const { partnerId } = actor;
  if (partnerId === undefined) return { data: [] };
  const data: OwnProcedure[] = [];
  for (const row of await ownCases(ctx.db, partnerId)) {
    const loaded = await loadCase(ctx, row);
    const own = await ownOf(ctx, actor, loaded, language);
    // a procedure that never asks the partner for anything is the house's own business
    if (own !== undefined) data.push(own);
  }
  return { data };
}

async function ownOf(
  ctx: Context,
  actor: Actor,
  loaded: LoadedCase,
  language: string,
): Promise<OwnProcedure | undefined> {
  const { definition, state, row } = loaded;
  const isPartners = definition.stages.some(
    ({ tasks, gate }) =>
      tasks.some(({ owner }) => owner === "partner") || gate.some((one) => isDecision(one) && one.role === "partner"),
  );
  if (!isPartners) return undefined;
  const place = definition.stages.findIndex(({ key }) => key === state.stage);
  const finished = state.status === "finished";
  const stage = stageOf(definition, state.stage);
  const doer = doerOf(actor, await touchOf(ctx, row));
  const tasks = tasksWire(ctx, loaded, doer, stage.key, language).filter(({ owner }) => owner === "partner");
  const decisions = conditionsFor(stage, state.traits).flatMap((one) =>
    isDecision(one) && one.role === "partner"
      ? [
          {
            key: one.decision,
            title: textIn(one.title, language),
            signed: state.decisions[one.decision]?.verdict === "approved",
          },
        ]
      : [],
  );
  const running = state.status === "running";
  return {
    caseId: row.case_id,
    title: textIn(definition.title, language),
    status: state.status,
    stages: definition.stages.map(({ title }, index) => ({
      title: textIn(title, language),
      state: finished || index < place ? "done" : index === place ? "here" : "ahead",
    })),
    tasks: running ? tasks : [],
    decisions: running ? decisions : [],
    waitingForUs: running && (tasks.some(({ done }) => done === null) || decisions.some(({ signed }) => !signed)),
    revision: state.events,
  };
}
