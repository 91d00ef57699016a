import { ImportVendor } from "@tributary/contract";
import { sql } from "kysely";
import { arrayLiteral, type BinaryColumns, copyBinaryInTransaction, type Db, type Tx } from "../../database/index.ts";
import type { ArrivedCall, EffectiveEvent, EventChanges, EventDraft, EventRecord, ReceiptDraft } from "./contracts.ts";
import { eventKey, eventLines } from "./fates.ts";

/** The one row shape of reads; instants as milliseconds, which saves a Date per row. */
const RECORD = sql.raw(`e.event_id, e.program_id, e.source_id, e.type, e.external_id, e.customer_ref, e.customer_id,
  (extract(epoch from e.occurred_at) * 1000)::float8 as at, e.currency, e.measures, e.quantities, e.dimensions,
  e.click_id, e.code, e.partner_hint, e.bad_click_id, e.void, e.cap`);

interface RecordRow {
  event_id: bigint;
  program_id: string;
  source_id: string;
  type: string;
  external_id: string;
  customer_ref: string;
  customer_id: bigint;
  at: number;
  currency: string | null;
  measures: Record<string, string>;
  quantities: Record<string, string>;
  dimensions: Record<string, string>;
  click_id: string | null;
  code: string | null;
  partner_hint: string | null;
  bad_click_id: string | null;
  void: boolean;
  cap: "pend" | "stop" | null;
}

function recordOf(row: RecordRow): EventRecord {
  return {
    eventId: row.event_id,
    programId: row.program_id,
    sourceId: row.source_id,
    type: row.type,
    externalId: row.external_id,
    customerRef: row.customer_ref,
    customerId: row.customer_id,
    at: row.at,
    currency: row.currency,
    measures: row.measures,
    quantities: row.quantities,
    dimensions: row.dimensions,
    clickId: row.click_id,
    code: row.code,
    partnerHint: row.partner_hint,
    badClickId: row.bad_click_id,
    void: row.void,
    cap: row.cap,
  };
}

/** The events that count at present for the keys of a batch. */
export async function findEffective(tx: Db, calls: readonly ArrivedCall[]): Promise<Map<string, EffectiveEvent>> {
  const seen = new Set<string>();
  const columns: [string[], string[], string[], string[]] = [[], [], [], []];
  for (const [{ call }, event] of eventLines(calls)) {
    const key = eventKey(call.programId ?? "", call.sourceId ?? "", event.type, event.externalId);
    if (seen.has(key)) continue;
    seen.add(key);
    columns[0].push(call.programId ?? "");
    columns[1].push(call.sourceId ?? "");
    columns[2].push(event.type);
    columns[3].push(event.externalId);
  }
  const found = new Map<string, EffectiveEvent>();
  if (seen.size === 0) return found;
  const { rows } = await sql<RecordRow & { content_hash: string; replaces: bigint | null }>`
    select ${RECORD}, e.content_hash, e.replaces
    from unnest(${arrayLiteral(columns[0])}::text[], ${arrayLiteral(columns[1])}::text[], ${arrayLiteral(columns[2])}::text[],
      ${arrayLiteral(columns[3])}::text[])
      as k(program_id, source_id, type, external_id)
    join tracking.event e using (program_id, source_id, type, external_id)
    where e.superseded_by is null`.execute(tx);
  for (const row of rows) {
    const record = recordOf(row);
    const key = eventKey(record.programId, record.sourceId, record.type, record.externalId);
    found.set(key, { ...record, contentHash: row.content_hash, hasPredecessor: row.replaces !== null });
  }
  return found;
}

/**
 * Events of an imported history that a batch changes or takes back: whoever has moved here from another platform goes on to speak of them
 * by the ids that they had there. Only asked for lines that change or take back something which their own source never sent.
 * @returns by the key under which the line names them
 */
