import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type MergeRow = Selectable<Schema["partners.merge"]>;
type Merges = Schema["partners.merge"];

export async function insertMerge(db: Db, row: Insertable<Merges>): Promise<void> {
  await db.insertInto("partners.merge").values(row).execute();
}

export async function mergeRow(db: Db, id: string): Promise<MergeRow | undefined> {
  return await db.selectFrom("partners.merge").selectAll().where("merge_id", "=", id).forUpdate().executeTakeFirst();
}

export async function updateMerge(db: Db, id: string, change: Updateable<Merges>): Promise<MergeRow> {
  const update = db.updateTable("partners.merge").set(change).where("merge_id", "=", id);
  return await update.returningAll().executeTakeFirstOrThrow();
}

export async function mergePage(
  db: Db,
  filter: { readonly partnerId?: string | undefined; readonly state?: string | undefined },
  seen: readonly string[] | null,
  page: PageRequest,
): Promise<Page<MergeRow>> {
  const order = { name: "newest", columns: ["merge_id"], direction: "desc" } as const;
  let query = db.selectFrom("partners.merge").selectAll();
  if (filter.state) query = query.where("state", "=", filter.state);
  const id = filter.partnerId;
  if (id) query = query.where((eb) => eb.or([eb("winner_id", "=", id), eb("loser_id", "=", id)]));
  if (seen !== null) query = query.where(sql<boolean>`winner_id = any(${[...seen]}::text[])`);
  return await keysetPage(query, order, page);
}

/** An open merge that names one of these, so that two of them cannot cross. */
export async function openMergeOf(db: Db, partnerIds: readonly string[]): Promise<MergeRow | undefined> {
  const ids = [...partnerIds];
  return await db
    .selectFrom("partners.merge")
    .selectAll()
    .where("state", "=", "proposed")
    .where((eb) => eb.or([eb("winner_id", "in", ids), eb("loser_id", "in", ids)]))
    .executeTakeFirst();
}

/** Rows of the hierarchy's history and of what partners were by day, as they stand. */
export async function historyOf(db: Db, partnerIds: readonly string[]) {
  const ids = sql`${[...partnerIds]}::text[]`;
  const [periods, traits] = [
    await sql<{ partner_id: string; parent_partner_id: string; valid_from: string; valid_to: string | null }>`
      select * from partners.parent_period where partner_id = any(${ids}) order by partner_id, valid_from`.execute(db),
    await sql<{ partner_id: string; valid_to: string }>`
      select partner_id, valid_to from partners.attribute_period where partner_id = any(${ids}) order by 1, 2`.execute(
      db,
    ),
  ];
  return { periods: periods.rows, traits: traits.rows };
}
export type History = Awaited<ReturnType<typeof historyOf>>;

/** Puts the hierarchy's history of some partners back as it was. */
export async function putPeriods(db: Db, partnerIds: readonly string[], periods: History["periods"]): Promise<void> {
  await sql`delete from partners.parent_period where partner_id = any(${[...partnerIds]}::text[])`.execute(db);
  for (const row of periods) await db.insertInto("partners.parent_period").values(row).execute();
}

export async function dropTraits(db: Db, rows: History["traits"]): Promise<void> {
  for (const row of rows)
    await db
      .deleteFrom("partners.attribute_period")
      .where("partner_id", "=", row.partner_id)
      .where("valid_to", "=", row.valid_to)
      .execute();
}

export async function childrenOf(db: Db, partnerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("partners.partner")
    .select("partner_id")
    .where("parent_partner_id", "=", partnerId)
    .orderBy("partner_id")
    .execute();
  return rows.map((row) => row.partner_id);
}

export async function setParent(db: Db, partnerId: string, parentId: string): Promise<void> {
  await sql`update partners.partner set parent_partner_id = ${parentId}, revision = revision + 1
    where partner_id = ${partnerId}`.execute(db);
}

/** Moves contacts to another partner, without what they were the first in. */
export async function moveContact(db: Db, id: string, partnerId: string, primaryFor: readonly string[]): Promise<void> {
  await db
    .updateTable("partners.contact")
    .set({ partner_id: partnerId, primary_for: [...primaryFor] })
    .where("contact_id", "=", id)
    .execute();
}

/** Moves what has not ended of one partner's restrictions. @returns their ids */
export async function moveOpenRestrictions(db: Db, from: string, to: string): Promise<string[]> {
  const rows = await db
    .updateTable("partners.restriction")
    .set({ partner_id: to })
    .where("partner_id", "=", from)
    .where("ended_at", "is", null)
    .returning("restriction_id")
    .execute();
  return rows.map((row) => row.restriction_id);
}

export async function moveRestrictions(db: Db, ids: readonly string[], to: string): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("partners.restriction")
    .set({ partner_id: to })
    .where("restriction_id", "in", [...ids])
    .execute();
}

/** Takes over the programs that the other one works in. @returns those that were new */
export async function takeOverPrograms(db: Db, from: string, to: string): Promise<string[]> {
  const { rows } = await sql<{ program_id: string }>`
    insert into partners.participation (partner_id, program_id, joined_at)
    select ${to}, program_id, joined_at from partners.participation where partner_id = ${from}
    on conflict do nothing returning program_id`.execute(db);
  return rows.map((row) => row.program_id);
}

export async function leavePrograms(db: Db, partnerId: string, programIds: readonly string[]): Promise<void> {
  await sql`delete from partners.participation
    where partner_id = ${partnerId} and program_id = any(${[...programIds]}::text[])`.execute(db);
}
