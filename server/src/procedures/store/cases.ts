import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";
import type { Step } from "../core/state.ts";
import type { Stay } from "../core/stays.ts";

export type CaseRow = Selectable<Schema["procedures.case"]>;
export type HistoryRow = Selectable<Schema["procedures.history"]>;

export async function caseRow(db: Db, id: string): Promise<CaseRow | undefined> {
  return await db.selectFrom("procedures.case").selectAll().where("case_id", "=", id).executeTakeFirst();
}

/** The case, held until the transaction ends: who acts first goes first. */
export async function lockCase(db: Db, id: string): Promise<CaseRow | undefined> {
  return await db.selectFrom("procedures.case").selectAll().where("case_id", "=", id).forUpdate().executeTakeFirst();
}

export async function insertCase(db: Db, row: Insertable<Schema["procedures.case"]>): Promise<CaseRow> {
  return await db.insertInto("procedures.case").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function updateCase(db: Db, id: string, change: Updateable<Schema["procedures.case"]>): Promise<CaseRow> {
  const query = db.updateTable("procedures.case").set(change).where("case_id", "=", id);
  return await query.returningAll().executeTakeFirstOrThrow();
}

export async function setNextLook(db: Db, id: string, at: Date | null): Promise<void> {
  await db.updateTable("procedures.case").set({ next_look_at: at }).where("case_id", "=", id).execute();
}

/** The case that runs, else the newest that did. */
export async function caseOfSubject(
  db: Db,
  procedure: string,
  subjectId: string,
  programId: string | null,
): Promise<CaseRow | undefined> {
  const query = db
    .selectFrom("procedures.case")
    .selectAll()
    .where("procedure", "=", procedure)
    .where("subject_id", "=", subjectId)
    .where(sql<boolean>`program_id is not distinct from ${programId}`);
  return await query.orderBy(sql`status = 'running'`, "desc").orderBy("started_at", "desc").limit(1).executeTakeFirst();
}

/** Cases of partners, the running ones only, for a look when something of them changed. */
export async function livingCasesOf(db: Db, subjectIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("procedures.case")
    .select("case_id")
    .where("subject_id", "in", subjectIds)
    .where("status", "=", "running")
    .orderBy("case_id")
    .execute();
  return rows.map((row) => row.case_id);
}

export async function casesToLookAt(db: Db, now: Date, limit: number): Promise<readonly string[]> {
  const query = db.selectFrom("procedures.case").select("case_id").where("next_look_at", "<=", now);
  return (await query.orderBy("next_look_at").limit(limit).execute()).map((row) => row.case_id);
}

export async function runningOn(db: Db, versionIds: readonly string[]): Promise<CaseRow[]> {
  if (versionIds.length === 0) return [];
  const query = db.selectFrom("procedures.case").selectAll().where("version_id", "in", versionIds);
  return await query.where("status", "=", "running").orderBy("case_id").execute();
}

export async function runningOfProcedure(db: Db, procedure: string): Promise<CaseRow[]> {
  const query = db.selectFrom("procedures.case").selectAll().where("procedure", "=", procedure);
  return await query.where("status", "=", "running").orderBy("case_id").execute();
}

export interface CaseFilter {
  readonly ids?: readonly string[] | undefined;
  readonly procedure?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly stage?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly regionId?: string | undefined;
  readonly overdueAt?: Date | undefined;
}

export async function casePage(
  db: Db,
  within: RecordReach,
  filter: CaseFilter,
  page: PageRequest,
): Promise<Page<CaseRow>> {
  let query = whereWithin(db.selectFrom("procedures.case").selectAll(), within, "partner_id", "program_id");
  if (filter.ids) query = query.where("case_id", "in", [...filter.ids]);
  if (filter.procedure) query = query.where("procedure", "=", filter.procedure);
  if (filter.status) query = query.where("status", "in", [...filter.status]);
  if (filter.stage) query = query.where("stage", "=", filter.stage);
  if (filter.partnerId) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.regionId) query = query.where("region_id", "=", filter.regionId);
  if (filter.overdueAt) query = query.where("due_at", "<", filter.overdueAt);
  return await keysetPage(query, { name: "newest", columns: ["case_id"], direction: "desc" }, page);
}

export async function historyOf(db: Db, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly Step[]>> {
  const histories = new Map<string, Step[]>(caseIds.map((id) => [id, []]));
  if (caseIds.length === 0) return histories;
  const query = db.selectFrom("procedures.history").selectAll().where("case_id", "in", caseIds);
  for (const row of await query.orderBy("case_id").orderBy("number").execute())
    histories.get(row.case_id)?.push(stepOf(row));
  return histories;
}

function stepOf({ case_id: _, number, kind, stage, at, person, name, body }: HistoryRow): Step {
  return { ...(body as object), kind, number, stage, at, person, name } as Step;
}

export async function insertSteps(db: Db, caseId: string, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ number, kind, stage, at, person, name, ...body }) => ({
    case_id: caseId,
    number,
    kind,
    stage,
    at,
    person,
    name,
    body: JSON.stringify(body),
  }));
  await db.insertInto("procedures.history").values(rows).execute();
}

/** Writes the stays of a case as its history says; how long one took in working time is worked out when it ends. */
export async function writeStays(
  db: Db,
  caseId: string,
  stays: readonly Stay[],
  workingSeconds: (stay: Stay) => bigint | null,
): Promise<void> {
  const rows = stays.map((stay) => ({
    case_id: caseId,
    number: stay.number,
    stage: stay.stage,
    from_at: stay.from,
    until_at: stay.until,
    ended_how: stay.how,
    due_at: stay.dueAt,
    working_seconds: workingSeconds(stay),
  }));
  const numbers = stays.map(({ number }) => number);
  await db.deleteFrom("procedures.stay").where("case_id", "=", caseId).where("number", "not in", numbers).execute();
  await db
    .insertInto("procedures.stay")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["case_id", "number"]).doUpdateSet((row) => ({
        until_at: row.ref("excluded.until_at"),
        ended_how: row.ref("excluded.ended_how"),
        working_seconds: row.ref("excluded.working_seconds"),
      })),
    )
    .execute();
}

/** A partner's running cases, and what ended lately, the newest first. */
export async function ownCases(db: Db, partnerId: string): Promise<CaseRow[]> {
  const query = db.selectFrom("procedures.case").selectAll().where("partner_id", "=", partnerId);
  return await query.where("status", "<>", "dropped").orderBy("case_id", "desc").limit(20).execute();
}
