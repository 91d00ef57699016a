import { addDays, type Day, dayOf } from "../../kernel/period.ts";
import type { Query } from "./funnel.ts";

/** What "today" is in each program: its day, and how far its clock is from UTC now. */
export interface ProgramDay {
  readonly programId: string;
  readonly day: Day;
  readonly offsetMinutes: number;
}

export function programDay(programId: string, timeZone: string, now: Date): ProgramDay {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  return { programId, day: dayOf(now, timeZone), offsetMinutes: Math.round(zoned.offsetNanoseconds / 60_000_000_000) };
}

const WEEK_MS = 7 * 86_400_000;

/** Values that all queries of a day share; days of programs that are not named are the first day of 1970 and find nothing. */
function dayParams(days: readonly ProgramDay[], now: Date): Record<string, unknown> {
  return {
    programs: days.map(({ programId }) => programId),
    days: days.map(({ day }) => day),
    days_before: days.map(({ day }) => addDays(day, -7)),
    now: String(now.getTime()),
    same_time: String(now.getTime() - WEEK_MS),
  };
}

const IN_PROGRAMS = "program_id in {programs:Array(String)}";
const dayIn = (column: string, days: "days" | "days_before"): string =>
  `${column} = transform(toString(program_id), {programs:Array(String)}, {${days}:Array(Date)}, toDate(0))`;
const BEFORE_SAME_TIME = (column: string): string => `${column} < fromUnixTimestamp64Milli({same_time:Int64})`;

/** Clicks of today and of the same weekday a week ago, up to the same time, by hour of the program's day. */
export function todaysClicks(days: readonly ProgramDay[], now: Date): Query {
  const today = dayIn("day", "days");
  const before = `${dayIn("day", "days_before")} and ${BEFORE_SAME_TIME("at")}`;
  return {
    sql: `select toHour(at + toIntervalMinute(transform(toString(program_id), {programs:Array(String)}, {offsets:Array(Int32)}, 0))) as hour,
        countIf(${today}) as clicks, countIf(${dayIn("day", "days_before")}) as whole_before, countIf(${before}) as clicks_before
      from clicks where {{scope}} and ${IN_PROGRAMS} and verdict = 'click'
        and at >= fromUnixTimestamp64Milli({same_time:Int64}) - toIntervalDay(2) and (${today} or ${dayIn("day", "days_before")})
      group by hour order by hour`,
    params: { ...dayParams(days, now), offsets: days.map(({ offsetMinutes }) => offsetMinutes) },
  };
}

/** Registrations and first deposits of today and of the same weekday a week ago, up to the same time. */
export function todaysCustomers(days: readonly ProgramDay[], now: Date): Query {
  const counts = (name: string, at: string, day: string): string =>
    `countIf(${dayIn(day, "days")}) as ${name}, countIf(${dayIn(day, "days_before")} and ${BEFORE_SAME_TIME(at)}) as ${name}_before`;
  return {
    sql: `select ${counts("registrations", "registered_at", "registered_day")}, ${counts("ftds", "ftd_at", "ftd_day")}
      from customers final where {{scope}} and ${IN_PROGRAMS}`,
    params: dayParams(days, now),
  };
}

/** Deposits of today and of the same weekday a week ago, up to the same time, per currency. */
export function todaysDeposits(days: readonly ProgramDay[], now: Date): Query {
  const today = dayIn("day", "days");
  const before = `${dayIn("day", "days_before")} and ${BEFORE_SAME_TIME("at")}`;
  return {
    sql: `select toString(currency) as money, countIf(${today}) as deposits, countIf(${before}) as deposits_before,
        sumIf(measures['deposit'], ${today}) as minor, sumIf(measures['deposit'], ${before}) as minor_before
      from events final where {{scope}} and ${IN_PROGRAMS} and type = 'deposit' and effective and (${today} or ${dayIn("day", "days_before")})
      group by money order by money`,
    params: dayParams(days, now),
  };
}

