import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type HoldRow = Selectable<Schema["payees.hold"]>;
export type SelfBillingRow = Selectable<Schema["payees.self_billing"]>;
export type NoticeRow = Selectable<Schema["payees.notice"]>;

export async function insertHold(db: Db, row: Insertable<Schema["payees.hold"]>): Promise<void> {
  await db.insertInto("payees.hold").values(row).execute();
}

export async function holdRow(db: Db, id: string): Promise<HoldRow | undefined> {
  return await db.selectFrom("payees.hold").selectAll().where("hold_id", "=", id).executeTakeFirst();
}

export async function holdsOf(db: Db, payeeIds: readonly string[]): Promise<HoldRow[]> {
  if (payeeIds.length === 0) return [];
  return await db
    .selectFrom("payees.hold")
    .selectAll()
    .where("payee_id", "in", [...payeeIds])
    .orderBy("hold_id", "desc")
    .execute();
}

/** @returns false when it was lifted before */
export async function liftHold(
  db: Db,
  id: string,
  lift: {
    readonly lifted_by: string;
    readonly lifted_name: string;
    readonly lifted_at: Date;
    readonly lift_reason: string;
  },
): Promise<boolean> {
  const done = await db
    .updateTable("payees.hold")
    .set(lift)
    .where("hold_id", "=", id)
    .where("lifted_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function insertSelfBillings(
  db: Db,
  rows: readonly Insertable<Schema["payees.self_billing"]>[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("payees.self_billing")
    .values([...rows])
    .execute();
}

/** What stands: one per payee at most. */
export async function selfBillingOf(db: Db, payeeIds: readonly string[]): Promise<SelfBillingRow[]> {
  if (payeeIds.length === 0) return [];
  return await db
    .selectFrom("payees.self_billing")
    .selectAll()
    .where("payee_id", "in", [...payeeIds])
    .where("ended_at", "is", null)
    .execute();
}

export async function endSelfBilling(db: Db, payeeId: string, by: string, at: Date): Promise<boolean> {
  const done = await db
    .updateTable("payees.self_billing")
    .set({ ended_by: by, ended_at: at })
    .where("payee_id", "=", payeeId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function insertNotices(db: Db, rows: readonly Insertable<Schema["payees.notice"]>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("payees.notice")
    .values([...rows])
    .execute();
}

export async function noticesOf(db: Db, payeeIds: readonly string[]): Promise<NoticeRow[]> {
  if (payeeIds.length === 0) return [];
  return await db
    .selectFrom("payees.notice")
    .selectAll()
    .where("payee_id", "in", [...payeeIds])
    .orderBy("notice_id", "desc")
    .execute();
}

export async function noticesByIds(db: Db, ids: readonly string[]): Promise<NoticeRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("payees.notice")
    .selectAll()
    .where("notice_id", "in", [...ids])
    .execute();
}
