import type { Day } from "../../kernel/period.ts";
import type { Query } from "./funnel.ts";

/** Counted clicks, the different visitors behind them, and counted impressions per partner, day, country and offer. */
export function trafficQuery(question: { readonly programId: string; readonly from: Day; readonly to: Day }): Query {
  const keys = "toString(partner_id) as p, day as d, toString(country) as c, toString(offer_id) as o";
  const where = "{{scope}} and program_id = {program:String} and day >= {from:Date} and day < {to:Date}";
  const clicks = `select ${keys}, count() as clicked, uniqExact(network, user_agent) as visitors, toUInt64(0) as shown
    from clicks where ${where} and verdict = 'click' group by p, d, c, o`;
  const impressions = `select ${keys}, toUInt64(0) as clicked, toUInt64(0) as visitors, count() as shown
    from impressions where ${where} and verdict = 'impression' group by p, d, c, o`;
  return {
    sql: `select p as partnerId, toString(d) as day, c as country, o as offerId,
    sum(clicked) as clicks, sum(visitors) as uniqueClicks, sum(shown) as impressions
  from (${clicks} union all ${impressions}) as traffic group by p, d, c, o order by p, d, c, o`,
    params: { program: question.programId, from: question.from, to: question.to },
  };
}