export async function findImported(
  tx: Db,
  calls: readonly ArrivedCall[],
  known: ReadonlyMap<string, EffectiveEvent>,
): Promise<ReadonlyMap<string, EffectiveEvent>> {
  const wanted = new Map<string, readonly [programId: string, type: string, externalId: string]>();
  for (const [{ call }, event] of eventLines(calls)) {
    if (event.void !== true && event.ifKnown === undefined) continue;
    const programId = call.programId ?? "";
    const key = eventKey(programId, call.sourceId ?? "", event.type, event.externalId);
    if (!known.has(key)) wanted.set(key, [programId, event.type, event.externalId]);
  }
  if (wanted.size === 0) return wanted as never;
  const columns = [0, 1, 2].map((at) => arrayLiteral([...wanted.values()].map((one) => one[at] ?? "")));
  const { rows } = await sql<RecordRow & { key: string; content_hash: string; replaces: bigint | null }>`
    select distinct on (k.key) k.key, ${RECORD}, e.content_hash, e.replaces
    from unnest(${arrayLiteral([...wanted.keys()])}::text[], ${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[])
      as k(key, program_id, type, external_id)
    cross join unnest(${IMPORTED}::text[]) as s(source_id)
    join tracking.event e using (program_id, source_id, type, external_id)
    where e.superseded_by is null
    order by k.key, e.event_id desc`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.key,
      { ...recordOf(row), contentHash: row.content_hash, hasPredecessor: row.replaces !== null },
    ]),
  );
}

const IMPORTED = arrayLiteral(ImportVendor.options.map((vendor) => `import:${vendor}`));

/** Ids for `count` new events, one after the other. Only the one consumer (under its lock) takes ids, so a block is whole. */
export async function reserveEventIds(tx: Tx, count: number): Promise<() => bigint> {
  if (count === 0) return () => 0n;
  const { rows } = await sql<{ last: bigint }>`
    select setval('tracking.event_event_id_seq', nextval('tracking.event_event_id_seq') + ${count - 1}) as last`.execute(
    tx,
  );
  let next = (rows[0]?.last ?? 0n) - BigInt(count - 1);
  return () => {
    const id = next;
    next += 1n;
    return id;
  };
}

const EVENT_COLUMNS: BinaryColumns = [
  ["event_id", "int8"],
  ["program_id", "text"],
  ["source_id", "text"],
  ["type", "text"],
  ["external_id", "text"],
  ["customer_ref", "text"],
  ["customer_id", "int8"],
  ["partner_id", "text"],
  ["occurred_at", "timestamptz"],
  ["received_at", "timestamptz"],
  ["lane", "int4"],
  ["seq", "int8"],
  ["line", "int4"],
  ["currency", "text"],
  ["measures", "jsonb"],
  ["quantities", "jsonb"],
  ["dimensions", "jsonb"],
  ["click_id", "text"],
  ["code", "text"],
  ["partner_hint", "text"],
  ["bad_click_id", "text"],
  ["content_hash", "text"],
  ["replaces", "int8"],
  ["superseded_by", "int8"],
  ["void", "boolean"],
  ["cap", "text"],
];

/** Stored versions that were replaced step aside: only one may count for a key. Before {@link insertEvents}. */
export async function stepAside(tx: Tx, changes: EventChanges): Promise<void> {
  const { superseded, met } = changes;
  if (superseded.length > 0) {
    await sql`update tracking.event e set superseded_by = s.by, revision = revision + 1
      from unnest(${superseded.map((s) => String(s.event.eventId))}::int8[], ${superseded.map((s) => String(s.by))}::int8[])
        as s(event_id, by) where e.event_id = s.event_id`.execute(tx);
  }
  if (met.length > 0) {
    await sql`update tracking.event e set replaces = m.event, revision = revision + 1
      from unnest(${met.map((m) => String(m.tombstone))}::int8[], ${met.map((m) => String(m.event))}::int8[])
        as m(tombstone, event) where e.event_id = m.tombstone`.execute(tx);
  }
}

export async function insertEvents(tx: Tx, drafts: readonly EventDraft[]): Promise<void> {
  await copyBinaryInTransaction(tx, "tracking.event", EVENT_COLUMNS, eventRows(drafts));
}

function* eventRows(drafts: readonly EventDraft[]) {
  for (const e of drafts) {
    yield [
      e.eventId,
      e.programId,
      e.sourceId,
      e.type,
      e.externalId,
      e.customerRef,
      e.customerId,
      e.partnerId,
      e.at,
      e.receivedAt,
      e.lane,
      e.seq,
      e.line,
      e.currency,
      e.measures,
      e.quantities,
      e.dimensions,
      e.clickId,
      e.code,
      e.partnerHint,
      e.badClickId,
      e.contentHash,
      e.replaces,
      e.supersededBy,
      e.void,
      e.cap ?? null,
    ];
  }
}

