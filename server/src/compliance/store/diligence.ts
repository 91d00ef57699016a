import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

type ProfileRow = Selectable<Schema["compliance.profile"]>;
export type AnswerRow = Selectable<Schema["compliance.questionnaire_answer"]>;
export type RatingRow = Selectable<Schema["compliance.risk_rating"]>;
export type OverrideRow = Selectable<Schema["compliance.risk_override"]>;
type HoldingRow = Selectable<Schema["compliance.holding"]>;

export async function profileRow(db: Db, partnerId: string): Promise<ProfileRow | undefined> {
  return await db.selectFrom("compliance.profile").selectAll().where("partner_id", "=", partnerId).executeTakeFirst();
}

/** @param revision that was read; 0: there was none. @returns false when somebody else wrote it meanwhile */
export async function putProfile(
  db: Db,
  row: Insertable<Schema["compliance.profile"]>,
  revision: number,
): Promise<boolean> {
  if (revision === 0) {
    const done = await db
      .insertInto("compliance.profile")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const { partner_id, ...change } = row;
  const done = await db
    .updateTable("compliance.profile")
    .set({ ...change, revision: revision + 1 })
    .where("partner_id", "=", partner_id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function holdingsOf(db: Db, partnerId: string): Promise<HoldingRow[]> {
  const query = db.selectFrom("compliance.holding").selectAll().where("partner_id", "=", partnerId);
  return await query.orderBy("holder_id").orderBy("held_id").execute();
}

export async function putHolding(db: Db, row: HoldingRow): Promise<void> {
  await db
    .insertInto("compliance.holding")
    .values(row)
    .onConflict((conflict) => conflict.columns(["holder_id", "held_id"]).doUpdateSet({ share: row.share }))
    .execute();
}

export async function dropHolding(db: Db, holderId: string, heldId: string): Promise<void> {
  await db.deleteFrom("compliance.holding").where("holder_id", "=", holderId).where("held_id", "=", heldId).execute();
}

export async function insertAnswer(
  db: Db,
  row: Insertable<Schema["compliance.questionnaire_answer"]>,
): Promise<AnswerRow> {
  return await db.insertInto("compliance.questionnaire_answer").values(row).returningAll().executeTakeFirstOrThrow();
}

/** The newest answers to each questionnaire. */
export async function newestAnswers(db: Db, partnerId: string): Promise<AnswerRow[]> {
  const query = db.selectFrom("compliance.questionnaire_answer").selectAll().where("partner_id", "=", partnerId);
  return await query.distinctOn("questionnaire").orderBy("questionnaire").orderBy("answer_id", "desc").execute();
}

export async function newestRating(db: Db, partnerId: string): Promise<RatingRow | undefined> {
  const query = db.selectFrom("compliance.risk_rating").selectAll().where("partner_id", "=", partnerId);
  return await query.orderBy("rating_id", "desc").limit(1).executeTakeFirst();
}

export async function insertRating(db: Db, row: Insertable<Schema["compliance.risk_rating"]>): Promise<void> {
  await db.insertInto("compliance.risk_rating").values(row).execute();
}

export async function changeRating(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["compliance.risk_rating"]>,
): Promise<boolean> {
  const done = await db
    .updateTable("compliance.risk_rating")
    .set({ ...change, revision: revision + 1 })
    .where("rating_id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** What was proposed and not decided, or holds. */
export async function livingOverrides(db: Db, partnerId: string): Promise<OverrideRow[]> {
  const query = db.selectFrom("compliance.risk_override").selectAll().where("partner_id", "=", partnerId);
  return await query.where("state", "in", ["proposed", "approved"]).orderBy("override_id", "desc").execute();
}

export async function findOverride(db: Db, id: string): Promise<OverrideRow | undefined> {
  return await db.selectFrom("compliance.risk_override").selectAll().where("override_id", "=", id).executeTakeFirst();
}

export async function insertOverride(db: Db, row: Insertable<Schema["compliance.risk_override"]>): Promise<void> {
  await db.insertInto("compliance.risk_override").values(row).execute();
}

/** @returns false when it is not in one of those states any more */
export async function changeOverride(
  db: Db,
  id: string,
  from: readonly string[],
  change: Updateable<Schema["compliance.risk_override"]>,
): Promise<boolean> {
  const done = await db
    .updateTable("compliance.risk_override")
    .set(change)
    .where("override_id", "=", id)
    .where("state", "in", [...from])
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
