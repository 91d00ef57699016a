import type { LeadStage, LostReason } from "@tributary/contract";
import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type StageRow = Selectable<Schema["pipeline.stage"]>;
export type ReasonRow = Selectable<Schema["pipeline.lost_reason"]>;

export async function stageRows(db: Db): Promise<StageRow[]> {
  return await db.selectFrom("pipeline.stage").selectAll().orderBy("position").orderBy("stage_id").execute();
}

export async function reasonRows(db: Db): Promise<ReasonRow[]> {
  return await db.selectFrom("pipeline.lost_reason").selectAll().orderBy("position").orderBy("reason_id").execute();
}

/** Stages and reasons in this order; those that are not named any more stay, switched off: leads have them. */
export async function writeSettings(
  db: Db,
  stages: readonly LeadStage[],
  reasons: readonly LostReason[],
): Promise<void> {
  await db.updateTable("pipeline.stage").set({ active: false }).execute();
  await db.updateTable("pipeline.lost_reason").set({ active: false }).execute();
  const columns = stages.map((one, index) => ({
    stage_id: one.id,
    position: (index + 1) * 10,
    names: JSON.stringify(one.names),
    probability: one.probability,
    usual_days: one.usualDays,
    outcome: one.outcome,
    active: one.active,
  }));
  await db
    .insertInto("pipeline.stage")
    .values(columns)
    .onConflict((conflict) =>
      conflict.column("stage_id").doUpdateSet((eb) => ({
        position: eb.ref("excluded.position"),
        names: eb.ref("excluded.names"),
        probability: eb.ref("excluded.probability"),
        usual_days: eb.ref("excluded.usual_days"),
        active: eb.ref("excluded.active"),
      })),
    )
    .execute();
  await db
    .insertInto("pipeline.lost_reason")
    .values(
      reasons.map((one, index) => ({
        reason_id: one.id,
        position: (index + 1) * 10,
        names: JSON.stringify(one.names),
        reapply_days: one.reapplyDays,
        active: one.active,
      })),
    )
    .onConflict((conflict) =>
      conflict.column("reason_id").doUpdateSet((eb) => ({
        position: eb.ref("excluded.position"),
        names: eb.ref("excluded.names"),
        reapply_days: eb.ref("excluded.reapply_days"),
        active: eb.ref("excluded.active"),
      })),
    )
    .execute();
}

export async function stagesInUse(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("pipeline.lead")
    .select("stage_id")
    .distinct()
    .where("status", "=", "open")
    .execute();
  return new Set(rows.map((row) => row.stage_id));
}
