import { type Insertable, type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";
import type { ClosedWhy } from "../contracts.ts";

export type AlertRow = Selectable<Schema["health.alert"]>;
const NEWEST = { name: "newest", columns: ["alert_id"], direction: "desc" } as const;

export async function livingAlerts(db: Db, programId: string): Promise<AlertRow[]> {
  return await db
    .selectFrom("health.alert")
    .selectAll()
    .where("program_id", "=", programId)
    .where("state", "<>", "closed")
    .execute();
}

/** What was over after an instant: its hours are no part of what is usual. */
export async function endedAlerts(db: Db, programId: string, after: Date): Promise<AlertRow[]> {
  return await db
    .selectFrom("health.alert")
    .selectAll()
    .where("program_id", "=", programId)
    .where("state", "=", "closed")
    .where("closed_at", ">", after)
    .execute();
}

/** @returns false: it is known already */
export async function insertAlert(db: Db, row: Insertable<Schema["health.alert"]>): Promise<boolean> {
  const made = await db
    .insertInto("health.alert")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

export async function noteAlert(
  db: Db,
  alertId: string,
  now: Date,
  figures: { readonly expected: number; readonly seen: number },
): Promise<void> {
  await db
    .updateTable("health.alert")
    .set({ expected: figures.expected, seen: figures.seen, updated_at: now })
    .where("alert_id", "=", alertId)
    .execute();
}

export async function closeAlert(db: Db, alertId: string, at: Date, why: ClosedWhy): Promise<void> {
  await db
    .updateTable("health.alert")
    .set({ state: "closed", closed_at: at, closed_why: why, updated_at: at, revision: sql`revision + 1` })
    .where("alert_id", "=", alertId)
    .where("state", "<>", "closed")
    .execute();
}

export async function findAlert(db: Db, alertId: string): Promise<AlertRow | undefined> {
  return await db.selectFrom("health.alert").selectAll().where("alert_id", "=", alertId).executeTakeFirst();
}

/** What a person changes. @returns false when it was changed since that revision */
export async function changeAlert(
  db: Db,
  alertId: string,
  revision: number,
  change: Partial<Insertable<Schema["health.alert"]>>,
): Promise<boolean> {
  const changed = await db
    .updateTable("health.alert")
    .set({ ...change, revision: revision + 1 })
    .where("alert_id", "=", alertId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export interface AlertFilter {
  readonly state?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly offerId?: readonly string[] | undefined;
}

/** @param ownOnly a partner's request: only what is shown to partners */
export async function alertPage(
  db: Db,
  within: RecordReach,
  filter: AlertFilter,
  ownOnly: boolean,
  page: PageRequest,
): Promise<Page<AlertRow>> {
  let query = whereWithin(db.selectFrom("health.alert").selectAll(), within, "partner_id", "program_id");
  if (ownOnly) query = query.where("for_partner", "=", true);
  if (filter.state) query = query.where("state", "in", [...filter.state]);
  if (filter.kind) query = query.where("kind", "in", [...filter.kind]);
  if (filter.programId) query = query.where("program_id", "in", [...filter.programId]);
  if (filter.partnerId) query = query.where("partner_id", "in", [...filter.partnerId]);
  if (filter.offerId) query = query.where("offer_id", "in", [...filter.offerId]);
  return await keysetPage(query, NEWEST, page);
}

export async function watchedUntil(db: Db, programId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("health.watched")
    .select("until")
    .where("program_id", "=", programId)
    .executeTakeFirst();
  return row?.until;
}

export async function noteWatched(db: Db, programId: string, until: Date): Promise<void> {
  await db
    .insertInto("health.watched")
    .values({ program_id: programId, until })
    .onConflict((conflict) => conflict.column("program_id").doUpdateSet({ until }))
    .execute();
}

/** Places whose last alert is muted until later than now: they open nothing. */
export async function mutedAlerts(db: Db, programId: string, now: Date): Promise<AlertRow[]> {
  return await db
    .selectFrom("health.alert")
    .selectAll()
    .where("program_id", "=", programId)
    .where("muted_until", ">", now)
    .execute();
}
