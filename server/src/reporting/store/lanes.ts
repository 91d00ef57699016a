import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** How far a lane of the intake log has been shipped. */
export interface LaneState {
  readonly lane: number;
  readonly nextSeq: bigint;
  /** End (exclusive) of a batch that somebody began to ship and did not finish; null: none. */
  readonly plannedSeq: bigint | null;
  /** Last entry of the lane; null: it is empty. */
  readonly head: bigint | null;
  /** Nothing more will be written to it. */
  readonly closed: boolean;
  /** Before it only what led to events is still in the log; ClickHouse has the rest. */
  readonly purgedSeq: bigint;
}

interface LaneRow {
  lane: number;
  closed: boolean;
  next_seq: bigint;
  planned_seq: bigint | null;
  purged_seq: bigint;
}

/** Lanes that may still have something to ship. That a lane is closed is read before its head: what is closed then has its last entry. */
export async function openLanes(db: Db): Promise<readonly LaneState[]> {
  const lanes = await sql<LaneRow>`
    select l.lane, l.closed, l.purged_seq, coalesce(s.next_seq, 0) as next_seq, s.planned_seq
    from reporting.intake_lane l left join reporting.lane s using (lane)
    where s.done is not true order by l.lane`.execute(db);
  return withHeads(db, lanes.rows);
}

/** Every lane there ever was, for building everything again. */
export async function allLanes(db: Db): Promise<readonly LaneState[]> {
  const lanes = await sql<LaneRow>`
    select lane, closed, purged_seq, 0::int8 as next_seq, null::int8 as planned_seq from reporting.intake_lane order by lane`.execute(
    db,
  );
  return withHeads(db, lanes.rows);
}

async function withHeads(db: Db, lanes: readonly LaneRow[]): Promise<readonly LaneState[]> {
  if (lanes.length === 0) return [];
  const heads = await sql<{ lane: number; head: bigint | null }>`
    select l.lane, (select e.seq from reporting.intake_entry e where e.lane = l.lane order by e.seq desc limit 1) as head
    from unnest(${lanes.map((row) => row.lane)}::int[]) as l(lane)`.execute(db);
  const headOf = new Map(heads.rows.map((row) => [row.lane, row.head]));
  return lanes.map((row) => ({
    lane: row.lane,
    closed: row.closed,
    purgedSeq: row.purged_seq,
    nextSeq: row.next_seq,
    plannedSeq: row.planned_seq,
    head: headOf.get(row.lane) ?? null,
  }));
}

/** Up to where each lane is in ClickHouse: its first entry that is not. */
export async function shippedUpTo(db: Db): Promise<ReadonlyMap<number, bigint>> {
  const { rows } = await sql<{ lane: number; next_seq: bigint }>`select lane, next_seq from reporting.lane`.execute(db);
  return new Map(rows.map((row) => [row.lane, row.next_seq]));
}

/** Where the log begins to be whole again, of the lanes that old entries have left. */
export async function purgedUpTo(db: Db): Promise<ReadonlyMap<number, bigint>> {
  const { rows } = await sql<{ lane: number; purged_seq: bigint }>`
    select lane, purged_seq from reporting.intake_lane where purged_seq > 0 order by lane`.execute(db);
  return new Map(rows.map((row) => [row.lane, row.purged_seq]));
}

/** Says, before anything is sent, which entries are about to be shipped. */
export async function planBatch(db: Db, lane: number, nextSeq: bigint, plannedSeq: bigint): Promise<void> {
  await sql`
    insert into reporting.lane (lane, next_seq, planned_seq) values (${lane}, ${nextSeq}, ${plannedSeq})
    on conflict (lane) do update set next_seq = excluded.next_seq, planned_seq = excluded.planned_seq`.execute(db);
}

/** Everything before `nextSeq` is in ClickHouse. */
export async function finishBatch(db: Db, lane: number, nextSeq: bigint, done = false): Promise<void> {
  await sql`
    insert into reporting.lane (lane, next_seq, planned_seq, done) values (${lane}, ${nextSeq}, null, ${done})
    on conflict (lane) do update set next_seq = excluded.next_seq, planned_seq = null, done = excluded.done`.execute(
    db,
  );
}

export interface ClickEntry {
  /** 1 click, 2 impression */
  readonly kind: number;
  readonly lane: number;
  readonly seq: bigint;
  readonly body: string;
}

/** Clicks and impressions among the entries of a lane with `from` ≤ seq < `to`, in the order of seq; `limit` at most. */
export async function clickEntries(db: Db, lane: number, from: bigint, to: bigint): Promise<readonly ClickEntry[]> {
  const entries = await sql<ClickEntry>`
    select kind, lane, seq, body from reporting.intake_entry
    where lane = ${lane} and seq >= ${from} and seq < ${to} and kind in (1, 2) order by seq`.execute(db);
  return entries.rows;
}

/**
 * When the oldest entry arrived that is not in ClickHouse yet; `undefined` when everything is: a click that is not shipped, a call
 * that is not processed, or one whose receipts wait to be shipped.
 */
export async function oldestUnshipped(db: Db): Promise<Date | undefined> {
  const rows = await sql<{ since: Date | null }>`
    select min(received_at) as since from (
      select click.received_at
      from reporting.intake_lane l left join reporting.lane s using (lane)
      cross join lateral (
        select e.received_at from reporting.intake_entry e
        where e.lane = l.lane and e.seq >= coalesce(s.next_seq, 0) order by e.seq limit 1
      ) click where s.done is not true
      union all
      select call.received_at
      from reporting.intake_lane l left join reporting.events_cursor c using (lane)
      cross join lateral (
        select e.received_at from reporting.intake_entry e
        where e.lane = l.lane and e.seq >= coalesce(c.next_seq, 0) and e.kind <> 1 order by e.seq limit 1
      ) call where c.done is not true
      union all
      select e.received_at
      from (select lane, keys[1] as seq from reporting.ship where subject = 'receipt' order by ship_id limit 20) waiting
      join reporting.intake_entry e using (lane, seq)
    ) oldest`.execute(db);
  return rows.rows[0]?.since ?? undefined;
}
