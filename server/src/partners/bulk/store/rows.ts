import type { BulkAction, BulkRowQuery } from "@tributary/contract";
import { type RawBuilder, sql } from "kysely";
import { copyRowsInTransaction, type Db, keysetPage, type Page, type TxContext } from "../../../database/index.ts";
import type { Decision, FieldDifference, RowProblem } from "../contracts.ts";
import type { FileRow } from "../core/said.ts";
import type { Claim } from "../lanes.ts";

export async function stageRows(tx: TxContext, id: string, sheet: number, rows: readonly FileRow[]): Promise<void> {
  await copyRowsInTransaction(
    tx.db,
    "partners.bulk_row",
    ["bulk_id", "sheet", "line", "cells", "problem"],
    rows.map((row) => [id, sheet, row.line, arrayText(row.cells), row.problem]),
  );
}

/** An array of texts as COPY takes it. */
function arrayText(cells: readonly string[]): string {
  return `{${cells.map((cell) => `"${cell.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}

/** Rows of a sheet behind a line, in order. */
export async function stagedRows(
  db: Db,
  id: string,
  sheet: number,
  after: number,
  limit: number,
): Promise<readonly FileRow[]> {
  const { rows } = await sql<FileRow>`
    select line, cells, problem from partners.bulk_row
    where bulk_id = ${id} and sheet = ${sheet} and line > ${after} order by line limit ${limit}`.execute(db);
  return rows;
}

/** All values of one column. @param at from 0 */
export async function columnValues(db: Db, id: string, sheet: number, at: number): Promise<readonly string[]> {
  const { rows } = await sql<{ value: string }>`
    select lower(trim(cells[${at + 1}])) as value from partners.bulk_row
    where bulk_id = ${id} and sheet = ${sheet} and cells[${at + 1}] <> ''`.execute(db);
  return rows.map((row) => row.value);
}

export async function forgetDecisions(db: Db, id: string): Promise<void> {
  await sql`delete from partners.bulk_decision where bulk_id = ${id}`.execute(db);
}

const COLUMNS = [
  "bulk_id",
  "line",
  "action",
  "target_id",
  "partner_id",
  "label",
  "stamp",
  "changes",
  "problem",
  "steps",
] as const;

export async function putDecisions(tx: TxContext, id: string, decisions: readonly Decision[]): Promise<void> {
  await copyRowsInTransaction(
    tx.db,
    "partners.bulk_decision",
    COLUMNS,
    decisions.map((one) => [
      ...[id, one.line, one.action, one.targetId, one.partnerId, one.label.slice(0, 200), one.stamp],
      ...[JSON.stringify(one.changes), one.problem, one.steps],
    ]),
  );
}

export async function countActions(db: Db, id: string): Promise<Partial<Record<BulkAction, number>>> {
  const { rows } = await sql<{ action: BulkAction; count: number }>`
    select action, count(*)::int as count from partners.bulk_decision where bulk_id = ${id} group by 1`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.action, row.count]));
}

export interface DecisionRow {
  readonly line: number;
  readonly action: BulkAction;
  readonly target_id: string | null;
  readonly partner_id: string | null;
  readonly label: string;
  readonly stamp: string | null;
  readonly changes: readonly FieldDifference[];
  readonly problem: RowProblem | null;
  readonly steps: boolean;
  readonly made_at: Date | null;
  readonly made_stamp: string | null;
  readonly undone_at: Date | null;
  readonly kept: { readonly code: string } | null;
}

const SELECTED = sql.raw(
  "line, action, target_id, partner_id, label, stamp, changes, problem, steps, made_at, made_stamp, undone_at, kept",
);

const CLAIMED: Readonly<Record<Claim, RawBuilder<unknown>>> = { free: sql`skip locked`, any: sql`` };

/** Rows that are still to be made, claimed until the transaction ends: nobody else gets the same ones. */
export async function rowsToMake(db: Db, id: string, limit: number, claim: Claim): Promise<readonly DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select ${SELECTED} from partners.bulk_decision
    where bulk_id = ${id} and action in ('create', 'update') and made_at is null
    order by line limit ${limit} for update ${CLAIMED[claim]}`.execute(db);
  return rows;
}

export async function rowsToStep(db: Db, id: string, limit: number): Promise<readonly DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select ${SELECTED} from partners.bulk_decision
    where bulk_id = ${id} and steps and stepped_at is null and made_at is not null order by line limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Whether parents or statuses are among the rows. */
export async function anySteps(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from partners.bulk_decision where bulk_id = ${id} and steps) as any`.execute(db);
  return rows[0]?.any === true;
}

