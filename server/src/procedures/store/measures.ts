import { sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import type { Db } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

/** A time in a stage, or a time that something was waited for. */
export interface MeasuredRow {
  readonly case_id: string;
  readonly partner_id: string | null;
  readonly subject_id: string;
  readonly region_id: string | null;
  readonly version_id: string;
  readonly stage: string;
  /** What was waited for: `task`, `fact` …; empty for a stage. */
  readonly kind: string;
  readonly key: string;
  readonly role: string;
  readonly from_at: Date;
  readonly until_at: Date | null;
  readonly ended_how: string | null;
  readonly due_at: Date | null;
  readonly working_seconds: bigint | null;
}

interface Period {
  readonly procedure: string;
  readonly from: Date;
  readonly to: Date;
}

/** Stays that began in a time, of cases within reach. */
export async function staysIn(db: Db, within: RecordReach, { procedure, from, to }: Period): Promise<MeasuredRow[]> {
  const query = db
    .selectFrom("procedures.stay as s")
    .innerJoin("procedures.case as c", "c.case_id", "s.case_id")
    .select(["c.case_id", "c.partner_id", "c.subject_id", "c.region_id", "c.version_id"])
    .select(["s.stage", "s.from_at", "s.until_at", "s.ended_how", "s.due_at", "s.working_seconds"])
    .select([sql<string>`''`.as("kind"), sql<string>`''`.as("key"), sql<string>`''`.as("role")])
    .where("c.procedure", "=", procedure)
    .where("s.from_at", ">=", from)
    .where("s.from_at", "<", to);
  return await whereWithin(query, within, "c.partner_id", "c.program_id").execute();
}

/** What was waited for, begun in a time, of cases within reach. */
export async function waitsIn(db: Db, within: RecordReach, { procedure, from, to }: Period): Promise<MeasuredRow[]> {
  const query = db
    .selectFrom("procedures.wait as w")
    .innerJoin("procedures.case as c", "c.case_id", "w.case_id")
    .select(["c.case_id", "c.partner_id", "c.subject_id", "c.region_id", "c.version_id"])
    .select(["w.stage", "w.kind", "w.key", "w.role", "w.from_at", "w.until_at", "w.due_at"])
    .select([
      sql<string | null>`case when w.until_at is not null then 'passed' end`.as("ended_how"),
      sql<bigint | null>`null::bigint`.as("working_seconds"),
    ])
    .where("c.procedure", "=", procedure)
    .where("w.from_at", ">=", from)
    .where("w.from_at", "<", to);
  return await whereWithin(query, within, "c.partner_id", "c.program_id").execute();
}

interface CaseCounts {
  readonly started: number;
  readonly finished: number;
  readonly dropped: number;
  readonly running: number;
  readonly sentBack: number;
}

/** What became of the cases that were started in a time. */
export async function caseCounts(db: Db, within: RecordReach, { procedure, from, to }: Period): Promise<CaseCounts> {
  const query = db
    .selectFrom("procedures.case as c")
    .select([
      sql<bigint>`count(*)`.as("started"),
      sql<bigint>`count(*) filter (where c.status = 'finished')`.as("finished"),
      sql<bigint>`count(*) filter (where c.status = 'dropped')`.as("dropped"),
      sql<bigint>`count(*) filter (where c.status = 'running')`.as("running"),
      sql<bigint>`count(*) filter (where exists (select from procedures.stay s where s.case_id = c.case_id and s.ended_how = 'sent_back'))`.as(
        "sent_back",
      ),
    ])
    .where("c.procedure", "=", procedure)
    .where("c.started_at", ">=", from)
    .where("c.started_at", "<", to);
  const row = await whereWithin(query, within, "c.partner_id", "c.program_id").executeTakeFirstOrThrow();
  const [started, finished, dropped] = [Number(row.started), Number(row.finished), Number(row.dropped)];
  return { started, finished, dropped, running: Number(row.running), sentBack: Number(row.sent_back) };
}
