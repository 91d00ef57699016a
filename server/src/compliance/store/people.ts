import type { Insertable, Selectable, Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type PersonRow = Selectable<Schema["compliance.related_person"]>;

export async function peopleOf(db: Db, partnerIds: readonly string[]): Promise<PersonRow[]> {
  if (partnerIds.length === 0) return [];
  const query = db
    .selectFrom("compliance.related_person")
    .selectAll()
    .where("partner_id", "in", [...partnerIds]);
  return await query.where("ended_at", "is", null).orderBy("person_id").execute();
}

export async function peoplePage(db: Db, partnerId: string, page: PageRequest): Promise<Page<PersonRow>> {
  const query = db
    .selectFrom("compliance.related_person")
    .selectAll()
    .where("partner_id", "=", partnerId)
    .where("ended_at", "is", null);
  return await keysetPage(query, { name: "oldest", columns: ["person_id"], direction: "asc" }, page);
}

export async function findPerson(db: Db, partnerId: string, personId: string): Promise<PersonRow | undefined> {
  const query = db.selectFrom("compliance.related_person").selectAll().where("partner_id", "=", partnerId);
  return await query.where("person_id", "=", personId).where("ended_at", "is", null).executeTakeFirst();
}

export async function insertPerson(db: Db, row: Insertable<Schema["compliance.related_person"]>): Promise<PersonRow> {
  return await db.insertInto("compliance.related_person").values(row).returningAll().executeTakeFirstOrThrow();
}

/** @returns undefined when it was changed since that revision */
export async function changePerson(
  db: Db,
  personId: string,
  revision: number,
  change: Updateable<Schema["compliance.related_person"]>,
): Promise<PersonRow | undefined> {
  return await db
    .updateTable("compliance.related_person")
    .set({ ...change, revision: revision + 1 })
    .where("person_id", "=", personId)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}
