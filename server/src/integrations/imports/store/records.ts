import type { ImportAction, ImportKind, ImportRecordQuery } from "@tributary/contract";
import { sql } from "kysely";
import { copyRowsInTransaction, type Db, keysetPage, type Page, type Tx } from "../../../database/index.ts";
import type { FieldChange } from "../core/differences.ts";
import { KIND_ORDER } from "../core/fields.ts";
import type { RowProblem } from "../core/map-row.ts";
import type { PlacedDraft } from "../core/merge.ts";

export function stageOf(kind: ImportKind): number {
  return KIND_ORDER.indexOf(kind);
}

/** A record with its decision: the leading row of all that speak of it. */
export interface RecordRow {
  readonly import_id: string;
  readonly stage: number;
  readonly external_id: string;
  readonly sheet: string;
  readonly line: number;
  readonly part: number;
  readonly content: Readonly<Record<string, string>>;
  readonly action: ImportAction;
  readonly changes: readonly FieldChange[] | null;
  readonly problem: RowProblem | null;
  readonly target_id: string | null;
  readonly done_at: Date | null;
}

export async function clearRecords(db: Db, importId: string): Promise<void> {
  await sql`delete from integrations.record where import_id = ${importId}`.execute(db);
}

export interface DraftRow extends Omit<PlacedDraft, "kind"> {
  readonly stage: number;
  readonly part: number;
}

export async function insertDrafts(tx: Tx, importId: string, drafts: readonly DraftRow[]): Promise<void> {
  const columns = ["import_id", "stage", "external_id", "sheet", "line", "part", "is_primary", "said", "said_problem"];
  function* values() {
    for (const d of drafts)
      yield [importId, d.stage, d.externalId, d.table, d.line, d.part, d.primary, d.content, d.problem];
  }
  await copyRowsInTransaction(tx, "integrations.record", columns, values());
}

/** All rows of the next records of a stage, in the order of their ids. */
export async function draftsAfter(
  db: Db,
  importId: string,
  stage: number,
  after: string,
  limit: number,
): Promise<ReadonlyMap<string, readonly (PlacedDraft & { readonly part: number })[]>> {
  const { rows } = await sql<{
    external_id: string;
    sheet: string;
    line: number;
    part: number;
    is_primary: boolean;
    said: Record<string, string>;
    said_problem: RowProblem | null;
  }>`
    with ids as (
      select distinct external_id from integrations.record
      where import_id = ${importId} and stage = ${stage} and external_id > ${after}
      order by external_id limit ${limit}
    )
    select external_id, sheet, line, part, is_primary, said, said_problem from integrations.record join ids using (external_id)
    where import_id = ${importId} and stage = ${stage}`.execute(db);
  const found = new Map<string, (PlacedDraft & { readonly part: number })[]>();
  for (const row of rows) {
    const draft = {
      kind: KIND_ORDER[stage] as PlacedDraft["kind"],
      externalId: row.external_id,
      primary: row.is_primary,
      content: row.said,
      problem: row.said_problem,
      table: row.sheet,
      line: row.line,
      part: row.part,
    };
    const list = found.get(row.external_id);
    if (list === undefined) found.set(row.external_id, [draft]);
    else list.push(draft);
  }
  return found;
}

export interface Decided {
  readonly externalId: string;
  readonly sheet: string;
  readonly line: number;
  readonly part: number;
  readonly content: Readonly<Record<string, string>>;
  readonly action: ImportAction;
  readonly changes: readonly FieldChange[];
  readonly problem: RowProblem | null;
  readonly targetId: string | null;
}

export async function decideRecords(
  db: Db,
  importId: string,
  stage: number,
  decided: readonly Decided[],
): Promise<void> {
  if (decided.length === 0) return;
  const rows = decided.map((d) => ({ ...d, external_id: d.externalId, target_id: d.targetId }));
  await sql`
    update integrations.record r set content = n.content, action = n.action, changes = n.changes, problem = nullif(n.problem, 'null'),
      target_id = n.target_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(external_id text, sheet text, line int, part int, content jsonb, action text,
      changes jsonb, problem jsonb, target_id text)
    where r.import_id = ${importId} and r.stage = ${stage} and r.external_id = n.external_id and r.sheet = n.sheet and r.line = n.line and r.part = n.part`.execute(
    db,
  );
}

export async function countActions(db: Db, importId: string): Promise<Record<string, Record<string, number>>> {
  const { rows } = await sql<{ stage: number; action: string; count: number }>`
    select stage, action, count(*)::int as count from integrations.record
    where import_id = ${importId} and action is not null group by 1, 2 order by 1, 2`.execute(db);
  const counts: Record<string, Record<string, number>> = {};
  for (const row of rows) {
    const kind = KIND_ORDER[row.stage] ?? "partner";
    counts[kind] = { ...counts[kind], [row.action]: row.count };
  }
  return counts;
}

/** Records that are still to be made, in the order of their ids. */
export async function recordsToDo(
  db: Db,
  importId: string,
  stage: number,
  limit: number,
): Promise<readonly RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select import_id, stage, external_id, sheet, line, part, content, action, changes, problem, target_id, done_at
    from integrations.record where import_id = ${importId} and stage = ${stage}
      and action in ('create', 'change', 'join', 'restore') and done_at is null
    order by external_id limit ${limit}`.execute(db);
  return rows;
}

export async function finishRecords(
  db: Db,
  importId: string,
  stage: number,
  done: readonly {
    readonly externalId: string;
    readonly targetId: string | null;
    readonly problem: RowProblem | null;
  }[],
  now: Date,
): Promise<void> {
  const rows = done.map((d) => ({ external_id: d.externalId, target_id: d.targetId, problem: d.problem }));
  await sql`
    update integrations.record r set done_at = ${now}, target_id = coalesce(n.target_id, r.target_id),
      action = case when nullif(n.problem, 'null') is null then r.action else 'refuse' end, problem = coalesce(nullif(n.problem, 'null'), r.problem)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(external_id text, target_id text, problem jsonb)
    where r.import_id = ${importId} and r.stage = ${stage} and r.external_id = n.external_id and r.action is not null`.execute(
    db,
  );
}

export async function recordPage(db: Db, importId: string, query: ImportRecordQuery): Promise<Page<RecordRow>> {
  let select = db
    .selectFrom("integrations.record")
    .selectAll()
    .where("import_id", "=", importId)
    .where("action", "is not", null);
  if (query.kind) select = select.where("stage", "in", query.kind.map(stageOf));
  if (query.action) select = select.where("action", "in", query.action);
  const order = { name: "place", columns: ["stage", "external_id", "sheet", "line"], direction: "asc" } as const;
  const page = await keysetPage(select, order, query);
  return { rows: page.rows as unknown as RecordRow[], nextCursor: page.nextCursor };
}
