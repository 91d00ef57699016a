import type { Insertable, Selectable, Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type LandingRow = Selectable<Schema["programs.landing_page"]>;

export async function insertLanding(db: Db, row: Insertable<Schema["programs.landing_page"]>): Promise<LandingRow> {
  return await db.insertInto("programs.landing_page").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function landingRow(db: Db, id: string): Promise<LandingRow | undefined> {
  return await db.selectFrom("programs.landing_page").selectAll().where("landing_id", "=", id).executeTakeFirst();
}

export async function landingRows(db: Db, ids: readonly string[]): Promise<LandingRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("programs.landing_page").selectAll().where("landing_id", "in", ids).execute();
}

export async function landingsOfOffer(db: Db, offerId: string): Promise<LandingRow[]> {
  return await db.selectFrom("programs.landing_page").selectAll().where("offer_id", "=", offerId).execute();
}

/** Every page that is not archived, for the processes that keep them in memory. */
export async function everyLanding(db: Db): Promise<LandingRow[]> {
  return await db
    .selectFrom("programs.landing_page")
    .selectAll()
    .where("status", "!=", "archived")
    .orderBy("landing_id")
    .execute();
}

const OLDEST = { name: "oldest", columns: ["landing_id"], direction: "asc" } as const;

export async function landingPage(
  db: Db,
  offerId: string,
  statuses: readonly string[],
  page: PageRequest,
): Promise<Page<LandingRow>> {
  const query = db
    .selectFrom("programs.landing_page")
    .selectAll()
    .where("offer_id", "=", offerId)
    .where("status", "in", statuses);
  return await keysetPage(query, OLDEST, page);
}

/** Changes the page if it still has this revision; undefined when somebody was faster. */
export async function updateLanding(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["programs.landing_page"]>,
): Promise<LandingRow | undefined> {
  return await db
    .updateTable("programs.landing_page")
    .set({ ...change, revision: revision + 1 })
    .where("landing_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}
