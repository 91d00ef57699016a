import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../../database/index.ts";

export type SimulationRow = Selectable<Schema["commissions.simulation"]>;
export type ReplayedRow = Selectable<Schema["commissions.simulation_partner"]>;

export type NewSimulationRow = Pick<
  SimulationRow,
  | "simulation_id"
  | "kind"
  | "name"
  | "program_id"
  | "partner_id"
  | "partner_ids"
  | "plan_hash"
  | "created_by"
  | "created_at"
> & { readonly input: unknown };

export async function insertSimulation(db: Db, row: NewSimulationRow): Promise<void> {
  await db
    .insertInto("commissions.simulation")
    .values({ ...row, input: JSON.stringify(row.input) })
    .execute();
}

export async function simulationRow(db: Db, id: string): Promise<SimulationRow | undefined> {
  return await db.selectFrom("commissions.simulation").selectAll().where("simulation_id", "=", id).executeTakeFirst();
}

/** Takes a waiting one up, or one whose run was broken off; undefined when there is nothing to do. */
export async function takeUp(db: Db, id: string): Promise<SimulationRow | undefined> {
  return await db
    .updateTable("commissions.simulation")
    .set({ status: "running", steps_done: 0 })
    .where("simulation_id", "=", id)
    .where("status", "in", ["queued", "running"])
    .returningAll()
    .executeTakeFirst();
}

/** @returns whether it is still wanted */
export async function noteSteps(db: Db, id: string, done: number, all: number): Promise<boolean> {
  const updated = await db
    .updateTable("commissions.simulation")
    .set({ steps_done: done, steps_all: all })
    .where("simulation_id", "=", id)
    .where("status", "=", "running")
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

export interface Finished {
  readonly result: unknown;
  readonly costShare: string | null;
  readonly inputHash: string;
  readonly engineVersion: string;
  readonly at: Date;
}

export async function finish(db: Db, id: string, done: Finished): Promise<boolean> {
  const updated = await db
    .updateTable("commissions.simulation")
    .set({
      status: "done",
      steps_done: sql`steps_all`,
      result: JSON.stringify(done.result),
      cost_share: done.costShare,
      input_hash: done.inputHash,
      engine_version: done.engineVersion,
      finished_at: done.at,
    })
    .where("simulation_id", "=", id)
    .where("status", "=", "running")
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** Ends one that is not finished. @returns whether it did */
export async function endWith(
  db: Db,
  id: string,
  status: "failed" | "cancelled",
  problem: string | null,
  at: Date,
): Promise<boolean> {
  const updated = await db
    .updateTable("commissions.simulation")
    .set({ status, problem, finished_at: at })
    .where("simulation_id", "=", id)
    .where("status", "in", ["queued", "running"])
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** Whether everybody whom a simulation looks at is within a reach: sums would else tell of those who are not. */
function within(reach: RecordReach) {
  if (reach.everything) return sql<boolean>`true`;
  return sql<boolean>`(program_id = any(${reach.programIds}::text[])
    or (partner_ids is not null and partner_ids <@ ${reach.partnerIds}::text[]))`;
}

export interface SimulationFilter {
  readonly kind?: "deal" | "replay" | undefined;
  readonly programId?: string | undefined;
  readonly partnerId?: string | undefined;
}

export async function simulationPage(
  db: Db,
  reach: RecordReach,
  filter: SimulationFilter,
  page: PageRequest,
): Promise<Page<SimulationRow>> {
  let query = db.selectFrom("commissions.simulation").selectAll().where(within(reach));
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
  if (filter.programId !== undefined) query = query.where("program_id", "=", filter.programId);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  return await keysetPage(query, { name: "newest", columns: ["simulation_id"], direction: "desc" }, page);
}

export interface NewReplayed {
  readonly partnerId: string;
  readonly currency: string;
  readonly bookedMinor: bigint;
  readonly replayedMinor: bigint;
}

export async function insertReplayed(db: Db, id: string, rows: readonly NewReplayed[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into commissions.simulation_partner (simulation_id, place, partner_id, currency, booked_minor, replayed_minor)
    select ${id}, r.partner_id || ' ' || r.currency, r.partner_id, r.currency, r.booked, r.replayed
    from unnest(${rows.map((one) => one.partnerId)}::text[], ${rows.map((one) => one.currency)}::text[],
                ${rows.map((one) => String(one.bookedMinor))}::bigint[], ${rows.map((one) => String(one.replayedMinor))}::bigint[])
      as r (partner_id, currency, booked, replayed)`.execute(db);
}

/** What an earlier attempt of the same run left. */
export async function clearReplayed(db: Db, id: string): Promise<void> {
  await db.deleteFrom("commissions.simulation_partner").where("simulation_id", "=", id).execute();
}

/** The largest differences first. */
export async function replayedPage(db: Db, id: string, page: PageRequest): Promise<Page<ReplayedRow>> {
  const query = db.selectFrom("commissions.simulation_partner").selectAll().where("simulation_id", "=", id);
  return await keysetPage(query, { name: "weight", columns: ["weight", "place"], direction: "desc" }, page);
}
