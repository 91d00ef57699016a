import type { DataCondition, TagRule } from "@tributary/contract";
import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

export interface StoredTagRule {
  readonly ruleId: string;
  readonly record: TagRule["record"];
  readonly tag: string;
  readonly title: string;
  readonly active: boolean;
  readonly when: DataCondition;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: string;
}

export async function tagRules(db: Db): Promise<readonly StoredTagRule[]> {
  const rows = await db.selectFrom("governance.tag_rule").selectAll().orderBy("rule_id").execute();
  return rows.map((row) => ({
    ruleId: row.rule_id,
    record: row.record as TagRule["record"],
    tag: row.tag,
    title: row.title,
    active: row.active,
    when: row.condition as unknown as DataCondition,
    version: row.version,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }));
}

/** @returns false: it was changed since `rule.version - 1` */
export async function saveTagRule(db: Db, rule: StoredTagRule): Promise<boolean> {
  const row = {
    record: rule.record,
    tag: rule.tag,
    title: rule.title,
    active: rule.active,
    condition: JSON.stringify(rule.when),
    version: rule.version,
    changed_at: rule.changedAt,
    changed_by: rule.changedBy,
  };
  if (rule.version === 1) {
    await db
      .insertInto("governance.tag_rule")
      .values({ rule_id: rule.ruleId, ...row })
      .execute();
    return true;
  }
  const changed = await db
    .updateTable("governance.tag_rule")
    .set(row)
    .where("rule_id", "=", rule.ruleId)
    .where("version", "=", rule.version - 1)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export interface TagSetRow {
  readonly recordId: string;
  readonly tag: string;
  readonly ruleId: string;
  readonly setAt: Date;
}

export async function tagsSet(db: Db, recordIds: readonly string[]): Promise<readonly TagSetRow[]> {
  const rows = await db
    .selectFrom("governance.tag_set")
    .selectAll()
    .where(sql<boolean>`record_id = any(${[...recordIds]})`)
    .execute();
  return rows.map((row) => ({ recordId: row.record_id, tag: row.tag, ruleId: row.rule_id, setAt: row.set_at }));
}

export async function countTagged(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("governance.tag_set")
    .select(({ fn }) => ["rule_id", fn.countAll<bigint>().as("count")])
    .groupBy("rule_id")
    .execute();
  return new Map(rows.map((row) => [row.rule_id, Number(row.count)]));
}

export async function noteTags(
  db: Db,
  recordId: string,
  add: readonly { readonly tag: string; readonly ruleId: string }[],
  remove: readonly string[],
  now: Date,
): Promise<void> {
  if (remove.length > 0)
    await db
      .deleteFrom("governance.tag_set")
      .where("record_id", "=", recordId)
      .where("tag", "in", [...remove])
      .execute();
  if (add.length === 0) return;
  await db
    .insertInto("governance.tag_set")
    .values(add.map(({ tag, ruleId }) => ({ record_id: recordId, tag, rule_id: ruleId, set_at: now })))
    .onConflict((conflict) =>
      conflict.columns(["record_id", "tag"]).doUpdateSet((eb) => ({ rule_id: eb.ref("excluded.rule_id") })),
    )
    .execute();
}
