import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

export interface RulesRow {
  readonly program_id: string;
  readonly version: number;
  readonly document: unknown;
  readonly changed_by: string;
  readonly changed_at: Date;
}

type Place = "policy" | "jurisdiction_rules";

/** The newest version of each program that has one. */
export async function newestRules(db: Db, place: Place, programIds: readonly string[]): Promise<RulesRow[]> {
  const ids = [...new Set(programIds)];
  const rows =
    place === "policy"
      ? sql<RulesRow>`select distinct on (program_id) program_id, version, document, changed_by, changed_at
          from agreements.policy where program_id = any(${ids}) order by program_id, version desc`
      : sql<RulesRow>`select distinct on (program_id) program_id, version, rules as document, changed_by, changed_at
          from agreements.jurisdiction_rules where program_id = any(${ids}) order by program_id, version desc`;
  return (await rows.execute(db)).rows;
}

/** Adds a version; false when somebody else wrote that number first. */
export async function addRules(
  db: Db,
  place: Place,
  row: { programId: string; version: number; document: unknown; by: string; at: Date },
): Promise<boolean> {
  const written = { program_id: row.programId, version: row.version, changed_by: row.by, changed_at: row.at };
  const document = JSON.stringify(row.document);
  const done =
    place === "policy"
      ? await db
          .insertInto("agreements.policy")
          .values({ ...written, document })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
      : await db
          .insertInto("agreements.jurisdiction_rules")
          .values({ ...written, rules: document })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
