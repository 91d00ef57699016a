import type { BulkQuery } from "@tributary/contract";
import { sql } from "kysely";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";
import type { BulkRecord } from "../contracts.ts";

type NewBulk = Pick<
  BulkRecord,
  | "bulk_id"
  | "subject"
  | "source"
  | "name"
  | "status"
  | "actor_kind"
  | "created_by"
  | "actor_name"
  | "created_at"
  | "edit"
  | "total"
>;

export async function insertBulk(db: Db, row: NewBulk): Promise<void> {
  await sql`
    insert into partners.bulk_change (bulk_id, subject, source, name, status, edit, total, actor_kind, created_by, actor_name, created_at)
    values (${row.bulk_id}, ${row.subject}, ${row.source}, ${row.name}, ${row.status}, ${row.edit === null ? null : JSON.stringify(row.edit)}::jsonb,
      ${row.total}, ${row.actor_kind}, ${row.created_by}, ${row.actor_name}, ${row.created_at})`.execute(db);
}

export async function findBulk(db: Db, id: string): Promise<BulkRecord | undefined> {
  const { rows } = await sql<BulkRecord>`select * from partners.bulk_change where bulk_id = ${id}`.execute(db);
  return rows[0];
}

/** The bulk change, locked: whoever works on it goes step by step, and two of them take turns. */
export async function lockBulk(db: Db, id: string): Promise<BulkRecord | undefined> {
  const { rows } = await sql<BulkRecord>`select * from partners.bulk_change where bulk_id = ${id} for update`.execute(
    db,
  );
  return rows[0];
}

/** @param person whose own ones are meant; null: everybody's */
export async function bulkPage(db: Db, person: string | null, query: BulkQuery): Promise<Page<BulkRecord>> {
  let select = db.selectFrom("partners.bulk_change").selectAll();
  if (person !== null) select = select.where("created_by", "=", person);
  if (query.status) select = select.where("status", "in", query.status);
  if (query.subject) select = select.where("subject", "in", query.subject);
  if (query.source) select = select.where("source", "in", query.source);
  const page = await keysetPage(select, { name: "newest", columns: ["bulk_id"], direction: "desc" }, query);
  return { rows: page.rows as unknown as BulkRecord[], nextCursor: page.nextCursor };
}

type BulkUpdate = Partial<
  Pick<
    BulkRecord,
    | "status"
    | "sheets"
    | "mapping"
    | "remembered"
    | "counts"
    | "undone"
    | "total"
    | "done"
    | "failure"
    | "started_at"
    | "finished_at"
    | "undo_until"
    | "beat_at"
  >
>;

const JSON_COLUMNS = new Set(["sheets", "mapping", "counts", "undone"]);

export async function updateBulk(db: Db, id: string, change: BulkUpdate): Promise<void> {
  const sets = Object.entries(change).map(([column, value]) =>
    JSON_COLUMNS.has(column)
      ? sql`${sql.ref(column)} = ${JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(column)} = ${value as string}`,
  );
  await sql`update partners.bulk_change set ${sql.join(sets)}, revision = revision + 1 where bulk_id = ${id}`.execute(
    db,
  );
}

/** Adds to what is done, and says that somebody is at work. */
export async function noteProgress(db: Db, id: string, done: number, now: Date): Promise<void> {
  await sql`update partners.bulk_change set done = done + ${done}, beat_at = ${now} where bulk_id = ${id}`.execute(db);
}

/** Bulk changes that are to be worked on. */
export async function bulksAtWork(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ bulk_id: string }>`
    select bulk_id from partners.bulk_change where status in ('checking', 'running', 'undoing') order by bulk_id limit 20`.execute(
    db,
  );
  return rows.map((row) => row.bulk_id);
}

/** First number of the advisory locks of bulk changes. */
const BULK_LOCK = 7_430_068;

/** Runs the work unless another process is at it. The lock belongs to a connection, so it ends with its process. */
export async function alone(db: Db, id: string, work: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_lock(${BULK_LOCK}, hashtext(${id})) as mine`.execute(connection);
    if (rows[0]?.mine !== true) return;
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${BULK_LOCK}, hashtext(${id}))`.execute(connection);
    }
  });
}

export async function rememberedMapping(db: Db, subject: string, columns: string): Promise<unknown> {
  const { rows } = await sql<{ mapping: unknown }>`
    select mapping from partners.bulk_mapping where subject = ${subject} and columns = ${columns}`.execute(db);
  return rows[0]?.mapping;
}

export async function rememberMapping(
  db: Db,
  mapping: {
    readonly subject: string;
    readonly columns: string;
    readonly mapping: object;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await sql`
    insert into partners.bulk_mapping (subject, columns, mapping, by_user, at)
    values (${mapping.subject}, ${mapping.columns}, ${JSON.stringify(mapping.mapping)}::jsonb, ${mapping.by}, ${mapping.at})
    on conflict (subject, columns) do update set mapping = excluded.mapping, by_user = excluded.by_user, at = excluded.at`.execute(
    db,
  );
}
