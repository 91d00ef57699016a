import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import { RECIPES } from "../core/recipes.ts";
import { SIDES } from "./sides.ts";

const MOST_SHOWN = 20;

/** Transfers whose two accounts are not there, or not those that their recipe and amount demand. That a transfer moves between two is the table's own rule. */
export async function brokenTransfers(db: Db): Promise<readonly string[]> {
  const names = Object.keys(RECIPES);
  const pairs = Object.values(RECIPES);
  const { rows } = await sql<{ transfer_id: bigint; recipe: string; problem: string }>`
    with rule as (
      select * from unnest(${names}::text[], ${pairs.map((one) => one.debit)}::text[], ${pairs.map((one) => one.credit)}::text[],
        ${pairs.map((one) => one.signed)}::boolean[]) as r (recipe, debit, credit, signed)
    ), judged as (
      select t.transfer_id, t.recipe,
             case when d.account_id is null or c.account_id is null then 'an account of it is not there'
                  when d.currency <> t.currency or c.currency <> t.currency then 'its accounts are in another currency'
                  when r.recipe is null or d.kind <> r.debit or c.kind <> r.credit then 'the recipe does not allow its accounts'
                  when not coalesce(d.owner in (t.partner_id, t.program_id, 'operator') and c.owner in (t.partner_id, t.program_id, 'operator'), false)
                    then 'an account belongs to somebody else'
                  when t.amount_minor < 0 and not r.signed then 'the sign of its amount is not allowed' end as problem
      from ledger.transfer t
      left join rule r using (recipe)
      left join ledger.account d on d.account_number = t.debit_account
      left join ledger.account c on c.account_number = t.credit_account
    )
    select transfer_id, recipe, problem from judged where problem is not null order by transfer_id limit ${MOST_SHOWN}`.execute(
    db,
  );
  return rows.map((row) => `transfer ${row.transfer_id} (${row.recipe}): ${row.problem}`);
}

/** Balances that are not the sum of their postings. */
export async function brokenBalances(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ account_id: string; stored: bigint | null; summed: bigint | null }>`
    with moved as (select p.account_number, sum(p.amount_minor)::bigint as amount_minor from ledger.transfer t ${SIDES} group by 1),
    summed as (select a.account_id, m.amount_minor from moved m join ledger.account a using (account_number))
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
      from ledger.transfer t ${SIDES} join ledger.account a using (account_number)
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
