import { sql } from "kysely";
import type { Db } from "../../../database/index.ts";

/** Which record of ours stands for which of theirs. */
export interface MadeRow {
  readonly external_id: string;
  readonly target_id: string;
  readonly content: Readonly<Record<string, string>>;
  readonly import_id: string;
  readonly undone: boolean;
}

export interface Origin {
  readonly programId: string;
  readonly vendor: string;
}

export async function madeOf(
  db: Db,
  origin: Origin,
  stage: number,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, MadeRow>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<MadeRow>`
    select external_id, target_id, content, import_id, undone from integrations.made
    where program_id = ${origin.programId} and vendor = ${origin.vendor} and stage = ${stage}
      and external_id = any(${[...externalIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.external_id, row]));
}

export interface NewMade {
  readonly externalId: string;
  readonly targetId: string;
  readonly content: object;
}

export async function putMade(
  db: Db,
  origin: Origin,
  stage: number,
  importId: string,
  made: readonly NewMade[],
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map((one) => ({ external_id: one.externalId, target_id: one.targetId, content: one.content }));
  await sql`insert into integrations.made (program_id, vendor, stage, external_id, target_id, content, import_id)
    select ${origin.programId}, ${origin.vendor}, ${stage}::smallint, external_id, target_id, content, ${importId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(external_id text, target_id text, content jsonb)
    on conflict (program_id, vendor, stage, external_id) do update set target_id = excluded.target_id, content = excluded.content,
      import_id = case when integrations.made.undone then excluded.import_id else integrations.made.import_id end, undone = false`.execute(
    db,
  );
}

/** After an undo: what was made stays known, so that another import brings it back and makes no second one. */
export async function markUndone(db: Db, origin: Origin, stage: number, externalIds: readonly string[]): Promise<void> {
  await sql`update integrations.made set undone = true where program_id = ${origin.programId} and vendor = ${origin.vendor}
    and stage = ${stage} and external_id = any(${[...externalIds]}::text[])`.execute(db);
}

export async function forgetMade(db: Db, origin: Origin, stage: number, externalIds: readonly string[]): Promise<void> {
  await sql`delete from integrations.made where program_id = ${origin.programId} and vendor = ${origin.vendor}
    and stage = ${stage} and external_id = any(${[...externalIds]}::text[])`.execute(db);
}

export async function restoreContent(
  db: Db,
  origin: Origin,
  stage: number,
  externalId: string,
  content: object,
): Promise<void> {
  await sql`update integrations.made set content = ${JSON.stringify(content)}::jsonb where program_id = ${origin.programId}
    and vendor = ${origin.vendor} and stage = ${stage} and external_id = ${externalId}`.execute(db);
}

/** What a run did, for the undo. */
export interface ChangeRow {
  readonly change_id: bigint;
  readonly stage: number;
  readonly external_id: string;
  readonly target_id: string;
  readonly action: string;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

export async function noteChanges(
  db: Db,
  importId: string,
  stage: number,
  changes: readonly Omit<ChangeRow, "change_id" | "stage">[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  await sql`insert into integrations.change (import_id, stage, external_id, target_id, action, before, after, at)
    select ${importId}, ${stage}::smallint, external_id, target_id, action, before, after, ${now}
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as n(external_id text, target_id text, action text, before jsonb, after jsonb)`.execute(
    db,
  );
}

/** What is still to be taken back, the last first. */
export async function changesToUndo(db: Db, importId: string, limit: number): Promise<readonly ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select change_id, stage, external_id, target_id, action, before, after from integrations.change
    where import_id = ${importId} and undone_at is null order by change_id desc limit ${limit}`.execute(db);
  return rows;
}

export async function markChangesUndone(db: Db, ids: readonly bigint[], now: Date): Promise<void> {
  await sql`update integrations.change set undone_at = ${now} where change_id = any(${`{${ids.join(",")}}`}::int8[])`.execute(
    db,
  );
}

export async function countChanges(db: Db, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from integrations.change where import_id = ${importId} and undone_at is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Our records that this import made and that still stand, by stage. */
export async function standingTargets(
  db: Db,
  importId: string,
): Promise<readonly { stage: number; target_id: string; action: string }[]> {
  const { rows } = await sql<{ stage: number; target_id: string; action: string }>`
    select distinct stage, target_id, action from integrations.change
    where import_id = ${importId} and undone_at is null and action in ('create', 'restore') and stage in (0, 2, 4)`.execute(
    db,
  );
  return rows;
}
