import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

export interface RateRow {
  readonly day: Day;
  readonly currency: string;
  readonly rate: string;
}

/** The dollar has been quoted on every day of publication: with it the days themselves are known. */
const ALWAYS_QUOTED = "USD";
/** Longer than the longest gap between two days of publication. */
const MARGIN_DAYS = 14;

/** Rates of some currencies for the days of a range, with the publication before it. */
export async function readRates(
  db: Db,
  source: string,
  currencies: readonly string[],
  from: Day,
  to: Day,
): Promise<readonly RateRow[]> {
  const { rows } = await sql<RateRow>`
    select day, currency, rate from commissions.rate
    where source = ${source} and base = 'EUR' and currency = any(${[...currencies, ALWAYS_QUOTED]}::text[])
      and day between ${from}::date - ${MARGIN_DAYS}::int and ${to}::date`.execute(db);
  return rows;
}

/** Stores rates; what is there already under the same day stays as it is. @returns days that are new */
export async function insertRates(db: Db, source: string, rows: readonly RateRow[], at: Date): Promise<readonly Day[]> {
  const done = await sql<{ day: Day }>`
    with added as (
      insert into commissions.rate (source, day, currency, base, rate, loaded_at)
      select ${source}, day, currency, 'EUR', rate, ${at}::timestamptz
      from unnest(${rows.map((one) => one.day)}::date[], ${rows.map((one) => one.currency)}::text[],
                  ${rows.map((one) => one.rate)}::numeric[]) as r (day, currency, rate)
      on conflict (source, base, currency, day) do nothing
      returning day
    )
    select distinct day from added order by day`.execute(db);
  return done.rows.map((row) => row.day);
}

/** Rates that are given now and stored otherwise: published rates do not change, so somebody should look. */
export async function contradictions(
  db: Db,
  source: string,
  rows: readonly RateRow[],
): Promise<readonly (RateRow & { readonly stored: string })[]> {
  const found = await sql<RateRow & { stored: string }>`
    select r.day, r.currency, r.rate::text as rate, s.rate::text as stored
    from unnest(${rows.map((one) => one.day)}::date[], ${rows.map((one) => one.currency)}::text[],
                ${rows.map((one) => one.rate)}::numeric[]) as r (day, currency, rate)
    join commissions.rate s on s.source = ${source} and s.base = 'EUR' and s.currency = r.currency and s.day = r.day
    where s.rate <> r.rate`.execute(db);
  return found.rows;
}