const RECEIPT_COLUMNS: BinaryColumns = [
  ["lane", "int4"],
  ["seq", "int8"],
  ["line", "int4"],
  ["fate", "text"],
  ["reason", "text"],
  ["detail", "text"],
  ["event_id", "int8"],
  ["partner_id", "text"],
  ["decided_at", "timestamptz"],
];

export async function writeReceipts(tx: Tx, receipts: readonly ReceiptDraft[], now: Date): Promise<void> {
  function* rows() {
    for (const r of receipts) {
      yield [r.lane, r.seq, r.line, r.fate, r.reason, r.detail, r.event?.eventId, r.partnerId, now];
    }
  }
  await copyBinaryInTransaction(tx, "tracking.receipt", RECEIPT_COLUMNS, rows());
}

export type ShipSubject = "event" | "customer" | "receipt";

/** Tells the analytics side which rows to (re)read. */
export async function queueShipping(
  tx: Db,
  rows: readonly { readonly subject: ShipSubject; readonly lane?: number; readonly keys: readonly bigint[] }[],
): Promise<void> {
  for (const { subject, lane, keys } of rows) {
    if (keys.length === 0) continue;
    const list = `{${keys.join(",")}}`;
    await sql`insert into tracking.ship (subject, lane, keys) values (${subject}, ${lane ?? 0}, ${list}::int8[])`.execute(
      tx,
    );
  }
}

/**
 * The events of customers that count, in the order of time. `touching`: only those that point at a partner, or are of one of the
 * types in `orTypes`.
 */
export async function effectiveEventsOf(
  db: Db,
  customerIds: readonly bigint[],
  options: {
    readonly touching?: boolean;
    readonly orTypes?: readonly string[];
    readonly types?: readonly string[];
  } = {},
): Promise<EventRecord[]> {
  if (customerIds.length === 0) return [];
  const or = options.orTypes === undefined ? sql`` : sql`or e.type = any(${arrayLiteral(options.orTypes)}::text[])`;
  const touching = options.touching
    ? sql`and (e.click_id is not null or e.code is not null or e.partner_hint is not null or e.bad_click_id is not null ${or})`
    : sql``;
  const typed = options.types ? sql`and e.type = any(${[...options.types]}::text[])` : sql``;
  const { rows } = await sql<RecordRow>`
    select ${RECORD} from unnest(${arrayLiteral(customerIds)}::int8[]) as c(customer_id)
    join tracking.event e using (customer_id)
    where e.superseded_by is null and not e.void ${touching} ${typed} order by e.customer_id, e.occurred_at, e.event_id`.execute(
    db,
  );
  return rows.map(recordOf);
}

/** Of an event what a calculation looks at. */
export type CountedEvent = Pick<
  EventRecord,
  "customerId" | "type" | "externalId" | "at" | "currency" | "measures" | "quantities" | "dimensions" | "cap"
>;

/**
 * The events of customers that count, each customer's in the order of time; only what a calculation looks at, since a month of a plan that is
 * paid by single trades reads a hundred thousand of them.
 */
export async function countedEventsOf(db: Db, customerIds: readonly bigint[]): Promise<CountedEvent[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<CountedEvent>`
    select c.customer_id as "customerId", e.type, e.external_id as "externalId", (extract(epoch from e.occurred_at) * 1000)::float8 as at,
      e.currency, e.measures, e.quantities, e.dimensions, e.cap
    from unnest(${arrayLiteral(customerIds)}::int8[]) as c(customer_id)
    cross join lateral (
      select * from tracking.event own
      where own.customer_id = c.customer_id and own.superseded_by is null and not own.void
      order by own.occurred_at, own.event_id
    ) as e`.execute(db);
  return rows;
}

/** Earliest event that counts of each customer, milliseconds since 1970; customers without one are left out. */
export async function firstSeenOf(db: Db, customerIds: readonly bigint[]): Promise<Map<bigint, number>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<{ customer_id: bigint; at: number }>`
    select e.customer_id, (extract(epoch from min(e.occurred_at)) * 1000)::float8 as at
    from unnest(${arrayLiteral(customerIds)}::int8[]) as c(customer_id) join tracking.event e using (customer_id)
    where e.superseded_by is null and not e.void group by e.customer_id`.execute(db);
  return new Map(rows.map((row) => [row.customer_id, row.at]));
}

