import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type ReasonRow = Selectable<Schema["commissions.adjustment_reason"]>;
export type BatchRow = Selectable<Schema["commissions.adjustment_batch"]>;

export async function allReasons(db: Db): Promise<readonly ReasonRow[]> {
  return await db.selectFrom("commissions.adjustment_reason").selectAll().orderBy("code").execute();
}

export async function lockReason(db: Db, code: string): Promise<ReasonRow | undefined> {
  return await db
    .selectFrom("commissions.adjustment_reason")
    .selectAll()
    .where("code", "=", code)
    .forUpdate()
    .executeTakeFirst();
}

export async function writeReason(db: Db, row: Insertable<Schema["commissions.adjustment_reason"]>): Promise<void> {
  const { code: _, ...rest } = row;
  await db
    .insertInto("commissions.adjustment_reason")
    .values(row)
    .onConflict((conflict) => conflict.column("code").doUpdateSet(rest))
    .execute();
}

export async function insertBatch(db: Db, row: Insertable<Schema["commissions.adjustment_batch"]>): Promise<void> {
  await db.insertInto("commissions.adjustment_batch").values(row).execute();
}

export async function lockBatch(db: Db, id: string): Promise<BatchRow | undefined> {
  return await db
    .selectFrom("commissions.adjustment_batch")
    .selectAll()
    .where("batch_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function batchRow(db: Db, id: string): Promise<BatchRow | undefined> {
  return await db.selectFrom("commissions.adjustment_batch").selectAll().where("batch_id", "=", id).executeTakeFirst();
}

export async function finishBatch(db: Db, row: BatchRow): Promise<void> {
  const { status, finished_by, finished_at } = row;
  await db
    .updateTable("commissions.adjustment_batch")
    .set({ status, finished_by, finished_at })
    .where("batch_id", "=", row.batch_id)
    .execute();
}
