import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type EvidenceRow = Selectable<Schema["procedures.evidence"]>;

export async function insertEvidence(db: Db, row: Insertable<Schema["procedures.evidence"]>): Promise<void> {
  await db.insertInto("procedures.evidence").values(row).execute();
}

/** Without the files themselves. */
export async function evidenceOf(
  db: Db,
  caseIds: readonly string[],
): Promise<Omit<EvidenceRow, "body" | "sealed_key">[]> {
  if (caseIds.length === 0) return [];
  return await db
    .selectFrom("procedures.evidence")
    .select(["evidence_id", "case_id", "kind", "name", "media_type", "sha256", "added_by", "added_name", "added_at"])
    .where("case_id", "in", caseIds)
    .orderBy("evidence_id")
    .execute();
}

export async function evidenceById(
  db: Db,
  id: string,
): Promise<(EvidenceRow & { readonly partner_id: string | null }) | undefined> {
  return await db
    .selectFrom("procedures.evidence")
    .innerJoin("procedures.case", "procedures.case.case_id", "procedures.evidence.case_id")
    .selectAll("procedures.evidence")
    .select("procedures.case.partner_id")
    .where("evidence_id", "=", id)
    .executeTakeFirst();
}
