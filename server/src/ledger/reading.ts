import type { LedgerAccount, LedgerAccountQuery, LedgerTransfer, LedgerTransferQuery } from "@tributary/contract";
import type { RecordReach } from "../access/index.ts";
import type { Context, Page } from "../database/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { accountsOf, type RecipeName } from "./core/recipes.ts";
import * as store from "./store/lists.ts";

/** The ledger is narrowed by a reach that the caller has resolved: it stands below the rooms that know who may see whom. */
export async function listAccounts(
  ctx: Context,
  within: RecordReach,
  query: LedgerAccountQuery,
): Promise<Page<LedgerAccount>> {
  const page = await store.accountPage(ctx.db, within, query, query);
  return { rows: page.rows.map(accountWire), nextCursor: page.nextCursor };
}

export async function listTransfers(
  ctx: Context,
  within: RecordReach,
  query: LedgerTransferQuery,
): Promise<Page<LedgerTransfer>> {
  const period = query.period === undefined ? undefined : `${query.period}-01`;
  const page = await store.transferPage(ctx.db, within, { ...query, period }, query);
  return { rows: page.rows.map(transferWire), nextCursor: page.nextCursor };
}

/** Transfers of one source (a line key, a statement), oldest first. */
export async function transfersOf(ctx: Context, sourceKey: string): Promise<readonly LedgerTransfer[]> {
  return (await store.transfersOfSource(ctx.db, sourceKey)).map(transferWire);
}

/** Sums per kind of account and currency; with everything in reach they sum to zero per currency. */
export async function trialBalance(
  ctx: Context,
  within: RecordReach,
): Promise<{ kind: LedgerAccount["kind"]; currency: string; balance: string; accounts: number }[]> {
  const rows = await store.trialBalance(ctx.db, within);
  return rows.map((row) => ({
    kind: row.kind as LedgerAccount["kind"],
    currency: row.currency,
    balance: String(row.amount_minor),
    accounts: Number(row.accounts),
  }));
}

/** Doors for proofs: what is held and what is booked per source, where it is not zero. */
export async function heldBySource(ctx: Context): Promise<ReadonlyMap<string, bigint>> {
  return new Map((await store.heldBySource(ctx.db)).map((row) => [row.source_key, row.held]));
}

export async function bookedBySource(ctx: Context): Promise<ReadonlyMap<string, bigint>> {
  return new Map((await store.bookedBySource(ctx.db)).map((row) => [row.source_key, row.booked]));
}

function accountWire(row: store.AccountRow): LedgerAccount {
  return {
    id: row.account_id,
    kind: row.kind as LedgerAccount["kind"],
    owner: row.owner,
    currency: row.currency,
    balance: String(row.amount_minor),
  };
}

function transferWire(row: store.TransferRow): LedgerTransfer {
  const accounts = accountsOf({
    recipe: row.recipe as RecipeName,
    sourceKey: row.source_key,
    partnerId: row.partner_id,
    programId: row.program_id,
    currency: row.currency,
  });
  return {
    id: publicNumber("trf", row.transfer_id),
    recipe: row.recipe,
    sourceKey: row.source_key,
    partnerId: row.partner_id,
    programId: row.program_id,
    currency: row.currency,
    amount: String(row.amount_minor),
    debit: accounts.debit,
    credit: accounts.credit,
    period: row.period.slice(0, 7),
    occurredOn: row.occurred_on,
    bookedAt: row.booked_at.toISOString(),
    bookedBy: row.booked_by,
  };
}
