import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

/** Who looks: a partner sees versions that were sent, and of their rounds its own and those that were shown to it. */
export type Side = "operator" | "partner";

export type RoundRow = Selectable<Schema["agreements.round"]>;
export type RoundColumns = Omit<RoundRow, "agreement_version_id" | "round">;

/** All columns of a round but its key, of a table called `round`. */
export const ROUND_COLUMNS = [
  "round.side",
  "round.author",
  "round.author_name",
  "round.made_at",
  "round.message",
  "round.note",
  "round.plan_version_id",
  "round.plan",
  "round.plan_hash",
  "round.valid_from",
  "round.valid_to",
  "round.customers",
  "round.clauses",
  "round.terms_text",
  "round.terms_hash",
  "round.evidence",
  "round.shown_at",
  "round.parties",
] as const;

export async function insertRound(db: Db, row: Insertable<Schema["agreements.round"]>): Promise<void> {
  await db.insertInto("agreements.round").values(row).execute();
}

/** The rounds of versions, oldest first. */
export async function roundsOf(db: Db, versionIds: readonly string[], side: Side): Promise<RoundRow[]> {
  if (versionIds.length === 0) return [];
  let query = db
    .selectFrom("agreements.round")
    .selectAll()
    .where("agreement_version_id", "in", [...versionIds]);
  if (side === "partner")
    query = query.where(({ or, eb }) => or([eb("side", "=", "partner"), eb("shown_at", "is not", null)]));
  return await query.orderBy("agreement_version_id").orderBy("round").execute();
}

/** From now on the other side sees the round; the first time counts. */
export async function showRound(db: Db, versionId: string, round: number, at: Date): Promise<void> {
  await db
    .updateTable("agreements.round")
    .set({ shown_at: at })
    .where("agreement_version_id", "=", versionId)
    .where("round", "=", round)
    .where("shown_at", "is", null)
    .execute();
}