/** What is still to be taken back, the last first, claimed until the transaction ends. */
export async function rowsToUndo(db: Db, id: string, limit: number, claim: Claim): Promise<readonly DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select ${SELECTED} from partners.bulk_decision
    where bulk_id = ${id} and made_at is not null and undone_at is null and kept is null
    order by line desc limit ${limit} for update ${CLAIMED[claim]}`.execute(db);
  return rows;
}

/** What came of rows: made with a new stamp, or refused after all. */
export interface Made {
  readonly line: number;
  readonly targetId: string | null;
  readonly partnerId: string | null;
  readonly stamp: string | null;
  readonly problem: RowProblem | null;
}

export async function noteMade(db: Db, id: string, made: readonly Made[], now: Date): Promise<void> {
  const rows = made.map((one) => ({
    ...{ line: one.line, target_id: one.targetId, partner_id: one.partnerId },
    ...{ stamp: one.stamp, problem: one.problem },
  }));
  await sql`
    update partners.bulk_decision d set
      made_at = case when nullif(n.problem, 'null') is null then ${now}::timestamptz end,
      action = case when nullif(n.problem, 'null') is null then d.action else 'refuse' end,
      problem = nullif(n.problem, 'null'), target_id = coalesce(n.target_id, d.target_id),
      partner_id = coalesce(n.partner_id, d.partner_id), made_stamp = n.stamp
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(line int, target_id text, partner_id text, stamp text, problem jsonb)
    where d.bulk_id = ${id} and d.line = n.line`.execute(db);
}

/** The steps of a row are done. A problem stays with the row: what was made of it before stays made. */
export async function noteStepped(
  db: Db,
  id: string,
  line: number,
  outcome: { readonly stamp: string | null; readonly problem: RowProblem | null; readonly at: Date },
): Promise<void> {
  await sql`
    update partners.bulk_decision set stepped_at = ${outcome.at}, made_stamp = coalesce(${outcome.stamp}, made_stamp),
      problem = ${outcome.problem === null ? null : JSON.stringify(outcome.problem)}::jsonb
    where bulk_id = ${id} and line = ${line}`.execute(db);
}

/** What an undo did to rows: taken back, or left with the reason. */
export interface TakenBack {
  readonly undone: number[];
  readonly kept: { readonly line: number; readonly code: string }[];
}

export async function noteUndone(db: Db, id: string, { undone, kept }: TakenBack, now: Date): Promise<void> {
  const rows = [...undone.map((line) => ({ line, code: null })), ...kept];
  await sql`
    update partners.bulk_decision d set undone_at = case when n.code is null then ${now}::timestamptz end,
      kept = case when n.code is null then null else jsonb_build_object('code', n.code) end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(line int, code text)
    where d.bulk_id = ${id} and d.line = n.line`.execute(db);
}

export async function countUndone(db: Db, id: string): Promise<{ undone: number; kept: number; made: number }> {
  const { rows } = await sql<{ undone: number; kept: number; made: number }>`
    select count(undone_at)::int as undone, count(kept)::int as kept, count(made_at)::int as made
    from partners.bulk_decision where bulk_id = ${id}`.execute(db);
  return rows[0] ?? { undone: 0, kept: 0, made: 0 };
}

export async function decisionPage(db: Db, id: string, query: BulkRowQuery): Promise<Page<DecisionRow>> {
  let select = db.selectFrom("partners.bulk_decision").selectAll().where("bulk_id", "=", id);
  if (query.action) select = select.where("action", "in", query.action);
  if (query.outcome === "made") select = select.where("made_at", "is not", null);
  if (query.outcome === "undone") select = select.where("undone_at", "is not", null);
  if (query.outcome === "kept") select = select.where("kept", "is not", null);
  const page = await keysetPage(select, { name: "line", columns: ["line"], direction: "asc" }, query);
  return { rows: page.rows as unknown as DecisionRow[], nextCursor: page.nextCursor };
}

/** Refused rows with the cells that they had, for the rejects file. */
export async function refusedRows(
  db: Db,
  id: string,
  sheet: number,
  after: number,
  limit: number,
): Promise<readonly { line: number; cells: readonly string[]; problem: RowProblem | null }[]> {
  const { rows } = await sql<{ line: number; cells: string[]; problem: RowProblem | null }>`
    select d.line, r.cells, d.problem from partners.bulk_decision d
    join partners.bulk_row r on r.bulk_id = d.bulk_id and r.sheet = ${sheet} and r.line = d.line
    where d.bulk_id = ${id} and d.line > ${after} and (d.action = 'refuse' or d.problem is not null) and d.action <> 'skip'
    order by d.line limit ${limit}`.execute(db);
  return rows;
}
