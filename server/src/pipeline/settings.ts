import type { PipelineSettings, PipelineSettingsChange, PipelineTargets } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { allTargets, writeTargets } from "./store/forecast.ts";
import * as store from "./store/settings.ts";
import { reasonWire, stageWire } from "./wire.ts";

export async function getSettings(ctx: Context): Promise<PipelineSettings> {
  const [stages, reasons] = await Promise.all([store.stageRows(ctx.db), store.reasonRows(ctx.db)]);
  return { stages: stages.map(stageWire), lostReasons: reasons.map(reasonWire) };
}

/** Stages and lost reasons as a whole. The two ends and the first stage have to stay; a stage in which leads are is not switched off. */
export async function changeSettings(
  ctx: Context,
  actor: Actor,
  change: PipelineSettingsChange,
): Promise<PipelineSettings> {
  requirePermission(actor, "pipeline.approve", {});
  return await transact(ctx, async (tx) => {
    const before = await getSettings(tx);
    const used = await store.stagesInUse(tx.db);
    checkStages(change, used);
    await store.writeSettings(tx.db, change.stages, change.lostReasons);
    const after = await getSettings(tx);
    await audit.record(tx, actor, {
      action: "pipeline.settings_changed",
      subjectKind: "pipeline",
      subjectId: "pipeline",
      before,
      after,
    });
    return after;
  });
}

function checkStages(change: PipelineSettingsChange, used: ReadonlySet<string>): void {
  const ids = change.stages.map((one) => one.id);
  if (new Set(ids).size < ids.length) throw invalid("stages", "", "name one of them twice");
  for (const [id, outcome] of [
    ["new", null],
    ["won", "won"],
    ["lost", "lost"],
  ] as const) {
    const stage = change.stages.find((one) => one.id === id);
    if (stage === undefined || !stage.active || stage.outcome !== outcome)
      throw invalid(
        "stages",
        id,
        "has to stay",
        "Every lead begins there or ends there; it may be called something else.",
      );
  }
  if (change.stages.filter((one) => one.outcome !== null).length !== 2)
    throw invalid("stages", "", "have exactly two ends: won and lost");
  const gone = [...used].find((id) => !change.stages.some((one) => one.id === id && one.active));
  if (gone !== undefined)
    throw new Refusal("wrong_state", `There are open leads in the stage ${gone}: move them first.`, [
      { field: "stages", value: gone, message: "has open leads", hint: "Move them to another stage first." },
    ]);
}

export async function getTargets(ctx: Context): Promise<PipelineTargets> {
  const rows = await allTargets(ctx.db);
  return {
    data: rows.map((row) => ({ month: row.month.slice(0, 7), ownerUserId: row.owner_user_id, ftds: row.ftds })),
  };
}

export async function changeTargets(ctx: Context, actor: Actor, targets: PipelineTargets): Promise<PipelineTargets> {
  requirePermission(actor, "pipeline.approve", {});
  return await transact(ctx, async (tx) => {
    const before = await getTargets(tx);
    await writeTargets(tx.db, targets.data);
    await audit.record(tx, actor, {
      action: "pipeline.targets_changed",
      subjectKind: "pipeline",
      subjectId: "targets",
      before,
      after: targets,
    });
    return await getTargets(tx);
  });
}
