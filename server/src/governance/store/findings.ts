import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

export type FindingRow = Selectable<Schema["governance.finding"]>;
export interface NewFinding {
  readonly ruleId: string;
  readonly record: string;
  readonly subjectId: string;
  readonly partnerId: string | null;
  readonly programId: string | null;
  readonly weight: number;
  readonly severity: string;
  readonly name: string;
  readonly value: string;
  readonly excepted: boolean;
}

/** What is known to be wrong with these records. */
export async function standingFindings(
  db: Db,
  about: { readonly partnerIds: readonly string[] } | { readonly record: "offer" },
): Promise<readonly FindingRow[]> {
  const query = db.selectFrom("governance.finding").selectAll();
  if ("record" in about) return await query.where("record", "=", about.record).execute();
  return await query.where(sql<boolean>`partner_id = any(${[...about.partnerIds]})`).execute();
}

/** New ones come in, those that stand are brought up to date; what stays keeps since when and who looks after it. */
export async function putFindings(db: Db, rows: readonly NewFinding[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows);
  await sql`
    insert into governance.finding (rule_id, record, subject_id, partner_id, program_id, weight, severity, name, value, excepted, since)
    select "ruleId", record, "subjectId", "partnerId", "programId", weight, severity, name, value, excepted, ${now}
    from json_to_recordset(${json}::json) as r("ruleId" text, record text, "subjectId" text, "partnerId" text, "programId" text,
      weight smallint, severity text, name text, value text, excepted boolean)
    on conflict (rule_id, subject_id) do update set partner_id = excluded.partner_id, weight = excluded.weight, severity = excluded.severity,
      name = excluded.name, value = excluded.value, excepted = excluded.excepted`.execute(db);
}

