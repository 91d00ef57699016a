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
