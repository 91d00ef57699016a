import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

/** What came from one source about one day of its program: how many effective events, and their sums. */
export interface FeedDay {
  readonly programId: string;
  readonly sourceId: string;
  readonly day: Day;
  readonly events: number;
  /** `deposit EUR` → minor units */
  readonly sums: Readonly<Record<string, string>>;
  readonly lastReceivedAt: string;
}

/** Control totals per source and day, of days in each program's own zone; what was replaced or taken back does not count. */
export async function feedTotals(
  db: Db,
  programs: readonly { readonly programId: string; readonly timeZone: string }[],
  from: Day,
  to: Day,
): Promise<readonly FeedDay[]> {
  const { rows } = await sql<FeedDay>`
    with program as materialized (
      select program_id, zone, ${from}::date::timestamp at time zone zone as since, ${to}::date::timestamp at time zone zone as until
      from unnest(${arrayLiteral(programs.map((one) => one.programId))}::text[],
                           ${arrayLiteral(programs.map((one) => one.timeZone))}::text[]) as p (program_id, zone)
    ), event as (
      select e.program_id, e.source_id, (e.occurred_at at time zone p.zone)::date as day, e.received_at, e.currency, e.measures
      from program p join tracking.event e using (program_id)
      where e.superseded_by is null and not e.void
        and e.occurred_at >= p.since and e.occurred_at < p.until
    ), total as (
      select program_id, source_id, day, count(*)::int as events, max(received_at) as last from event group by 1, 2, 3
    ), measure as (
      select program_id, source_id, day, m.key || ' ' || coalesce(currency, '') as name, sum(m.value::numeric)::text as sum
      from event cross join jsonb_each_text(measures) as m group by 1, 2, 3, 4
    ), sums as (
      select program_id, source_id, day, jsonb_object_agg(name, sum) as sums from measure group by 1, 2, 3
    )
    select program_id as "programId", source_id as "sourceId", day, events,
           coalesce(sums, '{}') as sums,
           to_char(last at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastReceivedAt"
    from total t left join sums using (program_id, source_id, day) order by 1, 2, 3`.execute(db);
  return rows;
}
