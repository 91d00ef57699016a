import { sql } from "kysely";
import { arrayLiteral, type Db, type Tx } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";
import type { AttributionRules, RulesVersion } from "../contracts.ts";
import { readRules } from "../core/rules.ts";

/** A version as it is kept. */
export interface StoredRules extends RulesVersion {
  readonly programId: string;
  /** user id; null: the program's first rules, or the system */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly reason: string;
}

interface Row {
  program_id: string;
  version: number;
  rules: unknown;
  valid_from: Day | null;
  valid_until: Day | null;
  created_by: string | null;
  created_at: Date;
  reason: string;
}

/**
 * All versions of these programs, by program and number. A program whose rules never changed may have none.
 * @param options `shown`: as partners may read them, without what names partners
 */
export async function rulesVersions(
  db: Db,
  programIds: readonly string[],
  options: { readonly shown: boolean } = { shown: false },
): Promise<StoredRules[]> {
  if (programIds.length === 0) return [];
  const from = options.shown ? sql`attribution.rules_shown` : sql`attribution.rules_version`;
  const { rows } = await sql<Row>`
    select program_id, version, rules, valid_from, valid_until, created_by, created_at, reason
    from ${from} where program_id = any(${arrayLiteral(programIds)}::text[])
    order by program_id, version`.execute(db);
  return rows.map((row) => ({
    programId: row.program_id,
    version: row.version,
    rules: readRules(row.rules),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    createdBy: row.created_by,
    createdAt: row.created_at,
    reason: row.reason,
  }));
}

/** Keeps a version; the number is taken once only: of two who are at it, one meets a duplicate. */
export async function insertRulesVersion(
  tx: Tx,
  given: StoredRules & { readonly rules: AttributionRules },
): Promise<void> {
  await sql`
    insert into attribution.rules_version
      (program_id, version, rules, valid_from, valid_until, created_by, created_at, reason)
    values (${given.programId}, ${given.version}, ${JSON.stringify(given.rules)}::jsonb, ${given.validFrom},
      ${given.validUntil}, ${given.createdBy}, ${given.createdAt}, ${given.reason})`.execute(tx);
}
