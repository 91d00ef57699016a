import { sql } from "kysely";
import type { Pair } from "../../agreements/index.ts";
import type { Db } from "../../database/index.ts";
import type { Day, Month } from "../../kernel/period.ts";

/** What a partner's links brought on one day of the program's zone. */
export interface TrafficDay extends Pair {
  readonly day: Day;
  /** ISO 3166-1 alpha-2, or empty */
  readonly country: string;
  readonly offerId: string;
  readonly clicks: number;
  readonly uniqueClicks: number;
  readonly impressions: number;
}

/** Puts counts in the place of those that were there. @returns pairs and months in which anything changed */
export async function replaceTraffic(
  db: Db,
  pairs: readonly Pair[],
  days: { readonly from: Day; readonly to: Day },
  rows: readonly TrafficDay[],
): Promise<readonly (Pair & { readonly month: Month })[]> {
  const column = <K extends keyof TrafficDay>(name: K) => rows.map((row) => row[name]);
  const { rows: changed } = await sql<{ partner_id: string; program_id: string; month: Month }>`
    with told as (
      select * from unnest(${column("partnerId")}::text[], ${column("programId")}::text[], ${column("day")}::date[],
        ${column("country")}::text[], ${column("offerId")}::text[], ${column("clicks")}::bigint[],
        ${column("uniqueClicks")}::bigint[], ${column("impressions")}::bigint[])
        as t (partner_id, program_id, day, country, offer_id, clicks, unique_clicks, impressions)),
    meant as (
      select * from unnest(${pairs.map((one) => one.partnerId)}::text[], ${pairs.map((one) => one.programId)}::text[])
        as p (partner_id, program_id)),
    gone as (
      delete from commissions.traffic_day d using meant m
      where d.partner_id = m.partner_id and d.program_id = m.program_id and d.day >= ${days.from}::date and d.day < ${days.to}::date
        and not exists (select from told t where t.partner_id = d.partner_id and t.program_id = d.program_id and t.day = d.day
                          and t.country = d.country and t.offer_id = d.offer_id)
      returning d.partner_id, d.program_id, d.day),
    written as (
      insert into commissions.traffic_day as d (partner_id, program_id, day, country, offer_id, clicks, unique_clicks, impressions)
      select * from told
      on conflict (program_id, partner_id, day, country, offer_id) do update
        set clicks = excluded.clicks, unique_clicks = excluded.unique_clicks, impressions = excluded.impressions
        where (d.clicks, d.unique_clicks, d.impressions) is distinct from (excluded.clicks, excluded.unique_clicks, excluded.impressions)
      returning d.partner_id, d.program_id, d.day)
    select partner_id, program_id, date_trunc('month', day)::date as month
    from (select * from gone union all select * from written) as changed group by 1, 2, 3`.execute(db);
  return changed.map((row) => ({ partnerId: row.partner_id, programId: row.program_id, month: row.month }));
}
