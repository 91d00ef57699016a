import { sql } from "kysely";
import { type CopiedRow, copyOut, type Db } from "../../database/index.ts";

/** Rows of the queue of what has to be read again, oldest first. */
export interface ShipOrder {
  readonly shipId: bigint;
  readonly subject: "event" | "customer" | "receipt";
  readonly lane: number;
  readonly keys: readonly bigint[];
}

/** Orders that one pass looks at. */
export const ORDERS_A_PASS = 200;

/**
 * The oldest orders, until they name `keys` keys together. Whatever is changed after this is read queues a new order in the
 * transaction of the change, so reading the rows now and deleting these orders later loses nothing.
 */
export async function oldestOrders(db: Db, keys: number): Promise<readonly ShipOrder[]> {
  const rows = await sql<{ ship_id: bigint; subject: ShipOrder["subject"]; lane: number; keys: bigint[] }>`
    select ship_id, subject, lane, keys from (
      select s.*, sum(cardinality(s.keys)) over (order by s.ship_id) - cardinality(s.keys) as before
      from (select * from reporting.ship order by ship_id limit ${ORDERS_A_PASS}) s
    ) counted where before < ${keys} order by ship_id`.execute(db);
  return rows.rows.map((row) => ({ shipId: row.ship_id, subject: row.subject, lane: row.lane, keys: row.keys }));
}

export async function removeOrders(db: Db, orders: readonly ShipOrder[]): Promise<void> {
  if (orders.length === 0) return;
  await sql`delete from reporting.ship where ship_id = any(${orders.map((order) => String(order.shipId))}::int8[])`.execute(
    db,
  );
}

export async function nextVersion(db: Db): Promise<bigint> {
  const result = await sql<{ version: bigint }>`select nextval('reporting.version') as version`.execute(db);
  return result.rows[0]?.version ?? 1n;
}

export interface EventRow {
  readonly event_id: bigint;
  readonly program_id: string;
  readonly type: string;
  readonly source_id: string;
  readonly external_id: string;
  readonly customer_id: bigint;
  readonly customer_ref: string;
  readonly occurred_ms: number;
  readonly received_ms: number;
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  readonly currency: string | null;
  readonly measures: Readonly<Record<string, string>>;
  readonly quantities: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly replaces: bigint | null;
  readonly superseded_by: bigint | null;
  readonly void: boolean;
  readonly day: string;
  readonly partner_id: string | null;
  readonly offer_id: string | null;
  readonly link_id: string | null;
  readonly click_id: string | null;
}

const EVENT_COLUMNS = `event_id, program_id, type, source_id, external_id, customer_id, customer_ref,
  (date_part('epoch', occurred_at) * 1000)::int8, (date_part('epoch', received_at) * 1000)::int8,
  lane, seq, line, currency, measures, quantities, dimensions, replaces, superseded_by, void, day, partner_id, offer_id, link_id, click_id`;

export async function eventsByIds(db: Db, ids: readonly bigint[]): Promise<readonly EventRow[]> {
  const rows = await copyOut(
    db,
    `select ${EVENT_COLUMNS} from reporting.event where event_id = any('{${ids.join(",")}}'::int8[])`,
  );
  return rows.map(eventRow);
}

export async function eventsAfter(db: Db, id: bigint, limit: number): Promise<readonly EventRow[]> {
  const rows = await copyOut(
    db,
    `select ${EVENT_COLUMNS} from reporting.event where event_id > ${id} order by event_id limit ${limit}`,
  );
  return rows.map(eventRow);
}

const NONE: Readonly<Record<string, string>> = {};

/** A row in the order of {@link EVENT_COLUMNS}. */
function eventRow(cells: CopiedRow): EventRow {
  const text = (at: number) => cells[at] ?? "";
  const number = (at: number) => (cells[at] == null ? null : BigInt(text(at)));
  const named = (at: number) => (text(at) === "{}" ? NONE : (JSON.parse(text(at)) as Record<string, string>));
  return {
    event_id: BigInt(text(0)),
    program_id: text(1),
    type: text(2),
    source_id: text(3),
    external_id: text(4),
    customer_id: BigInt(text(5)),
    customer_ref: text(6),
    occurred_ms: Number(text(7)),
    received_ms: Number(text(8)),
    lane: Number(text(9)),
    seq: BigInt(text(10)),
    line: Number(text(11)),
    currency: cells[12] ?? null,
    measures: named(13),
    quantities: named(14),
    dimensions: named(15),
    replaces: number(16),
    superseded_by: number(17),
    void: cells[18] === "t",
    day: text(19),
    partner_id: cells[20] ?? null,
    offer_id: cells[21] ?? null,
    link_id: cells[22] ?? null,
    click_id: cells[23] ?? null,
  };
}

