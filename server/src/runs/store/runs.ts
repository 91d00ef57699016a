import type { RunKind, RunMode, RunProgress, RunScope, RunState, RunStep } from "@tributary/contract";
import { type Selectable, sql, type Updateable } from "kysely";
import { arrayLiteral, type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Day, Month } from "../../kernel/period.ts";

export interface RunRow {
  readonly runId: string;
  readonly kind: RunKind;
  readonly mode: RunMode;
  readonly schedule: string | null;
  readonly from: Day;
  readonly to: Day;
  readonly months: readonly Month[];
  readonly scope: RunScope;
  readonly reason: string;
  readonly state: RunState;
  readonly attempt: number;
  readonly settingsVersion: number;
  readonly dues: Readonly<Partial<Record<RunState, string>>>;
  readonly working: RunStep | null;
  readonly progress: WorkProgress | null;
  readonly trouble: string | null;
  readonly askedBy: string | null;
  readonly askedFor: string | null;
  readonly comment: string;
  readonly reopened: number;
  readonly reopenBy: string | null;
  readonly reopenAt: Date | null;
  readonly reopenReason: string | null;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly revision: number;
}

/** Where the work stands: `cursor` is the last partner that is done, `until` the state it goes on to. */
export interface WorkProgress extends Omit<RunProgress, "step"> {
  readonly cursor: string;
  readonly until: RunState;
}

export interface NewRunRow {
  readonly runId: string;
  readonly kind: RunKind;
  readonly mode: RunMode;
  readonly schedule: string | null;
  readonly from: Day;
  readonly to: Day;
  readonly months: readonly Month[];
  readonly scope: RunScope;
  readonly reason: string;
  readonly settingsVersion: number;
  readonly dues: object;
  readonly openedBy: string;
  readonly openedAt: Date;
}

/** @returns false when this period of the schedule has its run already */
export async function insertRun(db: Db, row: NewRunRow): Promise<boolean> {
  const done = await sql`
    insert into runs.run (run_id, kind, mode, schedule, period_from, period_to, months, scope, reason, state, settings_version, dues, opened_by, opened_at)
    values (${row.runId}, ${row.kind}, ${row.mode}, ${row.schedule}, ${row.from}::date, ${row.to}::date, ${arrayLiteral([...row.months])}::date[],
            ${JSON.stringify(row.scope)}::jsonb, ${row.reason}, 'open', ${row.settingsVersion}, ${JSON.stringify(row.dues)}::jsonb,
            ${row.openedBy}, ${row.openedAt}::timestamptz)
    on conflict do nothing`.execute(db);
  return (done.numAffectedRows ?? 0n) > 0n;
}

export async function runById(db: Db, runId: string): Promise<RunRow | undefined> {
  const row = await db.selectFrom("runs.run").selectAll().where("run_id", "=", runId).executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

/** Locks the run for the rest of the transaction: whoever moves it, works at it or approves in it waits. */
export async function lockRun(db: Db, runId: string): Promise<RunRow | undefined> {
  const row = await db.selectFrom("runs.run").selectAll().where("run_id", "=", runId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

export type RunChange = Updateable<Schema["runs.run"]>;

export async function updateRun(db: Db, runId: string, change: RunChange): Promise<void> {
  await db
    .updateTable("runs.run")
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where("run_id", "=", runId)
    .execute();
}

/** What only says how far the work is does not change the run: nobody's view of it is out of date by that. */
export async function noteProgress(db: Db, runId: string, progress: WorkProgress): Promise<void> {
  await db
    .updateTable("runs.run")
    .set({ progress: JSON.stringify(progress) })
    .where("run_id", "=", runId)
    .execute();
}

export interface RunFilter {
  readonly state?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly mode?: string | undefined;
}

export async function runPage(db: Db, filter: RunFilter, page: PageRequest): Promise<Page<RunRow>> {
  let query = db.selectFrom("runs.run").selectAll();
  if (filter.state?.length) query = query.where("state", "in", filter.state);
  if (filter.kind?.length) query = query.where("kind", "in", filter.kind);
  if (filter.mode !== undefined) query = query.where("mode", "=", filter.mode);
  const found = await keysetPage(query, { name: "newest", columns: ["period_to", "run_id"], direction: "desc" }, page);
  return { rows: found.rows.map(runOf), nextCursor: found.nextCursor };
}

export async function livingRuns(db: Db, states: readonly RunState[]): Promise<readonly RunRow[]> {
  const rows = await db
    .selectFrom("runs.run")
    .selectAll()
    .where("state", "in", states)
    .orderBy("period_to")
    .limit(500)
    .execute();
  return rows.map(runOf);
}

/** Runs whose work is not over: asked for, or broken off. */
export async function runsAtWork(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("runs.run")
    .select("run_id")
    .where("working", "is not", null)
    .orderBy("run_id")
    .execute();
  return rows.map((row) => row.run_id);
}

export interface CourseRow {
  readonly runId: string;
  readonly from: RunState | null;
  readonly to: RunState;
  readonly attempt: number;
  readonly person: string;
  readonly at: Date;
  readonly comment: string;
}

export async function addCourse(db: Db, row: CourseRow): Promise<void> {
  await db
    .insertInto("runs.course")
    .values({
      run_id: row.runId,
      from_state: row.from,
      to_state: row.to,
      attempt: row.attempt,
      person: row.person,
      at: row.at,
      comment: row.comment,
    })
    .execute();
}

export async function courseOf(db: Db, runId: string): Promise<readonly CourseRow[]> {
  const rows = await db.selectFrom("runs.course").selectAll().where("run_id", "=", runId).orderBy("position").execute();
  return rows.map((row) => ({
    runId: row.run_id,
    from: row.from_state as RunState | null,
    to: row.to_state as RunState,
    attempt: row.attempt,
    person: row.person,
    at: row.at,
    comment: row.comment,
  }));
}

function runOf(row: Selectable<Schema["runs.run"]>): RunRow {
  return {
    runId: row.run_id,
    kind: row.kind as RunKind,
    mode: row.mode as RunMode,
    schedule: row.schedule,
    from: row.period_from,
    to: row.period_to,
    months: row.months,
    scope: row.scope as unknown as RunScope,
    reason: row.reason,
    state: row.state as RunState,
    attempt: row.attempt,
    settingsVersion: row.settings_version,
    dues: row.dues as RunRow["dues"],
    working: row.working as RunStep | null,
    progress: row.progress as unknown as WorkProgress | null,
    trouble: row.trouble,
    askedBy: row.asked_by,
    askedFor: row.asked_for,
    comment: row.comment,
    reopened: row.reopened,
    reopenBy: row.reopen_by,
    reopenAt: row.reopen_at,
    reopenReason: row.reopen_reason,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    revision: row.revision,
  };
}
