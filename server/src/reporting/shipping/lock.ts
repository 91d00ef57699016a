import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** Any fixed number: whoever holds the lock of this name is the only one that ships. */
const SHIPPING_LOCK = 7_411_002_014;

/**
 * Runs `work` on a connection that holds the shipping lock, or not at all when somebody else holds it (`undefined`). The lock
 * belongs to the connection: a process that dies loses it. Work outside a transaction: what is written is committed at once.
 */
export async function whileShipping<T>(
  db: Db,
  work: (db: Db) => Promise<T>,
  options: { readonly wait?: boolean } = {},
): Promise<T | undefined> {
  return await db.connection().execute(async (connection) => {
    if (options.wait) {
      await sql`select pg_advisory_lock(${SHIPPING_LOCK})`.execute(connection);
    } else {
      const taken = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${SHIPPING_LOCK}) as taken`.execute(
        connection,
      );
      if (!taken.rows[0]?.taken) return undefined;
    }
    try {
      return await work(connection);
    } finally {
      await sql`select pg_advisory_unlock(${SHIPPING_LOCK})`.execute(connection);
    }
  });
}

/** Waits until nobody ships, proves or rebuilds, and keeps everybody from it while `work` runs: keep it short. */
export async function whileNothingShips<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const done = await whileShipping(db, async (connection) => ({ result: await work(connection) }), { wait: true });
  if (done === undefined) throw new Error("the shipping lock was not granted");
  return done.result;
}
