import { type Insertable, type Selectable, sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../../database/index.ts";
import { whereWithin } from "../../../partners/index.ts";
import type { RunOptions, RunResult } from "../contracts.ts";

type Row = Selectable<Schema["tracking.proof_run"]>;

export interface RunRow extends Omit<Row, "options" | "result" | "configuration" | "kind" | "state"> {
  readonly kind: "link" | "postback";
  readonly state: "running" | "passed" | "failed" | "ended";
  readonly options: RunOptions;
  readonly result: RunResult;
  readonly configuration: Readonly<Record<string, string>>;
}

export type NewRunRow = Omit<RunRow, "revision">;

export async function insertRun(db: Db, row: NewRunRow): Promise<void> {
  const { options, result, configuration, ...plain } = row;
  await db
    .insertInto("tracking.proof_run")
    .values({
      ...plain,
      options: JSON.stringify(options),
      result: JSON.stringify(result),
      configuration: JSON.stringify(configuration),
    } as Insertable<Schema["tracking.proof_run"]>)
    .execute();
}

export async function findRun(db: Db, runId: string): Promise<RunRow | undefined> {
  const row = await db.selectFrom("tracking.proof_run").selectAll().where("run_id", "=", runId).executeTakeFirst();
  return row as RunRow | undefined;
}

/** Writes what a run has come to. @returns false: somebody else changed it since it was read */
export async function saveRun(db: Db, row: RunRow): Promise<boolean> {
  const saved = await db
    .updateTable("tracking.proof_run")
    .set({
      state: row.state,
      click_id: row.click_id,
      result: JSON.stringify(row.result),
      configuration: JSON.stringify(row.configuration),
      finished_at: row.finished_at,
      revision: row.revision + 1,
    })
    .where("run_id", "=", row.run_id)
    .where("revision", "=", row.revision)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

export interface RunFilter {
  readonly kind?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly offerId?: readonly string[] | undefined;
}

export async function runPage(
  db: Db,
  within: RecordReach,
  filter: RunFilter,
  page: PageRequest,
): Promise<Page<RunRow>> {
  let query = db.selectFrom("tracking.proof_run").selectAll();
  query = whereWithin(query, within, "partner_id", "program_id");
  if (filter.kind) query = query.where("kind", "in", filter.kind);
  if (filter.state) query = query.where("state", "in", filter.state);
  if (filter.partnerId) query = query.where("partner_id", "in", filter.partnerId);
  if (filter.programId) query = query.where("program_id", "in", filter.programId);
  if (filter.offerId) query = query.where("offer_id", "in", filter.offerId);
  const found = await keysetPage(query, { name: "newest", columns: ["run_id"], direction: "desc" }, page);
  return { rows: found.rows as unknown as RunRow[], nextCursor: found.nextCursor };
}

/** The newest finished run that checked each part of a set-up, the newest of all first: what its evidence is read from. */
export async function newestRuns(db: Db, partnerId: string, offerId: string): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select run.* from tracking.proof_run run
     where run_id in (
             select distinct on (part) done.run_id
               from tracking.proof_run done
              cross join lateral jsonb_path_query(done.result, '$.checks[*].part') part
              where done.partner_id = ${partnerId} and done.offer_id = ${offerId} and done.state in ('passed', 'failed')
              order by part, done.run_id desc)
     order by run_id desc`.execute(db);
  return rows;
}

/** Runs that were begun and never ended are over after a day. */
export async function runsOpen(db: Db, partnerId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ open: bigint }>`select count(*) as open from tracking.proof_run
    where partner_id = ${partnerId} and state = 'running' and started_at > ${since}`.execute(db);
  return Number(rows[0]?.open ?? 0n);
}
