import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type OfferRow = Selectable<Schema["programs.offer"]>;

export interface OfferFilter {
  readonly q?: string | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
  readonly tag?: string | undefined;
  readonly ownerUserId?: readonly string[] | undefined;
}

export async function insertOffer(db: Db, row: Insertable<Schema["programs.offer"]>): Promise<void> {
  await db.insertInto("programs.offer").values(row).execute();
}

export async function offerRows(db: Db, ids: readonly string[]): Promise<OfferRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("programs.offer").selectAll().where("offer_id", "in", ids).execute();
}

/** Every offer, for the processes that keep them in memory. */
export async function everyOffer(db: Db): Promise<OfferRow[]> {
  return await db.selectFrom("programs.offer").selectAll().orderBy("offer_id").execute();
}

const OFFER_ORDERS = {
  name: { name: "name", columns: ["name", "offer_id"], direction: "asc" },
  "-name": { name: "-name", columns: ["name", "offer_id"], direction: "desc" },
  createdAt: { name: "createdAt", columns: ["offer_id"], direction: "asc" },
  "-createdAt": { name: "-createdAt", columns: ["offer_id"], direction: "desc" },
} as const;

export async function offerPage(
  db: Db,
  within: {
    readonly programIds: readonly string[] | null;
    readonly drafts: boolean;
    readonly knownPrivate: readonly string[] | null;
  },
  filter: OfferFilter,
  sort: keyof typeof OFFER_ORDERS,
  page: PageRequest,
): Promise<Page<OfferRow>> {
  let query = db.selectFrom("programs.offer").selectAll();
  if (within.programIds !== null) query = query.where("program_id", "in", [...within.programIds, ""]);
  if (!within.drafts) query = query.where("status", "!=", "draft");
  const { knownPrivate } = within;
  if (knownPrivate !== null)
    query = query.where(sql<boolean>`(access <> 'private' or offer_id = any(${knownPrivate}::text[]))`);
  if (filter.programId?.length) query = query.where("program_id", "in", filter.programId);
  if (filter.q)
    query = query.where(sql<string>`lower(name || ' ' || code)`, "like", `%${likeText(filter.q.toLowerCase())}%`);
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  if (filter.tag) query = query.where(sql<boolean>`${filter.tag} = any(tags)`);
  if (filter.ownerUserId?.length) query = query.where("owner_user_id", "in", filter.ownerUserId);
  return await keysetPage(query, OFFER_ORDERS[sort], page);
}

/** Changes the offer if it still has this revision; undefined when somebody was faster. */
export async function updateOffer(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["programs.offer"]>,
): Promise<OfferRow | undefined> {
  return await db
    .updateTable("programs.offer")
    .set({ ...change, revision: revision + 1 })
    .where("offer_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}
