import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type PayeeRow = Selectable<Schema["payees.payee"]>;

export async function insertPayees(db: Db, rows: readonly Insertable<Schema["payees.payee"]>[]): Promise<void> {
  await db
    .insertInto("payees.payee")
    .values([...rows])
    .execute();
}

export async function payeeRow(db: Db, id: string): Promise<PayeeRow | undefined> {
  return (await payeeRows(db, [id]))[0];
}

export async function payeeRows(db: Db, ids: readonly string[]): Promise<PayeeRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("payees.payee")
    .selectAll()
    .where("payee_id", "in", [...ids])
    .execute();
}

/** Nobody else changes the payee, what stands of it or whom it serves until the transaction ends. */
export async function lockPayee(db: Db, id: string): Promise<PayeeRow | undefined> {
  return await db.selectFrom("payees.payee").selectAll().where("payee_id", "=", id).forUpdate().executeTakeFirst();
}

export async function updatePayee(db: Db, id: string, change: Updateable<Schema["payees.payee"]>): Promise<void> {
  await db
    .updateTable("payees.payee")
    .set({ ...change, revision: sql`revision + 1` })
    .where("payee_id", "=", id)
    .execute();
}

export interface PayeeFilter {
  readonly q?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly partnerId?: string | undefined;
  readonly country?: readonly string[] | undefined;
  readonly waiting?: "true" | undefined;
}

export async function payeePage(
  db: Db,
  within: RecordReach,
  filter: PayeeFilter,
  page: PageRequest,
): Promise<Page<PayeeRow>> {
  let query = db.selectFrom("payees.payee").selectAll();
  if (!within.everything) query = query.where(ownedBy(within.partnerIds));
  if (filter.partnerId !== undefined) query = query.where(ownedBy([filter.partnerId]));
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  if (filter.country?.length) query = query.where("country", "in", filter.country);
  if (filter.q) query = query.where(sql<string>`lower(legal_name)`, "like", `%${likeText(filter.q.toLowerCase())}%`);
  if (filter.waiting !== undefined)
    query = query.where(
      sql<boolean>`(exists (select from payees.version v where v.payee_id = payee.payee_id and v.status = 'proposed')
        or exists (select from payees.assignment a where a.payee_id = payee.payee_id and (a.status = 'proposed' or a.end_day is not null)))`,
    );
  return await keysetPage(query, { name: "newest", columns: ["payee_id"], direction: "desc" }, page);
}

/** Payees that one of these partners entered, or that serve one of them. */
function ownedBy(partnerIds: readonly string[]) {
  return sql<boolean>`(payee.partner_id = any(${partnerIds}) or exists (
    select from payees.assignment a where a.payee_id = payee.payee_id and a.partner_id = any(${partnerIds}) and a.status in ('proposed', 'approved')))`;
}

export type SettingRow = Omit<Selectable<Schema["payees.setting"]>, "only_row">;

const DEFAULTS: SettingRow = {
  cooling_off_hours: 72,
  first_cooling_off_hours: 0,
  tax_forms: "if_given",
  screening: "matches",
  revision: 0,
};

export async function settingRow(db: Db): Promise<SettingRow> {
  const row = await db.selectFrom("payees.setting").selectAll().executeTakeFirst();
  return row ?? DEFAULTS;
}

/** @returns false when somebody else has changed it since that revision */
export async function saveSetting(db: Db, row: SettingRow): Promise<boolean> {
  const next = { ...row, only_row: true, revision: row.revision + 1 };
  const saved = await db
    .insertInto("payees.setting")
    .values(next)
    .onConflict((conflict) =>
      conflict.column("only_row").doUpdateSet(next).where("payees.setting.revision", "=", row.revision),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}
