import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type TransitionRow = Selectable<Schema["partners.transition"]>;
type Transitions = Schema["partners.transition"];

export async function insertTransition(db: Db, row: Insertable<Transitions>): Promise<void> {
  await db.insertInto("partners.transition").values(row).execute();
}

export async function transitionRow(db: Db, id: string): Promise<TransitionRow | undefined> {
  return await db
    .selectFrom("partners.transition")
    .selectAll()
    .where("transition_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateTransition(db: Db, id: string, change: Updateable<Transitions>): Promise<TransitionRow> {
  const update = db.updateTable("partners.transition").set(change).where("transition_id", "=", id);
  return await update.returningAll().executeTakeFirstOrThrow();
}

export async function transitionPage(db: Db, partnerId: string, page: PageRequest): Promise<Page<TransitionRow>> {
  const order = { name: "newest", columns: ["transition_id"], direction: "desc" } as const;
  const query = db.selectFrom("partners.transition").selectAll().where("partner_id", "=", partnerId);
  return await keysetPage(query, order, page);
}

export async function dueTransitions(db: Db, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom("partners.transition")
    .select("transition_id")
    .where("state", "=", "planned")
    .where("effective_on", "<=", today)
    .orderBy("transition_id")
    .execute();
  return rows.map((row) => row.transition_id);
}

/** Partners right below one. */
export async function countBelow(db: Db, partnerId: string): Promise<number> {
  const { rows } = await sql<{ below: number }>`
    select count(*)::int as below from partners.partner where parent_partner_id = ${partnerId}`.execute(db);
  return rows[0]?.below ?? 0;
}
