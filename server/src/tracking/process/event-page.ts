import { type SelectQueryBuilder, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { parsePublicNumber } from "../../kernel/ids.ts";
import { whereWithin } from "../../partners/index.ts";
import type { Fate } from "./contracts.ts";

export interface EventFilter {
  readonly programId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly customerId?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly state?: readonly ("counts" | "replaced" | "reversed")[] | undefined;
  readonly fate?: readonly Fate[] | undefined;
  readonly occurredFrom?: string | undefined;
  readonly occurredTo?: string | undefined;
  readonly q?: string | undefined;
}

const NEWEST = { name: "newest", columns: ["e.event_id"], direction: "desc" } as const;

/** One page of stored events with the fate of the line that brought each, the newest first. */
export async function eventPage(db: Db, within: RecordReach, filter: EventFilter, page: PageRequest) {
  const all = db
    .selectFrom("tracking.event as e")
    .leftJoin("tracking.receipt as r", (join) =>
      join.onRef("r.lane", "=", "e.lane").onRef("r.seq", "=", "e.seq").onRef("r.line", "=", "e.line"),
    )
    .selectAll("e")
    .select(["r.fate", "r.reason"]);
  const narrowed = whereWithin(all, within, "e.partner_id", "e.program_id");
  return await keysetPage(filtered(narrowed, filter), NEWEST, page);
}
export type EventRow = Awaited<ReturnType<typeof eventPage>> extends Page<infer R> ? R : never;

type Events<DB, TB extends keyof DB, O> = SelectQueryBuilder<DB, TB, O>;

function filtered<DB extends Schema, TB extends keyof DB, O>(given: Events<DB, TB, O>, filter: EventFilter) {
  let query = given;
  const add = (condition: ReturnType<typeof sql<boolean>>) => {
    query = query.where(condition);
  };
  if (filter.programId?.length) add(sql`e.program_id in (${sql.join(filter.programId)})`);
  if (filter.partnerId?.length) add(sql`e.partner_id in (${sql.join(filter.partnerId)})`);
  if (filter.type?.length) add(sql`e.type in (${sql.join(filter.type)})`);
  if (filter.fate?.length) add(sql`r.fate in (${sql.join(filter.fate)})`);
  if (filter.occurredFrom) add(sql`e.occurred_at >= ${`${filter.occurredFrom}T00:00:00Z`}::timestamptz`);
  if (filter.occurredTo) add(sql`e.occurred_at < ${`${filter.occurredTo}T00:00:00Z`}::timestamptz`);
  if (filter.customerId) add(sql`e.customer_id = ${parsePublicNumber("cus", filter.customerId) ?? -1n}`);
  if (filter.state?.length) {
    const states = filter.state.map((state) => STATES[state]);
    add(sql`(${sql.join(states, sql` or `)})`);
  }
  if (filter.q) add(named(filter.q));
  return query;
}

const STATES = {
  counts: sql`(e.superseded_by is null and not e.void)`,
  replaced: sql`(e.superseded_by is not null)`,
  reversed: sql`(e.superseded_by is null and e.void)`,
} as const;

function named(q: string) {
  const event = parsePublicNumber("evt", q);
  if (event !== undefined) return sql<boolean>`e.event_id = ${event}`;
  const customer = parsePublicNumber("cus", q);
  if (customer !== undefined) return sql<boolean>`e.customer_id = ${customer}`;
  // Of every event one version is in the index of what counts; the other versions are its customer's, too.
  return sql<boolean>`e.external_id = ${q} and e.customer_id in (
    select x.customer_id from tracking.event x where x.external_id = ${q} and x.superseded_by is null)`;
}

export interface ReceiptRow {
  readonly line: number;
  readonly fate: Fate;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly event_id: bigint | null;
  readonly partner_id: string | null;
}

/** Fates of lines of one call, in their order. */
export async function receiptRows(db: Db, lane: number, seq: bigint): Promise<ReceiptRow[]> {
  return (await db
    .selectFrom("tracking.receipt")
    .select(["line", "fate", "reason", "detail", "event_id", "partner_id"])
    .where("lane", "=", lane)
    .where("seq", "=", seq)
    .orderBy("line")
    .execute()) as ReceiptRow[];
}
