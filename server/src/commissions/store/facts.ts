import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Day, Month } from "../../kernel/period.ts";

/** A customer of a pair for the days of ownership, as arrays for one query over many. */
export interface OwnedCustomer {
  readonly customerId: bigint;
  /** Position of the group (pair and cohort) that the caller sums by. */
  readonly group: number;
  /** First day that counts, inclusive. */
  readonly from: Day;
  /** First day that does not count any more. */
  readonly until: Day;
}

export interface TotalRow {
  readonly group: number;
  readonly day: Day;
  readonly product: string;
  readonly measure: string;
  /** "" for quantities and counts */
  readonly currency: string;
  /** minor units, or an exact quantity */
  readonly amount: string;
  readonly events: bigint;
}

const FIRST_DAY = "0001-01-01";
const LAST_DAY = "9999-12-31";

export { FIRST_DAY, LAST_DAY };

function customersInput(customers: readonly OwnedCustomer[]) {
  return sql`unnest(${arrayLiteral(customers.map((one) => one.customerId))}::bigint[],
    ${arrayLiteral(customers.map((one) => one.group))}::int[], ${arrayLiteral(customers.map((one) => one.from))}::date[],
    ${arrayLiteral(customers.map((one) => one.until))}::date[])
    as c (customer_id, "group", "from", "until")`;
}

/** So few that they are read by their keys; the planner would rather read the whole table, which is right only for many. */
const FEW_CUSTOMERS = 5_000;
/** An optimizer fence: with it PostgreSQL looks every customer up, without it it may join in any way. */
const ONE_BY_ONE = sql.raw("offset 0");
const EITHER_WAY = sql.raw("");

/** Facts summed per group, day, product, measure and currency: folded where they lie, so that a month of millions is a few rows here. */
export async function sumFacts(db: Db, customers: readonly OwnedCustomer[]): Promise<readonly TotalRow[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<TotalRow>`
    select c."group", f.day, f.product, f.measure, f.currency, sum(f.amount)::text as amount, sum(f.events)::bigint as events
    from ${customersInput(customers)}
    cross join lateral (
      select day, product, measure, currency, amount, events from commissions.fact_day f
      where f.customer_id = c.customer_id and f.day >= c."from" and f.day < c."until"
      ${customers.length < FEW_CUSTOMERS ? ONE_BY_ONE : EITHER_WAY}
    ) f
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/**
 * Customers whose CPA may come out otherwise because of facts from a day on: those with a deposit, chargeback, refund or milestone there.
 * @param customers with `from` set to the first day whose facts may have changed
 * @param measures what acquisition looks at besides milestones
 */
export async function touchedCustomers(
  db: Db,
  customers: readonly OwnedCustomer[],
  measures: readonly string[],
): Promise<readonly { readonly group: number; readonly customer_id: bigint }[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<{ group: number; customer_id: bigint }>`
    select c."group", c.customer_id
    from ${customersInput(customers)}
    left join commissions.milestone m on m.customer_id = c.customer_id
    where m.registered_at >= c."from" - 1 or m.kyc_at >= c."from" - 1 or m.ftd_at >= c."from" - 1
       or exists (select from commissions.fact_day f
                  where f.customer_id = c.customer_id and f.day >= c."from" and f.measure = any(${[...measures, "deposit"]}::text[]))`.execute(
    db,
  );
  return rows;
}

export interface MilestoneRow {
  readonly customer_id: bigint;
  readonly registered_at: Date | null;
  readonly kyc_at: Date | null;
  readonly ftd_at: Date | null;
  readonly ftd_minor: bigint | null;
  readonly ftd_currency: string | null;
}

export async function readMilestones(db: Db, customerIds: readonly bigint[]): Promise<readonly MilestoneRow[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<MilestoneRow>`
    select customer_id, registered_at, kyc_at, ftd_at, ftd_minor, ftd_currency
    from commissions.milestone where customer_id = any(${arrayLiteral(customerIds)}::bigint[])`.execute(db);
  return rows;
}

export interface MovementRow {
  readonly customer_id: bigint;
  readonly day: Day;
  readonly product: string;
  readonly measure: string;
  readonly currency: string;
  readonly amount: string;
  readonly events: number;
}

/**
 * Facts of customers per day.
 * @param asked everything from a day on, and these measures over the whole life
 */
export async function readMovements(
  db: Db,
  customerIds: readonly bigint[],
  asked: { readonly since: Day | null; readonly life: readonly string[] },
): Promise<readonly MovementRow[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<MovementRow>`
    select f.customer_id, f.day, f.product, f.measure, f.currency, f.amount::text as amount, f.events
    from unnest(${arrayLiteral(customerIds)}::bigint[]) as c (customer_id)
    join commissions.fact_day f using (customer_id)
    where (f.measure = any(${asked.life}::text[]) or f.day >= ${asked.since ?? LAST_DAY}::date) and (f.amount <> 0 or f.events <> 0)
    order by f.customer_id, f.day, f.measure, f.product`.execute(db);
  return rows;
}

export interface TrafficRow {
  readonly group: number;
  readonly day: Day;
  readonly country: string;
  readonly offer_id: string;
  readonly clicks: bigint;
  readonly unique_clicks: bigint;
  readonly impressions: bigint;
}

type PairName = { readonly partnerId: string; readonly programId: string };

function pairsInput(pairs: readonly PairName[]) {
  return sql`unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[])
    with ordinality as p (program_id, partner_id, position)`;
}

/** Clicks and impressions of some pairs, by the pair's position. */
export async function readTraffic(db: Db, pairs: readonly PairName[]): Promise<readonly TrafficRow[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<TrafficRow>`
    select (p.position - 1)::int as "group", t.day, t.country, t.offer_id, t.clicks, t.unique_clicks, t.impressions
    from ${pairsInput(pairs)} join commissions.traffic_day t using (program_id, partner_id) order by 1, 2, 3, 4`.execute(
    db,
  );
  return rows;
}

export interface StatedRow {
  readonly group: number;
  readonly name: string;
  readonly month: Month;
  readonly day: Day | null;
  readonly value: string;
}

export async function readStated(db: Db, pairs: readonly PairName[]): Promise<readonly StatedRow[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<StatedRow>`
    select (p.position - 1)::int as "group", s.name, s.month, s.day, s.value::text as value
    from ${pairsInput(pairs)} join commissions.stated_metric s using (program_id, partner_id)`.execute(db);
  return rows;
}

export interface EarnedRow {
  readonly group: number;
  readonly partner_id: string;
  readonly component: string;
  readonly model: string;
  readonly month: Month;
  readonly customer_id: string | null;
  readonly currency: string;
  readonly amount_minor: bigint;
}

/** The newest versions of the lines of some partners of a program, by position. */
export async function readEarned(db: Db, partners: readonly PairName[]): Promise<readonly EarnedRow[]> {
  if (partners.length === 0) return [];
  const { rows } = await sql<EarnedRow>`
    select (p.position - 1)::int as "group", l.partner_id, l.component, l.working->>'model' as model, l.month,
           case when l.subject_kind = 'customer' then l.subject_id end as customer_id, l.currency, l.amount_minor
    from ${pairsInput(partners)}
    join commissions.line l using (program_id, partner_id)
    where l.amount_minor <> 0
      and not exists (select from commissions.line newer where newer.line_key = l.line_key and newer.version > l.version)
    order by 1, l.line_id`.execute(db);
  return rows;
}