/** Partners by today's clicks. */
export function todaysPartners(days: readonly ProgramDay[], now: Date, top: number): Query {
  return {
    sql: `select toString(partner_id) as partner, count() as clicks from clicks
      where {{scope}} and ${IN_PROGRAMS} and verdict = 'click' and partner_id != '' and ${dayIn("day", "days")}
        and at >= fromUnixTimestamp64Milli({now:Int64}) - toIntervalDay(2)
      group by partner order by clicks desc, partner limit {top:UInt32}`,
    params: { ...dayParams(days, now), top },
  };
}

/** FTDs of today by partner. */
export function todaysDepositors(days: readonly ProgramDay[], now: Date): Query {
  return {
    sql: `select toString(partner_id) as partner, count() as ftds from customers final
      where {{scope}} and ${IN_PROGRAMS} and partner_id != '' and ${dayIn("ftd_day", "days")} group by partner`,
    params: dayParams(days, now),
  };
}

/** When a partner's traffic deserves a look. Clicks and requests of whole days, cut in the programs' zones. */
export const UNUSUAL = {
  /** Clicks of an average week before that make a partner worth watching. */
  fadingFrom: 50,
  /** Share of that average below which it fades. */
  fadingBelow: 0.5,
  spikeFrom: 200,
  /** Today against an average day. */
  spikeAbove: 3,
  botsFrom: 200,
  botsAbove: 0.5,
} as const;

/** Partners whose last seven full days are unlike the four weeks before, whose day is unlike any, or who send bots. */
export function unusualPartners(days: readonly ProgramDay[], now: Date, top: number): Query {
  const age =
    "dateDiff('day', day, transform(toString(program_id), {programs:Array(String)}, {days:Array(Date)}, toDate(0)))";
  return {
    sql: `select partner, today, week, earlier / 4 as usual_week, (week + earlier) / 35 as usual_day, requests, uncounted,
        multiIf(today >= {spike_from:Float64} and today > {spike_above:Float64} * usual_day, 'traffic_spike',
                requests >= {bots_from:Float64} and uncounted > {bots_above:Float64} * requests, 'bot_share',
                usual_week >= {fading_from:Float64} and week < {fading_below:Float64} * usual_week, 'fading_partner', '') as what
      from (
        select toString(partner_id) as partner, sumIf(counted, age = 0) as today, sumIf(counted, age between 1 and 7) as week,
          sumIf(counted, age between 8 and 35) as earlier, sumIf(every, age between 0 and 7) as requests,
          sumIf(every - counted, age between 0 and 7) as uncounted
        from (
          select program_id, partner_id, day, ${age} as age, countIf(verdict = 'click') as counted, count() as every
          from clicks where {{scope}} and ${IN_PROGRAMS} and partner_id != '' and day >= {since:Date}
          group by program_id, partner_id, day
        ) as daily group by partner
      ) as sums where what != '' order by what, greatest(usual_week - week, toFloat64(today), toFloat64(uncounted)) desc, partner
      limit {top:UInt32} by what`,
    params: {
      ...dayParams(days, now),
      since: addDays(days.map(({ day }) => day).sort()[0] ?? "1970-01-01", -36),
      top,
      spike_from: UNUSUAL.spikeFrom,
      spike_above: UNUSUAL.spikeAbove,
      bots_from: UNUSUAL.botsFrom,
      bots_above: UNUSUAL.botsAbove,
      fading_from: UNUSUAL.fadingFrom,
      fading_below: UNUSUAL.fadingBelow,
    },
  };
}

/** Calls of the last day that were refused, and events that nobody gets credit for, with their most frequent reason. */
export function troubledCalls(days: readonly ProgramDay[], now: Date): Query {
  return {
    sql: `select toString(fate) as what, count() as calls, topK(1)(toString(reason))[1] as why, min(at) as first_at
      from intake final where {{scope}} and (${IN_PROGRAMS} or program_id = '') and fate in ('unattributed', 'rejected')
        and at >= fromUnixTimestamp64Milli({now:Int64}) - toIntervalDay(1)
      group by what`,
    params: dayParams(days, now),
  };
}
