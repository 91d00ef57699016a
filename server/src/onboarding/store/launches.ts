import type { Launch, LaunchGate, LaunchQuery } from "@tributary/contract";
import { type Insertable, type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

type Row = Selectable<Schema["onboarding.launch"]>;
export interface LaunchRow extends Omit<Row, "caps" | "gates"> {
  readonly caps: Launch["caps"];
  readonly gates: readonly LaunchGate[];
}

export async function insertLaunch(db: Db, row: LaunchRow): Promise<void> {
  const columns = { ...row, caps: JSON.stringify(row.caps), gates: JSON.stringify(row.gates) };
  await db
    .insertInto("onboarding.launch")
    .values(columns as Insertable<Schema["onboarding.launch"]>)
    .execute();
}

/** The newest launch of each partner that has one. */
export async function launchesOf(db: Db, partnerIds: readonly string[]): Promise<LaunchRow[]> {
  if (partnerIds.length === 0) return [];
  const rows = await db
    .selectFrom("onboarding.launch")
    .selectAll()
    .distinctOn("partner_id")
    .where("partner_id", "in", [...partnerIds])
    .orderBy("partner_id")
    .orderBy("launch_id", "desc")
    .execute();
  return rows as unknown as LaunchRow[];
}

/** @param lock waits for whoever changes it, and keeps others waiting */
export async function launchRow(db: Db, id: string, lock = false): Promise<LaunchRow | undefined> {
  const query = db.selectFrom("onboarding.launch").selectAll().where("launch_id", "=", id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row as LaunchRow | undefined;
}

export async function raiseLaunch(
  db: Db,
  row: LaunchRow,
  by: { readonly id: string; readonly name: string; readonly at: Date; readonly reason: string },
): Promise<LaunchRow> {
  const saved = await db
    .updateTable("onboarding.launch")
    .set({
      state: "full",
      raised_by: by.id,
      raised_name: by.name,
      raised_at: by.at,
      raised_reason: by.reason,
      revision: row.revision + 1,
    })
    .where("launch_id", "=", row.launch_id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return saved as unknown as LaunchRow;
}

export async function launchPage(db: Db, within: RecordReach, query: LaunchQuery): Promise<Page<LaunchRow>> {
  let rows = whereWithin(db.selectFrom("onboarding.launch").selectAll(), within, "partner_id", "program_id");
  if (query.partnerId) rows = rows.where("partner_id", "in", query.partnerId);
  if (query.state) rows = rows.where("state", "in", query.state);
  const page = await keysetPage(rows, { name: "newest", columns: ["launch_id"], direction: "desc" }, query);
  return page as unknown as Page<LaunchRow>;
}

/** One start of cases for a partner at a time, until the transaction ends. */
export async function lockStarts(db: Db, partnerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`onboarding.starts:${partnerId}`}))`.execute(db);
}
