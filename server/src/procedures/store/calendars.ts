import type { Insertable, Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type CalendarRow = Selectable<Schema["procedures.calendar"]>;

/** Of the region, else the one for whoever has none. */
export async function calendarFor(db: Db, regionId: string | null): Promise<CalendarRow | undefined> {
  return await db
    .selectFrom("procedures.calendar")
    .selectAll()
    .where((is) => is.or([is("region_id", "is", null), is("region_id", "=", regionId)]))
    .orderBy("region_id", (order) => order.asc().nullsLast())
    .limit(1)
    .executeTakeFirst();
}

export async function calendarPage(db: Db, page: PageRequest): Promise<Page<CalendarRow>> {
  const query = db.selectFrom("procedures.calendar").selectAll();
  return await keysetPage(query, { name: "id", columns: ["calendar_id"], direction: "asc" }, page);
}

export async function calendarById(db: Db, id: string): Promise<CalendarRow | undefined> {
  return await db.selectFrom("procedures.calendar").selectAll().where("calendar_id", "=", id).executeTakeFirst();
}

export async function insertCalendar(db: Db, row: Insertable<Schema["procedures.calendar"]>): Promise<CalendarRow> {
  return await db.insertInto("procedures.calendar").values(row).returningAll().executeTakeFirstOrThrow();
}

/** @returns undefined when it was changed since that revision */
export async function changeCalendar(
  db: Db,
  id: string,
  revision: number,
  change: { readonly time_zone: string; readonly week: string; readonly holidays: string },
): Promise<CalendarRow | undefined> {
  return await db
    .updateTable("procedures.calendar")
    .set({ ...change, revision: revision + 1 })
    .where("calendar_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

/** @returns false when it was changed since that revision */
export async function deleteCalendar(db: Db, id: string, revision: number): Promise<boolean> {
  const query = db.deleteFrom("procedures.calendar").where("calendar_id", "=", id).where("revision", "=", revision);
  return (await query.executeTakeFirst()).numDeletedRows === 1n;
}
