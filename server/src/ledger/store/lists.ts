import { sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest } from "../../database/index.ts";
import { accountParts, ownedBy } from "../core/recipes.ts";
import { SIDES } from "./sides.ts";

export interface AccountRow {
  readonly account_id: string;
  readonly kind: string;
  readonly owner: string;
  readonly currency: string;
  readonly amount_minor: bigint;
}

export interface AccountFilter {
  readonly kind?: string | undefined;
  readonly owner?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly currency?: string | undefined;
}

/** Accounts with balances. Within a reach only those of its partners and programs; the operator's own needs everything. */
export async function accountPage(
  db: Db,
  within: RecordReach,
  filter: AccountFilter,
  page: PageRequest,
): Promise<Page<AccountRow>> {
  let query = db
    .selectFrom("ledger.account as account")
    .innerJoin("ledger.balance as balance", "balance.account_id", "account.account_id")
    .select(["account.account_id", "account.kind", "account.owner", "account.currency", "balance.amount_minor"]);
  if (!within.everything) query = query.where("account.owner", "in", [...within.partnerIds, ...within.programIds, ""]);
  if (filter.kind !== undefined) query = query.where("account.kind", "=", filter.kind);
  const owner = filter.partnerId ?? filter.owner;
  if (owner !== undefined) query = query.where("account.owner", "=", owner);
  if (filter.currency !== undefined) query = query.where("account.currency", "=", filter.currency);
  return await keysetPage(query, { name: "account", columns: ["account.account_id"], direction: "asc" }, page);
}

export interface TransferRow {
  readonly transfer_id: bigint;
  readonly recipe: string;
  readonly source_key: string;
  readonly partner_id: string;
  readonly program_id: string | null;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly period: string;
  readonly occurred_on: string;
  readonly booked_at: Date;
  readonly booked_by: string | null;
}

export interface TransferFilter {
  readonly partnerId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly sourceKey?: string | undefined;
  readonly recipe?: string | undefined;
  /** First day of the month. */
  readonly period?: string | undefined;
}

/** Transfers, the newest first. */
export async function transferPage(
  db: Db,
  within: RecordReach,
  filter: TransferFilter,
  page: PageRequest,
): Promise<Page<TransferRow>> {
  let query = db
    .selectFrom("ledger.transfer as transfer")
    .select([
      "transfer.transfer_id",
      "transfer.recipe",
      "transfer.source_key",
      "transfer.partner_id",
      "transfer.program_id",
      "transfer.currency",
      "transfer.amount_minor",
      "transfer.period",
      "transfer.occurred_on",
      "transfer.booked_at",
      "transfer.booked_by",
    ]);
  if (!within.everything)
    query = query.where(
      sql<boolean>`(transfer.partner_id = any(${within.partnerIds}) or transfer.program_id = any(${within.programIds}))`,
    );
  if (filter.partnerId !== undefined) query = query.where("transfer.partner_id", "=", filter.partnerId);
  if (filter.sourceKey !== undefined) query = query.where(ofSource(filter.sourceKey));
  if (filter.recipe !== undefined) query = query.where("transfer.recipe", "=", filter.recipe);
  if (filter.period !== undefined) query = query.where("transfer.period", "=", filter.period);
  if (filter.accountId !== undefined) query = query.where(ofAccount(filter.accountId));
  return await keysetPage(query, { name: "newest", columns: ["transfer.transfer_id"], direction: "desc" }, page);
}

/** Transfers of a line are found by the key that books it once, all others by an index of their own. */
function ofSource(sourceKey: string) {
  return sql<boolean>`(source_key = ${sourceKey} and (idempotency_key not like 'line:%'
    or (idempotency_key >= 'line:' || ${sourceKey}::text || ':' and idempotency_key < 'line:' || ${sourceKey}::text || ';')))`;
}

/** Transfers on either side of an account: whose it is says where to look for them, since no index has the accounts. */
function ofAccount(id: string) {
  const { kind, owner } = accountParts(id);
  const whose = {
    partner: sql`partner_id = ${owner}`,
    program: sql`program_id = ${owner}`,
    operator: sql`idempotency_key not like 'line:%'`,
  };
  const number = sql`(select account_number from ledger.account where account_id = ${id})`;
  return sql<boolean>`(${whose[ownedBy(kind)]} and ${number} in (debit_account, credit_account))`;
}

export async function transfersOfSource(db: Db, sourceKey: string): Promise<readonly TransferRow[]> {
  return await db
    .selectFrom("ledger.transfer")
    .select([
      "transfer_id",
      "recipe",
      "source_key",
      "partner_id",
      "program_id",
      "currency",
      "amount_minor",
      "period",
      "occurred_on",
      "booked_at",
      "booked_by",
    ])
    .where(ofSource(sourceKey))
    .orderBy("transfer_id")
    .execute();
}

export interface BalanceRow {
  readonly kind: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly accounts: bigint;
}

/** Sums of all accounts per kind and currency. */
export async function trialBalance(db: Db, within: RecordReach): Promise<readonly BalanceRow[]> {
  const owners = within.everything ? [] : [...within.partnerIds, ...within.programIds];
  const { rows } = await sql<BalanceRow>`
    select a.kind, a.currency, sum(b.amount_minor)::bigint as amount_minor, count(*) as accounts
    from ledger.account a join ledger.balance b using (account_id)
    where ${within.everything} or a.owner = any(${owners}::text[])
    group by 1, 2 order by 2, 1`.execute(db);
  return rows;
}

/** What of each source is still held: holds less what was released or reversed. */
export async function heldBySource(db: Db): Promise<readonly { readonly source_key: string; readonly held: bigint }[]> {
  const { rows } = await sql<{ source_key: string; held: bigint }>`
    select t.source_key, (-sum(p.amount_minor))::bigint as held
    from ledger.transfer t ${SIDES} join ledger.account a using (account_number)
    where a.kind = 'partner_held' group by 1 having sum(p.amount_minor) <> 0`.execute(db);
  return rows;
}

/** What is booked per source by the recipes that move expense: what the source is worth to the partner. */
export async function bookedBySource(
  db: Db,
): Promise<readonly { readonly source_key: string; readonly booked: bigint }[]> {
  const { rows } = await sql<{ source_key: string; booked: bigint }>`
    select t.source_key, sum(p.amount_minor)::bigint as booked
    from ledger.transfer t ${SIDES} join ledger.account a using (account_number)
    where a.kind = 'commission_expense' group by 1 having sum(p.amount_minor) <> 0`.execute(db);
  return rows;
}
