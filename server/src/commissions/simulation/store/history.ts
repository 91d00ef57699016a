import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../../database/index.ts";
import type { Month } from "../../../kernel/period.ts";

/** A customer for the days of ownership. */
export interface OwnedDays {
  readonly customerId: bigint;
  readonly from: string;
  readonly until: string;
}

function input(customers: readonly OwnedDays[]) {
  return sql`unnest(${arrayLiteral(customers.map((one) => one.customerId))}::bigint[],
    ${arrayLiteral(customers.map((one) => one.from))}::date[], ${arrayLiteral(customers.map((one) => one.until))}::date[])
    as c (customer_id, "from", "until")`;
}

export interface MonthSum {
  readonly month: Month;
  readonly measure: string;
  readonly currency: string;
  readonly amount: string;
  readonly events: bigint;
}

/** Facts of customers summed per month; months from the first to the last, both first days. */
export async function sumsByMonth(
  db: Db,
  customers: readonly OwnedDays[],
  from: Month,
  to: Month,
): Promise<readonly MonthSum[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<MonthSum>`
    select date_trunc('month', f.day)::date as month, f.measure, f.currency, sum(f.amount)::text as amount, sum(f.events)::bigint as events
    from ${input(customers)} join commissions.fact_day f using (customer_id)
    where f.day >= c."from" and f.day < c."until" and f.day >= ${from}::date and f.day < ${to}::date + interval '1 month'
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

export interface MonthActive {
  readonly month: Month;
  readonly active: bigint;
  /** Active in the month before as well. */
  readonly kept: bigint;
}

/** Customers who did more than register, by month, and how many of them were there the month before. */
export async function activeByMonth(
  db: Db,
  customers: readonly OwnedDays[],
  from: Month,
  to: Month,
): Promise<readonly MonthActive[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<MonthActive>`
    with active as (
      select distinct f.customer_id, date_trunc('month', f.day)::date as month
      from ${input(customers)} join commissions.fact_day f using (customer_id)
      where f.day >= c."from" and f.day < c."until" and f.day >= ${from}::date and f.day < ${to}::date + interval '1 month'
        and f.measure not in ('registration', 'kyc_passed')
    )
    select a.month, count(*)::bigint as active,
           count(*) filter (where exists (
             select from active b where b.customer_id = a.customer_id and b.month = (a.month - interval '1 month')::date))::bigint as kept
    from active a group by 1 order by 1`.execute(db);
  return rows;
}

export interface MonthReached {
  readonly month: Month;
  readonly registrations: bigint;
  readonly first_deposits: bigint;
  readonly first_deposit_minor: string;
  readonly currency: string | null;
}

/** Registrations and first deposits by month of the program's zone; first deposits per currency. */
export async function reachedByMonth(
  db: Db,
  customers: readonly OwnedDays[],
  zone: string,
  from: Month,
  to: Month,
): Promise<readonly MonthReached[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<MonthReached>`
    with reached as (
      select date_trunc('month', m.registered_at at time zone ${zone})::date as month, 1 as registered, 0 as deposited,
             null::text as currency, 0::bigint as minor,
             (m.registered_at at time zone ${zone})::date as day, c."from", c."until"
      from ${input(customers)} join commissions.milestone m using (customer_id) where m.registered_at is not null
      union all
      select date_trunc('month', m.ftd_at at time zone ${zone})::date, 0, 1, m.ftd_currency, coalesce(m.ftd_minor, 0),
             (m.ftd_at at time zone ${zone})::date, c."from", c."until"
      from ${input(customers)} join commissions.milestone m using (customer_id) where m.ftd_at is not null
    )
    select month, sum(registered)::bigint as registrations, sum(deposited)::bigint as first_deposits,
           sum(minor)::text as first_deposit_minor, currency
    from reached where day >= "from" and day < "until" and month between ${from}::date and ${to}::date
    group by month, currency order by month, currency`.execute(db);
  return rows;
}

/** Booked commission of a month per partner: newest line versions. */
export async function bookedOfMonth(
  db: Db,
  programId: string,
  month: Month,
): Promise<readonly { readonly partner_id: string; readonly currency: string; readonly minor: bigint }[]> {
  const { rows } = await sql<{ partner_id: string; currency: string; minor: bigint }>`
    select l.partner_id, l.currency, sum(l.amount_minor)::bigint as minor
    from commissions.line l
    where l.program_id = ${programId} and l.month = ${month}::date
      and not exists (select from commissions.line n where n.line_key = l.line_key and n.version = l.version + 1)
    group by 1, 2`.execute(db);
  return rows;
}

/** Booked commission of partners in all months together: newest line versions. */
export async function bookedOfPartners(
  db: Db,
  programId: string,
  partnerIds: readonly string[],
): Promise<readonly { readonly partner_id: string; readonly currency: string; readonly minor: bigint }[]> {
  const { rows } = await sql<{ partner_id: string; currency: string; minor: bigint }>`
    select l.partner_id, l.currency, sum(l.amount_minor)::bigint as minor
    from commissions.line l
    where l.program_id = ${programId} and l.partner_id = any(${arrayLiteral(partnerIds)}::text[])
      and not exists (select from commissions.line n where n.line_key = l.line_key and n.version = l.version + 1)
    group by 1, 2`.execute(db);
  return rows;
}
