import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type MailboxRow = Selectable<Schema["pipeline.mailbox"]>;
export type MessageRow = Selectable<Schema["pipeline.message"]>;

export async function mailboxRows(db: Db): Promise<MailboxRow[]> {
  return await db.selectFrom("pipeline.mailbox").selectAll().orderBy("mailbox_id").execute();
}

export async function mailboxRow(db: Db, id: string): Promise<MailboxRow | undefined> {
  return await db
    .selectFrom("pipeline.mailbox")
    .selectAll()
    .where(sql<string>`mailbox_id::text`, "=", id)
    .executeTakeFirst();
}

export async function insertMailbox(db: Db, row: Insertable<Schema["pipeline.mailbox"]>): Promise<MailboxRow> {
  return await db.insertInto("pipeline.mailbox").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function updateMailbox(
  db: Db,
  id: bigint,
  change: Updateable<Schema["pipeline.mailbox"]>,
  revision?: number,
): Promise<boolean> {
  let query = db.updateTable("pipeline.mailbox").set(change).where("mailbox_id", "=", id);
  if (revision !== undefined) query = query.set({ revision: revision + 1 }).where("revision", "=", revision);
  const done = await query.executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** @returns false: it was taken before */
export async function insertMessage(db: Db, row: Insertable<Schema["pipeline.message"]>): Promise<boolean> {
  const made = await db
    .insertInto("pipeline.message")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

export async function messageRow(db: Db, id: string): Promise<MessageRow | undefined> {
  return await db
    .selectFrom("pipeline.message")
    .selectAll()
    .where("message_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function setMessageState(db: Db, id: string, state: string): Promise<void> {
  await db.updateTable("pipeline.message").set({ state }).where("message_id", "=", id).execute();
}

const NEWEST = { name: "newest", columns: ["at", "message_id"], direction: "desc" } as const;

export async function waitingPage(db: Db, page: PageRequest): Promise<Page<MessageRow>> {
  return await keysetPage(db.selectFrom("pipeline.message").selectAll().where("state", "=", "waiting"), NEWEST, page);
}
