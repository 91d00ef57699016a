import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

export interface ActivationRuleRow {
  readonly kind: string;
  readonly procedure: string;
}

/** The rule of a kind: its own, else the one of every kind. */
export async function ruleOfKind(db: Db, kind: string): Promise<ActivationRuleRow | undefined> {
  return await db
    .selectFrom("partners.activation_rule")
    .select(["kind", "procedure"])
    .where("kind", "in", [kind, "*"])
    .orderBy(sql`kind = '*'`)
    .limit(1)
    .executeTakeFirst();
}

export async function rules(db: Db): Promise<ActivationRuleRow[]> {
  return await db.selectFrom("partners.activation_rule").select(["kind", "procedure"]).orderBy("kind").execute();
}

export async function putRule(db: Db, kind: string, procedure: string, by: string, at: Date): Promise<void> {
  const row = { kind, procedure, changed_by: by, changed_at: at };
  await db
    .insertInto("partners.activation_rule")
    .values(row)
    .onConflict((conflict) => conflict.column("kind").doUpdateSet(row))
    .execute();
}

export async function dropRule(db: Db, kind: string): Promise<void> {
  await db.deleteFrom("partners.activation_rule").where("kind", "=", kind).execute();
}

export async function insertLaunch(
  db: Db,
  partnerId: string,
  by: string,
  at: Date,
  proof: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db
    .insertInto("partners.launch")
    .values({ partner_id: partnerId, launched_at: at, launched_by: by, proof: JSON.stringify(proof) })
    .execute();
}
