import type { Dimension } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import { columnOf, type Filters, filterConditions, timeOf } from "./dimensions.ts";
import type { Query } from "./funnel.ts";

export interface ClicksQuestion {
  readonly from: Day;
  /** exclusive */
  readonly to: Day;
  readonly grain: "hour" | "day" | "week" | "month";
  /** One series per value of it; undefined: one series. */
  readonly by?: Dimension | undefined;
  readonly filters: Filters;
  readonly top: number;
  /** Zone of the hours. */
  readonly timeZone: string;
}

/** Clicks per point of time and series; the series after the largest `top` become one. */
export function clicksOverTimeQuery(question: ClicksQuestion): Query {
  const { conditions, params } = filterConditions(question.filters);
  const time =
    question.grain === "hour"
      ? "formatDateTime(at, '%Y-%m-%dT%H:00', {zone:String})"
      : `toString(${timeOf(question.grain, "day")})`;
  const key = question.by === undefined ? "''" : `toString(${columnOf(question.by)})`;
  const where = ["{{scope}}", "day >= {from:Date}", "day < {to:Date}", ...conditions].join(" and ");
  const clicks = `select ${key} as series, ${time} as time, countIf(verdict = 'click') as clicks,
      toUInt64(count() - countIf(verdict = 'click')) as uncounted, toUInt64(0) as impressions
    from clicks where ${where} group by series, time`;
  const shown = `select ${key} as series, ${time} as time, toUInt64(0) as clicks, toUInt64(0) as uncounted,
      countIf(verdict = 'impression') as impressions
    from impressions where ${where} group by series, time`;
  const counted = `select series, time, sum(clicks) as clicks, sum(uncounted) as uncounted, sum(impressions) as impressions
    from (${clicks} union all ${shown}) as traffic group by series, time`;
  const ranked = `select *, dense_rank() over (order by total desc, series) as place
    from (select *, sum(clicks + uncounted) over (partition by series) as total from (${counted}) as counted) as totalled`;
  return {
    sql: `select if(place > {top:UInt32}, '', series) as key, place > {top:UInt32} as is_rest, time as moment,
    sum(clicks) as clicks, sum(uncounted) as uncounted, sum(impressions) as impressions, min(place) as first_place
  from (${ranked}) as ranked group by key, is_rest, moment order by is_rest, first_place, moment`,
    params: {
      ...params,
      from: question.from,
      to: question.to,
      top: question.top,
      ...(question.grain === "hour" ? { zone: question.timeZone } : {}),
    },
  };
}

/** What became of all requests of these days. */
export function verdictsQuery(question: Pick<ClicksQuestion, "from" | "to" | "filters">): Query {
  const { conditions, params } = filterConditions(question.filters);
  return {
    sql: `select toString(verdict) as what, count() as requests from clicks
      where ${["{{scope}}", "day >= {from:Date}", "day < {to:Date}", ...conditions].join(" and ")}
      group by what order by requests desc, what`,
    params: { ...params, from: question.from, to: question.to },
  };
}
