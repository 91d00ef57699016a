import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import { RECIPES } from "../core/recipes.ts";

const MOST_SHOWN = 20;

/** Transfers whose postings are not the two legs that their recipe and amount demand. */
export async function brokenTransfers(db: Db): Promise<readonly string[]> {
  const names = Object.keys(RECIPES);
  const pairs = Object.values(RECIPES);
  const { rows } = await sql<{ transfer_id: bigint; recipe: string; problem: string }>`
    with rule as (
      select * from unnest(${names}::text[], ${pairs.map((one) => one.debit)}::text[], ${pairs.map((one) => one.credit)}::text[],
        ${pairs.map((one) => one.signed)}::boolean[]) as r (recipe, debit, credit, signed)
    ), leg as (
      select t.transfer_id, t.recipe,
             count(p.account_id) as legs,
             coalesce(sum(p.amount_minor), 0) as total,
             bool_and(a.currency = t.currency) as one_currency,
             bool_and(a.kind = case when p.amount_minor = t.amount_minor then r.debit else r.credit end) as by_the_rule,
             bool_and(a.owner in (t.partner_id, t.program_id, 'operator')) as right_owner,
             bool_and(r.signed or t.amount_minor > 0) as right_sign
      from ledger.transfer t
      left join rule r on r.recipe = t.recipe
      left join ledger.posting p on p.transfer_id = t.transfer_id
      left join ledger.account a on a.account_id = p.account_id
      group by t.transfer_id, t.recipe
    )
    select transfer_id, recipe,
           case when legs <> 2 then 'it has ' || legs || ' postings instead of two'
                when total <> 0 then 'its postings sum to ' || total || ' instead of zero'
                when not coalesce(one_currency, false) then 'its postings are in another currency'
                when not coalesce(by_the_rule, false) then 'the recipe does not allow its accounts'
                when not coalesce(right_owner, false) then 'an account belongs to somebody else'
                else 'the sign of its amount is not allowed' end as problem
    from leg
    where legs <> 2 or total <> 0 or not coalesce(one_currency and by_the_rule and right_owner and right_sign, false)
    order by transfer_id limit ${MOST_SHOWN}`.execute(db);
  return rows.map((row) => `transfer ${row.transfer_id} (${row.recipe}): ${row.problem}`);
}

/** Postings without a transfer or without an account: no foreign key checks each of them while it is booked (docs/adr/0015). */
export async function brokenPostings(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ transfer_id: bigint; account_id: string; problem: string }>`
    select p.transfer_id, p.account_id, case when t.transfer_id is null then 'there is no such transfer' else 'there is no such account' end as problem
    from ledger.posting p left join ledger.transfer t using (transfer_id) left join ledger.account a using (account_id)
    where t.transfer_id is null or a.account_id is null
    order by 1, 2 limit ${MOST_SHOWN}`.execute(db);
  return rows.map((row) => `posting of transfer ${row.transfer_id} on ${row.account_id}: ${row.problem}`);
}

/** Balances that are not the sum of their postings. */
export async function brokenBalances(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ account_id: string; stored: bigint | null; summed: bigint | null }>`
    with summed as (select account_id, sum(amount_minor)::bigint as amount_minor from ledger.posting group by account_id)
    select coalesce(b.account_id, s.account_id) as account_id, b.amount_minor as stored, s.amount_minor as summed
    from ledger.balance b full join summed s using (account_id)
    where coalesce(b.amount_minor, 0) <> coalesce(s.amount_minor, 0) or b.account_id is null
    order by 1 limit ${MOST_SHOWN}`.execute(db);
  return rows.map(
    (row) => `balance of ${row.account_id} is ${row.stored ?? "missing"}, its postings sum to ${row.summed ?? 0n}`,
  );
}

/** Sums per month that are not the sum of their postings. */
export async function brokenTotals(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ place: string; stored: bigint | null; summed: bigint | null }>`
    with summed as (
      select t.partner_id, t.currency, t.period, a.kind, t.recipe, sum(p.amount_minor)::bigint as amount_minor, count(*) as transfers
      from ledger.posting p join ledger.transfer t using (transfer_id) join ledger.account a using (account_id)
      group by 1, 2, 3, 4, 5
    )
    select concat_ws(' ', partner_id, currency, period, kind, recipe) as place, b.amount_minor as stored, s.amount_minor as summed
    from ledger.period_total b full join summed s using (partner_id, currency, period, kind, recipe)
    where b.amount_minor is distinct from s.amount_minor or b.transfers is distinct from s.transfers
    order by 1 limit ${MOST_SHOWN}`.execute(db);
  return rows.map(
    (row) => `month total of ${row.place} is ${row.stored ?? "missing"}, its postings sum to ${row.summed ?? 0n}`,
  );
}

export async function counts(db: Db): Promise<{ transfers: number; accounts: number }> {
  const { rows } = await sql<{ transfers: bigint; accounts: bigint }>`
    select (select count(*) from ledger.transfer) as transfers, (select count(*) from ledger.account) as accounts`.execute(
    db,
  );
  return { transfers: Number(rows[0]?.transfers ?? 0n), accounts: Number(rows[0]?.accounts ?? 0n) };
}
