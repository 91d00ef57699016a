import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import {
  copyRowsInTransaction,
  type Db,
  keysetPage,
  type Page,
  type PageRequest,
  type Schema,
  type Tx,
} from "../../database/index.ts";

export type ComparisonRow = Selectable<Schema["reconciliation.comparison"]>;
export type FileRecord = Selectable<Schema["reconciliation.comparison_file"]>;
export type SideRow = Selectable<Schema["reconciliation.side_row"]>;

export async function insertComparison(
  db: Db,
  row: Insertable<Schema["reconciliation.comparison"]>,
): Promise<ComparisonRow> {
  return await db.insertInto("reconciliation.comparison").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findComparison(db: Db, id: string): Promise<ComparisonRow | undefined> {
  return await db
    .selectFrom("reconciliation.comparison")
    .selectAll()
    .where("comparison_id", "=", id)
    .executeTakeFirst();
}

export async function lockComparison(db: Db, id: string): Promise<ComparisonRow | undefined> {
  const query = db.selectFrom("reconciliation.comparison").selectAll().where("comparison_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

export async function noteComparison(
  db: Db,
  id: string,
  change: Updateable<Schema["reconciliation.comparison"]>,
): Promise<void> {
  await db.updateTable("reconciliation.comparison").set(change).where("comparison_id", "=", id).execute();
}

export async function comparisonPage(
  db: Db,
  within: RecordReach,
  filter: { readonly programId?: string | undefined; readonly partnerId?: string | undefined },
  page: PageRequest,
): Promise<Page<ComparisonRow>> {
  let query = db.selectFrom("reconciliation.comparison").selectAll();
  if (!within.everything)
    query = query.where(
      sql<boolean>`(program_id = any(${within.programIds}) or partner_id = any(${within.partnerIds}))`,
    );
  if (filter.programId !== undefined) query = query.where("program_id", "=", filter.programId);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  return await keysetPage(query, { name: "newest", columns: ["comparison_id"], direction: "desc" }, page);
}

/** @returns undefined when the same bytes were uploaded for this side before */
export async function insertFile(
  db: Db,
  row: Insertable<Schema["reconciliation.comparison_file"]>,
): Promise<FileRecord | undefined> {
  return await db
    .insertInto("reconciliation.comparison_file")
    .values(row)
    .onConflict((conflict) => conflict.columns(["comparison_id", "side", "content_hash"]).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function fileByHash(
  db: Db,
  comparisonId: string,
  side: string,
  contentHash: string,
): Promise<FileRecord | undefined> {
  return await db
    .selectFrom("reconciliation.comparison_file")
    .selectAll()
    .where("comparison_id", "=", comparisonId)
    .where("side", "=", side)
    .where("content_hash", "=", contentHash)
    .executeTakeFirst();
}

export async function findFile(db: Db, id: string): Promise<FileRecord | undefined> {
  return await db.selectFrom("reconciliation.comparison_file").selectAll().where("file_id", "=", id).executeTakeFirst();
}

export async function filesOf(db: Db, comparisonId: string): Promise<readonly FileRecord[]> {
  const query = db.selectFrom("reconciliation.comparison_file").selectAll().where("comparison_id", "=", comparisonId);
  return await query.orderBy("file_id").execute();
}

export async function updateFile(
  db: Db,
  id: string,
  change: Updateable<Schema["reconciliation.comparison_file"]>,
): Promise<FileRecord> {
  return await db
    .updateTable("reconciliation.comparison_file")
    .set(change)
    .where("file_id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertChunk(db: Db, fileId: string, position: number, bytes: Buffer): Promise<void> {
  await db.insertInto("reconciliation.comparison_chunk").values({ file_id: fileId, position, bytes }).execute();
}

/** The bytes of a file, a chunk at a time. */
export async function* chunksOf(db: Db, fileId: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position++) {
    const found = await db
      .selectFrom("reconciliation.comparison_chunk")
      .select("bytes")
      .where("file_id", "=", fileId)
      .where("position", "=", position)
      .executeTakeFirst();
    if (found === undefined) return;
    yield found.bytes;
  }
}

export async function dropChunks(db: Db, fileId: string): Promise<void> {
  await db.deleteFrom("reconciliation.comparison_chunk").where("file_id", "=", fileId).execute();
}

export async function dropFile(db: Db, fileId: string): Promise<void> {
  await dropChunks(db, fileId);
  await db.deleteFrom("reconciliation.comparison_file").where("file_id", "=", fileId).execute();
}

export async function rememberedMapping(db: Db, side: string, columnsKey: string): Promise<unknown> {
  const found = await db
    .selectFrom("reconciliation.comparison_mapping")
    .select("mapping")
    .where("side", "=", side)
    .where("columns_key", "=", columnsKey)
    .executeTakeFirst();
  return found?.mapping;
}

export async function rememberMapping(db: Db, side: string, columnsKey: string, mapping: unknown): Promise<void> {
  const row = { side, columns_key: columnsKey, mapping: JSON.stringify(mapping) };
  await db
    .insertInto("reconciliation.comparison_mapping")
    .values(row)
    .onConflict((conflict) => conflict.columns(["side", "columns_key"]).doUpdateSet({ mapping: row.mapping }))
    .execute();
}

export interface NewRefusal {
  readonly file_id: string;
  readonly line: number;
  readonly field: string;
  readonly value: string | null;
  readonly reason: string;
}

export async function insertRefusals(db: Db, rows: readonly NewRefusal[]): Promise<void> {
  if (rows.length === 0) return;
  const insert = db.insertInto("reconciliation.comparison_refusal").values([...rows]);
  await insert.onConflict((conflict) => conflict.columns(["file_id", "line"]).doNothing()).execute();
}

export async function refusalPage(db: Db, fileId: string, page: PageRequest) {
  const query = db.selectFrom("reconciliation.comparison_refusal").selectAll().where("file_id", "=", fileId);
  return await keysetPage(query, { name: "line", columns: ["line"], direction: "asc" }, page);
}

export interface NewSideRow {
  readonly side: "tracked" | "office" | "claim";
  readonly key: string;
  readonly fileId: string | null;
  readonly line: number | null;
  readonly at: Date;
  readonly type: string | null;
  readonly orderId: string | null;
  readonly clickId: string | null;
  readonly customerRef: string | null;
  readonly partnerRef: string | null;
  readonly partnerId: string | null;
  readonly currency: string | null;
  readonly minor: bigint | null;
  readonly commissionMinor: bigint | null;
  readonly counts: boolean;
  readonly status: string;
  readonly why: string | null;
  readonly knownAt: Date | null;
  readonly raw: readonly (readonly [string, string])[];
}

const COLUMNS = [
  "comparison_id", "side", "row_key", "file_id", "line", "occurred_at", "type", "order_id", "click_id", "customer_ref", "partner_ref", "partner_id", "currency",
  "minor", "commission_minor", "counts", "status", "why", "known_at", "raw",
] as const; // biome-ignore format: a list of columns

const valuesOf = (comparisonId: string, rows: readonly NewSideRow[]) =>
  rows.map((r) => [
    comparisonId, r.side, r.key, r.fileId, r.line, r.at, r.type, r.orderId, r.clickId, r.customerRef, r.partnerRef, r.partnerId, r.currency, r.minor,
    r.commissionMinor, r.counts, r.status, r.why, r.knownAt, JSON.stringify(r.raw),
  ]); // biome-ignore format: in the order of the columns

/** Writes rows of a side of which there is none yet. */
export async function copySideRows(tx: Tx, comparisonId: string, rows: readonly NewSideRow[]): Promise<void> {
  await copyRowsInTransaction(tx, "reconciliation.side_row", COLUMNS, valuesOf(comparisonId, rows));
}

/** Keeps rows of a side; one whose key is known replaces what is there. */
export async function saveSideRows(tx: Tx, comparisonId: string, rows: readonly NewSideRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`create temporary table side_row_new (like reconciliation.side_row including defaults) on commit drop`.execute(
    tx,
  );
  await sql`alter table side_row_new drop column row_id`.execute(tx);
  await copyRowsInTransaction(tx, "side_row_new", COLUMNS, valuesOf(comparisonId, rows));
  const columns = sql.raw(COLUMNS.join(", "));
  const changes = sql.raw(
    COLUMNS.slice(3)
      .map((name) => `${name} = excluded.${name}`)
      .join(", "),
  );
  await sql`insert into reconciliation.side_row (${columns}) select ${columns} from side_row_new
    on conflict (comparison_id, side, row_key) do update set ${changes}`.execute(tx);
  await sql`drop table side_row_new`.execute(tx);
}

export async function dropSide(db: Db, comparisonId: string, side: string): Promise<void> {
  await sql`delete from reconciliation.side_row where comparison_id = ${comparisonId} and side = ${side}`.execute(db);
}

export async function partnerRefs(db: Db, comparisonId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ ref: string }>`
    select distinct partner_ref as ref from reconciliation.side_row where comparison_id = ${comparisonId} and side <> 'tracked' and partner_ref <> ''`.execute(
    db,
  );
  return rows.map((row) => row.ref);
}

/** Whom they call what. */
export async function namePartners(db: Db, comparisonId: string, names: ReadonlyMap<string, string>): Promise<void> {
  await sql`update reconciliation.side_row s set partner_id = n.partner_id
    from (select * from unnest(${[...names.keys()]}::text[], ${[...names.values()]}::text[]) as t (ref, partner_id)) n
    where s.comparison_id = ${comparisonId} and s.side <> 'tracked' and s.partner_ref = n.ref and s.partner_id is distinct from n.partner_id`.execute(
    db,
  );
}
