import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type BatchRow = Selectable<Schema["payouts.batch"]>;
export type DispatchRow = Selectable<Schema["payouts.dispatch"]>;
export type FileRow = Selectable<Schema["payouts.file"]>;

export async function insertBatch(db: Db, row: Insertable<Schema["payouts.batch"]>): Promise<void> {
  await db.insertInto("payouts.batch").values(row).execute();
}

export async function batchRow(db: Db, id: string): Promise<BatchRow | undefined> {
  return await db.selectFrom("payouts.batch").selectAll().where("batch_id", "=", id).executeTakeFirst();
}

export async function lockBatch(db: Db, id: string): Promise<BatchRow | undefined> {
  return await db.selectFrom("payouts.batch").selectAll().where("batch_id", "=", id).forUpdate().executeTakeFirst();
}

/** Whoever changes what batches consist of waits for whoever does it already: a part of a statement goes into one of them. */
export async function takePreparation(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('payouts.preparation'))`.execute(db);
}

export async function updateBatch(db: Db, id: string, change: Updateable<Schema["payouts.batch"]>): Promise<void> {
  await db
    .updateTable("payouts.batch")
    .set((eb) => ({ ...change, revision: eb("revision", "+", 1) }))
    .where("batch_id", "=", id)
    .execute();
}

export async function batchPage(
  db: Db,
  filter: { readonly state?: readonly string[] | undefined },
  page: PageRequest,
): Promise<Page<BatchRow>> {
  let query = db.selectFrom("payouts.batch").selectAll();
  if (filter.state?.length) query = query.where("state", "in", [...filter.state]);
  return await keysetPage(query, { name: "newest", columns: ["batch_id"], direction: "desc" }, page);
}

export async function batchesById(db: Db, ids: readonly string[]): Promise<readonly BatchRow[]> {
  return await db
    .selectFrom("payouts.batch")
    .selectAll()
    .where("batch_id", "in", [...ids, ""])
    .execute();
}

/** Released batches of which nothing is under way any more. @returns their ids */
export async function finishBatches(db: Db, at: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ batch_id: string }>`
    update payouts.batch b set state = 'finished', finished_at = ${at}::timestamptz, revision = revision + 1
    where state = 'released'
      and not exists (select from payouts.payout p where p.batch_id = b.batch_id and p.state in ('released', 'sent', 'accepted'))
    returning batch_id`.execute(db);
  return rows.map((row) => row.batch_id);
}

export async function insertDispatch(
  db: Db,
  row: Insertable<Schema["payouts.dispatch"]>,
  payoutIds: readonly string[],
): Promise<void> {
  await db.insertInto("payouts.dispatch").values(row).execute();
  await sql`update payouts.payout set dispatch_id = ${row.dispatch_id} where payout_id = any(${[...payoutIds]}::text[])`.execute(
    db,
  );
}

export async function dispatchRow(db: Db, id: string): Promise<DispatchRow | undefined> {
  return await db.selectFrom("payouts.dispatch").selectAll().where("dispatch_id", "=", id).executeTakeFirst();
}

export async function dispatchesOf(db: Db, batchIds: readonly string[]): Promise<readonly DispatchRow[]> {
  const query = db
    .selectFrom("payouts.dispatch")
    .selectAll()
    .where("batch_id", "in", [...batchIds, ""]);
  return await query.orderBy("dispatch_id").execute();
}

export async function updateDispatch(
  db: Db,
  id: string,
  change: Updateable<Schema["payouts.dispatch"]>,
): Promise<void> {
  await db.updateTable("payouts.dispatch").set(change).where("dispatch_id", "=", id).execute();
}

/** Dispatches that are to be sent now and that nobody works on. */
export async function dueDispatches(db: Db, now: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("payouts.dispatch")
    .select("dispatch_id")
    .where("state", "in", ["pending", "sending"])
    .where((eb) => eb.or([eb("retry_at", "is", null), eb("retry_at", "<=", now)]))
    .where((eb) => eb.or([eb("leased_until", "is", null), eb("leased_until", "<=", now)]))
    .orderBy("dispatch_id")
    .execute();
  return rows.map((row) => row.dispatch_id);
}

/** Takes a dispatch for a while. @returns undefined when somebody else has it, or it is sent */
export async function leaseDispatch(db: Db, id: string, now: Date, until: Date): Promise<DispatchRow | undefined> {
  const { rows } = await sql<DispatchRow>`
    update payouts.dispatch set state = 'sending', leased_until = ${until}::timestamptz, attempts = attempts + 1, problem = null, problem_code = null,
      started_at = coalesce(started_at, ${now}::timestamptz)
    where dispatch_id = ${id} and state in ('pending', 'sending') and (leased_until is null or leased_until <= ${now}::timestamptz)
    returning *`.execute(db);
  return rows[0];
}

/** Sent to a provider, and not all of its payouts have ended. */
export async function dispatchesToPoll(db: Db, before: Date): Promise<readonly DispatchRow[]> {
  const { rows } = await sql<DispatchRow>`
    select d.* from payouts.dispatch d
    where d.via = 'api' and d.state = 'sent' and (d.polled_at is null or d.polled_at <= ${before}::timestamptz)
      and exists (select from payouts.payout p where p.dispatch_id = d.dispatch_id and p.state in ('sent', 'accepted'))
    order by d.dispatch_id limit 200`.execute(db);
  return rows;
}

/** Keeps the file of a dispatch. @returns the file that is kept: this one, or the one that was written before */
export async function keepFile(db: Db, row: Insertable<Schema["payouts.file"]>): Promise<FileRow> {
  await db
    .insertInto("payouts.file")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await fileRow(db, row.dispatch_id);
  if (kept === undefined) throw new Error(`the file of ${row.dispatch_id} was not kept`);
  return kept;
}

export async function fileRow(db: Db, dispatchId: string): Promise<FileRow | undefined> {
  return await db.selectFrom("payouts.file").selectAll().where("dispatch_id", "=", dispatchId).executeTakeFirst();
}

/** What may be read of files without opening them. */
export async function fileFacts(db: Db, dispatchIds: readonly string[]) {
  return await db
    .selectFrom("payouts.file")
    .select(["dispatch_id", "file_name", "bytes", "sha256", "control_sum", "changes", "fetched_by", "fetched_at"])
    .where("dispatch_id", "in", [...dispatchIds, ""])
    .execute();
}

export async function noteFetched(db: Db, dispatchId: string, person: string, at: Date): Promise<void> {
  await db
    .updateTable("payouts.file")
    .set({ fetched_by: person, fetched_at: at })
    .where("dispatch_id", "=", dispatchId)
    .where("fetched_at", "is", null)
    .execute();
}

/** Marks the payouts of a dispatch that are still at home as sent. @returns their ids */
export async function markSent(
  db: Db,
  dispatchId: string,
  at: Date,
  told: readonly { readonly payoutId: string; readonly providerRef: string | null; readonly trace: string | null }[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ payout_id: string }>`
    update payouts.payout p set state = 'sent', sent_at = ${at}::timestamptz, provider_ref = coalesce(t.ref, p.provider_ref), trace = coalesce(t.trace, p.trace)
    from jsonb_to_recordset(${JSON.stringify(told.map((one) => ({ id: one.payoutId, ref: one.providerRef, trace: one.trace })))}::jsonb)
      as t (id text, ref text, trace text)
    where p.payout_id = t.id and p.dispatch_id = ${dispatchId} and p.state = 'released'
    returning p.payout_id`.execute(db);
  return rows.map((row) => row.payout_id);
}

/** What a file's own numbering calls its payouts. */
export async function setTraces(
  db: Db,
  traces: readonly { readonly payoutId: string; readonly trace: string }[],
): Promise<void> {
  await sql`
    update payouts.payout p set trace = t.trace from jsonb_to_recordset(${JSON.stringify(traces)}::jsonb) as t ("payoutId" text, trace text)
    where p.payout_id = t."payoutId"`.execute(db);
}

/** The intent to ask a provider is written down before it is asked. */
export async function noteAsked(db: Db, payoutIds: readonly string[], at: Date): Promise<void> {
  await sql`update payouts.payout set asked_at = coalesce(asked_at, ${at}::timestamptz) where payout_id = any(${[...payoutIds]}::text[])`.execute(
    db,
  );
}

/** The next poll asks about everything of this connection. */
export async function pollSoon(db: Db, sourceId: string): Promise<void> {
  await db
    .updateTable("payouts.dispatch")
    .set({ polled_at: null })
    .where("source_id", "=", sourceId)
    .where("state", "=", "sent")
    .execute();
}
