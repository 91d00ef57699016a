import { type Insertable, type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";

export type AdjustmentRow = Selectable<Schema["commissions.adjustment"]>;

export async function insertAdjustments(db: Db, rows: readonly AdjustmentRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 500) {
    const part = rows
      .slice(start, start + 500)
      .map((row): Insertable<Schema["commissions.adjustment"]> => ({ ...row, evidence: JSON.stringify(row.evidence) }));
    await db.insertInto("commissions.adjustment").values(part).execute();
  }
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

/** The release of a reserve that was asked for, or made, already. */
export async function releaseOfReserve(db: Db, reserveId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("commissions.adjustment")
    .select("adjustment_id")
    .where("of_id", "=", reserveId)
    .where("status", "!=", "declined")
    .executeTakeFirst();
  return row?.adjustment_id;
}

/** Approved reserves that go back by themselves on a day or before it, and have not. */
export async function reservesDue(db: Db, asOf: string): Promise<readonly AdjustmentRow[]> {
  return await db
    .selectFrom("commissions.adjustment as reserve")
    .selectAll("reserve")
    .where("kind", "=", "reserve")
    .where("status", "=", "approved")
    .where("release_on", "<=", asOf)
    .where(
      sql<boolean>`not exists (select from commissions.adjustment r where r.of_id = reserve.adjustment_id and r.status <> 'declined')`,
    )
    .orderBy("adjustment_id")
    .limit(500)
    .execute();
}

/** For each of some proposals: is there another one of the same partner, amount and month? */
export async function alike(db: Db, rows: readonly AdjustmentRow[]): Promise<ReadonlySet<string>> {
  const { rows: found } = await sql<{ id: string }>`
    select distinct n.id
    from unnest(${rows.map((row) => row.adjustment_id)}::text[], ${rows.map((row) => row.partner_id)}::text[],
                ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.amount_minor)}::bigint[],
                ${rows.map((row) => row.month)}::date[]) as n (id, partner_id, currency, amount_minor, month)
    join commissions.adjustment a using (partner_id, currency, amount_minor, month)
    where a.status <> 'declined' and a.adjustment_id <> n.id`.execute(db);
  return new Set(found.map((row) => row.id));
}

export async function decideRow(db: Db, row: AdjustmentRow): Promise<void> {
  const { status, decided_by, decided_at, decision_note, booked_month } = row;
  await db
    .updateTable("commissions.adjustment")
    .set({ status, decided_by, decided_at, decision_note, booked_month })
    .where("adjustment_id", "=", row.adjustment_id)
    .execute();
}

export interface AdjustmentFilter {
  readonly partnerId?: string | undefined;
  readonly status?: string | undefined;
  readonly kind?: string | undefined;
  readonly batchId?: string | undefined;
  readonly ruleId?: string | undefined;
  readonly inquiryId?: string | undefined;
  readonly currency?: string | undefined;
  readonly bookedMonth?: Month | undefined;
  readonly clean?: boolean | undefined;
}

const COLUMNS = {
  partnerId: "partner_id",
  status: "status",
  kind: "kind",
  batchId: "batch_id",
  ruleId: "rule_id",
  inquiryId: "inquiry_id",
  currency: "currency",
  bookedMonth: "booked_month",
} as const;

export async function adjustmentPage(
  db: Db,
  within: RecordReach,
  filter: AdjustmentFilter,
  page: PageRequest,
): Promise<Page<AdjustmentRow>> {
  let query = whereWithin(db.selectFrom("commissions.adjustment").selectAll(), within, "partner_id", "program_id");
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = filter[name as keyof typeof COLUMNS];
    if (value !== undefined) query = query.where(column, "=", value);
  }
  if (filter.clean === true) query = query.where(sql<boolean>`warnings = '{}'`);
  return await keysetPage(query, { name: "newest", columns: ["adjustment_id"], direction: "desc" }, page);
}

/** Approved adjustments booked in months of some books, the first booked first. */
export async function adjustmentsBooked(
  db: Db,
  month: { readonly partnerId: string; readonly currency: string; readonly month: Month },
): Promise<readonly AdjustmentRow[]> {
  return await db
    .selectFrom("commissions.adjustment")
    .selectAll()
    .where("partner_id", "=", month.partnerId)
    .where("currency", "=", month.currency)
    .where("booked_month", "=", month.month)
    .where("status", "=", "approved")
    .orderBy("decided_at")
    .orderBy("adjustment_id")
    .execute();
}
