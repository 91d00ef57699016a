import type {
  ImportBlocker,
  ImportFailure,
  ImportMapping,
  ImportQuery,
  ImportQuestion,
  ImportStatus,
  ImportVendor,
} from "@tributary/contract";
import { sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";

/** An import as it is stored. */
export interface ImportRow {
  readonly import_id: string;
  readonly program_id: string;
  readonly vendor: ImportVendor;
  readonly name: string;
  readonly status: ImportStatus;
  readonly connection_id: string | null;
  readonly mapping: ImportMapping;
  readonly remembered: boolean;
  readonly questions: readonly ImportQuestion[];
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly blockers: readonly ImportBlocker[];
  readonly fetched: Readonly<Record<string, string>>;
  readonly total: number;
  readonly done: number;
  readonly failure: ImportFailure | null;
  readonly actor_kind: string;
  readonly created_by: string;
  readonly actor_name: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly beat_at: Date | null;
  readonly revision: number;
}

export async function insertImport(
  db: Db,
  row: Pick<
    ImportRow,
    | "import_id"
    | "program_id"
    | "vendor"
    | "name"
    | "connection_id"
    | "actor_kind"
    | "created_by"
    | "actor_name"
    | "created_at"
  > & { readonly status: ImportStatus },
): Promise<void> {
  await sql`insert into integrations.import (import_id, program_id, vendor, name, status, connection_id, actor_kind, created_by, actor_name, created_at)
    values (${row.import_id}, ${row.program_id}, ${row.vendor}, ${row.name}, ${row.status}, ${row.connection_id}, ${row.actor_kind},
      ${row.created_by}, ${row.actor_name}, ${row.created_at})`.execute(db);
}

export async function findImport(db: Db, importId: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`select * from integrations.import where import_id = ${importId}`.execute(db);
  return rows[0];
}

/** The import, locked: whoever works on it goes step by step, and two of them take turns. */
export async function lockImport(db: Db, importId: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select * from integrations.import where import_id = ${importId} for update`.execute(db);
  return rows[0];
}

export async function importPage(db: Db, within: RecordReach, query: ImportQuery): Promise<Page<ImportRow>> {
  let select = db.selectFrom("integrations.import").selectAll();
  if (!within.everything) select = select.where(sql<boolean>`program_id = any(${[...within.programIds]})`);
  if (query.programId) select = select.where("program_id", "in", query.programId);
  if (query.vendor) select = select.where("vendor", "in", query.vendor);
  if (query.status) select = select.where("status", "in", query.status);
  const page = await keysetPage(select, { name: "newest", columns: ["import_id"], direction: "desc" }, query);
  return { rows: page.rows as unknown as ImportRow[], nextCursor: page.nextCursor };
}

type ImportChange = Partial<
  Pick<
    ImportRow,
    | "status"
    | "vendor"
    | "mapping"
    | "remembered"
    | "questions"
    | "counts"
    | "blockers"
    | "fetched"
    | "total"
    | "done"
    | "failure"
    | "started_at"
    | "finished_at"
    | "beat_at"
  >
>;

const JSON_COLUMNS = new Set(["mapping", "questions", "counts", "blockers", "fetched", "failure"]);

export async function updateImport(db: Db, importId: string, change: ImportChange): Promise<void> {
  const sets = Object.entries(change).map(([column, value]) =>
    JSON_COLUMNS.has(column)
      ? sql`${sql.ref(column)} = ${value === null ? null : JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(column)} = ${value as string}`,
  );
  await sql`update integrations.import set ${sql.join(sets)}, revision = revision + 1 where import_id = ${importId}`.execute(
    db,
  );
}

/** Adds to what is done, and says that somebody is at work. */
export async function noteProgress(db: Db, importId: string, done: number, now: Date): Promise<void> {
  await sql`update integrations.import set done = done + ${done}, beat_at = ${now} where import_id = ${importId}`.execute(
    db,
  );
}

/** Imports that are to be worked on. */
export async function importsAtWork(db: Db): Promise<readonly ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select * from integrations.import where status in ('fetching', 'checking', 'running', 'undoing') order by import_id limit 20`.execute(
    db,
  );
  return rows;
}

/** First number of the advisory locks of imports. */
const IMPORT_LOCK = 7_430_021;

/** Runs the work unless another process is at the same import. The lock belongs to a connection, so it ends with its process. */
export async function alone(db: Db, importId: string, work: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_lock(${IMPORT_LOCK}, hashtext(${importId})) as mine`.execute(connection);
    if (rows[0]?.mine !== true) return;
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${IMPORT_LOCK}, hashtext(${importId}))`.execute(connection);
    }
  });
}

/** What a command was running when it was killed. */
export async function unfinishedByCommand(db: Db, programId: string, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ import_id: string }>`
    select import_id from integrations.import where program_id = ${programId} and name = ${name}
      and status in ('running', 'fetching') and actor_kind = 'system' order by import_id desc limit 1`.execute(db);
  return rows[0]?.import_id;
}

export async function remembered(
  db: Db,
  programId: string,
  vendor: string,
  columns: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  if (columns.length === 0) return new Map();
  const { rows } = await sql<{ columns: string; mapping: unknown }>`
    select columns, mapping from integrations.remembered
    where program_id = ${programId} and vendor = ${vendor} and columns = any(${[...columns]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.columns, row.mapping]));
}

export async function remember(
  db: Db,
  row: {
    readonly programId: string;
    readonly vendor: string;
    readonly columns: string;
    readonly mapping: unknown;
    readonly at: Date;
  },
): Promise<void> {
  await sql`insert into integrations.remembered (program_id, vendor, columns, mapping, at)
    values (${row.programId}, ${row.vendor}, ${row.columns}, ${JSON.stringify(row.mapping)}::jsonb, ${row.at})
    on conflict (program_id, vendor, columns) do update set mapping = excluded.mapping, at = excluded.at`.execute(db);
}
