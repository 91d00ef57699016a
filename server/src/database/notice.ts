import { sql } from "kysely";
import type { Context } from "./context.ts";

/** Plain JSON that a notice may carry; bigints and dates are given as text. */
export type NoticePayload = { readonly [key: string]: unknown };

/**
 * Tells whoever is interested that something happened, in the same transaction as the change itself: the notice is a job row
 * that becomes visible with the commit and is retried until its handlers (wired in the shell) have taken it.
 * @param name `<room>.<what happened>`, e.g. `agreements.accepted`
 */
export async function announce(tx: Context, name: string, payload: NoticePayload): Promise<void> {
  await sql`select database.announce(${name}, ${JSON.stringify(payload)}::json)`.execute(tx.db);
}

/**
 * Tells the processes that keep records in memory (the edge's link table) that one has changed; delivered with the commit,
 * to whoever listens at that moment, and never stored.
 * @param table `programs`, `offers`, `partners`, `links`, …
 */
export async function notifyChange(tx: Context, table: string, id: string): Promise<void> {
  await sql`select pg_notify('tributary_changes', ${`${table}:${id}`})`.execute(tx.db);
}
