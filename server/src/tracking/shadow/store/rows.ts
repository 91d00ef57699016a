import { sql } from "kysely";
import { copyRowsInTransaction, type Db, type Tx } from "../../../database/index.ts";
import type { TheirConversion } from "../contracts.ts";
import type { ReadRow, RowRefusal } from "../core/read-row.ts";

/** A conversion of theirs on its way into the database. */
export interface NewRow {
  readonly key: string;
  readonly fileId: string | null;
  readonly line: number | null;
  readonly receipt: string | null;
  readonly row: Omit<ReadRow, "conversionId">;
  readonly raw: readonly (readonly [string, string])[];
}

const COLUMNS = [
  "shadow_id", "row_key", "file_id", "line", "receipt", "occurred_at", "type", "order_id", "click_id", "customer_ref", "partner_ref",
  "currency", "minor", "status", "raw",
] as const; // biome-ignore format: a list of columns

/** Keeps rows; one whose key is known replaces what is there. */
export async function saveRows(tx: Tx, shadowId: string, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`create temporary table shadow_row_new (like tracking.shadow_row) on commit drop`.execute(tx);
  await sql`alter table shadow_row_new alter column row_id drop not null`.execute(tx);
  await copyRowsInTransaction(
    tx,
    "shadow_row_new",
    [...COLUMNS],
    rows.map(({ key, fileId, line, receipt, row, raw }) => [
      shadowId, key, fileId, line, receipt, new Date(row.at), row.type, row.orderId, row.clickId, row.customerRef, row.partnerRef,
      row.currency, row.minor, row.status, JSON.stringify(raw),
    ]),
  ); // biome-ignore format: in the order of the columns
  const columns = sql.raw(COLUMNS.join(", "));
  const changes = sql.raw(
    COLUMNS.slice(2)
      .map((name) => `${name} = excluded.${name}`)
      .join(", "),
  );
  await sql`insert into tracking.shadow_row (${columns}) select ${columns} from shadow_row_new
    on conflict (shadow_id, row_key) do update set ${changes}`.execute(tx);
  await sql`drop table shadow_row_new`.execute(tx);
}

export interface NewRefusal {
  readonly line: number;
  readonly refusal: RowRefusal;
  readonly raw: string;
}

export async function saveRefusals(tx: Tx, fileId: string, refusals: readonly NewRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const rows = refusals.map(({ line, refusal, raw }) => ({ file_id: fileId, line, raw, ...refusal }));
  await tx
    .insertInto("tracking.shadow_refusal")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["file_id", "line"]).doNothing())
    .execute();
}

const PAGE = 20_000;

/** All their conversions. */
export async function theirConversions(db: Db, shadowId: string): Promise<TheirConversion[]> {
  const all: TheirConversion[] = [];
  for (let after = 0n; ; ) {
    const rows = await db
      .selectFrom("tracking.shadow_row")
      .select(["row_id", "occurred_at", "type", "order_id", "click_id", "customer_ref"])
      .select(["partner_ref", "currency", "minor", "status"])
      .where("shadow_id", "=", shadowId)
      .where("row_id", ">", after)
      .orderBy("row_id")
      .limit(PAGE)
      .execute();
    for (const row of rows)
      all.push({
        key: String(row.row_id), at: row.occurred_at.getTime(), type: row.type, orderId: row.order_id, clickId: row.click_id,
        customerRef: row.customer_ref, partnerRef: row.partner_ref, currency: row.currency, minor: row.minor,
        status: row.status as TheirConversion["status"],
      }); // biome-ignore format: a record
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return all;
    after = last.row_id;
  }
}

/** First and last of what was told live; undefined when nothing was. */
export async function liveSpan(db: Db, shadowId: string): Promise<{ from: Date; to: Date } | undefined> {
  const { rows } = await sql<{ from: Date | null; to: Date | null }>`
    select min(occurred_at) as "from", max(occurred_at) as "to" from tracking.shadow_row
    where shadow_id = ${shadowId} and file_id is null`.execute(db);
  const [span] = rows;
  return span?.from == null || span.to === null ? undefined : { from: span.from, to: span.to };
}

/** First and last conversion of a file, and how many rows of it are kept. */
export async function fileSpan(db: Db, fileId: string): Promise<{ from: Date | null; to: Date | null; rows: number }> {
  const { rows } = await sql<{ from: Date | null; to: Date | null; rows: number }>`
    select min(occurred_at) as "from", max(occurred_at) as "to", count(*)::integer as rows from tracking.shadow_row
    where file_id = ${fileId}`.execute(db);
  return rows[0] ?? { from: null, to: null, rows: 0 };
}
