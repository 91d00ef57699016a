import type { Selectable } from "kysely";
import { sql } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export interface RateRow {
  readonly key: string;
  readonly came: number;
  readonly won: number;
  readonly lost: number;
  readonly open: number;
  readonly median_days: number | null;
}

const BY = {
  owner: sql`coalesce(l.owner_user_id, '')`,
  source: sql`coalesce(l.source, '')`,
  cohort: sql`to_char(l.created_at, 'YYYY-MM')`,
} as const;

export interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly programId: string | null;
}

/** What became of the leads that came in between two instants. */
export async function rates(db: Db, by: keyof typeof BY, span: Span): Promise<RateRow[]> {
  const { rows } = await sql<RateRow>`
    select ${BY[by]} as key, count(*)::integer as came,
      count(*) filter (where l.status = 'won')::integer as won,
      count(*) filter (where l.status = 'lost')::integer as lost,
      count(*) filter (where l.status = 'open')::integer as open,
      (percentile_cont(0.5) within group (order by extract(epoch from l.ended_at - l.created_at) / 86400) filter (where l.status = 'won'))::float8 as median_days
    from pipeline.lead l
    where l.status in ('open', 'won', 'lost') and l.created_at >= ${span.from} and l.created_at < ${span.to}
      and (${span.programId}::text is null or l.program_id = ${span.programId})
    group by 1 order by 2 desc, 1 limit 200`.execute(db);
  return rows;
}

export interface StageRate {
  readonly key: string;
  readonly entered: number;
  readonly left: number;
  readonly lost: number;
  readonly median_days: number | null;
  readonly p90_days: number | null;
}

/** How leads went through stages: how many entered each in the time, how many went on, how many were lost there, how long it took. */
export async function stageRates(db: Db, span: Span): Promise<StageRate[]> {
  const { rows } = await sql<StageRate>`
    with stays as (
      select m.to_stage, m.at, lead(m.at) over w as until, lead(m.to_stage) over w as next
        from pipeline.stage_move m join pipeline.lead l using (lead_id)
       where l.status <> 'merged' and (${span.programId}::text is null or l.program_id = ${span.programId})
      window w as (partition by m.lead_id order by m.seq))
    select s.stage_id as key, count(stays.at)::integer as entered,
      count(*) filter (where stays.next is not null and stays.next <> 'lost')::integer as left,
      count(*) filter (where stays.next = 'lost')::integer as lost,
      (percentile_cont(0.5) within group (order by extract(epoch from stays.until - stays.at) / 86400))::float8 as median_days,
      (percentile_cont(0.9) within group (order by extract(epoch from stays.until - stays.at) / 86400))::float8 as p90_days
    from pipeline.stage s left join stays on stays.to_stage = s.stage_id and stays.at >= ${span.from} and stays.at < ${span.to}
    where s.outcome is null group by s.stage_id, s.position order by s.position`.execute(db);
  return rows;
}

export async function lostReasons(db: Db, span: Span): Promise<{ readonly key: string; readonly leads: number }[]> {
  const { rows } = await sql<{ key: string; leads: number }>`
    select lost_reason as key, count(*)::integer as leads from pipeline.lead
     where status = 'lost' and ended_at >= ${span.from} and ended_at < ${span.to} and (${span.programId}::text is null or program_id = ${span.programId})
     group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

export interface AgeRow {
  readonly key: string;
  readonly open: number;
  readonly late: number;
  readonly oldest_days: number;
}

/** How long open leads have been in their stage; late: longer than is usual there. */
export async function ages(db: Db, now: Date, programId: string | null): Promise<AgeRow[]> {
  const { rows } = await sql<AgeRow>`
    select s.stage_id as key, count(l.lead_id)::integer as open,
      count(*) filter (where s.usual_days > 0 and l.stage_since < ${now}::timestamptz - make_interval(days => s.usual_days))::integer as late,
      coalesce(max(extract(epoch from ${now}::timestamptz - l.stage_since) / 86400), 0)::integer as oldest_days
    from pipeline.stage s left join pipeline.lead l on l.stage_id = s.stage_id and l.status = 'open' and (${programId}::text is null or l.program_id = ${programId})
    where s.outcome is null group by s.stage_id, s.position order by s.position`.execute(db);
  return rows;
}

export type ScheduleRow = Selectable<Schema["pipeline.report_schedule"]>;

export async function schedules(db: Db): Promise<ScheduleRow[]> {
  return await db.selectFrom("pipeline.report_schedule").selectAll().orderBy("schedule_id").execute();
}

export async function insertSchedule(
  db: Db,
  given: {
    readonly cadence: string;
    readonly format: string;
    readonly language: string;
    readonly roles: readonly string[];
    readonly userIds: readonly string[];
    readonly active: boolean;
  },
): Promise<bigint> {
  const { userIds, roles, ...rest } = given;
  const row = await db
    .insertInto("pipeline.report_schedule")
    .values({ ...rest, roles: [...roles], user_ids: [...userIds] })
    .returning("schedule_id")
    .executeTakeFirstOrThrow();
  return row.schedule_id;
}

export async function deleteSchedule(db: Db, id: string): Promise<boolean> {
  const gone = await db
    .deleteFrom("pipeline.report_schedule")
    .where(sql<string>`schedule_id::text`, "=", id)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** @returns false: somebody else has taken this period */
export async function takePeriod(db: Db, id: bigint, period: string): Promise<boolean> {
  const done = await db
    .updateTable("pipeline.report_schedule")
    .set({ last_period: period })
    .where("schedule_id", "=", id)
    .where("last_period", "<", period)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function insertReport(
  db: Db,
  report: {
    readonly period: string;
    readonly at: Date;
    readonly figures: unknown;
    readonly name: string;
    readonly media: string;
    readonly file: Buffer;
    readonly to: readonly string[];
  },
): Promise<bigint> {
  const row = await db
    .insertInto("pipeline.report")
    .values({
      period: report.period,
      made_at: report.at,
      figures: JSON.stringify(report.figures),
      file_name: report.name,
      media: report.media,
      file: report.file,
      sent_to: [...report.to],
    })
    .returning("report_id")
    .executeTakeFirstOrThrow();
  return row.report_id;
}

export async function newestReports(db: Db) {
  return await db
    .selectFrom("pipeline.report")
    .select(["report_id", "period", "made_at", "file_name", "sent_to"])
    .orderBy("report_id", "desc")
    .limit(50)
    .execute();
}

export async function reportRow(db: Db, id: string): Promise<Selectable<Schema["pipeline.report"]> | undefined> {
  return await db
    .selectFrom("pipeline.report")
    .selectAll()
    .where(sql<string>`report_id::text`, "=", id)
    .executeTakeFirst();
}
