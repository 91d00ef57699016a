import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { Books } from "../contracts.ts";
import { accountId, accountParts, type PreparedTransfer } from "../core/recipes.ts";

/** Opens accounts that do not exist yet, with a balance of zero. */
export async function openAccounts(db: Db, ids: readonly string[]): Promise<void> {
  const known = await sql<{ account_id: string }>`
    select account_id from ledger.balance where account_id = any(${ids}::text[])`.execute(db);
  const have = new Set(known.rows.map((row) => row.account_id));
  const missing = [...new Set(ids)].filter((id) => !have.has(id)).sort();
  if (missing.length === 0) return;
  const parts = missing.map(accountParts);
  await sql`
    insert into ledger.account (account_id, kind, owner, currency)
    select * from unnest(${missing}::text[], ${parts.map((one) => one.kind)}::text[], ${parts.map((one) => one.owner)}::text[],
      ${parts.map((one) => one.currency)}::text[])
    on conflict do nothing`.execute(db);
  await sql`
    insert into ledger.balance (account_id, amount_minor, last_transfer)
    select account_id, 0, 0 from unnest(${missing}::text[]) as account_id
    on conflict do nothing`.execute(db);
}

/** Locks the balances of partners in one order for all, so that two bookings never wait for each other in a ring. */
export async function lockBalances(db: Db, books: readonly Books[]): Promise<void> {
  const ids = books.flatMap((one) => [
    accountId("partner_held", one.partnerId, one.currency),
    accountId("partner_payable", one.partnerId, one.currency),
  ]);
  await openAccounts(db, ids);
  await sql`
    select account_id from ledger.balance where account_id = any(${ids}::text[])
    order by account_id for update`.execute(db);
}

/**
 * Books transfers in one statement: transfers, postings, and the roll-ups once per account and month. The operator's accounts, which every
 * booking touches, are so updated once per batch and not once per transfer.
 * @returns how many were new
 */
export async function insertTransfers(
  db: Db,
  transfers: readonly PreparedTransfer[],
  bookedAt: Date,
  bookedBy: string | null,
): Promise<number> {
  const column = <K extends keyof PreparedTransfer>(name: K) => transfers.map((one) => one[name]);
  const { rows } = await sql<{ booked: bigint }>`
    with input as (
      select * from unnest(
        ${column("recipe")}::text[], ${column("sourceKey")}::text[], ${column("idempotencyKey")}::text[],
        ${column("partnerId")}::text[], ${column("programId")}::text[], ${column("currency")}::text[],
        ${column("amountMinor")}::bigint[], ${column("period")}::date[], ${column("occurredOn")}::date[],
        ${column("debit")}::text[], ${column("credit")}::text[],
        ${transfers.map((one) => JSON.stringify(one.memo ?? {}))}::jsonb[]
      ) as i (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
              debit, credit, memo)
    ), booked as (
      insert into ledger.transfer (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor,
                                   period, occurred_on, booked_at, booked_by, memo)
      select recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
             ${bookedAt}::timestamptz, ${bookedBy}::text, memo
      from input
      on conflict (idempotency_key) do nothing
      returning transfer_id, idempotency_key
    ), leg as materialized (
      select b.transfer_id, i.partner_id, i.currency, i.period, i.recipe, side.account_id, side.amount_minor
      from booked b
      join input i using (idempotency_key)
      cross join lateral (values (i.debit, i.amount_minor), (i.credit, -i.amount_minor)) as side (account_id, amount_minor)
    ), posted as (
      insert into ledger.posting (transfer_id, account_id, amount_minor)
      select transfer_id, account_id, amount_minor from leg
    ), rolled as (
      insert into ledger.balance as b (account_id, amount_minor, last_transfer)
      select account_id, sum(amount_minor), max(transfer_id) from leg group by account_id order by account_id
      on conflict (account_id) do update
      set amount_minor = b.amount_minor + excluded.amount_minor, last_transfer = excluded.last_transfer
    ), summed as (
      insert into ledger.period_total as t (partner_id, currency, period, kind, recipe, amount_minor, transfers)
      select partner_id, currency, period, split_part(account_id, ':', 1) as kind, recipe, sum(amount_minor), count(*)
      from leg group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (partner_id, currency, period, kind, recipe) do update
      set amount_minor = t.amount_minor + excluded.amount_minor, transfers = t.transfers + excluded.transfers
    )
    select count(*) as booked from booked`.execute(db);
  return Number(rows[0]?.booked ?? 0n);
}
