import type { Insertable, Selectable, Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type RequestRow = Selectable<Schema["privacy.request"]>;
export type HoldRow = Selectable<Schema["privacy.legal_hold"]>;
export type RuleRow = Selectable<Schema["privacy.retention_rule"]>;
export type RunRow = Selectable<Schema["privacy.retention_run"]>;

export async function insertRequest(db: Db, row: Insertable<Schema["privacy.request"]>): Promise<RequestRow> {
  return await db.insertInto("privacy.request").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function requestRow(db: Db, id: string): Promise<RequestRow | undefined> {
  return await db.selectFrom("privacy.request").selectAll().where("request_id", "=", id).executeTakeFirst();
}

export async function updateRequest(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["privacy.request"]>,
): Promise<RequestRow | undefined> {
  return await db
    .updateTable("privacy.request")
    .set({ ...change, revision: revision + 1 })
    .where("request_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export async function requestPage(
  db: Db,
  filter: { readonly kind?: string | undefined; readonly state?: string | undefined },
  page: PageRequest,
): Promise<Page<RequestRow>> {
  let query = db.selectFrom("privacy.request").selectAll();
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
  if (filter.state !== undefined) query = query.where("state", "=", filter.state);
  return await keysetPage(query, { name: "newest", columns: ["request_id"], direction: "desc" }, page);
}

/** Holds in force on any of these records. */
export async function holdsOn(db: Db, ids: readonly string[]): Promise<HoldRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("privacy.legal_hold")
    .selectAll()
    .where("subject_id", "in", [...ids])
    .where("lifted_at", "is", null)
    .orderBy("hold_id")
    .execute();
}

/** Ids of everything under a hold. */
export async function heldIds(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("privacy.legal_hold").select("subject_id").where("lifted_at", "is", null).execute();
  return new Set(rows.map((row) => row.subject_id));
}

export async function insertHold(db: Db, row: Insertable<Schema["privacy.legal_hold"]>): Promise<HoldRow> {
  return await db.insertInto("privacy.legal_hold").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function holdRow(db: Db, id: string): Promise<HoldRow | undefined> {
  return await db.selectFrom("privacy.legal_hold").selectAll().where("hold_id", "=", id).executeTakeFirst();
}

export async function liftHold(
  db: Db,
  id: string,
  told: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<HoldRow | undefined> {
  return await db
    .updateTable("privacy.legal_hold")
    .set({ lifted_by: told.by, lifted_at: told.at, lift_reason: told.reason })
    .where("hold_id", "=", id)
    .where("lifted_at", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export async function holdPage(
  db: Db,
  state: "open" | "lifted" | undefined,
  page: PageRequest,
): Promise<Page<HoldRow>> {
  let query = db.selectFrom("privacy.legal_hold").selectAll();
  if (state !== undefined) query = query.where("lifted_at", state === "open" ? "is" : "is not", null);
  return await keysetPage(query, { name: "newest", columns: ["hold_id"], direction: "desc" }, page);
}

export async function rules(db: Db): Promise<RuleRow[]> {
  return await db.selectFrom("privacy.retention_rule").selectAll().execute();
}

/** @returns undefined when it was changed since that revision; 0 is the first rule of its kind */
export async function saveRule(db: Db, row: RuleRow): Promise<RuleRow | undefined> {
  const { record_kind, revision, ...rest } = row;
  if (revision === 1)
    return await db
      .insertInto("privacy.retention_rule")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
  return await db
    .updateTable("privacy.retention_rule")
    .set({ ...rest, revision })
    .where("record_kind", "=", record_kind)
    .where("revision", "=", revision - 1)
    .returningAll()
    .executeTakeFirst();
}

export async function insertRun(db: Db, row: Insertable<Schema["privacy.retention_run"]>): Promise<RunRow> {
  return await db.insertInto("privacy.retention_run").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function runPage(db: Db, page: PageRequest): Promise<Page<RunRow>> {
  const query = db.selectFrom("privacy.retention_run").selectAll();
  return await keysetPage(query, { name: "newest", columns: ["run_id"], direction: "desc" }, page);
}
