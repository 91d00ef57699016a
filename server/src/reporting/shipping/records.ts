import type { Analytics, Db } from "../../database/index.ts";
import { type ClickIds, readCall, type StoredCall, type StoredLine } from "../../tracking/index.ts";
import { dayCutter } from "../core/days.ts";
import { RowBinary } from "../core/row-binary.ts";
import { insertRows } from "../store/insert.ts";
import {
  type CallEntry,
  type CustomerRow,
  callEntries,
  customersByIds,
  type EventRow,
  eventsByIds,
  nextVersion,
  ORDERS_A_PASS,
  oldestOrders,
  type ReceiptRow,
  receiptsOf,
  removeOrders,
  type ShipOrder,
} from "../store/waiting.ts";
import type { ZoneOf } from "./click-row.ts";
import type { Shipped } from "./clicks.ts";
import {
  CUSTOMER_COLUMNS,
  EVENT_COLUMNS,
  INTAKE_COLUMNS,
  writeCustomer,
  writeEvent,
  writeIntake,
} from "./record-rows.ts";
import { winningClicks } from "./winning-clicks.ts";

/** Keys that one pass takes from the queue, and rows that one insert carries: five inserts of a fifth cost ClickHouse a third more. */
const KEYS_A_PASS = 100_000;
const SLICE = 50_000;
/** Calls read at a time: one may carry ten thousand events. */
const CALLS_A_SLICE = 200;

export interface RecordTables {
  readonly events: string;
  readonly customers: string;
  readonly intake: string;
}

export const LIVE_TABLES: RecordTables = { events: "events", customers: "customers", intake: "intake" };

export interface RecordShipper {
  /**
   * Ships what the queue names: reads the rows as they are now, sends them under a new version, then removes the orders. A pass
   * that dies in between is simply done again: the newest version of a row counts. The caller holds the shipping lock.
   */
  ship(db: Db): Promise<Shipped>;
  sendEvents(db: Db, events: readonly EventRow[], version: bigint, table: string): Promise<void>;
  sendCustomers(db: Db, customers: readonly CustomerRow[], version: bigint, table: string): Promise<void>;
  /** Resolves with the number of receipts sent. */
  sendCalls(db: Db, lane: number, seqs: readonly bigint[], version: bigint, table: string): Promise<number>;
}

export function recordShipper(analytics: Analytics, clickIds: Pick<ClickIds, "read">, zoneOf: ZoneOf): RecordShipper {
  return new QueueShipper(analytics, clickIds, zoneOf);
}

class QueueShipper implements RecordShipper {
  readonly #analytics: Analytics;
  readonly #zoneOf: ZoneOf;
  readonly #clicksOf: ReturnType<typeof winningClicks>;
  readonly #cut = dayCutter();
  readonly #rows = new RowBinary();

  constructor(analytics: Analytics, clickIds: Pick<ClickIds, "read">, zoneOf: ZoneOf) {
    this.#analytics = analytics;
    this.#zoneOf = zoneOf;
    this.#clicksOf = winningClicks(clickIds);
  }

  async ship(db: Db): Promise<Shipped> {
    const orders = await oldestOrders(db, KEYS_A_PASS);
    if (orders.length === 0) return { shipped: 0, more: false };
    const shipped = await this.#shipOrders(db, orders);
    await removeOrders(db, orders);
    const keys = orders.reduce((sum, order) => sum + order.keys.length, 0);
    return { shipped, more: keys >= KEYS_A_PASS || orders.length >= ORDERS_A_PASS };
  }

  async #shipOrders(db: Db, orders: readonly ShipOrder[]): Promise<number> {
    const version = await nextVersion(db);
    let shipped = 0;
    for (const ids of slices(keysOf(orders, "customer"), SLICE)) {
      await this.sendCustomers(db, await customersByIds(db, ids), version, LIVE_TABLES.customers);
      shipped += ids.length;
    }
    for (const ids of slices(keysOf(orders, "event"), SLICE)) {
      await this.sendEvents(db, await eventsByIds(db, ids), version, LIVE_TABLES.events);
      shipped += ids.length;
    }
    const byLane = Map.groupBy(
      orders.filter((order) => order.subject === "receipt"),
      (order) => order.lane,
    );
    for (const [lane, receipts] of byLane) {
      shipped += await this.sendCalls(db, lane, keysOf(receipts, "receipt"), version, LIVE_TABLES.intake);
    }
    return shipped;
  }

  async sendEvents(db: Db, events: readonly EventRow[], version: bigint, table: string): Promise<void> {
    if (events.length === 0) return;
    const clicks = await this.#clicksOf(
      db,
      events.map((event) => event.click_id),
    );
    this.#rows.reset();
    for (const event of events) writeEvent(this.#rows, event, version, clicks.get(event.click_id ?? ""));
    await insertRows(this.#analytics, table, EVENT_COLUMNS, this.#rows.bytes());
  }

  async sendCustomers(db: Db, customers: readonly CustomerRow[], version: bigint, table: string): Promise<void> {
    if (customers.length === 0) return;
    const clicks = await this.#clicksOf(
      db,
      customers.map((customer) => customer.click_id),
    );
    this.#rows.reset();
    for (const customer of customers) {
      const zone = this.#zoneOf(customer.program_id);
      const click = clicks.get(customer.click_id ?? "");
      writeCustomer(this.#rows, customer, version, click, (at) => this.#cut(at, zone));
    }
    await insertRows(this.#analytics, table, CUSTOMER_COLUMNS, this.#rows.bytes());
  }

  async sendCalls(db: Db, lane: number, seqs: readonly bigint[], version: bigint, table: string): Promise<number> {
    let sent = 0;
    for (const slice of slices(seqs, CALLS_A_SLICE)) {
      const receipts = await receiptsOf(db, lane, slice);
      const entries = await callEntries(db, lane, slice);
      this.#rows.reset();
      const count = writeCalls(this.#rows, receipts, entries, version);
      if (count > 0) await insertRows(this.#analytics, table, INTAKE_COLUMNS, this.#rows.bytes());
      sent += count;
    }
    return sent;
  }
}

/** Writes the receipts of some calls, each with its call's line. Both in the order of seq. Resolves with the number written. */
function writeCalls(
  rows: RowBinary,
  receipts: readonly ReceiptRow[],
  entries: readonly CallEntry[],
  version: bigint,
): number {
  const calls = new Map(entries.map((entry) => [entry.seq, entry]));
  let open: { seq: bigint; call: StoredCall; lines: ReadonlyMap<number, StoredLine> } | undefined;
  let count = 0;
  for (const receipt of receipts) {
    const entry = calls.get(receipt.seq);
    if (!entry) continue;
    if (open?.seq !== receipt.seq) {
      const call = readCall(entry.body);
      open = { seq: receipt.seq, call, lines: new Map(call.events.map((line) => [line.line, line])) };
    }
    writeIntake(rows, receipt, version, entry.received_ms, open.call, open.lines.get(receipt.line));
    count += 1;
  }
  return count;
}

function keysOf(orders: readonly ShipOrder[], subject: ShipOrder["subject"]): readonly bigint[] {
  const keys = new Set<bigint>();
  for (const order of orders) if (order.subject === subject) for (const key of order.keys) keys.add(key);
  return [...keys];
}

function* slices<T>(values: readonly T[], size: number): Iterable<readonly T[]> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}
