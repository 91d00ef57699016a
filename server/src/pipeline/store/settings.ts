import type { Absence, LeadStage, LostReason, NewAbsence } from "@tributary/contract";
import type { Selectable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

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

/** Who is away on a day, and who stands in. */
export async function awayOn(db: Db, day: string): Promise<ReadonlyMap<string, string | null>> {
  const rows = await db
    .selectFrom("pipeline.absence")
    .select(["user_id", "deputy_user_id"])
    .where("from_day", "<=", day)
    .where("until_day", ">", day)
    .orderBy("absence_id")
    .execute();
  return new Map(rows.map((row) => [row.user_id, row.deputy_user_id]));
}

const BY_ID = { name: "newest", columns: ["absence_id"], direction: "desc" } as const;

export async function absencePage(db: Db, page: PageRequest): Promise<Page<Absence>> {
  const found = await keysetPage(db.selectFrom("pipeline.absence").selectAll(), BY_ID, page);
  return {
    nextCursor: found.nextCursor,
    rows: found.rows.map((row) => ({
      id: String(row.absence_id),
      userId: row.user_id,
      from: row.from_day,
      until: row.until_day,
      deputyUserId: row.deputy_user_id,
    })),
  };
}

export async function insertAbsence(db: Db, absence: Required<NewAbsence>): Promise<bigint> {
  const { absence_id } = await db
    .insertInto("pipeline.absence")
    .values({
      user_id: absence.userId,
      from_day: absence.from,
      until_day: absence.until,
      deputy_user_id: absence.deputyUserId,
    })
    .returning("absence_id")
    .executeTakeFirstOrThrow();
  return absence_id;
}

export async function deleteAbsence(db: Db, id: string): Promise<boolean> {
  const gone = await db.deleteFrom("pipeline.absence").where(sql<string>`absence_id::text`, "=", id).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
