import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

/** Of each currency its last reference rate on or before a day; one that was not published for a month is not used. */
export async function lastRates(db: Db, day: Day) {
  const { rows } = await sql<{ currency: string; rate: string; day: Day; source: string }>`
    select distinct on (currency) currency, rate, day, source from commissions.rate
    where source = 'ecb' and base = 'EUR' and day <= ${day}::date and day > ${day}::date - 31
    order by currency, day desc`.execute(db);
  return rows;
}
