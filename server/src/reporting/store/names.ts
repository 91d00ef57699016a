import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

export interface ProgramFacts {
  readonly programId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
}

/** All programs: an operator has a handful. */
export async function programFacts(db: Db): Promise<readonly ProgramFacts[]> {
  const rows = await sql<ProgramFacts>`
    select program_id as "programId", name, time_zone as "timeZone", currency from reporting.program order by program_id`.execute(
    db,
  );
  return rows.rows;
}

export type Named = "program" | "partner" | "offer" | "link" | "landing";

/** Names of records for people, by id. What the caller may not see, or does not exist any more, is left out. */
export async function namesOf(db: Db, kind: Named, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = ids.filter((id) => id !== "");
  if (wanted.length === 0) return new Map();
  const rows = await queries[kind](db, wanted);
  return new Map(rows.map((row) => [row.id, row.name]));
}

type Row = { id: string; name: string };
const queries: Readonly<Record<Named, (db: Db, ids: readonly string[]) => Promise<readonly Row[]>>> = {
  program: async (db, ids) =>
    (await sql<Row>`select program_id as id, name from reporting.program where program_id = any(${ids})`.execute(db))
      .rows,
  partner: async (db, ids) =>
    (await sql<Row>`select partner_id as id, name from reporting.partner where partner_id = any(${ids})`.execute(db))
      .rows,
  offer: async (db, ids) =>
    (await sql<Row>`select offer_id as id, name from reporting.offer where offer_id = any(${ids})`.execute(db)).rows,
  landing: async (db, ids) =>
    (
      await sql<Row>`select landing_id as id, name from reporting.landing_page where landing_id = any(${ids})`.execute(
        db,
      )
    ).rows,
  link: async (db, ids) =>
    (
      await sql<Row>`
        select link_id as id, case when name = '' then code else name end as name from reporting.link where link_id = any(${ids})`.execute(
        db,
      )
    ).rows,
};

/** The zone a partner's days are cut in on its own page: that of the program it has most links in, else of the first program. */
export async function partnerZone(db: Db, partnerId: string): Promise<string | undefined> {
  const rows = await sql<{ zone: string }>`
    select coalesce(
      (select p.time_zone from reporting.link l join reporting.program p using (program_id)
       where l.partner_id = ${partnerId} group by p.program_id, p.time_zone order by count(*) desc, p.program_id limit 1),
      (select time_zone from reporting.program order by program_id limit 1), 'UTC') as zone
    from reporting.partner where partner_id = ${partnerId}`.execute(db);
  return rows.rows[0]?.zone;
}
