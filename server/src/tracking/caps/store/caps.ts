import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import {
  arrayLiteral,
  type Db,
  keysetPage,
  type Page,
  type PageRequest,
  type Schema,
} from "../../../database/index.ts";
import type { Day } from "../../../kernel/period.ts";
import { whereWithin } from "../../../partners/index.ts";

export type CapRow = Selectable<Schema["tracking.cap"]>;
export type CountRow = Selectable<Schema["tracking.cap_count"]>;

export interface CapFilter {
  readonly programId?: readonly string[] | undefined;
  readonly offerId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly metric?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
}

export async function insertCap(db: Db, row: Insertable<Schema["tracking.cap"]>): Promise<CapRow> {
  return await db.insertInto("tracking.cap").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findCap(db: Db, id: string): Promise<CapRow | undefined> {
  return await db.selectFrom("tracking.cap").selectAll().where("cap_id", "=", id).executeTakeFirst();
}

const NEWEST = { name: "newest", columns: ["cap_id"], direction: "desc" } as const;

/** @param partnerId only what this partner may see: its own caps, and those that count each partner by itself */
export async function capPage(
  db: Db,
  within: RecordReach,
  partnerId: string | undefined,
  filter: CapFilter,
  page: PageRequest,
): Promise<Page<CapRow>> {
  let query = db.selectFrom("tracking.cap").selectAll();
  if (partnerId === undefined) query = whereWithin(query, within, "partner_id", "program_id");
  else query = query.where(sql<boolean>`(partner_id = ${partnerId} or (partner_id is null and each <> 'all'))`);
  if (filter.programId?.length) query = query.where("program_id", "in", filter.programId);
  if (filter.offerId?.length) query = query.where("offer_id", "in", filter.offerId);
  if (filter.partnerId?.length) query = query.where("partner_id", "in", filter.partnerId);
  if (filter.metric?.length) query = query.where("metric", "in", filter.metric);
  query = query.where("status", "in", filter.status ?? ["active", "paused"]);
  return await keysetPage(query, NEWEST, page);
}

/** Changes the cap if it still has this revision; undefined when somebody was faster. */
export async function updateCap(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["tracking.cap"]>,
): Promise<CapRow | undefined> {
  return await db
    .updateTable("tracking.cap")
    .set({ ...change, revision: revision + 1 })
    .where("cap_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export interface SpanOfCap {
  readonly capId: string;
  readonly from: Day;
}

/** Of each cap's running period the fullest counter and how many there are. @param partnerId counts only this partner's */
export async function fullestCounters(
  db: Db,
  spans: readonly SpanOfCap[],
  partnerId: string | undefined,
): Promise<(CountRow & { readonly counters: number })[]> {
  if (spans.length === 0) return [];
  const mine = partnerId === undefined ? sql`true` : sql`(c.partner_id in (${partnerId}, ''))`;
  const { rows } = await sql<CountRow & { counters: number }>`
    select distinct on (c.cap_id) c.*, (count(*) over (partition by c.cap_id))::int4 as counters
    from unnest(${spans.map((s) => s.capId)}::text[], ${spans.map((s) => s.from)}::date[]) as k(cap_id, period_from)
    join tracking.cap_count c using (cap_id, period_from) where ${mine}
    order by c.cap_id, c.used desc, c.partner_id, c.value`.execute(db);
  return rows;
}

const BY_KEY = { name: "key", columns: ["partner_id", "value"], direction: "asc" } as const;

/** The counters of one period of a cap. */
export async function counterPage(
  db: Db,
  span: SpanOfCap,
  partnerId: string | undefined,
  page: PageRequest,
): Promise<Page<CountRow>> {
  let query = db
    .selectFrom("tracking.cap_count")
    .selectAll()
    .where("cap_id", "=", span.capId)
    .where("period_from", "=", span.from);
  if (partnerId !== undefined) query = query.where("partner_id", "in", [partnerId, ""]);
  return await keysetPage(query, BY_KEY, page);
}

export interface CappedFilter {
  readonly programId?: readonly string[] | undefined;
  readonly capId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
}

/** Conversions beyond caps, the newest first. One beyond two caps stands there twice. */
export async function cappedPage(db: Db, within: RecordReach, filter: CappedFilter, page: PageRequest) {
  const all = db
    .selectFrom("tracking.cap_use as u")
    .innerJoin("tracking.event as e", "e.event_id", "u.event_id")
    .select(["u.event_id", "u.cap_id", "u.outcome", "u.decided_at"])
    .select(["e.program_id", "e.partner_id", "e.type", "e.customer_id", "e.occurred_at", "e.currency", "e.measures"])
    .where("e.superseded_by", "is", null)
    .where("u.outcome", "in", filter.outcome ?? ["pend"]);
  let query = whereWithin(all, within, "e.partner_id", "e.program_id");
  if (filter.programId?.length) query = query.where("e.program_id", "in", filter.programId);
  if (filter.capId?.length) query = query.where("u.cap_id", "in", filter.capId);
  if (filter.partnerId?.length) query = query.where("e.partner_id", "in", filter.partnerId);
  const order = { name: "newest", columns: ["u.event_id", "u.cap_id"], direction: "desc" } as const;
  return await keysetPage(query, order, page);
}

/** An event that is beyond a cap at present, and counts as an event. */
export interface CappedEvent {
  readonly eventId: bigint;
  readonly programId: string;
  readonly partnerId: string | null;
  readonly customerId: bigint;
  readonly customerRef: string;
  /** milliseconds since 1970 */
  readonly at: number;
  readonly cap: "pend" | "stop";
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
}

export async function cappedEvents(db: Db, eventIds: readonly bigint[]): Promise<CappedEvent[]> {
  const rows = await db
    .selectFrom("tracking.event")
    .select(["event_id", "program_id", "partner_id", "customer_id", "customer_ref", "occurred_at", "cap"])
    .select(["lane", "seq", "line"])
    .where("event_id", "in", [...eventIds, -1n])
    .where("superseded_by", "is", null)
    .where("cap", "is not", null)
    .orderBy("event_id")
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    programId: row.program_id,
    partnerId: row.partner_id,
    customerId: row.customer_id,
    customerRef: row.customer_ref,
    at: row.occurred_at.getTime(),
    cap: row.cap as CappedEvent["cap"],
    lane: row.lane,
    seq: row.seq,
    line: row.line,
  }));
}

/** Notes on events what was decided of them. @param cap null: they count */
export async function decideCapped(db: Db, eventIds: readonly bigint[], cap: "stop" | null, now: Date): Promise<void> {
  const ids = arrayLiteral(eventIds);
  await sql`update tracking.event set cap = ${cap}, revision = revision + 1 where event_id = any(${ids}::int8[])`.execute(
    db,
  );
  await sql`update tracking.cap_use set outcome = ${cap ?? "released"}, decided_at = ${now}
    where event_id = any(${ids}::int8[]) and outcome in ('pend', 'stop')`.execute(db);
}
