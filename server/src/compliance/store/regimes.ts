import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

type AttachmentRow = Selectable<Schema["compliance.regime_attachment"]>;

export async function attachmentsOf(
  db: Db,
  subjects: readonly { kind: string; id: string }[],
): Promise<AttachmentRow[]> {
  if (subjects.length === 0) return [];
  return await db
    .selectFrom("compliance.regime_attachment")
    .selectAll()
    .where((eb) =>
      eb.or(subjects.map(({ kind, id }) => eb.and([eb("subject_kind", "=", kind), eb("subject_id", "=", id)]))),
    )
    .orderBy("regime")
    .execute();
}

export async function putAttachment(db: Db, row: Omit<AttachmentRow, "figures"> & { figures: string }): Promise<void> {
  await db
    .insertInto("compliance.regime_attachment")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["subject_kind", "subject_id", "regime"])
        .doUpdateSet({ figures: row.figures, attached_by: row.attached_by, attached_at: row.attached_at }),
    )
    .execute();
}

export async function dropAttachment(db: Db, subject: { kind: string; id: string }, regime: string): Promise<void> {
  await db
    .deleteFrom("compliance.regime_attachment")
    .where("subject_kind", "=", subject.kind)
    .where("subject_id", "=", subject.id)
    .where("regime", "=", regime)
    .execute();
}
