import { type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";

export type StatementRow = Selectable<Schema["statements.statement"]>;

export interface NewStatement {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: Month;
}

/** Opens statements that do not exist yet. @returns how many were new */
export async function insertOpen(db: Db, rows: readonly NewStatement[], at: Date): Promise<number> {
  if (rows.length === 0) return 0;
  const done = await sql`
    insert into statements.statement (statement_id, partner_id, currency, month, status, opened_at)
    select id, partner_id, currency, month, 'open', ${at}::timestamptz
    from unnest(${rows.map((row) => row.statementId)}::text[], ${rows.map((row) => row.partnerId)}::text[],
                ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.month)}::date[])
      as s (id, partner_id, currency, month)
    on conflict (partner_id, currency, month) do nothing`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}

/** Which partner, currency and month have a statement. */
export async function existing(db: Db, partnerIds: readonly string[] | null): Promise<ReadonlySet<string>> {
  let query = db.selectFrom("statements.statement").select(["partner_id", "currency", "month"]);
  if (partnerIds !== null) query = query.where("partner_id", "in", [...partnerIds, ""]);
  const rows = await query.execute();
  return new Set(rows.map((row) => `${row.partner_id} ${row.currency} ${row.month}`));
}

export async function statementRow(db: Db, id: string): Promise<StatementRow | undefined> {
  return await db.selectFrom("statements.statement").selectAll().where("statement_id", "=", id).executeTakeFirst();
}

export async function statementRows(
  db: Db,
  within: RecordReach,
  ids: readonly string[],
): Promise<readonly StatementRow[]> {
  if (ids.length === 0) return [];
  const query = whereWithin(db.selectFrom("statements.statement").selectAll(), within, "partner_id", null);
  return await query.where("statement_id", "in", ids).execute();
}

export async function lockStatement(db: Db, id: string): Promise<StatementRow | undefined> {
  return await db
    .selectFrom("statements.statement")
    .selectAll()
    .where("statement_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/** The earliest open statement of the same books before a month. */
export async function openBefore(db: Db, row: StatementRow): Promise<StatementRow | undefined> {
  return await db
    .selectFrom("statements.statement")
    .selectAll()
    .where("partner_id", "=", row.partner_id)
    .where("currency", "=", row.currency)
    .where("status", "=", "open")
    .where("month", "<", row.month)
    .orderBy("month")
    .limit(1)
    .executeTakeFirst();
}

export async function updateStatement(
  db: Db,
  id: string,
  change: Updateable<Schema["statements.statement"]>,
): Promise<void> {
  await db.updateTable("statements.statement").set(change).where("statement_id", "=", id).execute();
}

export interface StatementFilter {
  readonly partnerId?: string | undefined;
  readonly currency?: string | undefined;
  readonly month?: Month | undefined;
  readonly status?: readonly string[] | undefined;
}

export async function statementPage(
  db: Db,
  within: RecordReach,
  filter: StatementFilter,
  page: PageRequest,
): Promise<Page<StatementRow>> {
  let query = whereWithin(db.selectFrom("statements.statement").selectAll(), within, "partner_id", null);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.month !== undefined) query = query.where("month", "=", filter.month);
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  return await keysetPage(query, { name: "month", columns: ["month", "statement_id"], direction: "desc" }, page);
}

/** Closed and paid statements, for the proof that they are what was frozen. */
export async function closedRows(db: Db): Promise<readonly StatementRow[]> {
  return await db
    .selectFrom("statements.statement")
    .selectAll()
    .where("status", "!=", "open")
    .orderBy("statement_id")
    .execute();
}
