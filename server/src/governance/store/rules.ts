import type { DataRuleDefinition } from "@tributary/contract";
import { type Selectable, sql } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type RuleRow = Selectable<Schema["governance.rule"]>;
export interface StoredRule {
  readonly ruleId: string;
  readonly code: string;
  readonly active: boolean;
  readonly version: number;
  readonly weight: number;
  readonly definition: DataRuleDefinition;
  readonly changedAt: Date;
  readonly changedBy: string;
}

function stored(row: RuleRow): StoredRule {
  return {
    ruleId: row.rule_id,
    code: row.code,
    active: row.active,
    version: row.version,
    weight: row.weight,
    definition: row.definition as unknown as DataRuleDefinition,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  };
}

export async function allRules(db: Db): Promise<readonly StoredRule[]> {
  const rows = await db.selectFrom("governance.rule").selectAll().orderBy("weight", "desc").orderBy("code").execute();
  return rows.map(stored);
}

export async function ruleById(db: Db, ruleId: string): Promise<StoredRule | undefined> {
  const row = await db.selectFrom("governance.rule").selectAll().where("rule_id", "=", ruleId).executeTakeFirst();
  return row && stored(row);
}

/** Writes the newest version of a rule. @returns false: it was changed since `rule.version - 1` */
export async function saveRule(db: Db, rule: StoredRule): Promise<boolean> {
  const row = {
    active: rule.active,
    version: rule.version,
    weight: rule.weight,
    definition: JSON.stringify(rule.definition),
    changed_at: rule.changedAt,
    changed_by: rule.changedBy,
  };
  if (rule.version === 1) {
    await db
      .insertInto("governance.rule")
      .values({ rule_id: rule.ruleId, code: rule.code, ...row })
      .execute();
  } else {
    const changed = await db
      .updateTable("governance.rule")
      .set(row)
      .where("rule_id", "=", rule.ruleId)
      .where("version", "=", rule.version - 1)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) return false;
  }
  const { weight: _weight, ...version } = row;
  await db
    .insertInto("governance.rule_version")
    .values({ rule_id: rule.ruleId, ...version })
    .execute();
  return true;
}

/** One writer of first rules at a time, so that two starts do not make them twice. */
export async function countRulesLocked(db: Db): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('governance.first_rules'))`.execute(db);
  const row = await db
    .selectFrom("governance.rule")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function dropFindingsOf(db: Db, ruleId: string): Promise<void> {
  await db.deleteFrom("governance.finding").where("rule_id", "=", ruleId).execute();
}
