import { sql } from "kysely";
import type { Db, Tx } from "../../database/index.ts";
import type { IntakeEntry } from "../contracts.ts";

/** How far a consumer has come in one lane. */
export interface LaneCursor {
  readonly lane: number;
  /** first entry not consumed yet */
  readonly nextSeq: bigint;
  /** the lane is closed and consumed to its end */
  readonly done: boolean;
}

export interface IntakeBatch {
  readonly entries: readonly IntakeEntry[];
  /** to be given to {@link commitCursor} once the entries are dealt with; empty when there is nothing new at all */
  readonly cursors: readonly LaneCursor[];
}

export interface ReadOptions {
  /** kinds that the consumer wants; the others are passed over */
  readonly kinds: readonly number[];
  /** entries at most */
  readonly limit: number;
  /** bodies of this many bytes at most, as stored (compressed); a single entry may be larger */
  readonly bytes?: number;
  /** nothing from these places on, nor of lanes that are not named; everything when not given */
  readonly until?: LogEnds;
}

/** Where the log ended at some time: by lane, the seq after its last entry. */
export type LogEnds = ReadonlyMap<number, bigint>;

interface LaneRow {
  lane: number;
  closed: boolean;
  next_seq: bigint;
  last_seq: bigint | null;
}

/**
 * The next entries for a consumer, lane by lane, in the order of seq within a lane. Reads only; two readers of the same consumer
 * at a time must be kept apart by the caller (advisory lock). Lanes with the least to read come first: what comes in live does not
 * wait behind a large file.
 */
export async function readBatch(db: Db, consumer: string, options: ReadOptions): Promise<IntakeBatch> {
  const lanes = await lanesToRead(db, consumer);
  const entries: IntakeEntry[] = [];
  const cursors: LaneCursor[] = [];
  let bytes = options.bytes ?? Number.POSITIVE_INFINITY;
  for (const lane of leastFirst(lanes)) {
    const last = endOf(lane);
    const bound = options.until === undefined ? last : (options.until.get(lane.lane) ?? lane.next_seq);
    const isBounded = bound < last;
    const end = isBounded ? bound : last;
    const room = options.limit - entries.length;
    if (room <= 0 || bytes <= 0) break;
    const found = end > lane.next_seq ? await entriesOf(db, lane, end, { ...options, limit: room, bytes }) : [];
    for (const { size, ...entry } of found) {
      entries.push(entry);
      bytes -= size;
    }
    const latest = found.length === room || bytes <= 0 ? found.at(-1) : undefined;
    const nextSeq = latest === undefined ? end : latest.seq + 1n;
    const done = lane.closed && nextSeq >= last;
    if (done || nextSeq > lane.next_seq) cursors.push({ lane: lane.lane, nextSeq, done });
  }
  return { entries, cursors };
}

function endOf(lane: LaneRow): bigint {
  return lane.last_seq === null ? lane.next_seq : lane.last_seq + 1n;
}

/** Where the log ends now, as far as a consumer has not come to the end of its lanes. */
export async function logEnds(db: Db, consumer: string): Promise<LogEnds> {
  return new Map((await lanesToRead(db, consumer)).map((lane) => [lane.lane, endOf(lane)]));
}

/** Whether the lane is closed is read before its end: what is closed then has its last entry. */
async function lanesToRead(db: Db, consumer: string): Promise<readonly LaneRow[]> {
  const lanes = await sql<Omit<LaneRow, "last_seq">>`
    select l.lane, l.closed_at is not null as closed, coalesce(c.next_seq, 0) as next_seq
    from intake.lane l left join intake.cursor c on c.lane = l.lane and c.consumer = ${consumer}
    where c.done is not true order by l.lane`.execute(db);
  if (lanes.rows.length === 0) return [];
  const ends = await sql<{ lane: number; last_seq: bigint | null }>`
    select l.lane, (select e.seq from intake.entry e where e.lane = l.lane order by e.seq desc limit 1) as last_seq
    from unnest(${lanes.rows.map((row) => row.lane)}::int[]) as l(lane)`.execute(db);
  const last = new Map(ends.rows.map((row) => [row.lane, row.last_seq]));
  return lanes.rows.map((row) => ({ ...row, last_seq: last.get(row.lane) ?? null }));
}

