import type { RunSnapshot } from "@tributary/contract";
import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** A second freeze for the same attempt (the run was sent back before it was calculated) replaces the first. */
export async function writeSnapshot(
  db: Db,
  row: {
    readonly runId: string;
    readonly attempt: number;
    readonly takenAt: Date;
    readonly document: object;
    readonly hash: string;
  },
): Promise<void> {
  await sql`
    insert into runs.snapshot (run_id, attempt, taken_at, document, hash)
    values (${row.runId}, ${row.attempt}, ${row.takenAt}::timestamptz, ${JSON.stringify(row.document)}::jsonb, ${row.hash})
    on conflict (run_id, attempt) do update set taken_at = excluded.taken_at, document = excluded.document, hash = excluded.hash`.execute(
    db,
  );
}

/** The newest snapshot of a run, or the one of an attempt. */
export async function snapshotOf(db: Db, runId: string, attempt: number | null): Promise<RunSnapshot | undefined> {
  let query = db
    .selectFrom("runs.snapshot")
    .selectAll()
    .where("run_id", "=", runId)
    .orderBy("attempt", "desc")
    .limit(1);
  if (attempt !== null) query = query.where("attempt", "=", attempt);
  const row = await query.executeTakeFirst();
  if (row === undefined) return undefined;
  const document = row.document as unknown as Omit<RunSnapshot, "attempt" | "takenAt" | "hash">;
  return { ...document, attempt: row.attempt, takenAt: row.taken_at.toISOString(), hash: row.hash };
}
