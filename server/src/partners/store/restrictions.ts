import type { Insertable, Selectable, Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type RestrictionRow = Selectable<Schema["partners.restriction"]>;
type Restrictions = Schema["partners.restriction"];

export async function insertRestriction(db: Db, row: Insertable<Restrictions>): Promise<RestrictionRow> {
  return await db.insertInto("partners.restriction").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function restrictionRow(db: Db, id: string): Promise<RestrictionRow | undefined> {
  return await db
    .selectFrom("partners.restriction")
    .selectAll()
    .where("restriction_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateRestriction(db: Db, id: string, change: Updateable<Restrictions>): Promise<RestrictionRow> {
  const update = db.updateTable("partners.restriction").set(change).where("restriction_id", "=", id);
  return await update.returningAll().executeTakeFirstOrThrow();
}

export async function restrictionPage(db: Db, partnerId: string, page: PageRequest): Promise<Page<RestrictionRow>> {
  const order = { name: "newest", columns: ["restriction_id"], direction: "desc" } as const;
  const query = db.selectFrom("partners.restriction").selectAll().where("partner_id", "=", partnerId);
  return await keysetPage(query, order, page);
}

export interface OpenRestriction {
  readonly partner_id: string;
  readonly kind: string;
  readonly until: Date | null;
}

/** What has not ended yet, of some partners or (null) of all; a few columns, since a partner's own request asks this, too. */
export async function openRestrictions(
  db: Db,
  kind: string | null,
  partnerIds: readonly string[] | null,
): Promise<OpenRestriction[]> {
  let query = db
    .selectFrom("partners.restriction")
    .select(["partner_id", "kind", "until"])
    .where("ended_at", "is", null);
  if (kind !== null) query = query.where("kind", "=", kind);
  if (partnerIds !== null) query = query.where("partner_id", "in", [...partnerIds]);
  return await query.orderBy("restriction_id").execute();
}

export async function overdueRestrictions(db: Db, now: Date): Promise<RestrictionRow[]> {
  return await db
    .selectFrom("partners.restriction")
    .selectAll()
    .where("ended_at", "is", null)
    .where("until", "<=", now)
    .orderBy("restriction_id")
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute();
}