/**
 * The events of these customers may be others' now: writes whose each is, on events and receipts, and has all of them shipped again.
 * @param ownerAt partner of a customer at an instant (milliseconds since 1970), or null
 */
export async function reassignEvents(
  tx: Tx,
  customerIds: readonly bigint[],
  ownerAt: (customerId: bigint, at: number) => string | null,
): Promise<void> {
  if (customerIds.length === 0) return;
  const { rows } = await sql<PlacedRow>`
    select e.event_id, e.customer_id, (extract(epoch from e.occurred_at) * 1000)::float8 as at, e.lane, e.seq, e.line
    from unnest(${arrayLiteral(customerIds)}::int8[]) as c(customer_id) join tracking.event e using (customer_id)`.execute(
    tx,
  );
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.event_id);
  const owners = arrayLiteral(rows.map((row) => ownerAt(row.customer_id, row.at)));
  await sql`update tracking.event e set partner_id = n.partner_id, revision = revision + 1
    from unnest(${arrayLiteral(ids)}::int8[], ${owners}::text[]) as n(event_id, partner_id)
    where e.event_id = n.event_id`.execute(tx);
  const own = await sql<{ lane: number; seq: bigint }>`update tracking.receipt r set partner_id = n.partner_id
    from unnest(${arrayLiteral(rows.map((row) => row.lane))}::int4[], ${arrayLiteral(rows.map((row) => row.seq))}::int8[],
      ${arrayLiteral(rows.map((row) => row.line))}::int4[], ${owners}::text[]) as n(lane, seq, line, partner_id)
    where r.lane = n.lane and r.seq = n.seq and r.line = n.line returning r.lane, r.seq`.execute(tx);
  // Lines that brought nothing new name the event that they repeat.
  const repeated = await sql<{ lane: number; seq: bigint }>`update tracking.receipt r set partner_id = n.partner_id
    from unnest(${arrayLiteral(ids)}::int8[], ${owners}::text[]) as n(event_id, partner_id)
    where r.event_id = n.event_id and r.fate = 'duplicate' returning r.lane, r.seq`.execute(tx);
  await queueShipping(tx, [{ subject: "event", keys: ids }, ...receiptKeys([...own.rows, ...repeated.rows])]);
}

/** An event with the line that brought it. */
interface PlacedRow {
  readonly event_id: bigint;
  readonly customer_id: bigint;
  readonly at: number;
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
}

/** Receipts to be shipped: seqs per lane. */
export function receiptKeys(receipts: readonly { readonly lane: number; readonly seq: bigint }[]) {
  const lanes = new Map<number, Set<bigint>>();
  for (const { lane, seq } of receipts) {
    const seqs = lanes.get(lane);
    if (seqs === undefined) lanes.set(lane, new Set([seq]));
    else seqs.add(seq);
  }
  return [...lanes].map(([lane, seqs]) => ({ subject: "receipt" as const, lane, keys: [...seqs] }));
}

/** An event as others read it, e.g. to explain what a commission rests on. */
export interface EventFacts extends EventRecord {
  readonly receivedAt: Date;
  readonly partnerId: string | null;
}

/** Events of one customer that count, the earliest first. `from` inclusive, `to` exclusive. */
export async function eventsOfCustomer(
  db: Db,
  query: {
    readonly customerId: bigint;
    readonly from?: Date;
    readonly to?: Date;
    readonly types?: readonly string[];
    readonly limit: number;
  },
): Promise<EventFacts[]> {
  const from = query.from === undefined ? sql`` : sql`and e.occurred_at >= ${query.from}`;
  const to = query.to === undefined ? sql`` : sql`and e.occurred_at < ${query.to}`;
  const typed = query.types === undefined ? sql`` : sql`and e.type = any(${arrayLiteral(query.types)}::text[])`;
  const { rows } = await sql<RecordRow & { received_at: Date; partner_id: string | null }>`
    select ${RECORD}, e.received_at, e.partner_id from tracking.event e
    where e.customer_id = ${query.customerId} and e.superseded_by is null and not e.void ${from} ${to} ${typed}
    order by e.occurred_at, e.event_id limit ${query.limit}`.execute(db);
  return rows.map((row) => ({ ...recordOf(row), receivedAt: row.received_at, partnerId: row.partner_id }));
}
