import { type Selectable, sql, type Updateable } from "kysely";
import {
  copyRowsInTransaction,
  type Db,
  keysetPage,
  likeText,
  type Page,
  type PageRequest,
  type Schema,
  type Tx,
} from "../../database/index.ts";
import type { KnownEntry, NewEntry, OpenEntry } from "../contracts.ts";

export type EntryRow = Selectable<Schema["reconciliation.bank_entry"]>;

/** Entries of some days of an account that stand for bookings of the bank. */
export async function knownEntries(db: Db, accountId: string, from: string, to: string): Promise<KnownEntry[]> {
  const { rows } = await sql<{
    entry_id: bigint; family: string; kind: NewEntry["kind"]; bank_reference: string | null; content_key: string; booked_on: string; currency: string;
    amount_minor: bigint; end_to_end_id: string | null;
  }>`
    select e.entry_id, e.family, s.kind, e.bank_reference, e.content_key, e.booked_on, e.currency, e.amount_minor, e.end_to_end_id
    from reconciliation.bank_entry e join reconciliation.bank_statement s using (statement_id)
    where e.bank_account_id = ${accountId} and e.booked_on between ${from}::date and ${to}::date and e.state <> 'dropped'
    order by e.entry_id`.execute(db); // biome-ignore format: a row
  return rows.map((row) => ({
    entryId: row.entry_id, family: row.family, kind: row.kind, bankReference: row.bank_reference, contentKey: row.content_key,
    bookedOn: row.booked_on, currency: row.currency, amountMinor: row.amount_minor, endToEndId: row.end_to_end_id,
  })); // biome-ignore format: a record
}

const COLUMNS = [
  "bank_account_id", "statement_id", "position", "family", "bank_reference", "content_key", "booked_on", "value_on", "currency", "amount_minor", "state",
  "end_to_end_id", "refs", "name", "account", "text", "returned", "original_minor", "original_currency", "details", "batch_size",
]; // biome-ignore format: a list of columns

export async function insertEntries(
  tx: Tx,
  place: { readonly accountId: string; readonly statementId: string; readonly state: "open" | "held" },
  entries: readonly NewEntry[],
): Promise<void> {
  function* rows() {
    for (const [position, e] of entries.entries())
      yield [
        place.accountId, place.statementId, position, e.family, e.bankReference, e.contentKey, e.bookedOn, e.valueOn, e.currency, e.amountMinor, place.state,
        e.endToEndId, `{${e.refs.join(",")}}`, e.name, e.account, e.text, e.returned, e.original?.minor ?? null, e.original?.currency ?? null,
        JSON.stringify(e.details), e.batchSize,
      ]; // biome-ignore format: in the order of the columns
  }
  await copyRowsInTransaction(tx, "reconciliation.bank_entry", COLUMNS, rows());
}

/** All entries of a statement go from one state to another. */
export async function moveEntries(db: Db, statementId: string, from: string, to: string): Promise<void> {
  await db
    .updateTable("reconciliation.bank_entry")
    .set({ state: to })
    .where("statement_id", "=", statementId)
    .where("state", "=", from)
    .execute();
}

export async function setEntryStates(db: Db, ids: readonly bigint[], state: string): Promise<void> {
  await sql`update reconciliation.bank_entry set state = ${state}, revision = revision + 1 where entry_id = any(${ids}::bigint[])`.execute(
    db,
  );
}

/** Entries by id, locked in one order. */
export async function lockEntries(db: Db, ids: readonly bigint[]): Promise<readonly EntryRow[]> {
  return await db
    .selectFrom("reconciliation.bank_entry")
    .selectAll()
    .where("entry_id", "in", ids.length === 0 ? [0n] : [...ids])
    .orderBy("entry_id")
    .forUpdate()
    .execute();
}

export async function entryById(db: Db, id: bigint): Promise<EntryRow | undefined> {
  return await db.selectFrom("reconciliation.bank_entry").selectAll().where("entry_id", "=", id).executeTakeFirst();
}

export async function updateEntry(
  db: Db,
  id: bigint,
  revision: number,
  change: Updateable<Schema["reconciliation.bank_entry"]>,
): Promise<EntryRow | undefined> {
  return await db
    .updateTable("reconciliation.bank_entry")
    .set({ ...change, revision: revision + 1 })
    .where("entry_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export interface EntryFilter {
  readonly bankAccountId?: string | undefined;
  readonly statementId?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  readonly q?: string | undefined;
  readonly bookedFrom?: string | undefined;
  readonly bookedTo?: string | undefined;
}

export type ListedEntry = EntryRow & { readonly match_id: string | null; readonly score: number | null };

/** Entries, the newest first, with the match that they are in. */
export async function entryPage(db: Db, filter: EntryFilter, page: PageRequest): Promise<Page<ListedEntry>> {
  let query = db
    .selectFrom("reconciliation.bank_entry as entry")
    .leftJoin("reconciliation.match_entry as part", (join) =>
      join.onRef("part.entry_id", "=", "entry.entry_id").on("part.living", "=", true),
    )
    .leftJoin("reconciliation.match as match", "match.match_id", "part.match_id")
    .selectAll("entry")
    .select(["match.match_id", "match.score"]);
  if (filter.bankAccountId !== undefined) query = query.where("entry.bank_account_id", "=", filter.bankAccountId);
  if (filter.statementId !== undefined) query = query.where("entry.statement_id", "=", filter.statementId);
  query = query.where(
    "entry.state",
    "in",
    filter.status ?? ["open", "suggested", "matched", "booked", "ignored", "held"],
  );
  if (filter.owner !== undefined) query = query.where("entry.owner", "=", filter.owner);
  if (filter.bookedFrom !== undefined) query = query.where("entry.booked_on", ">=", filter.bookedFrom);
  if (filter.bookedTo !== undefined) query = query.where("entry.booked_on", "<", filter.bookedTo);
  if (filter.q !== undefined && filter.q !== "") {
    const like = `%${likeText(filter.q)}%`;
    query = query.where(
      sql<boolean>`(entry.text ilike ${like} or entry.name ilike ${like} or entry.end_to_end_id ilike ${like} or entry.bank_reference ilike ${like})`,
    );
  }
  return await keysetPage(
    query,
    { name: "newest", columns: ["entry.booked_on", "entry.entry_id"], direction: "desc" },
    page,
  );
}

/** Entries without a living match, from an id on. */
export async function openEntries(
  db: Db,
  accountId: string,
  after: bigint,
  limit: number,
): Promise<readonly EntryRow[]> {
  return await db
    .selectFrom("reconciliation.bank_entry")
    .selectAll()
    .where("bank_account_id", "=", accountId)
    .where("state", "=", "open")
    .where("entry_id", ">", after)
    .orderBy("entry_id")
    .limit(limit)
    .execute();
}

export function openEntry(row: EntryRow): OpenEntry {
  return {
    entryId: row.entry_id,
    bookedOn: row.booked_on,
    currency: row.currency,
    amountMinor: row.amount_minor,
    endToEndId: row.end_to_end_id,
    refs: row.refs,
    name: row.name,
    account: row.account,
    text: row.text,
    returned: row.returned,
    original:
      row.original_minor === null || row.original_currency === null
        ? null
        : { minor: row.original_minor, currency: row.original_currency },
    details: row.details as unknown as OpenEntry["details"],
  };
}
