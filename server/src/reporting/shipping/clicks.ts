import { setTimeout as sleep } from "node:timers/promises";
import type { Analytics, Db } from "../../database/index.ts";
import { readClick } from "../../tracking/index.ts";
import { RowBinary } from "../core/row-binary.ts";
import { insertRows } from "../store/insert.ts";
import { type ClickEntry, clickEntries, finishBatch, type LaneState, openLanes, planBatch } from "../store/lanes.ts";
import { insertsRunning, storedSeqs } from "../store/stored-clicks.ts";
import { CLICK_COLUMNS, clickWriter, type ZoneOf } from "./click-row.ts";

/** Entries in a batch: enough for ClickHouse to be fast, few enough that a batch takes a fraction of a second. */
export const CLICK_BATCH = 25_000n;
/** Batches of one lane before the other lanes and the other tables have their turn. */
const BATCHES_A_PASS = 8;
const ATTEMPTS = 5;
const STRAGGLER_WAITS = 600;
const STRAGGLER_WAIT_MS = 100;

const FIRST_BUFFER = 4 << 20;

export interface Shipped {
  /** Rows sent. */
  readonly shipped: number;
  /** Whether another pass would find something. */
  readonly more: boolean;
}

export interface ClickShipper {
  /**
   * Ships what the intake log holds beyond what was shipped: one batch per lane. Resolves with the number of clicks sent and
   * whether there is more. Exactly once in effect: see the room's README. The caller holds the shipping lock.
   */
  ship(db: Db): Promise<Shipped>;
  /** Sends entries without planning, for a table that nobody reads yet. */
  send(entries: readonly ClickEntry[], table: string, token: string): Promise<void>;
}

interface Batch {
  readonly from: bigint;
  readonly to: bigint;
  readonly clicks: number;
  readonly bytes: Uint8Array;
}

export function clickShipper(analytics: Analytics, zoneOf: ZoneOf): ClickShipper {
  return new PlannedShipper(analytics, zoneOf);
}

class PlannedShipper implements ClickShipper {
  readonly #analytics: Analytics;
  readonly #write: ReturnType<typeof clickWriter>;
  // Two, so that a batch is written while the one before it is on its way.
  readonly #buffers = [new RowBinary(FIRST_BUFFER), new RowBinary(FIRST_BUFFER)] as const;
  #turn: 0 | 1 = 0;

  constructor(analytics: Analytics, zoneOf: ZoneOf) {
    this.#analytics = analytics;
    this.#write = clickWriter(zoneOf);
  }

  async ship(db: Db): Promise<Shipped> {
    let shipped = 0;
    let more = false;
    for (const lane of await openLanes(db)) {
      const result = await this.#shipLane(db, lane);
      shipped += result.shipped;
      more ||= result.more;
    }
    return { shipped, more };
  }

  async send(entries: readonly ClickEntry[], table: string, token: string): Promise<void> {
    if (entries.length === 0) return;
    await insertRows(this.#analytics, table, CLICK_COLUMNS, this.#encode(entries), { token });
  }

  #encode(entries: readonly ClickEntry[]): Uint8Array {
    this.#turn = this.#turn === 0 ? 1 : 0;
    const rows = this.#buffers[this.#turn];
    rows.reset();
    for (const entry of entries) this.#write(rows, entry.lane, entry.seq, readClick(entry.body));
    return rows.bytes();
  }

  async #prepare(db: Db, lane: number, from: bigint, end: bigint): Promise<Batch> {
    const to = end - from > CLICK_BATCH ? from + CLICK_BATCH : end;
    const entries = await clickEntries(db, lane, from, to);
    return { from, to, clicks: entries.length, bytes: this.#encode(entries) };
  }

  async #shipLane(db: Db, lane: LaneState): Promise<Shipped> {
    if (lane.plannedSeq !== null) return await this.#finishPlanned(db, lane, lane.plannedSeq);
    const end = lane.head === null ? lane.nextSeq : lane.head + 1n;
    if (end <= lane.nextSeq) {
      if (lane.closed) await finishBatch(db, lane.lane, lane.nextSeq, true);
      return { shipped: 0, more: false };
    }
    let shipped = 0;
    let batch = await this.#prepare(db, lane.lane, lane.nextSeq, end);
    for (let count = 1; ; count += 1) {
      const { from, to, clicks, bytes } = batch;
      if (clicks > 0) await planBatch(db, lane.lane, from, to);
      const last = to === end || count === BATCHES_A_PASS;
      const following = last ? undefined : this.#prepare(db, lane.lane, to, end);
      // Should the insert fail first, the failure of the batch after it is of no interest.
      following?.catch(() => undefined);
      const token = { token: tokenOf(lane.lane, from, to) };
      if (clicks > 0) await insertRows(this.#analytics, "clicks", CLICK_COLUMNS, bytes, token);
      await finishBatch(db, lane.lane, to, lane.closed && to === end);
      shipped += clicks;
      if (following === undefined) return { shipped, more: to < end };
      batch = await following;
    }
  }

  /** A batch was begun and not finished: some, all or none of its clicks may be stored. What ClickHouse says decides. */
  async #finishPlanned(db: Db, lane: LaneState, planned: bigint): Promise<Shipped> {
    await stragglersGone(this.#analytics);
    let shipped = 0;
    for (let from = lane.nextSeq; from < planned; from += CLICK_BATCH) {
      const to = planned - from > CLICK_BATCH ? from + CLICK_BATCH : planned;
      shipped += await this.#complete(await clickEntries(db, lane.lane, from, to), from, to);
    }
    await finishBatch(db, lane.lane, planned);
    return { shipped, more: true };
  }

  async #complete(entries: readonly ClickEntry[], from: bigint, to: bigint): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const missing = await missingOf(this.#analytics, entries, from, to);
      if (missing.length === 0) return entries.length;
      const whole = attempt === 0 && missing.length === entries.length;
      // The whole batch goes under the token it had: should the lost attempt still be on its way, only one of the two counts.
      // A part goes under a new one: a table may remember a token whose rows a kill kept from being stored.
      const token = tokenOf(entries[0]?.lane ?? 0, from, to);
      await this.send(missing, "clicks", whole ? token : `${token}:${missing[0]?.seq}:${missing.length}:${attempt}`);
    }
    throw new Error(`the clicks from ${from} to ${to} could not be stored in ${ATTEMPTS} attempts`);
  }
}

function tokenOf(lane: number, from: bigint, to: bigint): string {
  return `clicks:${lane}:${from}:${to}`;
}

async function missingOf(
  analytics: Analytics,
  entries: readonly ClickEntry[],
  from: bigint,
  to: bigint,
): Promise<readonly ClickEntry[]> {
  const [first] = entries;
  if (!first) return [];
  let since = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    const { at } = readClick(entry.body);
    since = Math.min(since, at);
    until = Math.max(until, at);
  }
  const stored = await storedSeqs(analytics, "clicks", { lane: first.lane, from, to, since, until });
  return entries.filter((entry) => !stored.has(entry.seq));
}

/** An insert that a killed shipper sent may still be running; nothing is counted before it ended. */
async function stragglersGone(analytics: Analytics): Promise<void> {
  for (let wait = 0; wait < STRAGGLER_WAITS; wait += 1) {
    if (!(await insertsRunning(analytics, "clicks"))) return;
    await sleep(STRAGGLER_WAIT_MS);
  }
  throw new Error("an earlier insert of clicks does not come to its end");
}
