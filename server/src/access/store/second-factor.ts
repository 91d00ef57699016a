import type { Db } from "../../database/index.ts";

/** The sealed secret of a person's authenticator; undefined when none is set up and proved. */
export async function secretOf(db: Db, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("access.two_factor")
    .innerJoin("access.user", "access.user.id", "access.two_factor.user_id")
    .select("access.two_factor.secret")
    .where("access.two_factor.user_id", "=", userId)
    .where("access.user.two_factor_enabled", "=", true)
    .executeTakeFirst();
  return row?.secret;
}

/** @returns false when a code of this half minute was used already */
export async function useStep(db: Db, userId: string, step: bigint, at: Date, purpose: string): Promise<boolean> {
  const done = await db
    .insertInto("access.second_factor_use")
    .values({ user_id: userId, step, used_at: at, purpose })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function noteFailure(db: Db, userId: string, at: Date): Promise<void> {
  await db.insertInto("access.second_factor_failure").values({ user_id: userId, at }).execute();
}

export async function failuresSince(db: Db, userId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom("access.second_factor_failure")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("user_id", "=", userId)
    .where("at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
