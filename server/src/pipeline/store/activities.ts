import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import type { Reach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type ActivityRow = Selectable<Schema["pipeline.activity"]>;
export type TaskRow = Selectable<Schema["pipeline.task"]>;

export async function insertActivity(db: Db, row: Insertable<Schema["pipeline.activity"]>): Promise<boolean> {
  const made = await db
    .insertInto("pipeline.activity")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

const NEWEST = { name: "newest", columns: ["at", "activity_id"], direction: "desc" } as const;

/** @param within null: the lead or partner was checked before */
export async function activityPage(
  db: Db,
  about: {
    readonly leadId?: string | undefined;
    readonly partnerId?: string | undefined;
    readonly kind?: readonly string[] | undefined;
  },
  page: PageRequest,
): Promise<Page<ActivityRow>> {
  let query = db.selectFrom("pipeline.activity").selectAll();
  if (about.leadId !== undefined) query = query.where("lead_id", "=", about.leadId);
  if (about.partnerId !== undefined) query = query.where("partner_id", "=", about.partnerId);
  if (about.kind?.length) query = query.where("kind", "in", [...about.kind]);
  return await keysetPage(query, NEWEST, page);
}

/** What belonged to a lead belongs to its partner, too. */
export async function takeOverByPartner(db: Db, leadId: string, partnerId: string): Promise<void> {
  await db.updateTable("pipeline.activity").set({ partner_id: partnerId }).where("lead_id", "=", leadId).execute();
  await db.updateTable("pipeline.task").set({ partner_id: partnerId }).where("lead_id", "=", leadId).execute();
}

/** Leads and partners that these messages were about. */
export async function aboutMessages(db: Db, ids: readonly string[]): Promise<readonly ActivityRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("pipeline.activity").selectAll().where("message_id", "in", ids).limit(20).execute();
}

export async function insertTask(db: Db, row: Insertable<Schema["pipeline.task"]>): Promise<void> {
  await db.insertInto("pipeline.task").values(row).execute();
}

export async function taskRow(db: Db, id: string): Promise<TaskRow | undefined> {
  return await db.selectFrom("pipeline.task").selectAll().where("task_id", "=", id).executeTakeFirst();
}

export async function updateTask(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["pipeline.task"]>,
): Promise<TaskRow | undefined> {
  return await db
    .updateTable("pipeline.task")
    .set({ ...change, revision: revision + 1 })
    .where("task_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

const BY_DUE = { name: "due", columns: ["due_at", "task_id"], direction: "asc" } as const;

export interface TaskFilter {
  readonly leadId?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly ownerUserId?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
}

/** @param within of leads: tasks of what one may not see are not seen either; own ones always are */
export async function taskPage(
  db: Db,
  filter: TaskFilter,
  within: Reach,
  self: string,
  page: PageRequest,
): Promise<Page<TaskRow>> {
  let query = db.selectFrom("pipeline.task").selectAll();
  if (filter.leadId !== undefined) query = query.where("lead_id", "=", filter.leadId);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.ownerUserId?.length) query = query.where("owner_user_id", "in", [...filter.ownerUserId]);
  if (filter.state?.length) query = query.where("state", "in", [...filter.state]);
  const named = filter.leadId !== undefined || filter.partnerId !== undefined;
  if (!within.everything && !named) {
    const { regionIds, programIds, ownerUserIds } = within;
    query =
      query.where(sql<boolean>`(owner_user_id = ${self} or owner_user_id = any(${[...ownerUserIds]}::text[]) or exists (
      select from pipeline.lead l where l.lead_id = task.lead_id
         and (l.region_id = any(${[...regionIds]}::text[]) or l.program_id = any(${[...programIds]}::text[]))))`);
  }
  return await keysetPage(query, BY_DUE, page);
}

/** Tasks of whom somebody is to be reminded; held, so that two workers do not both write. */
export async function tasksToRemind(db: Db, now: Date): Promise<TaskRow[]> {
  return await db
    .selectFrom("pipeline.task")
    .selectAll()
    .where("state", "=", "open")
    .where("reminded_at", "is", null)
    .where("remind_at", "<=", now)
    .orderBy("remind_at")
    .limit(200)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function noteReminded(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db.updateTable("pipeline.task").set({ reminded_at: now }).where("task_id", "in", ids).execute();
}

/** Open tasks about partners that have a new owner, of the one before. @returns how many */
export async function passTasks(
  db: Db,
  partnerIds: readonly string[],
  from: string | null,
  to: string | null,
): Promise<number> {
  let query = db
    .updateTable("pipeline.task")
    .set({ owner_user_id: to, revision: sql`revision + 1` })
    .where("state", "=", "open")
    .where("partner_id", "in", partnerIds);
  if (from !== null) query = query.where("owner_user_id", "=", from);
  const done = await query.executeTakeFirst();
  return Number(done.numUpdatedRows);
}
