import type { Query } from "./funnel.ts";

/** Events that follow from customers who are there already, or that come in nightly sums, say nothing of whether clicks are still tracked. */
const NOT_CONVERSIONS = ["activity", "trade", "withdrawal", "chargeback", "refund"];
const LATE = "dateDiff('hour', at, received_at) > 48";

/** One row per hour that brought something: see `HourOfTraffic`. */
export function hoursQuery(question: {
  readonly from: Date;
  readonly to: Date;
  readonly programIds?: readonly string[];
}): Query {
  const programs = question.programIds === undefined ? "" : "and program_id in {programs:Array(String)}";
  const from = "fromUnixTimestamp64Milli({from:Int64})";
  const to = "fromUnixTimestamp64Milli({to:Int64})";
  const keys = "toString(program_id) as p, toString(partner_id) as a";
  const clicks = `select ${keys}, toString(offer_id) as o, '' as s, 'clicks' as w, '' as t, intDiv(toUnixTimestamp(at), 3600) as h,
      count() as n, toUInt64(0) as m, toFloat64(0) as l, toFloat64(0) as q
    from clicks where {{scope}} ${programs} and partner_id != '' and verdict = 'click' and at >= ${from} and at < ${to}
    group by p, a, o, h`;
  const since = "log(greatest(1, dateDiff('second', assumeNotNull(click_at), at)))";
  const events = `select ${keys}, toString(offer_id) as o, '' as s, 'event' as w, toString(type) as t,
      intDiv(toUnixTimestamp(if(${LATE}, at, received_at)), 3600) as h, count() as n, countIf(isNotNull(click_at)) as m,
      sumIf(${since}, isNotNull(click_at)) as l, sumIf(pow(${since}, 2), isNotNull(click_at)) as q
    from events final where {{scope}} ${programs} and partner_id != '' and replaces = 0 and not void and type not in {others:Array(String)}
      and day >= toDate(${from} - toIntervalDay(3)) and if(${LATE}, at, received_at) >= ${from} and received_at < ${to}
    group by p, a, o, t, h`;
  const calls = `select toString(program_id) as p, '' as a, '' as o, toString(source_id) as s, 'calls' as w, '' as t,
      intDiv(toUnixTimestamp(at), 3600) as h, count() as n, countIf(fate = 'rejected') as m, toFloat64(0) as l, toFloat64(0) as q
    from intake final where {{scope}} ${programs} and program_id != '' and door in ('postback', 'pixel', 'api') and fate != 'test' and at >= ${from} and at < ${to}
    group by p, s, h`;
  return {
    sql: `select p as programId, a as partnerId, o as offerId, s as sourceId, w as what, t as type, h as hour, n as count, m as marked, l as logs, q as squares
  from (${clicks} union all ${events} union all ${calls}) as hours`,
    params: {
      from: String(question.from.getTime()),
      to: String(question.to.getTime()),
      others: NOT_CONVERSIONS,
      ...(question.programIds === undefined ? {} : { programs: question.programIds }),
    },
  };
}
