import type { FieldValue } from "@tributary/contract";
import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type FieldRow = Selectable<Schema["partners.field"]>;
export type FieldValueRow = Selectable<Schema["partners.field_value"]>;
type Fields = Schema["partners.field"];

export async function insertField(db: Db, row: Insertable<Fields>): Promise<void> {
  await db.insertInto("partners.field").values(row).execute();
}

/** Every definition in the order in which they are shown; those that were put away only where they are asked for. */
export async function fieldRows(db: Db, archived: boolean): Promise<FieldRow[]> {
  let query = db.selectFrom("partners.field").selectAll();
  if (!archived) query = query.where("archived_at", "is", null);
  return await query.orderBy("position").orderBy("field_id").execute();
}

/** Of the fields that not everybody sees who sees a partner, by key and by the name that they have in files: the permission it takes. */
export async function fieldGuards(db: Db): Promise<Readonly<Record<string, string>>> {
  const rows = (await fieldRows(db, true)).filter((row) => row.read_permission !== "partners.read");
  return Object.fromEntries(
    rows.flatMap(({ key, read_permission: guard }) => [
      [key, guard],
      [`field:${key}`, guard],
    ]),
  );
}

export async function fieldRow(db: Db, id: string): Promise<FieldRow | undefined> {
  return await db.selectFrom("partners.field").selectAll().where("field_id", "=", id).executeTakeFirst();
}

export async function updateField(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Fields>,
): Promise<FieldRow | undefined> {
  return await db
    .updateTable("partners.field")
    .set({ ...change, revision: revision + 1 })
    .where("field_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

/** How many partners have a value, by field. */
export async function filledCounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("partners.field_value")
    .select(["field_id", sql<string>`count(*)`.as("filled")])
    .groupBy("field_id")
    .execute();
  return new Map(rows.map((row) => [row.field_id, Number(row.filled)]));
}

export async function valuesOf(db: Db, partnerIds: readonly string[]): Promise<FieldValueRow[]> {
  if (partnerIds.length === 0) return [];
  return await db
    .selectFrom("partners.field_value")
    .selectAll()
    .where("partner_id", "in", [...partnerIds])
    .execute();
}

export async function valuesOfField(db: Db, fieldId: string): Promise<FieldValueRow[]> {
  return await db
    .selectFrom("partners.field_value")
    .selectAll()
    .where("field_id", "=", fieldId)
    .orderBy("partner_id")
    .execute();
}

export async function putValue(
  db: Db,
  partnerId: string,
  fieldId: string,
  value: FieldValue,
  by: string,
  at: Date,
): Promise<void> {
  const row = { value: JSON.stringify(value), changed_by: by, changed_at: at };
  await db
    .insertInto("partners.field_value")
    .values({ partner_id: partnerId, field_id: fieldId, ...row })
    .onConflict((conflict) => conflict.columns(["partner_id", "field_id"]).doUpdateSet(row))
    .execute();
}

export async function dropValue(db: Db, partnerId: string, fieldId: string): Promise<void> {
  await db
    .deleteFrom("partners.field_value")
    .where("partner_id", "=", partnerId)
    .where("field_id", "=", fieldId)
    .execute();
}

/** Partners in one of these statuses (and kinds; none: all) without a value. */
export async function countMissing(
  db: Db,
  fieldId: string,
  statuses: readonly string[],
  kinds: readonly string[],
): Promise<number> {
  if (statuses.length === 0) return 0;
  const { rows } = await sql<{ missing: string }>`
    select count(*) as missing from partners.partner p
    where p.status = any(${[...statuses]}::text[]) and p.merged_into is null
      and (cardinality(${[...kinds]}::text[]) = 0 or p.kind = any(${[...kinds]}::text[]))
      and not exists (select from partners.field_value v where v.partner_id = p.partner_id and v.field_id = ${fieldId})`.execute(
    db,
  );
  return Number(rows[0]?.missing ?? 0);
}

/** Fields that partners of a kind must have before a status and this one has not. */
export async function missingRows(db: Db, partnerId: string, kind: string, status: string): Promise<FieldRow[]> {
  return await db
    .selectFrom("partners.field as f")
    .selectAll("f")
    .where("f.archived_at", "is", null)
    .where(sql<boolean>`${status} = any(f.required_for)`)
    .where(sql<boolean>`(cardinality(f.kinds) = 0 or ${kind} = any(f.kinds))`)
    .where(
      sql<boolean>`not exists (select from partners.field_value v where v.field_id = f.field_id and v.partner_id = ${partnerId})`,
    )
    .orderBy("f.position")
    .execute();
}
