import type { Query } from "./funnel.ts";

/** A partner's last click and last first deposit. */
export function lastOfPartner(partnerId: string): Query {
  return {
    sql: `select max(click_at) as click_at, max(deposit_at) as deposit_at from (
        select max(toNullable(at)) as click_at, cast(null, 'Nullable(DateTime64(3, \\'UTC\\'))') as deposit_at
        from clicks where {{scope}} and partner_id = {partner:String} and verdict = 'click'
        union all
        select cast(null, 'Nullable(DateTime64(3, \\'UTC\\'))'), max(ftd_at)
        from customers final where {{scope}} and partner_id = {partner:String}
      ) as both`,
    params: { partner: partnerId },
  };
}

/** Counted clicks of the last hour, and of each of the last 60 seconds. */
export function liveClicks(now: Date): Query {
  return {
    sql: `select toUInt32(dateDiff('second', at, fromUnixTimestamp64Milli({now:Int64}))) as age, count() as clicks
      from clicks where {{scope}} and verdict = 'click'
        and at > fromUnixTimestamp64Milli({now:Int64}) - toIntervalHour(1) and at <= fromUnixTimestamp64Milli({now:Int64})
      group by age order by age`,
    params: { now: String(now.getTime()) },
  };
}

/** Events that arrived in the last hour, whatever became of them. */
export function liveEvents(now: Date): Query {
  return {
    sql: `select count() as events from intake final where {{scope}}
      and at > fromUnixTimestamp64Milli({now:Int64}) - toIntervalHour(1)`,
    params: { now: String(now.getTime()) },
  };
}
