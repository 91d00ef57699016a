import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type ContactRow = Selectable<Schema["partners.contact"]>;

export async function insertContact(db: Db, row: Insertable<Schema["partners.contact"]>): Promise<void> {
  await db.insertInto("partners.contact").values(row).execute();
}

export async function contactPage(db: Db, partnerId: string, page: PageRequest): Promise<Page<ContactRow>> {
  const order = { name: "oldest", columns: ["contact_id"], direction: "asc" } as const;
  const query = db.selectFrom("partners.contact").selectAll().where("partner_id", "=", partnerId);
  return await keysetPage(query, order, page);
}

export async function contactRowsOf(db: Db, partnerIds: readonly string[]): Promise<ContactRow[]> {
  if (partnerIds.length === 0) return [];
  const query = db
    .selectFrom("partners.contact")
    .selectAll()
    .where("partner_id", "in", [...partnerIds]);
  return await query.orderBy("contact_id").execute();
}

export async function contactRowsById(db: Db, ids: readonly string[]): Promise<ContactRow[]> {
  return await db
    .selectFrom("partners.contact")
    .selectAll()
    .where("contact_id", "in", [...ids])
    .execute();
}

export async function contactRow(db: Db, partnerId: string, id: string): Promise<ContactRow | undefined> {
  return await db
    .selectFrom("partners.contact")
    .selectAll()
    .where("partner_id", "=", partnerId)
    .where("contact_id", "=", id)
    .executeTakeFirst();
}

export async function updateContact(
  db: Db,
  id: string,
  change: Updateable<Schema["partners.contact"]>,
): Promise<ContactRow> {
  const update = db.updateTable("partners.contact").set(change).where("contact_id", "=", id);
  return await update.returningAll().executeTakeFirstOrThrow();
}

export async function deleteContact(db: Db, id: string): Promise<void> {
  await db.deleteFrom("partners.contact").where("contact_id", "=", id).execute();
}

/** Of each role one person of a partner is the first: whoever was it before in these is it no more. */
export async function firstFor(db: Db, partnerId: string, roles: readonly string[]): Promise<void> {
  if (roles.length === 0) return;
  await sql`select pg_advisory_xact_lock(hashtext(${`partners.contacts:${partnerId}`}))`.execute(db);
  const given = sql`${[...roles]}::text[]`;
  await sql`
    update partners.contact set primary_for = array(select one from unnest(primary_for) one where one <> all(${given}))
    where partner_id = ${partnerId} and primary_for && ${given}`.execute(db);
}

/** Whether somebody with this address signs for the partner: not any more from the day that the person has left on. */
export async function hasSignatory(db: Db, partnerId: string, email: string, day: string): Promise<boolean> {
  const found = await db
    .selectFrom("partners.contact")
    .select("contact_id")
    .where("partner_id", "=", partnerId)
    .where("signatory", "=", true)
    .where((eb) => eb.or([eb("left_on", "is", null), eb("left_on", ">", day)]))
    .where(({ fn }) => fn<string>("lower", ["email"]), "=", email.toLowerCase())
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
