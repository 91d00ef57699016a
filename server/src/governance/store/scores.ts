import { sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import type { Db } from "../../database/index.ts";

export interface ScoreRow {
  readonly scope: "all" | "region" | "owner";
  readonly scopeId: string;
  readonly records: number;
  readonly score: number;
  readonly faulty: number;
}

/** Means over what somebody may see, now. */
export async function scoresWithin(db: Db, within: RecordReach): Promise<readonly ScoreRow[]> {
  const seen = within.everything ? sql`true` : sql`s.partner_id = any(${[...within.partnerIds]})`;
  const { rows } = await sql<{
    scope: ScoreRow["scope"];
    scope_id: string;
    records: number;
    score: string;
    faulty: number;
  }>`
    select case grouping(p.region_id, p.owner_user_id) when 3 then 'all' when 1 then 'region' else 'owner' end as scope,
           coalesce(p.region_id, p.owner_user_id, '') as scope_id, count(*)::integer as records,
           coalesce(round(avg(s.score), 1), 100)::text as score, count(*) filter (where s.lost > 0)::integer as faulty
    from governance.score s join governance.seat p using (partner_id) where ${seen}
    group by grouping sets ((), (p.region_id), (p.owner_user_id))`.execute(db);
  return rows.map((row) => ({ ...row, scopeId: row.scope_id, score: Number(row.score) }));
}

export interface DayRow {
  readonly day: string;
  readonly records: number;
  readonly score: string;
  readonly findings: number;
}

export async function historyOf(db: Db, scope: string, scopeId: string, from: string): Promise<readonly DayRow[]> {
  return await db
    .selectFrom("governance.score_day")
    .select(["day", "records", "score", "findings"])
    .where("scope", "=", scope)
    .where("scope_id", "=", scopeId)
    .where("day", ">=", from)
    .orderBy("day")
    .execute();
}

export async function scoreOfPartner(db: Db, partnerId: string) {
  return await db.selectFrom("governance.score").selectAll().where("partner_id", "=", partnerId).executeTakeFirst();
}

export async function progressOf(db: Db): Promise<{ readonly seq: bigint; readonly evaluatedAt: Date | null }> {
  const row = await db.selectFrom("governance.progress").selectAll().executeTakeFirstOrThrow();
  return { seq: row.seq, evaluatedAt: row.evaluated_at };
}

export async function noteProgress(db: Db, progress: { seq?: bigint; evaluatedAt?: Date }): Promise<void> {
  await db
    .updateTable("governance.progress")
    .set({
      ...(progress.seq === undefined ? {} : { seq: progress.seq }),
      ...(progress.evaluatedAt === undefined ? {} : { evaluated_at: progress.evaluatedAt }),
    })
    .execute();
}

/** Partners of whom the trail speaks after an entry; at most so many entries are looked at. */
export async function changedPartners(
  db: Db,
  after: bigint,
  limit: number,
): Promise<{ readonly partnerIds: readonly string[]; readonly seq: bigint }> {
  const rows = await db
    .selectFrom("governance.trail")
    .select(["seq", "partner_id", "subject_kind", "subject_id"])
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
  const ids = rows.map((row) => (row.subject_kind === "partner" ? row.subject_id : row.partner_id));
  const partnerIds = [...new Set(ids.filter((id): id is string => id !== null))];
  return { partnerIds, seq: rows.at(-1)?.seq ?? after };
}

export async function lastEntry(db: Db): Promise<bigint> {
  const { rows } = await sql<{ seq: bigint | null }>`select max(seq) as seq from governance.trail`.execute(db);
  return rows[0]?.seq ?? 0n;
}
