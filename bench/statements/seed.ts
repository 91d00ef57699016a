import { sql } from "kysely";
import type { Context } from "../../server/src/database/index.ts";

export const MONTH = "2026-01-01";

/** Partners with calculated and booked lines of one month. Every tenth partner works in two programs. */
export async function seed(ctx: Context, partners: number, lines: number): Promise<void> {
  const indexes = await dropIndexes(ctx);
  const each = Math.round(lines / partners);
  await sql`
    insert into partners.partner (partner_id, code, name, kind, status, created_at)
    select 'prt_' || lpad(n::text, 6, '0'), 'p' || n, 'Partner ' || n, 'affiliate', 'active', now() from generate_series(1, ${partners}::int) n`.execute(
    ctx.db,
  );
  await sql`
    insert into commissions.line (line_key, version, partner_id, program_id, agreement_version_id, component, subject_kind, subject_id, month,
      booked_month, earned_on, currency, amount_minor, difference_minor, working, working_hash, calculated_at)
    select 'agv_' || p || ':share:' || n || ':2026-01', 1, 'prt_' || lpad(p::text, 6, '0'),
           case when p % 10 = 0 and n % 2 = 0 then 'prg_b' else 'prg_a' end, 'agv_' || p, case when n % 5 = 0 then 'cpa' else 'share' end,
           'customer', n::text, ${MONTH}::date, ${MONTH}::date, ${MONTH}::date + n % 28, 'EUR', 100 + n % 900, 100 + n % 900,
           '{"model":"share"}', md5(p || ' ' || n) || md5(n || ' ' || p), now()
    from generate_series(1, ${partners}::int) p, generate_series(1, ${each}::int) n`.execute(ctx.db);
  await sql`
    insert into ledger.account (account_id, kind, owner, currency)
    select 'partner_payable:' || partner_id || ':EUR', 'partner_payable', partner_id, 'EUR' from partners.partner
    union all select 'commission_expense:' || program || ':EUR', 'commission_expense', program, 'EUR' from unnest(array['prg_a', 'prg_b']) program`.execute(
    ctx.db,
  );
  await sql`
    insert into ledger.transfer (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
      debit_account, credit_account, booked_at)
    select 'accrue', line_key, 'line:' || line_key || ':1', l.partner_id, program_id, l.currency, amount_minor, booked_month, earned_on,
           d.account_number, c.account_number, now()
    from commissions.line l
    join ledger.account d on d.account_id = 'commission_expense:' || l.program_id || ':EUR'
    join ledger.account c on c.account_id = 'partner_payable:' || l.partner_id || ':EUR'`.execute(ctx.db);
  await sql`
    insert into ledger.period_total (partner_id, currency, period, kind, recipe, amount_minor, transfers)
    select partner_id, currency, period, 'partner_payable', 'accrue', -sum(amount_minor), count(*) from ledger.transfer group by 1, 2, 3`.execute(
    ctx.db,
  );
  await sql`
    insert into ledger.balance (account_id, amount_minor, last_transfer)
    select 'partner_payable:' || partner_id || ':EUR', amount_minor, 0 from ledger.period_total`.execute(ctx.db);
  for (const index of indexes) await sql.raw(index).execute(ctx.db);
  await sql.raw("vacuum analyze").execute(ctx.db);
}

/** Millions of rows are written in a third of the time when their indexes are made afterwards. @returns how to make them again */
async function dropIndexes(ctx: Context): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
    where i.indrelid in ('commissions.line'::regclass, 'ledger.transfer'::regclass) and c.oid is null`.execute(ctx.db);
  for (const { name } of rows) await sql.raw(`drop index ${name}`).execute(ctx.db);
  return rows.map(({ definition }) => definition);
}
