import { setTimeout as sleep } from "node:timers/promises";
import type { IsolationLevel } from "kysely";
import type { Db, Tx } from "./db.ts";

export type TransactionOptions = {
  /** `read committed` when not given. */
  readonly isolation?: IsolationLevel;
  /** How often the whole function is run at most when PostgreSQL asks for a repetition; 5 when not given. */
  readonly attempts?: number;
};

const SERIALIZATION_FAILURE = "40001";
const DEADLOCK = "40P01";

/**
 * Runs `fn` in one transaction and commits, or rolls back when it throws. Inside a transaction it joins that one.
 * A serialization failure or deadlock repeats the whole function: it must do nothing outside the database.
 */
export async function inTransaction<T>(
  db: Db | Tx,
  fn: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  if (db.isTransaction) return await fn(db as Tx);
  const attempts = options.attempts ?? 5;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const builder = db.transaction();
      return await (options.isolation ? builder.setIsolationLevel(options.isolation) : builder).execute(fn);
    } catch (error) {
      if (attempt >= attempts || !mayBeRepeated(error)) throw error;
      // The competitor needs a moment; the wait grows so that two of them do not meet again and again.
      await sleep(5 * 2 ** attempt);
    }
  }
}

function mayBeRepeated(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK;
}
