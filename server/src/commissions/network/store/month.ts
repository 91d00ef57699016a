import { sql } from "kysely";
import type { Db } from "../../../database/index.ts";
import type { Day, Month } from "../../../kernel/period.ts";

export interface PartnerMinor {
  readonly partner_id: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** What partners earned in a month in a program, all versions of their lines together. */
export async function earnedIn(
  db: Db,
  programId: string,
  partnerIds: readonly string[],
  month: Month,
): Promise<readonly PartnerMinor[]> {
  const { rows } = await sql<PartnerMinor>`
    select partner_id, currency, sum(difference_minor)::bigint as minor from commissions.line
    where program_id = ${programId} and partner_id = any(${[...partnerIds]}::text[]) and month = ${month}::date
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

/** What a partner earned on each of those below it in a month, with the newest version of a line that says so. */
export async function overridesIn(
  db: Db,
  programId: string,
  partnerId: string,
  month: Month,
): Promise<readonly (PartnerMinor & { readonly line_id: bigint })[]> {
  const { rows } = await sql<PartnerMinor & { line_id: bigint }>`
    select subject_id as partner_id, currency, sum(difference_minor)::bigint as minor, max(line_id) as line_id
    from commissions.line
    where program_id = ${programId} and partner_id = ${partnerId} and month = ${month}::date and subject_kind = 'partner'
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

/** Customers who registered, or deposited first, between two instants. */
export async function reachedIn(
  db: Db,
  customerIds: readonly bigint[],
  from: Date,
  to: Date,
): Promise<readonly { readonly customer_id: bigint; readonly registered: boolean; readonly deposited: boolean }[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ customer_id: bigint; registered: boolean; deposited: boolean }>`
    select customer_id, coalesce(registered_at >= ${from} and registered_at < ${to}, false) as registered,
           coalesce(ftd_at >= ${from} and ftd_at < ${to}, false) as deposited
    from commissions.milestone where customer_id = any(${[...customerIds]}::bigint[])
      and ((registered_at >= ${from} and registered_at < ${to}) or (ftd_at >= ${from} and ftd_at < ${to}))`.execute(db);
  return rows;
}

/** Deposits of customers on some days, both included. */
export async function depositsOf(
  db: Db,
  customerIds: readonly bigint[],
  first: Day,
  last: Day,
): Promise<readonly { readonly customer_id: bigint; readonly currency: string; readonly minor: bigint }[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ customer_id: bigint; currency: string; minor: bigint }>`
    select customer_id, currency, sum(amount)::bigint as minor from commissions.fact_day
    where customer_id = any(${[...customerIds]}::bigint[]) and measure = 'deposit' and currency <> ''
      and day between ${first}::date and ${last}::date group by 1, 2`.execute(db);
  return rows;
}
