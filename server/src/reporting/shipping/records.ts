import type { Analytics, Db } from "../../database/index.ts";
import { type ClickIds, readCall, type StoredCall, type StoredLine } from "../../tracking/index.ts";
import { dayCutter } from "../core/days.ts";
import { RowBinary } from "../core/row-binary.ts";
import { insertRows } from "../store/insert.ts";
import {
  type CustomerRow,
  callEntries,
  customersByIds,
  type EventRow,
  eventsByIds,
  nextVersion,
  oldestOrders,
  receiptsOf,
  removeOrders,
  type ShipOrder,
} from "../store/waiting.ts";
import type { ZoneOf } from "./click-row.ts";
import {
  CUSTOMER_COLUMNS,
  EVENT_COLUMNS,
  INTAKE_COLUMNS,
  writeCustomer,
  writeEvent,
  writeIntake,
} from "./record-rows.ts";
import { winningClicks } from "./winning-clicks.ts";

/** Keys that one pass takes from the queue, and rows that one insert carries. */
const KEYS_A_PASS = 20_000;
const SLICE = 10_000;
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
  ship(db: Db): Promise<{ readonly shipped: number; readonly more: boolean }>;
  sendEvents(db: Db, events: readonly EventRow[], version: bigint, table: string): Promise<void>;
  sendCustomers(db: Db, customers: readonly CustomerRow[], version: bigint, table: string): Promise<void>;
  /** Resolves with the number of receipts sent. */
  sendCalls(db: Db, lane: number, seqs: readonly bigint[], version: bigint, table: string): Promise<number>;
}

export function recordShipper(analytics: Analytics, clickIds: Pick<ClickIds, "read">, zoneOf: ZoneOf): RecordShipper {
  const clicksOf = winningClicks(clickIds);
  const cut = dayCutter();
  const rows = new RowBinary();

  async function sendEvents(db: Db, events: readonly EventRow[], version: bigint, table: string): Promise<void> {
    if (events.length === 0) return;
    const clicks = await clicksOf(
      db,
      events.map((event) => event.click_id),
    );
    rows.reset();
    for (const event of events) writeEvent(rows, event, version, clicks.get(event.click_id ?? ""));
    await insertRows(analytics, table, EVENT_COLUMNS, rows.bytes());
  }

  async function sendCustomers(
    db: Db,
    customers: readonly CustomerRow[],
    version: bigint,
    table: string,
  ): Promise<void> {
    if (customers.length === 0) return;
    const clicks = await clicksOf(
      db,
      customers.map((customer) => customer.click_id),
    );
    rows.reset();
    for (const customer of customers) {
      const zone = zoneOf(customer.program_id);
      writeCustomer(rows, customer, version, clicks.get(customer.click_id ?? ""), (at) => cut(at, zone));
    }
    await insertRows(analytics, table, CUSTOMER_COLUMNS, rows.bytes());
  }

  async function sendCalls(
    db: Db,
    lane: number,
    seqs: readonly bigint[],
    version: bigint,
    table: string,
  ): Promise<number> {
    let sent = 0;
    for (const slice of slices(seqs, CALLS_A_SLICE)) {
      const receipts = await receiptsOf(db, lane, slice);
      const calls = new Map((await callEntries(db, lane, slice)).map((entry) => [entry.seq, entry]));
      let open: { seq: bigint; call: StoredCall; lines: ReadonlyMap<number, StoredLine> } | undefined;
      rows.reset();
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
      if (count > 0) await insertRows(analytics, table, INTAKE_COLUMNS, rows.bytes());
      sent += count;
    }
    return sent;
  }

  async function shipOrders(db: Db, orders: readonly ShipOrder[]): Promise<number> {
    const version = await nextVersion(db);
    let shipped = 0;
    for (const ids of slices(keysOf(orders, "customer"), SLICE)) {
      await sendCustomers(db, await customersByIds(db, ids), version, LIVE_TABLES.customers);
      shipped += ids.length;
    }
    for (const ids of slices(keysOf(orders, "event"), SLICE)) {
      await sendEvents(db, await eventsByIds(db, ids), version, LIVE_TABLES.events);
      shipped += ids.length;
    }
    const receipts = orders.filter((order) => order.subject === "receipt");
    for (const lane of new Set(receipts.map((order) => order.lane))) {
      const seqs = keysOf(
        receipts.filter((order) => order.lane === lane),
        "receipt",
      );
      shipped += await sendCalls(db, lane, seqs, version, LIVE_TABLES.intake);
    }
    return shipped;
  }

  return {
    sendEvents,
    sendCustomers,
    sendCalls,
    async ship(db) {
      const orders = await oldestOrders(db, KEYS_A_PASS);
      if (orders.length === 0) return { shipped: 0, more: false };
      const shipped = await shipOrders(db, orders);
      await removeOrders(db, orders);
      const keys = orders.reduce((sum, order) => sum + order.keys.length, 0);
      return { shipped, more: keys >= KEYS_A_PASS || orders.length >= 200 };
    },
  };
}

function keysOf(orders: readonly ShipOrder[], subject: ShipOrder["subject"]): readonly bigint[] {
  const keys = new Set<bigint>();
  for (const order of orders) if (order.subject === subject) for (const key of order.keys) keys.add(key);
  return [...keys];
}

function* slices<T>(values: readonly T[], size: number): Iterable<readonly T[]> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}
