import { sql } from "kysely";
import type { Context } from "./context.ts";
import type { Db } from "./db.ts";

/** Plain JSON that a notice may carry; bigints and dates are given as text. */
export type NoticePayload = { readonly [key: string]: unknown };

/**
 * Tells whoever is interested that something happened, in the same transaction as the change itself: the notice is a row
 * that becomes visible with the commit and is retried until its handlers (wired in the shell) have taken it.
 * @param name `<room>.<what happened>`, e.g. `agreements.accepted`
 */
export async function announce(tx: Context, name: string, payload: NoticePayload): Promise<void> {
  await sql`select database.announce(${name}, ${JSON.stringify(payload)}::json)`.execute(tx.db);
}

/** Many notices of one name, in one statement. */
export async function announceMany(tx: Context, name: string, payloads: readonly NoticePayload[]): Promise<void> {
  if (payloads.length === 0) return;
  await sql`
    select database.announce_many(${name}, array(select json_array_elements(${JSON.stringify(payloads)}::json)))`.execute(
    tx.db,
  );
}

/** A notice of a kind that is taken in sets, as it stands until it is taken. */
export interface StandingNotice {
  readonly id: bigint;
  readonly payload: unknown;
}

/** The oldest notices of a name; whoever asks has answered every call for them. */
export async function standingNotices(db: Db, name: string, limit: number): Promise<readonly StandingNotice[]> {
  const { rows } = await sql<StandingNotice>`
    select notice_id as id, payload from database.notice where name = ${name} order by notice_id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Calls for these notices that wait as jobs are answered: what they call for can be seen by whoever looks after this. */
export async function answerCalls(db: Db, name: string): Promise<void> {
  await sql`select database.answer_calls(${name})`.execute(db);
}

/** The names of which notices stand. */
export async function namesOfStanding(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select distinct name from database.notice`.execute(db);
  return rows.map((row) => row.name);
}

export async function noticesTaken(db: Db, ids: readonly bigint[]): Promise<void> {
  await sql`delete from database.notice where notice_id = any(${[...ids]}::bigint[])`.execute(db);
}

/** A notice that could not be taken with the others becomes a job of its own. */
export async function noticeAlone(db: Db, id: bigint): Promise<void> {
  await sql`select database.notice_alone(${id})`.execute(db);
}

/** Notices that wait for an hour and that nobody listens to. @param heard every name that somebody takes */
export async function forgetUnheard(db: Db, heard: readonly string[]): Promise<void> {
  await sql`select database.forget_unheard(${[...heard]}::text[])`.execute(db);
}

/**
 * Tells the processes that keep records in memory (the edge's link table) that one has changed; delivered with the commit,
 * to whoever listens at that moment, and never stored.
 * @param table `programs`, `offers`, `partners`, `links`, …
 */
export async function notifyChange(tx: Context, table: string, id: string): Promise<void> {
  await sql`select pg_notify('tributary_changes', ${`${table}:${id}`})`.execute(tx.db);
}
