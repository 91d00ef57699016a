import { setTimeout as sleep } from "node:timers/promises";
import type { Analytics, Db } from "../../database/index.ts";
import { readClick, readImpression, type StoredClick, type StoredImpression } from "../../tracking/index.ts";
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
const SMALL_BUFFER = 64 << 10;

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
  /** Sends entries without planning, into tables that nobody reads yet: `tableOf` gives their names. */
  send(entries: readonly ClickEntry[], tableOf: (table: TrafficTable) => string, token: string): Promise<void>;
}

/** Where the entries of a kind are stored. */
export const TRAFFIC_TABLES = ["clicks", "impressions"] as const;
export type TrafficTable = (typeof TRAFFIC_TABLES)[number];
const KINDS: Readonly<Record<TrafficTable, number>> = { clicks: 1, impressions: 2 };

interface Batch {
  readonly from: bigint;
  readonly to: bigint;
  /** Rows of both tables. */
  readonly rows: number;
  readonly parts: readonly { readonly table: TrafficTable; readonly bytes: Uint8Array }[];
}

export function clickShipper(analytics: Analytics, zoneOf: ZoneOf): ClickShipper {
  return new PlannedShipper(analytics, zoneOf);
}

class PlannedShipper implements ClickShipper {
  readonly #analytics: Analytics;
  readonly #write: ReturnType<typeof clickWriter>;
  // Two of each, so that a batch is written while the one before it is on its way.
  readonly #buffers = {
    clicks: [new RowBinary(FIRST_BUFFER), new RowBinary(FIRST_BUFFER)],
    impressions: [new RowBinary(SMALL_BUFFER), new RowBinary(SMALL_BUFFER)],
  } as const;
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

  async send(entries: readonly ClickEntry[], tableOf: (table: TrafficTable) => string, token: string): Promise<void> {
    for (const { table, bytes } of this.#encode(entries)) {
      await insertRows(this.#analytics, tableOf(table), CLICK_COLUMNS, bytes, { token });
    }
  }

  #encode(entries: readonly ClickEntry[]): Batch["parts"] {
    this.#turn = this.#turn === 0 ? 1 : 0;
    return TRAFFIC_TABLES.flatMap((table) => {
      const mine = entries.filter((entry) => entry.kind === KINDS[table]);
      if (mine.length === 0) return [];
      const rows = this.#buffers[table][this.#turn];
      rows.reset();
      let real = 0;
      for (const entry of mine) {
        const visit = readVisit(entry);
        if (visit.test === true) continue;
        this.#write(rows, entry.lane, entry.seq, visit);
        real += 1;
      }
      if (real === 0) return [];
      return [{ table, bytes: rows.bytes() }];
    });
  }

  async #prepare(db: Db, lane: number, from: bigint, end: bigint): Promise<Batch> {
    const to = end - from > CLICK_BATCH ? from + CLICK_BATCH : end;
    const entries = await clickEntries(db, lane, from, to);
    return { from, to, rows: entries.length, parts: this.#encode(entries) };
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
      const { from, to, rows, parts } = batch;
      if (rows > 0) await planBatch(db, lane.lane, from, to);
      const last = to === end || count === BATCHES_A_PASS;
      const following = last ? undefined : this.#prepare(db, lane.lane, to, end);
      // Should the insert fail first, the failure of the batch after it is of no interest.
      following?.catch(() => undefined);
      for (const { table, bytes } of parts) {
        const token = tokenOf(table, lane.lane, from, to);
        await insertRows(this.#analytics, table, CLICK_COLUMNS, bytes, { token });
      }
      await finishBatch(db, lane.lane, to, lane.closed && to === end);
      shipped += rows;
      if (following === undefined) return { shipped, more: to < end };
      batch = await following;
    }
  }

  /** A batch was begun and not finished: some, all or none of its clicks may be stored. What ClickHouse says decides. */
  async #finishPlanned(db: Db, lane: LaneState, planned: bigint): Promise<Shipped> {
    for (const table of TRAFFIC_TABLES) await stragglersGone(this.#analytics, table);
    let shipped = 0;
    for (let from = lane.nextSeq; from < planned; from += CLICK_BATCH) {
      const to = planned - from > CLICK_BATCH ? from + CLICK_BATCH : planned;
      const entries = await clickEntries(db, lane.lane, from, to);
      for (const table of TRAFFIC_TABLES) {
        const mine = entries.filter((entry) => entry.kind === KINDS[table]);
        shipped += await this.#complete(table, mine, from, to);
      }
    }
    await finishBatch(db, lane.lane, planned);
    return { shipped, more: true };
  }

  async #complete(table: TrafficTable, entries: readonly ClickEntry[], from: bigint, to: bigint): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const missing = await missingOf(this.#analytics, table, entries, from, to);
      if (missing.length === 0) return entries.length;
      const whole = attempt === 0 && missing.length === entries.length;
      // The whole batch goes under the token it had: should the lost attempt still be on its way, only one of the two counts.
      // A part goes under a new one: a table may remember a token whose rows a kill kept from being stored.
      const token = tokenOf(table, entries[0]?.lane ?? 0, from, to);
      await this.send(missing, () => table, whole ? token : `${token}:${missing[0]?.seq}:${missing.length}:${attempt}`);
    }
    throw new Error(`the ${table} from ${from} to ${to} could not be stored in ${ATTEMPTS} attempts`);
  }
}

function readVisit(entry: ClickEntry): StoredClick | StoredImpression {
  return entry.kind === KINDS.impressions ? readImpression(entry.body) : readClick(entry.body);
}

function tokenOf(table: TrafficTable, lane: number, from: bigint, to: bigint): string {
  return `${table}:${lane}:${from}:${to}`;
}

async function missingOf(
  analytics: Analytics,
  table: TrafficTable,
  entries: readonly ClickEntry[],
  from: bigint,
  to: bigint,
): Promise<readonly ClickEntry[]> {
  const [first] = entries;
  if (!first) return [];
  let since = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    const { at } = readVisit(entry);
    since = Math.min(since, at);
    until = Math.max(until, at);
  }
  const stored = await storedSeqs(analytics, table, { lane: first.lane, from, to, since, until });
  return entries.filter((entry) => !stored.has(entry.seq) && readVisit(entry).test !== true);
}

/** An insert that a killed shipper sent may still be running; nothing is counted before it ended. */
async function stragglersGone(analytics: Analytics, table: TrafficTable): Promise<void> {
  for (let wait = 0; wait < STRAGGLER_WAITS; wait += 1) {
    if (!(await insertsRunning(analytics, table))) return;
    await sleep(STRAGGLER_WAIT_MS);
  }
  throw new Error(`an earlier insert of ${table} does not come to its end`);
}