function leastFirst(lanes: readonly LaneRow[]): readonly LaneRow[] {
  const behind = (lane: LaneRow) => endOf(lane) - lane.next_seq;
  return [...lanes].sort((a, b) => Number(behind(a) - behind(b)) || a.lane - b.lane);
}

interface SizedEntry extends IntakeEntry {
  /** bytes of the body as stored */
  readonly size: number;
}

async function entriesOf(
  db: Db,
  lane: LaneRow,
  end: bigint,
  options: Required<Omit<ReadOptions, "until">>,
): Promise<readonly SizedEntry[]> {
  // The planner proves the partial index only from a literal condition.
  const withoutClicks = options.kinds.includes(1) ? sql`` : sql`and kind <> 1`;
  // Sizes are told without unpacking the bodies; entries are taken as long as those before them leave room.
  const bytes = Number.isFinite(options.bytes) ? sql`where before < ${Math.floor(options.bytes)}` : sql``;
  const rows = await sql<{ lane: number; seq: bigint; kind: number; received_at: Date; body: string; size: number }>`
    select lane, seq, kind, received_at, body, size from (
      select *, sum(size) over (order by seq) - size as before from (
        select lane, seq, kind, received_at, body, pg_column_size(body) as size from intake.entry
        where lane = ${lane.lane} and seq >= ${lane.next_seq} and seq < ${end}
          and kind = any(${[...options.kinds]}::int2[]) ${withoutClicks}
        order by seq limit ${options.limit}
      ) found
    ) sized ${bytes} order by seq`.execute(db);
  return rows.rows.map(({ received_at, ...row }) => ({ ...row, receivedAt: received_at }));
}

/**
 * Moves the consumer's cursors, in the transaction that also writes what came of the entries: both happen or neither.
 * A cursor never goes back. @throws when another reader of this consumer has moved one further in the meantime
 */
export async function commitCursor(tx: Tx, consumer: string, cursors: readonly LaneCursor[]): Promise<void> {
  if (cursors.length === 0) return;
  const moved = await sql<{ lane: number }>`
    insert into intake.cursor as c (consumer, lane, next_seq, done)
    select ${consumer}, lane, next_seq, done
    from unnest(${cursors.map((c) => c.lane)}::int[], ${cursors.map((c) => String(c.nextSeq))}::int8[],
                ${cursors.map((c) => c.done)}::boolean[]) as moved(lane, next_seq, done)
    on conflict (consumer, lane) do update set next_seq = excluded.next_seq, done = excluded.done
      where c.next_seq <= excluded.next_seq and not c.done
    returning c.lane`.execute(tx);
  if (moved.rows.length !== cursors.length) throw new Error(`consumer ${consumer} has been moved on by another reader`);
}

/**
 * Do more than `most` entries wait for a consumer that passes clicks over? Cheap whatever waits: no more than that are looked at in
 * a lane.
 */
export async function isBehind(db: Db, consumer: string, most: number): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select count(*) > ${most} as behind
    from intake.lane l left join intake.cursor c on c.lane = l.lane and c.consumer = ${consumer}
    cross join lateral (
      select from intake.entry e where e.lane = l.lane and e.kind <> 1 and e.seq >= coalesce(c.next_seq, 0) limit ${most + 1}
    ) waiting
    where c.done is not true`.execute(db);
  return rows[0]?.behind === true;
}

/** One entry by its place: how a click is found from its id. */
export async function findEntry(db: Db, lane: number, seq: bigint): Promise<IntakeEntry | undefined> {
  const [entry] = await findEntries(db, [{ lane, seq }]);
  return entry;
}

/** Many entries by their places, in no order; places where nothing stands are left out. */
export async function findEntries(
  db: Db,
  places: readonly { readonly lane: number; readonly seq: bigint }[],
): Promise<readonly IntakeEntry[]> {
  if (places.length === 0) return [];
  const rows = await sql<{ lane: number; seq: bigint; kind: number; received_at: Date; body: string }>`
    select e.lane, e.seq, e.kind, e.received_at, e.body
    from unnest(${places.map((p) => p.lane)}::int[], ${places.map((p) => String(p.seq))}::int8[]) as wanted(lane, seq)
    join intake.entry e using (lane, seq)`.execute(db);
  return rows.rows.map(({ received_at, ...row }) => ({ ...row, receivedAt: received_at }));
}
