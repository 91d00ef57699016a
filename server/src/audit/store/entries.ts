import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { AuditEntry } from "../contracts.ts";

export interface AuditFilter {
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

type Row = {
  seq: bigint;
  at: Date;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  acting_for: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  partner_id: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  previous_hash: string;
  hash: string;
};

/** Where the chain ends, locked until the transaction does: writers of the trail stand in line here. */
export async function lockHead(db: Db): Promise<{ seq: bigint; hash: string }> {
  return await db.selectFrom("audit.head").select(["seq", "hash"]).forUpdate().executeTakeFirstOrThrow();
}

export async function readHead(db: Db): Promise<{ seq: bigint; hash: string }> {
  return await db.selectFrom("audit.head").select(["seq", "hash"]).executeTakeFirstOrThrow();
}

/** So many entries are a few megabytes in one statement. */
const MOST_AT_ONCE = 2_000;
const TYPES = {
  ...{ seq: "bigint", at: "timestamptz", actor_kind: "text", actor_id: "text", actor_name: "text", acting_for: "text" },
  ...{ action: "text", subject_kind: "text", subject_id: "text", partner_id: "text", before: "jsonb", after: "jsonb" },
  ...{ reason: "text", previous_hash: "text", hash: "text" },
} as const;
const COLUMNS = Object.keys(TYPES) as (keyof typeof TYPES)[];

/** A column is one parameter: an import writes thousands of entries, and as many parameters for each of their values cost more than the rows. */
async function insertMany(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map(toRow);
  const columns = COLUMNS.map(
    (column) => sql`${arrayLiteral(rows.map((row) => row[column]))}::${sql.raw(TYPES[column])}[]`,
  );
  const names = sql.join(COLUMNS.map((column) => sql.ref(column)));
  await sql`insert into audit.entry (${names}) select * from unnest(${sql.join(columns)})`.execute(db);
}

export async function append(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  const last = entries.at(-1);
  if (last === undefined) return;
  const head = { seq: last.seq, hash: last.hash };
  // What a person does is mostly one entry: it and where the chain ends now are written in one round trip. Nothing is returned: a partner's role
  // may write an entry and read none.
  if (entries.length === 1) {
    const rows = entries.map(toRow);
    await db
      .with("written", (qb) => qb.insertInto("audit.entry").values(rows))
      .updateTable("audit.head")
      .set(head)
      .execute();
    return;
  }
  for (let from = 0; from < entries.length; from += MOST_AT_ONCE)
    await insertMany(db, entries.slice(from, from + MOST_AT_ONCE));
  await db.updateTable("audit.head").set(head).execute();
}

/** Newest first; `before` is the seq of the last row of the page before. */
export async function listEntries(
  db: Db,
  filter: AuditFilter,
  page: { readonly limit: number; readonly before?: bigint | undefined },
): Promise<AuditEntry[]> {
  let query = db.selectFrom("audit.entry").selectAll().orderBy("seq", "desc").limit(page.limit);
  if (page.before !== undefined) query = query.where("seq", "<", page.before);
  if (filter.subjectKind !== undefined) query = query.where("subject_kind", "=", filter.subjectKind);
  if (filter.subjectId !== undefined) query = query.where("subject_id", "=", filter.subjectId);
  if (filter.actorId !== undefined) query = query.where("actor_id", "=", filter.actorId);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.action !== undefined) query = query.where("action", "=", filter.action);
  if (filter.from !== undefined) query = query.where("at", ">=", filter.from);
  if (filter.to !== undefined) query = query.where("at", "<", filter.to);
  return (await query.execute()).map((row) => fromRow(row as unknown as Row));
}

/** Oldest first, from `after` (exclusive). */
export async function readForward(db: Db, after: bigint, limit: number): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom("audit.entry")
    .selectAll()
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
  return rows.map((row) => fromRow(row as unknown as Row));
}

function toRow(entry: AuditEntry) {
  return {
    seq: entry.seq,
    at: entry.at,
    actor_kind: entry.actorKind,
    actor_id: entry.actorId,
    actor_name: entry.actorName,
    acting_for: entry.actingFor ?? null,
    action: entry.action,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    partner_id: entry.partnerId,
    before: entry.before === null ? null : JSON.stringify(entry.before),
    after: entry.after === null ? null : JSON.stringify(entry.after),
    reason: entry.reason,
    previous_hash: entry.previousHash,
    hash: entry.hash,
  };
}

function fromRow(row: Row): AuditEntry {
  return {
    seq: row.seq,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    ...(row.acting_for === null ? {} : { actingFor: row.acting_for }),
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    partnerId: row.partner_id,
    before: row.before,
    after: row.after,
    reason: row.reason,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
