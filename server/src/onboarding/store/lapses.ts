import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type LapseRow = Selectable<Schema["onboarding.lapse"]>;

export async function openLapses(db: Db, partnerIds: readonly string[]): Promise<LapseRow[]> {
  if (partnerIds.length === 0) return [];
  return await db
    .selectFrom("onboarding.lapse")
    .selectAll()
    .where("partner_id", "in", [...partnerIds])
    .where("ended_at", "is", null)
    .execute();
}

export async function insertLapse(db: Db, row: LapseRow): Promise<void> {
  await db.insertInto("onboarding.lapse").values(row).execute();
}

/** @returns what was ended */
export async function endLapses(db: Db, caseId: string, condition: string, at: Date): Promise<LapseRow[]> {
  return await db
    .updateTable("onboarding.lapse")
    .set({ ended_at: at })
    .where("case_id", "=", caseId)
    .where("condition", "=", condition)
    .where("ended_at", "is", null)
    .returningAll()
    .execute();
}

/** How many lapses still stand on a restriction. */
export async function lapsesOnRestriction(db: Db, restrictionId: string): Promise<number> {
  const row = await db
    .selectFrom("onboarding.lapse")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("restriction_id", "=", restrictionId)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
