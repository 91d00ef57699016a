import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type NeedRow = Selectable<Schema["agreements.approval_need"]>;
export type ApprovalRow = Selectable<Schema["agreements.approval"]>;
export type PassRow = Selectable<Schema["agreements.jurisdiction_pass"]>;

/** What is asked of a wording; handing in the same wording again asks anew, as the rules are then. */
export async function replaceNeeds(
  db: Db,
  versionId: string,
  termsHash: string,
  needs: readonly {
    readonly rule: string;
    readonly name: string;
    readonly approvers: unknown;
    readonly reasons: unknown;
  }[],
): Promise<void> {
  await db
    .deleteFrom("agreements.approval_need")
    .where("agreement_version_id", "=", versionId)
    .where("terms_hash", "=", termsHash)
    .execute();
  const rows = needs.map(({ rule, name, approvers, reasons }) => ({
    agreement_version_id: versionId,
    terms_hash: termsHash,
    rule,
    name,
    approvers: JSON.stringify(approvers),
    reasons: JSON.stringify(reasons),
  }));
  await db.insertInto("agreements.approval_need").values(rows).execute();
}

export async function needsOf(db: Db, versionIds: readonly string[]): Promise<NeedRow[]> {
  if (versionIds.length === 0) return [];
  return await db
    .selectFrom("agreements.approval_need")
    .selectAll()
    .where("agreement_version_id", "in", [...versionIds])
    .orderBy("rule")
    .execute();
}

export async function approvalsOf(db: Db, versionIds: readonly string[]): Promise<ApprovalRow[]> {
  if (versionIds.length === 0) return [];
  return await db
    .selectFrom("agreements.approval")
    .selectAll()
    .where("agreement_version_id", "in", [...versionIds])
    .orderBy("decided_at")
    .execute();
}

/** False when this person has answered about this wording already. */
export async function insertApproval(db: Db, row: Insertable<Schema["agreements.approval"]>): Promise<boolean> {
  const done = await db
    .insertInto("agreements.approval")
    .values(row)
    .onConflict((conflict) => conflict.columns(["agreement_version_id", "terms_hash", "person"]).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A wording that was refused and is handed in again is decided about anew by those who refused it. */
export async function dropRefusals(db: Db, versionId: string, termsHash: string): Promise<void> {
  await db
    .deleteFrom("agreements.approval")
    .where("agreement_version_id", "=", versionId)
    .where("terms_hash", "=", termsHash)
    .where("decision", "=", "refused")
    .execute();
}

export async function passesOf(db: Db, versionIds: readonly string[]): Promise<PassRow[]> {
  if (versionIds.length === 0) return [];
  return await db
    .selectFrom("agreements.jurisdiction_pass")
    .selectAll()
    .where("agreement_version_id", "in", [...versionIds])
    .execute();
}

export async function insertPass(db: Db, row: Insertable<Schema["agreements.jurisdiction_pass"]>): Promise<boolean> {
  const done = await db
    .insertInto("agreements.jurisdiction_pass")
    .values(row)
    .onConflict((conflict) => conflict.columns(["agreement_version_id", "plan_hash", "component", "rule"]).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
