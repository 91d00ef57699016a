import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

export type DocumentRow = Selectable<Schema["compliance.document"]>;
type LookRow = Selectable<Schema["compliance.document_look"]>;

export interface DocumentFilter {
  readonly partnerId?: string | undefined;
  readonly state?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  readonly expiresBefore?: string | undefined;
}

export async function documentPage(
  db: Db,
  within: RecordReach,
  filter: DocumentFilter,
  page: PageRequest,
): Promise<Page<DocumentRow>> {
  let query = whereWithin(db.selectFrom("compliance.document").selectAll(), within, "partner_id", null);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.state !== undefined) query = query.where("state", "in", [...filter.state]);
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
  if (filter.expiresBefore !== undefined)
    query = query.where("state", "=", "accepted").where("expires_on", "<", filter.expiresBefore);
  return await keysetPage(query, { name: "newest", columns: ["document_id"], direction: "desc" }, page);
}

export async function documentsOf(db: Db, partnerIds: readonly string[]): Promise<DocumentRow[]> {
  if (partnerIds.length === 0) return [];
  const query = db
    .selectFrom("compliance.document")
    .selectAll()
    .where("partner_id", "in", [...partnerIds]);
  return await query.orderBy("document_id").execute();
}

export async function findDocument(db: Db, id: string): Promise<DocumentRow | undefined> {
  return await db.selectFrom("compliance.document").selectAll().where("document_id", "=", id).executeTakeFirst();
}

export async function insertDocument(
  db: Db,
  row: Insertable<Schema["compliance.document"]>,
  bytes: Buffer,
): Promise<void> {
  await db.insertInto("compliance.document").values(row).execute();
  await db
    .insertInto("compliance.document_file")
    .values({ document_id: row.document_id, partner_id: row.partner_id, bytes })
    .execute();
}

/** @returns undefined when it was changed since that revision */
export async function changeDocument(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["compliance.document"]>,
): Promise<DocumentRow | undefined> {
  return await db
    .updateTable("compliance.document")
    .set({ ...change, revision: revision + 1 })
    .where("document_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export async function sealedFile(db: Db, id: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("compliance.document_file")
    .select("bytes")
    .where("document_id", "=", id)
    .executeTakeFirst();
  return row?.bytes;
}

/** The file goes, its record stays. */
export async function forgetFile(db: Db, id: string, at: Date): Promise<void> {
  await db.deleteFrom("compliance.document_file").where("document_id", "=", id).execute();
  await db
    .updateTable("compliance.document")
    .set((eb) => ({ sealed_key: null, gone_at: at, number: "", name_on_it: "", revision: eb("revision", "+", 1) }))
    .where("document_id", "=", id)
    .execute();
}

export async function insertLook(db: Db, row: Insertable<Schema["compliance.document_look"]>): Promise<void> {
  await db.insertInto("compliance.document_look").values(row).execute();
}

export async function lookPage(db: Db, documentId: string, page: PageRequest): Promise<Page<LookRow>> {
  const query = db.selectFrom("compliance.document_look").selectAll().where("document_id", "=", documentId);
  return await keysetPage(query, { name: "newest", columns: ["look_id"], direction: "desc" }, page);
}

/** Accepted documents that end before a day, with how many days before their end a reminder went out last. */
export async function endingDocuments(db: Db, before: string): Promise<(DocumentRow & { reminded: number | null })[]> {
  return await db
    .selectFrom("compliance.document as d")
    .selectAll("d")
    .select((eb) =>
      eb
        .selectFrom("compliance.document_reminder as r")
        .select(sql<number | null>`min(r.days)`.as("days"))
        .whereRef("r.document_id", "=", "d.document_id")
        .as("reminded"),
    )
    .where("d.state", "=", "accepted")
    .where("d.expires_on", "<", before)
    .orderBy("d.document_id")
    .execute();
}

/** @returns false when that reminder went out before */
export async function noteReminder(db: Db, documentId: string, days: number, at: Date): Promise<boolean> {
  const done = await db
    .insertInto("compliance.document_reminder")
    .values({ document_id: documentId, days, sent_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Documents whose file is still there, page by page in the order of their ids. */
export async function keptDocuments(db: Db, after: string, limit: number): Promise<DocumentRow[]> {
  const query = db
    .selectFrom("compliance.document")
    .selectAll()
    .where("gone_at", "is", null)
    .where("document_id", ">", after);
  return await query.orderBy("document_id").limit(limit).execute();
}

/** Since when partners are none any more. */
export async function endedOf(db: Db, partnerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (partnerIds.length === 0) return new Map();
  const query = db
    .selectFrom("compliance.ended_relationship")
    .selectAll()
    .where("partner_id", "in", [...partnerIds]);
  return new Map((await query.execute()).map((row) => [row.partner_id, row.ended_on]));
}

/** Notes since when partners are none any more, or that they are again. */
export async function noteEnded(
  db: Db,
  ended: readonly string[],
  living: readonly string[],
  day: string,
): Promise<void> {
  if (living.length > 0)
    await db
      .deleteFrom("compliance.ended_relationship")
      .where("partner_id", "in", [...living])
      .execute();
  if (ended.length > 0)
    await db
      .insertInto("compliance.ended_relationship")
      .values(ended.map((partner_id) => ({ partner_id, ended_on: day })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
