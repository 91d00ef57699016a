import type { Db } from "../../database/index.ts";

export interface AnswerRow {
  readonly request_hash: string;
  readonly state: string;
  readonly status: number | null;
  readonly headers: Record<string, string> | null;
  readonly body: string | null;
  readonly started_at: Date;
}

/** True when nobody has used this key yet: the caller runs the request. */
export async function insertClaim(db: Db, actorId: string, key: string, hash: string, at: Date): Promise<boolean> {
  const result = await db
    .insertInto("access.idempotency")
    .values({ actor_id: actorId, key, request_hash: hash, state: "running", started_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes over a claim whose process was lost, for one caller only. */
export async function takeOver(db: Db, actorId: string, key: string, before: Date, at: Date): Promise<boolean> {
  const result = await db
    .updateTable("access.idempotency")
    .set({ started_at: at })
    .where("actor_id", "=", actorId)
    .where("key", "=", key)
    .where("state", "=", "running")
    .where("started_at", "<", before)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function answerRow(db: Db, actorId: string, key: string): Promise<AnswerRow | undefined> {
  return await db
    .selectFrom("access.idempotency")
    .selectAll()
    .where("actor_id", "=", actorId)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function writeAnswer(
  db: Db,
  actorId: string,
  key: string,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Promise<void> {
  await db
    .updateTable("access.idempotency")
    .set({ state: "done", status: answer.status, headers: JSON.stringify(answer.headers), body: answer.body })
    .where("actor_id", "=", actorId)
    .where("key", "=", key)
    .execute();
}

export async function deleteAnswer(db: Db, actorId: string, key: string): Promise<void> {
  await db.deleteFrom("access.idempotency").where("actor_id", "=", actorId).where("key", "=", key).execute();
}

export async function deleteAnswersBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("access.idempotency").where("started_at", "<", before).execute();
}

/** Sessions, verifications and links that ended long ago. */
export async function deleteEnded(db: Db, now: Date, linksBefore: Date): Promise<void> {
  await db.deleteFrom("access.session").where("expires_at", "<", now).execute();
  await db.deleteFrom("access.verification").where("expires_at", "<", now).execute();
  await db.deleteFrom("access.invitation").where("expires_at", "<", linksBefore).execute();
}
