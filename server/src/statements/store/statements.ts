import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { arrayLiteral, type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";
import type { StandingQuery, StatementStanding } from "../contracts.ts";

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

/** Locks statements, in one order for all who do. */
export async function lockStatements(db: Db, ids: readonly string[]): Promise<readonly StatementRow[]> {
  return await db
    .selectFrom("statements.statement")
    .selectAll()
    .where(sql<boolean>`statement_id = any(${arrayLiteral(ids)}::text[])`)
    .orderBy("statement_id")
    .forUpdate()
    .execute();
}

/** Statements, whoever asks, the earliest month first. */
export async function statementsByIds(db: Db, ids: readonly string[]): Promise<readonly StatementRow[]> {
  return await db
    .selectFrom("statements.statement")
    .selectAll()
    .where(sql<boolean>`statement_id = any(${arrayLiteral(ids)}::text[])`)
    .orderBy("month")
    .orderBy("statement_id")
    .execute();
}

/** The earliest open month of the same books before each of some statements, by statement. */
export async function openBefore(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Month>> {
  const { rows } = await sql<{ statement_id: string; month: Month }>`
    select s.statement_id, min(e.month) as month
    from statements.statement s
    join statements.statement e
      on e.partner_id = s.partner_id and e.currency = s.currency and e.month < s.month and e.status = 'open'
    where s.statement_id = any(${arrayLiteral(ids)}::text[])
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.statement_id, row.month]));
}

export interface Frozen {
  readonly statementId: string;
  readonly content: object;
  readonly contentHash: string;
  readonly closingMinor: bigint;
}

export async function freeze(
  db: Db,
  frozen: readonly Frozen[],
  by: { readonly person: string; readonly at: Date; readonly runId: string | null },
): Promise<void> {
  await sql`
    update statements.statement s
    set status = 'closed', content = f.content::jsonb, content_hash = f.content_hash, closing_minor = f.closing_minor,
        closed_by = ${by.person}, closed_at = ${by.at}::timestamptz, run_id = ${by.runId}
    from unnest(${arrayLiteral(frozen.map((one) => one.statementId))}::text[],
                ${arrayLiteral(frozen.map((one) => JSON.stringify(one.content)))}::text[],
                ${arrayLiteral(frozen.map((one) => one.contentHash))}::text[],
                ${arrayLiteral(frozen.map((one) => one.closingMinor))}::bigint[]) as f (statement_id, content, content_hash, closing_minor)
    where s.statement_id = f.statement_id`.execute(db);
}

export async function approve(db: Db, ids: readonly string[], person: string, at: Date): Promise<void> {
  await sql`
    update statements.statement set approved_by = ${person}, approved_at = ${at}::timestamptz
    where statement_id = any(${arrayLiteral(ids)}::text[])`.execute(db);
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

/** Closed and paid statements after one, for the proof that they are what was frozen. */
export async function closedAfter(db: Db, after: string, limit: number): Promise<readonly StatementRow[]> {
  return await db
    .selectFrom("statements.statement")
    .selectAll()
    .where("status", "!=", "open")
    .where("statement_id", ">", after)
    .orderBy("statement_id")
    .limit(limit)
    .execute();
}

/** Where statements stand, by month, partner and currency. */
export async function standings(db: Db, query: StandingQuery): Promise<readonly StatementStanding[]> {
  const { partnerIds, months, currencies, runId } = query;
  const { rows } = await sql<StatementStanding>`
    select statement_id as "statementId", partner_id as "partnerId", currency, month, status, run_id as "runId", approved_at as "approvedAt",
           closed_by as "closedBy", closing_minor as "closingMinor", content_hash as "contentHash"
    from statements.statement
    where (${partnerIds === undefined} or partner_id = any(${arrayLiteral(partnerIds ?? [])}::text[]))
      and (${months === undefined} or month = any(${arrayLiteral(months ?? [])}::date[]))
      and (${currencies === undefined} or currency = any(${arrayLiteral(currencies ?? [])}::text[]))
      and (${runId === undefined} or run_id = ${runId ?? ""})
    order by month, partner_id, currency`.execute(db);
  return rows;
}
