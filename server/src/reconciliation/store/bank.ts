import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type AccountRow = Selectable<Schema["reconciliation.bank_account"]>;
export type FileRow = Omit<Selectable<Schema["reconciliation.bank_file"]>, "bytes">;
export type StatementRow = Selectable<Schema["reconciliation.bank_statement"]>;

export async function accounts(db: Db): Promise<readonly AccountRow[]> {
  return await db
    .selectFrom("reconciliation.bank_account")
    .selectAll()
    .orderBy("name")
    .orderBy("bank_account_id")
    .execute();
}

export async function accountById(db: Db, id: string): Promise<AccountRow | undefined> {
  return await db
    .selectFrom("reconciliation.bank_account")
    .selectAll()
    .where("bank_account_id", "=", id)
    .executeTakeFirst();
}

/** The account with this identity, made when there is none; locked, so that two files of one account are taken one after the other. */
export async function takeAccount(db: Db, row: Insertable<Schema["reconciliation.bank_account"]>): Promise<AccountRow> {
  await db
    .insertInto("reconciliation.bank_account")
    .values(row)
    .onConflict((conflict) => conflict.column("identity").doNothing())
    .execute();
  return await db
    .selectFrom("reconciliation.bank_account")
    .selectAll()
    .where("identity", "=", row.identity)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function lockAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  const query = db.selectFrom("reconciliation.bank_account").selectAll().where("bank_account_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

/** @returns undefined when it was changed since that revision */
export async function updateAccount(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["reconciliation.bank_account"]>,
): Promise<AccountRow | undefined> {
  return await db
    .updateTable("reconciliation.bank_account")
    .set({ ...change, revision: revision + 1 })
    .where("bank_account_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export async function rememberMapping(db: Db, id: string, columnsKey: string, mapping: unknown): Promise<void> {
  await sql`update reconciliation.bank_account set mappings = mappings || jsonb_build_object(${columnsKey}::text, ${JSON.stringify(mapping)}::jsonb)
    where bank_account_id = ${id}`.execute(db);
}

export interface AccountFigures {
  readonly bank_account_id: string;
  readonly open: bigint;
  readonly open_minor: bigint;
  readonly matched: bigint;
  readonly suggested: bigint;
  readonly booked_minor: bigint;
  readonly held: bigint;
  readonly last_id: string | null;
  readonly last_to: string | null;
  readonly last_closing: bigint | null;
  readonly last_at: Date | null;
}

/** What of each account is open, and its last statement. */
export async function accountFigures(db: Db): Promise<readonly AccountFigures[]> {
  const { rows } = await sql<AccountFigures>`
    select a.bank_account_id, coalesce(e.open, 0) as open, coalesce(e.open_minor, 0)::bigint as open_minor, coalesce(e.matched, 0) as matched,
           coalesce(e.suggested, 0) as suggested, coalesce(e.booked_minor, 0)::bigint as booked_minor, coalesce(h.held, 0) as held,
           l.statement_id as last_id, l.to_day as last_to, l.closing_minor as last_closing, l.taken_at as last_at
    from reconciliation.bank_account a
    left join (
      select bank_account_id, count(*) filter (where state in ('open', 'suggested')) as open,
             sum(amount_minor) filter (where state in ('open', 'suggested')) as open_minor,
             count(*) filter (where state = 'matched') as matched, count(*) filter (where state = 'suggested') as suggested,
             sum(amount_minor) filter (where state = 'booked') as booked_minor
      from reconciliation.bank_entry group by 1
    ) e using (bank_account_id)
    left join (select bank_account_id, count(*) as held from reconciliation.bank_statement where state = 'held' group by 1) h using (bank_account_id)
    left join lateral (
      select * from reconciliation.bank_statement s
      where s.bank_account_id = a.bank_account_id and s.state in ('taken', 'accepted') order by s.to_day desc nulls last, s.statement_id desc limit 1
    ) l on true`.execute(db);
  return rows;
}

const FILE_COLUMNS = [
  "file_id", "content_hash", "name", "size", "format", "variant", "state", "sentence", "bank_account_id", "mapping", "guess", "statements", "entries",
  "fresh", "pending", "uploaded_by", "uploaded_at",
] as const; // biome-ignore format: a list of columns

/** @returns false when these bytes were taken before */
export async function insertFile(db: Db, row: Insertable<Schema["reconciliation.bank_file"]>): Promise<boolean> {
  const done = await db
    .insertInto("reconciliation.bank_file")
    .values(row)
    .onConflict((conflict) => conflict.column("content_hash").doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function fileByHash(db: Db, contentHash: string): Promise<FileRow | undefined> {
  const query = db.selectFrom("reconciliation.bank_file").select(FILE_COLUMNS);
  return await query.where("content_hash", "=", contentHash).executeTakeFirst();
}

export async function fileById(db: Db, id: string): Promise<FileRow | undefined> {
  return await db
    .selectFrom("reconciliation.bank_file")
    .select(FILE_COLUMNS)
    .where("file_id", "=", id)
    .executeTakeFirst();
}

/** The file with its bytes, locked: two people who map it do so one after the other. */
export async function lockFile(db: Db, id: string): Promise<(FileRow & { readonly bytes: Buffer }) | undefined> {
  const query = db.selectFrom("reconciliation.bank_file").selectAll().where("file_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

export async function updateFile(
  db: Db,
  id: string,
  change: Updateable<Schema["reconciliation.bank_file"]>,
): Promise<void> {
  await db.updateTable("reconciliation.bank_file").set(change).where("file_id", "=", id).execute();
}

export async function filePage(db: Db, page: PageRequest): Promise<Page<FileRow>> {
  const query = db.selectFrom("reconciliation.bank_file").select(FILE_COLUMNS);
  return await keysetPage(query, { name: "newest", columns: ["file_id"], direction: "desc" }, page);
}

export async function insertStatement(db: Db, row: Insertable<Schema["reconciliation.bank_statement"]>): Promise<void> {
  await db.insertInto("reconciliation.bank_statement").values(row).execute();
}

export async function sameStatement(db: Db, accountId: string, identity: string): Promise<boolean> {
  const found = await db
    .selectFrom("reconciliation.bank_statement")
    .select("statement_id")
    .where("bank_account_id", "=", accountId)
    .where("identity", "=", identity)
    .where("state", "<>", "duplicate")
    .executeTakeFirst();
  return found !== undefined;
}

export async function lockStatement(db: Db, id: string): Promise<StatementRow | undefined> {
  const query = db.selectFrom("reconciliation.bank_statement").selectAll().where("statement_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

export async function updateStatement(
  db: Db,
  id: string,
  change: Updateable<Schema["reconciliation.bank_statement"]>,
): Promise<StatementRow> {
  return await db
    .updateTable("reconciliation.bank_statement")
    .set(change)
    .where("statement_id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The statement with balances that ends last before a day begins; it may be held itself, but not for what it does not add up to. */
export async function statementBefore(db: Db, accountId: string, from: string): Promise<StatementRow | undefined> {
  return await db
    .selectFrom("reconciliation.bank_statement")
    .selectAll()
    .where("bank_account_id", "=", accountId)
    .where("kind", "=", "statement")
    .where("state", "in", ["taken", "accepted", "held"])
    .where("closing_minor", "is not", null)
    .where("to_day", "<=", from)
    .where((where) => where.or([where("from_day", "<", from), where("from_day", "is", null)]))
    .orderBy("to_day", "desc")
    .orderBy("statement_id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Statements that are held, of an account, the earliest first. */
export async function heldStatements(db: Db, accountId: string): Promise<readonly StatementRow[]> {
  return await db
    .selectFrom("reconciliation.bank_statement")
    .selectAll()
    .where("bank_account_id", "=", accountId)
    .where("state", "=", "held")
    .orderBy("from_day")
    .forUpdate()
    .execute();
}

export interface StatementFilter {
  readonly bankAccountId?: string | undefined;
  readonly fileId?: string | undefined;
  readonly status?: readonly string[] | undefined;
}

export async function statementPage(
  db: Db,
  filter: StatementFilter,
  page: PageRequest,
): Promise<Page<StatementRow & { readonly currency: string }>> {
  let query = db
    .selectFrom("reconciliation.bank_statement as statement")
    .innerJoin("reconciliation.bank_account as account", "account.bank_account_id", "statement.bank_account_id")
    .selectAll("statement")
    .select("account.currency");
  if (filter.bankAccountId !== undefined) query = query.where("statement.bank_account_id", "=", filter.bankAccountId);
  if (filter.fileId !== undefined) query = query.where("statement.file_id", "=", filter.fileId);
  if (filter.status !== undefined) query = query.where("statement.state", "in", filter.status);
  return await keysetPage(query, { name: "newest", columns: ["statement.statement_id"], direction: "desc" }, page);
}
