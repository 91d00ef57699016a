import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type AccessRow = Selectable<Schema["programs.offer_access"]>;

export interface AccessFilter {
  readonly programId?: readonly string[] | undefined;
  readonly offerId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
}

export async function insertAccess(db: Db, row: Insertable<Schema["programs.offer_access"]>): Promise<AccessRow> {
  return await db.insertInto("programs.offer_access").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function accessRow(db: Db, id: string): Promise<AccessRow | undefined> {
  return await db.selectFrom("programs.offer_access").selectAll().where("access_id", "=", id).executeTakeFirst();
}

export async function accessOfPartner(db: Db, offerId: string, partnerId: string): Promise<AccessRow | undefined> {
  return await db
    .selectFrom("programs.offer_access")
    .selectAll()
    .where("offer_id", "=", offerId)
    .where("partner_id", "=", partnerId)
    .executeTakeFirst();
}

/** What a partner asked for or was given, of all offers. */
export async function accessesOfPartner(db: Db, partnerId: string): Promise<AccessRow[]> {
  return await db.selectFrom("programs.offer_access").selectAll().where("partner_id", "=", partnerId).execute();
}

/** Who is let in, for the processes that keep it in memory. */
export async function everyApproved(db: Db): Promise<{ offer_id: string; partner_id: string }[]> {
  return await db
    .selectFrom("programs.offer_access")
    .select(["offer_id", "partner_id"])
    .where("status", "=", "approved")
    .execute();
}

const NEWEST = { name: "newest", columns: ["access_id"], direction: "desc" } as const;

export async function accessPage(
  db: Db,
  within: RecordReach,
  filter: AccessFilter,
  page: PageRequest,
): Promise<Page<AccessRow>> {
  let query = db.selectFrom("programs.offer_access").selectAll();
  if (!within.everything) {
    query = query.where(
      sql<boolean>`(partner_id = any(${within.partnerIds}::text[]) or program_id = any(${within.programIds}::text[]))`,
    );
  }
  if (filter.programId?.length) query = query.where("program_id", "in", filter.programId);
  if (filter.offerId?.length) query = query.where("offer_id", "in", filter.offerId);
  if (filter.partnerId?.length) query = query.where("partner_id", "in", filter.partnerId);
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  return await keysetPage(query, NEWEST, page);
}

/** Changes the row if it still has this revision; undefined when somebody was faster. */
export async function updateAccess(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["programs.offer_access"]>,
): Promise<AccessRow | undefined> {
  return await db
    .updateTable("programs.offer_access")
    .set({ ...change, revision: revision + 1 })
    .where("access_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}
