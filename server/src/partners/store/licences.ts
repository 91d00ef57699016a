import type { Insertable, Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type LicenceRow = Selectable<Schema["partners.licence"]>;

export async function insertLicence(db: Db, row: Insertable<Schema["partners.licence"]>): Promise<LicenceRow> {
  return await db.insertInto("partners.licence").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function licencePage(db: Db, partnerId: string, page: PageRequest): Promise<Page<LicenceRow>> {
  const order = { name: "newest", columns: ["licence_id"], direction: "desc" } as const;
  return await keysetPage(
    db.selectFrom("partners.licence").selectAll().where("partner_id", "=", partnerId),
    order,
    page,
  );
}

export async function licenceRows(db: Db, partnerIds: readonly string[]): Promise<LicenceRow[]> {
  if (partnerIds.length === 0) return [];
  return await db
    .selectFrom("partners.licence")
    .selectAll()
    .where("partner_id", "in", [...partnerIds])
    .orderBy("licence_id")
    .execute();
}

export async function endLicence(
  db: Db,
  partnerId: string,
  id: string,
  validTo: string,
): Promise<LicenceRow | undefined> {
  return await db
    .updateTable("partners.licence")
    .set({ valid_to: validTo })
    .where("licence_id", "=", id)
    .where("partner_id", "=", partnerId)
    .where("valid_from", "<", validTo)
    .returningAll()
    .executeTakeFirst();
}
