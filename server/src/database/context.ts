import type { Clock } from "../kernel/clock.ts";
import type { IdSource } from "../kernel/ids.ts";
import type { Db, Tx } from "./db.ts";
import { inTransaction, type TransactionOptions } from "./transaction.ts";

/** What every service function is given: where it reads and writes, what time it is, where ids come from. */
export interface Context {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** A context whose `db` is an open transaction. */
export interface TxContext extends Context {
  readonly db: Tx;
}

/**
 * Runs `fn` with a context whose database is one transaction: committed when it resolves, rolled back when it throws.
 * Inside a transaction it joins that one. May run `fn` more than once (serialization failures), so `fn` must not act elsewhere.
 */
export function transact<T>(
  ctx: Context,
  fn: (tx: TxContext) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return inTransaction(ctx.db, (db) => fn({ ...ctx, db }), options);
}
