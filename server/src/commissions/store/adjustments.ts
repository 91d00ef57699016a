import type { Selectable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

export type AdjustmentRow = Selectable<Schema["commissions.adjustment"]>;

export async function insertAdjustment(db: Db, row: AdjustmentRow): Promise<void> {
  await db.insertInto("commissions.adjustment").values(row).execute();
}

export async function adjustmentRow(db: Db, id: string): Promise<AdjustmentRow | undefined> {
  return await db.selectFrom("commissions.adjustment").selectAll().where("adjustment_id", "=", id).executeTakeFirst();
}

export async function lockAdjustment(db: Db, id: string): Promise<AdjustmentRow | undefined> {
  return await db
    .selectFrom("commissions.adjustment")
    .selectAll()
    .where("adjustment_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function isReleaseWaiting(db: Db, lineKey: string): Promise<boolean> {
  const row = await db
    .selectFrom("commissions.adjustment")
    .select("adjustment_id")
    .where("line_key", "=", lineKey)
    .where("kind", "=", "release")
    .where("status", "=", "proposed")
    .executeTakeFirst();
  return row !== undefined;
}

export async function decideRow(db: Db, row: AdjustmentRow): Promise<void> {
  const { status, decided_by, decided_at, booked_month } = row;
  await db
    .updateTable("commissions.adjustment")
    .set({ status, decided_by, decided_at, booked_month })
    .where("adjustment_id", "=", row.adjustment_id)
    .execute();
}

export async function adjustmentPage(
  db: Db,
  within: RecordReach,
  filter: { readonly partnerId?: string | undefined; readonly status?: string | undefined },
  page: PageRequest,
): Promise<Page<AdjustmentRow>> {
  let query = whereWithin(db.selectFrom("commissions.adjustment").selectAll(), within, "partner_id", "program_id");
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.status !== undefined) query = query.where("status", "=", filter.status);
  return await keysetPage(query, { name: "newest", columns: ["adjustment_id"], direction: "desc" }, page);
}
