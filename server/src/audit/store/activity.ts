import { sql } from "kysely";
import type pg from "pg";
import { copyRows, type Db } from "../../database/index.ts";
import type { NotedActivity } from "../contracts.ts";

const COLUMNS = [
  "at",
  "kind",
  "actor_kind",
  "actor_id",
  "person_id",
  "partner_id",
  "method",
  "path",
  "status",
  "code",
  "subject_id",
  "detail",
  "address",
];

/** Many at once, on a connection of their own: the requests that they tell of have been answered. */
export async function appendActivities(pool: pg.Pool, rows: readonly NotedActivity[]): Promise<void> {
  const client = await pool.connect();
  try {
    await copyRows(
      client,
      "audit.activity",
      COLUMNS,
      rows.map((row) => [
        row.at,
        row.kind,
        row.actorKind,
        row.actorId,
        row.personId,
        row.partnerId,
        row.method,
        row.path,
        row.status,
        row.code,
        row.subjectId,
        row.detail,
        row.address,
      ]),
    );
  } finally {
    client.release();
  }
}

export interface TimelineFilter {
  readonly kind?: string | undefined;
  /** The person's id and those of the person's keys. */
  readonly actorIds?: readonly string[] | undefined;
  readonly actorKinds?: readonly string[] | undefined;
  readonly partnerId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface TimelineRow {
  readonly source: "change" | "deed";
  readonly number: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string | null;
  readonly person_id: string | null;
  readonly acting_for: string | null;
  readonly partner_id: string | null;
  readonly action: string;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly status: number | null;
  readonly detail: string | null;
}

export interface TimelinePlace {
  readonly at: Date;
  readonly source: string;
  readonly number: bigint;
}

/** Changes and everything else that people did in one order, newest first; each half is a walk over its own index. */
export async function timelineRows(
  db: Db,
  filter: TimelineFilter,
  page: { readonly limit: number; readonly after?: TimelinePlace | undefined },
): Promise<TimelineRow[]> {
  const { limit, after } = page;
  const beyond = (source: string, number: string) =>
    after === undefined
      ? sql`true`
      : sql`at <= ${after.at} and (at, ${source}::text, ${sql.ref(number)}) < (${after.at}, ${after.source}::text, ${after.number})`;
  const where = (subject: string) => sql`
    ${filter.actorIds === undefined ? sql`true` : sql`actor_id = any(${[...filter.actorIds]})`}
    and ${filter.actorKinds === undefined ? sql`true` : sql`actor_kind = any(${[...filter.actorKinds]})`}
    and ${filter.partnerId === undefined ? sql`true` : sql`partner_id = ${filter.partnerId}`}
    and ${filter.subjectId === undefined ? sql`true` : sql`${sql.ref(subject)} = ${filter.subjectId}`}
    and ${filter.from === undefined ? sql`true` : sql`at >= ${filter.from}`}
    and ${filter.to === undefined ? sql`true` : sql`at < ${filter.to}`}`;
  const part = filter.q === undefined ? undefined : `%${filter.q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const changes = sql`
    select 'change' as source, seq as number, at, 'change' as kind, actor_kind, actor_id, actor_name, null as person_id, acting_for, partner_id,
           action, subject_kind, subject_id, null::smallint as status, reason as detail
      from audit.entry where ${where("subject_id")} and ${beyond("change", "seq")}
       and ${part === undefined ? sql`true` : sql`action ilike ${part}`} order by at desc, seq desc limit ${limit}`;
  const deeds = sql`
    select 'deed' as source, activity_id as number, at, kind, actor_kind, actor_id, null as actor_name, person_id, null as acting_for, partner_id,
           method || ' ' || path as action, null as subject_kind, subject_id, status, concat_ws(' · ', code, detail) as detail
      from audit.activity where ${where("subject_id")} and ${beyond("deed", "activity_id")}
       and ${filter.kind === undefined ? sql`true` : sql`kind = ${filter.kind}`}
       and ${part === undefined ? sql`true` : sql`(path ilike ${part} or code ilike ${part})`} order by at desc, activity_id desc limit ${limit}`;
  const halves = [
    ...(filter.kind === undefined || filter.kind === "change" ? [sql`(${changes})`] : []),
    ...(filter.kind === "change" ? [] : [sql`(${deeds})`]),
  ];
  const { rows } = await sql<TimelineRow>`
    ${sql.join(halves, sql` union all `)} order by at desc, source desc, number desc limit ${limit}`.execute(db);
  return rows;
}

/** Takes what a browser said of where it was out of what one person did. */
export async function forgetAddresses(db: Db, personId: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("audit.activity")
    .set({ address: null, detail: null })
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function countActivities(
  db: Db,
  personId: string,
): Promise<{ readonly deeds: number; readonly changes: number }> {
  const { rows } = await sql<{ deeds: bigint; changes: bigint }>`
    select (select count(*) from audit.activity where person_id = ${personId}) as deeds,
           (select count(*) from audit.entry where actor_id = ${personId}) as changes`.execute(db);
  return { deeds: Number(rows[0]?.deeds ?? 0n), changes: Number(rows[0]?.changes ?? 0n) };
}

export async function oldActivities(db: Db, before: Date): Promise<number> {
  const { rows } = await sql<{ due: bigint }>`select count(*) as due from audit.activity where at < ${before}`.execute(
    db,
  );
  return Number(rows[0]?.due ?? 0n);
}

export async function removeActivities(db: Db, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from audit.activity where activity_id in (select activity_id from audit.activity where at < ${before} order by at limit ${limit})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n);
}
