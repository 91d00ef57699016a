import { sql } from "kysely";
import type { Context } from "../../server/src/database/index.ts";

/** What every partner's deal comes to by plain SQL over the facts, in cents; the mix of twenty as in plans.ts. */
const EXPECTED = `
  with partner as (
    select partner_id, substr(partner_id, 5)::int as number, substr(partner_id, 5)::int % 20 as place
    from partners.partner where partner_id ~ '^prt_[0-9]{6}$'),
  owned as (select c.customer_id, p.* from attribution.customer c join partner p using (partner_id)),
  rate as (select day, rate from commissions.rate where currency = 'USD'),
  result as (
    select o.customer_id, o.partner_id, o.place,
      sum(case f.measure when 'ggr' then 1 else -1 end * case when f.currency = 'USD' then f.amount / r.rate else f.amount end) as base
    from owned o join commissions.fact_day f using (customer_id) left join rate r on r.day = f.day
    where f.measure in ('ggr', 'bonus') group by 1, 2, 3),
  base as (
    select partner_id, sum(base) filter (where place <> 18 or base > -25000) as base from result group by 1),
  first as (
    select o.partner_id, count(*) filter (where m.ftd_at >= '2026-03-01' and m.ftd_at < '2026-04-01') as deposits,
      count(*) filter (where m.kyc_at is not null and m.ftd_minor / case when m.ftd_currency = 'USD' then r.rate else 1 end >= 2000) as qualified
    from owned o join commissions.milestone m using (customer_id) left join rate r on r.day = m.ftd_at::date group by 1),
  lots as (
    select o.partner_id, sum((e.quantities->>'lots')::numeric
      * case e.dimensions->>'group' when 'metals' then 600 when 'majors' then 400 else 250 end) as amount
    from owned o join tracking.event e using (customer_id) where (e.quantities->>'seconds')::int >= 60 group by 1),
  own as (
    select p.*, case
        when place < 7 or place in (18, 19) then greatest(0, 0.30 * coalesce(b.base, 0))
        when place < 12 then 8000 * coalesce(f.qualified, 0)
        when place < 15 then 4000 * coalesce(f.qualified, 0) + greatest(0, 0.20 * coalesce(b.base, 0))
        when place < 17 then coalesce(l.amount, 0)
        else greatest(0, coalesce(b.base, 0) * case when f.deposits >= 150 then 0.35 when f.deposits >= 50 then 0.30 else 0.25 end)
      end as amount
    from partner p left join base b using (partner_id) left join first f using (partner_id) left join lots l using (partner_id)),
  expected as (
    select o.partner_id, o.amount + case when o.place = 19 then (
      select coalesce(sum(round(sub.amount) * 0.10), 0) from own sub where sub.number between o.number - 19 and o.number - 15) else 0 end as amount
    from own o),
  booked as (
    select partner_id, sum(amount_minor) as amount, count(*) as lines from (
      select distinct on (line_key) partner_id, amount_minor from commissions.line order by line_key, version desc) newest group by 1)
  select partner_id as partner, round(e.amount)::text as expected, coalesce(b.amount, 0)::text as booked
  from expected e left join booked b using (partner_id)`;

/** A conversion is exact to twelve decimals, and up to six lines are rounded each by itself. */
const TOLERANCE = 5n;

/** Partners whose booked lines are not what plain SQL makes of the facts. */
export async function differencesFromSql(
  ctx: Context,
): Promise<{ readonly partners: number; readonly sum: bigint; readonly wrong: readonly string[] }> {
  const { rows } = await sql.raw<{ partner: string; expected: string; booked: string }>(EXPECTED).execute(ctx.db);
  const wrong = rows.filter((row) => {
    const difference = BigInt(row.expected) - BigInt(row.booked);
    return difference > TOLERANCE || difference < -TOLERANCE;
  });
  return {
    partners: rows.length,
    sum: rows.reduce((sum, row) => sum + BigInt(row.booked), 0n),
    wrong: wrong.map((row) => `${row.partner}: ${row.booked} instead of ${row.expected}`),
  };
}