export async function removeFindings(db: Db, ids: readonly bigint[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from governance.finding where finding_id = any(${[...ids]}::bigint[])`.execute(db);
}

export async function putScores(
  db: Db,
  rows: readonly { partnerId: string; score: number; lost: number; total: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into governance.score (partner_id, score, lost, total)
    select "partnerId", score, lost, total
    from json_to_recordset(${JSON.stringify(rows)}::json) as r("partnerId" text, score smallint, lost integer, total integer)
    on conflict (partner_id) do update set score = excluded.score, lost = excluded.lost, total = excluded.total
    where (score.score, score.lost, score.total) is distinct from (excluded.score, excluded.lost, excluded.total)`.execute(
    db,
  );
}

/** The score of a day, by region and owner and over all; said again on the same day it replaces what was. */
export async function noteScoresOfDay(db: Db, day: string): Promise<void> {
  await sql`
    with records as (
      select s.partner_id, s.score, coalesce(p.region_id, '') as region, coalesce(p.owner_user_id, '') as owner, coalesce(f.faults, 0) as faults
      from governance.score s join governance.seat p using (partner_id)
      left join (select partner_id, count(*) as faults from governance.finding where not excepted group by partner_id) f using (partner_id)),
    sums as (
      select case grouping(region, owner) when 3 then 'all' when 1 then 'region' else 'owner' end as scope,
             coalesce(region, owner, '') as scope_id, count(*) as records, avg(score) as score, sum(faults) as findings
      from records group by grouping sets ((), (region), (owner)))
    insert into governance.score_day (day, scope, scope_id, records, score, findings)
    select ${day}::date, scope, scope_id, records, coalesce(score, 100), coalesce(findings, 0) from sums where records > 0
    on conflict (scope, scope_id, day) do update set records = excluded.records, score = excluded.score, findings = excluded.findings`.execute(
    db,
  );
}

export interface FindingFilter {
  readonly ruleId?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly record?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly regionId?: readonly string[] | undefined;
  readonly ownerUserId?: readonly string[] | undefined;
  readonly assignedTo?: string | null | undefined;
  /** of partners that this person owns, or assigned to it */
  readonly mine?: string | undefined;
  readonly excepted: boolean;
}

const WORST_FIRST = { name: "worst", columns: ["weight", "finding_id"], direction: "desc" } as const;
export type ListedFinding = FindingRow & { readonly region_id: string | null; readonly owner_user_id: string | null };

export async function findingPage(
  db: Db,
  within: RecordReach,
  filter: FindingFilter,
  page: PageRequest,
): Promise<Page<ListedFinding>> {
  const base = db
    .selectFrom("governance.finding as f")
    .leftJoin("governance.seat as p", "p.partner_id", "f.partner_id")
    .selectAll("f")
    .select(["p.region_id", "p.owner_user_id"])
    .where("f.excepted", "=", filter.excepted);
  let query = whereWithin(base, within, "f.partner_id", "f.program_id");
  const lists = [
    ["f.rule_id", filter.ruleId],
    ["f.severity", filter.severity],
    ["f.record", filter.record],
    ["f.partner_id", filter.partnerId],
    ["p.region_id", filter.regionId],
    ["p.owner_user_id", filter.ownerUserId],
  ] as const;
  for (const [column, wanted] of lists) if (wanted) query = query.where(column, "in", [...wanted]);
  if (filter.assignedTo === null) query = query.where("f.assigned_to", "is", null);
  else if (filter.assignedTo !== undefined) query = query.where("f.assigned_to", "=", filter.assignedTo);
  if (filter.mine !== undefined)
    query = query.where(sql<boolean>`(p.owner_user_id = ${filter.mine} or f.assigned_to = ${filter.mine})`);
  return (await keysetPage(query as never, WORST_FIRST, page)) as Page<ListedFinding>;
}

export async function findingsByIds(
  db: Db,
  within: RecordReach,
  ids: readonly bigint[],
): Promise<readonly FindingRow[]> {
  const query = db
    .selectFrom("governance.finding")
    .selectAll()
    .where(sql<boolean>`finding_id = any(${[...ids]}::bigint[])`);
  return await whereWithin(query, within, "partner_id", "program_id").execute();
}

export async function assignFindings(db: Db, ids: readonly bigint[], to: string | null, by: string): Promise<void> {
  await db
    .updateTable("governance.finding")
    .set({ assigned_to: to, assigned_by: by })
    .where(sql<boolean>`finding_id = any(${[...ids]}::bigint[])`)
    .execute();
}

export type ExceptionRow = Selectable<Schema["governance.exception"]>;

export async function putExceptions(
  db: Db,
  findings: readonly FindingRow[],
  exception: Omit<ExceptionRow, "rule_id" | "subject_id">,
): Promise<void> {
  await db
    .insertInto("governance.exception")
    .values(findings.map((row) => ({ rule_id: row.rule_id, subject_id: row.subject_id, ...exception })))
    .onConflict((conflict) => conflict.columns(["rule_id", "subject_id"]).doUpdateSet(exception))
    .execute();
  await markExcepted(db, findings, true);
}

export async function endExceptions(db: Db, findings: readonly FindingRow[]): Promise<void> {
  for (const row of findings)
    await db
      .deleteFrom("governance.exception")
      .where("rule_id", "=", row.rule_id)
      .where("subject_id", "=", row.subject_id)
      .execute();
  await markExcepted(db, findings, false);
}

async function markExcepted(db: Db, findings: readonly FindingRow[], excepted: boolean): Promise<void> {
  await db
    .updateTable("governance.finding")
    .set({ excepted })
    .where(sql<boolean>`finding_id = any(${findings.map((row) => row.finding_id)}::bigint[])`)
    .execute();
}

/** Exceptions that still hold on a day. @param subjectIds of these records; undefined: of all */
export async function exceptionsOn(
  db: Db,
  day: string,
  subjectIds?: readonly string[],
): Promise<readonly ExceptionRow[]> {
  const query = db.selectFrom("governance.exception").selectAll().where("until", ">", day);
  return await (subjectIds === undefined
    ? query
    : query.where(sql<boolean>`subject_id = any(${[...subjectIds]})`)
  ).execute();
}

export async function countByRule(
  db: Db,
  within: RecordReach,
): Promise<readonly { rule_id: string; excepted: boolean; count: bigint }[]> {
  const query = db
    .selectFrom("governance.finding")
    .select(({ fn }) => ["rule_id", "excepted", fn.countAll<bigint>().as("count")])
    .groupBy(["rule_id", "excepted"]);
  return await whereWithin(query, within, "partner_id", "program_id").execute();
}