export interface CustomerRow {
  readonly customer_id: bigint;
  readonly program_id: string;
  readonly customer_ref: string;
  readonly first_seen_ms: number | null;
  readonly partner_id: string | null;
  readonly offer_id: string | null;
  readonly link_id: string | null;
  readonly click_id: string | null;
  readonly country: string | null;
  readonly reason: string;
  readonly bound_ms: number | null;
  readonly registered_ms: number | null;
  readonly kyc_ms: number | null;
  readonly ftd_ms: number | null;
  readonly ftd_minor: bigint | null;
  readonly ftd_currency: string | null;
  readonly second_deposit_ms: number | null;
}

const CUSTOMER_COLUMNS = sql`customer_id, program_id, customer_ref, (extract(epoch from first_seen) * 1000)::float8 as first_seen_ms,
  partner_id, offer_id, link_id, click_id, country, reason, (extract(epoch from bound_at) * 1000)::float8 as bound_ms,
  (extract(epoch from registered_at) * 1000)::float8 as registered_ms, (extract(epoch from kyc_at) * 1000)::float8 as kyc_ms,
  (extract(epoch from ftd_at) * 1000)::float8 as ftd_ms, ftd_minor, ftd_currency,
  (extract(epoch from second_deposit_at) * 1000)::float8 as second_deposit_ms`;

export async function customersByIds(db: Db, ids: readonly bigint[]): Promise<readonly CustomerRow[]> {
  const rows = await sql<CustomerRow>`
    select ${CUSTOMER_COLUMNS} from reporting.customer where customer_id = any(${ids.map(String)}::int8[])`.execute(db);
  return rows.rows;
}

export async function customersAfter(db: Db, id: bigint, limit: number): Promise<readonly CustomerRow[]> {
  const rows = await sql<CustomerRow>`
    select ${CUSTOMER_COLUMNS} from reporting.customer where customer_id > ${id} order by customer_id limit ${limit}`.execute(
    db,
  );
  return rows.rows;
}

export interface ReceiptRow {
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  readonly fate: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly event_id: bigint | null;
  readonly partner_id: string | null;
}

/** Receipts of some entries of a lane, in the order of seq and line. */
export async function receiptsOf(db: Db, lane: number, seqs: readonly bigint[]): Promise<readonly ReceiptRow[]> {
  const rows = await copyOut(
    db,
    `select lane, seq, line, fate, reason, detail, event_id, partner_id from reporting.receipt
     where lane = ${lane} and seq = any('{${seqs.join(",")}}'::int8[]) order by seq, line`,
  );
  return rows.map(([lane, seq, line, fate, reason, detail, eventId, partnerId]) => ({
    lane: Number(lane),
    seq: BigInt(seq ?? 0),
    line: Number(line),
    fate: fate ?? "",
    reason: reason ?? null,
    detail: detail ?? null,
    event_id: eventId == null ? null : BigInt(eventId),
    partner_id: partnerId ?? null,
  }));
}

/** Seqs of a lane's calls after `seq`, in their order. */
export async function callSeqsAfter(db: Db, lane: number, seq: bigint, limit: number): Promise<readonly bigint[]> {
  const rows = await sql<{ seq: bigint }>`
    select seq from reporting.intake_entry where lane = ${lane} and seq > ${seq} and kind <> 1 and kind = 3 order by seq limit ${limit}`.execute(
    db,
  );
  return rows.rows.map((row) => row.seq);
}

export interface CallEntry {
  readonly seq: bigint;
  readonly received_ms: number;
  readonly body: string;
}

export async function callEntries(db: Db, lane: number, seqs: readonly bigint[]): Promise<readonly CallEntry[]> {
  const rows = await sql<CallEntry>`
    select seq, (extract(epoch from received_at) * 1000)::float8 as received_ms, body from reporting.intake_entry
    where lane = ${lane} and seq = any(${seqs.map(String)}::int8[]) and kind = 3 order by seq`.execute(db);
  return rows.rows;
}
