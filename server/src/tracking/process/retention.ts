import { sql } from "kysely";
import type { Db, Tx } from "../../database/index.ts";
import { inTransaction } from "../../database/index.ts";
import type { ClickIds } from "../core/click-id.ts";
import { EVENTS_CONSUMER } from "./batch.ts";
import { loadJourneys } from "./journeys.ts";

/** Seqs looked at in one transaction: short enough that nobody waits for it. */
const SEQS_A_STEP = 10_000n;
const EVENTS_A_STEP = 5_000;

export interface PurgeOptions {
  readonly clickIds: ClickIds;
  /** Clicks and impressions received before it are old. */
  readonly before: Date;
  /** How far others than the events consumer have read: lane → first seq that they have not. A lane that is missing stays whole. */
  readonly passed: ReadonlyMap<number, bigint>;
}

export interface Purged {
  /** Entries that left the log. */
  readonly deleted: number;
  /** Whether another call would find something. */
  readonly more: boolean;
}

/**
 * Takes one step: deletes old clicks and impressions that every consumer has passed and that no event's journey goes through, in one
 * lane. Calls with events stay for ever: they are what money was calculated from. Two at a time do each other no harm.
 */
export async function purgeStep(db: Db, options: PurgeOptions): Promise<Purged> {
  await keepJourneys(db, options.clickIds);
  for (const lane of await lanesToPurge(db)) {
    const passed = options.passed.get(lane.lane) ?? 0n;
    const bound = passed < lane.consumed ? passed : lane.consumed;
    const to = await endOfStep(db, lane, bound, options.before);
    if (to <= lane.purged) continue;
    const deleted = await inTransaction(db, (tx) => deleteRange(tx, lane.lane, lane.purged, to));
    return { deleted, more: true };
  }
  return { deleted: 0, more: false };
}

interface LaneToPurge {
  readonly lane: number;
  readonly purged: bigint;
  /** First seq that a consumer of the log has not dealt with. */
  readonly consumed: bigint;
}

/** Lanes that the events consumer has read something of; one that it never opened has nothing to give. */
async function lanesToPurge(db: Db): Promise<readonly LaneToPurge[]> {
  const { rows } = await sql<LaneToPurge>`
    select l.lane, l.purged_seq as purged, min(c.next_seq) as consumed
    from intake.lane l join intake.cursor c using (lane)
    group by l.lane having bool_or(c.consumer = ${EVENTS_CONSUMER}) and min(c.next_seq) > l.purged_seq
    order by l.lane`.execute(db);
  return rows;
}

/** Where the step ends: at the first entry that is not old, and at what somebody has still to read. */
async function endOfStep(db: Db, lane: LaneToPurge, bound: bigint, before: Date): Promise<bigint> {
  const far = lane.purged + SEQS_A_STEP;
  const end = far < bound ? far : bound;
  if (end <= lane.purged) return lane.purged;
  const { rows } = await sql<{ young: bigint | null }>`
    select min(seq) as young from intake.entry
    where lane = ${lane.lane} and seq >= ${lane.purged} and seq < ${end} and received_at >= ${before}`.execute(db);
  return rows[0]?.young ?? end;
}

async function deleteRange(tx: Tx, lane: number, from: bigint, to: bigint): Promise<number> {
  const moved = await sql`
    update intake.lane set purged_seq = ${to} where lane = ${lane} and purged_seq = ${from}`.execute(tx);
  if (moved.numAffectedRows !== 1n) return 0;
  const gone = await sql`
    delete from intake.entry e where e.lane = ${lane} and e.seq >= ${from} and e.seq < ${to} and e.kind in (1, 2)
      and not exists (select from intake.kept k where k.lane = e.lane and k.seq = e.seq)`.execute(tx);
  return Number(gone.numAffectedRows ?? 0n);
}

/** Notes the clicks that events name, with the visitor's clicks before them, of all events that were not looked at yet. */
async function keepJourneys(db: Db, clickIds: ClickIds): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ event_id: bigint; click_id: string | null }>`
      select event_id, click_id from tracking.event
      where event_id > (select kept_event_id from intake.retention) order by event_id limit ${EVENTS_A_STEP}`.execute(
      db,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const named = new Set(rows.flatMap((row) => row.click_id ?? []));
    const journeys = await loadJourneys(db, clickIds, named, 0);
    const places = [...journeys.values()].flat().flatMap((step) => clickIds.read(step.clickId) ?? []);
    await inTransaction(db, async (tx) => {
      await sql`
        insert into intake.kept (lane, seq)
        select * from unnest(${places.map((place) => place.lane)}::int[], ${places.map((place) => String(place.seq))}::int8[])
        on conflict do nothing`.execute(tx);
      await sql`
        update intake.retention set kept_event_id = greatest(kept_event_id, ${last.event_id})`.execute(tx);
    });
    if (rows.length < EVENTS_A_STEP) return;
  }
}
