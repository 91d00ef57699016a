import { type RawBuilder, sql } from "kysely";
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
  readonly events: number;
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
const FEW_CUSTOMERS = 50_000;
/** An optimizer fence: with it PostgreSQL looks every customer up, without it it may join in any way. */
const ONE_BY_ONE = sql.raw("offset 0");
const EITHER_WAY = sql.raw("");

const fence = (customers: number) => (customers < FEW_CUSTOMERS ? ONE_BY_ONE : EITHER_WAY);

/** The day of a sum: of amounts in the currency that is folded, and of quantities then, the first of the month. */
function dayOrMonth(folded: RawBuilder<unknown>) {
  return sql`case when f.currency = ${folded} or (f.currency = '' and ${folded} <> '') then date_trunc('month', f.day::timestamp)::date else f.day end`;
}

function summed(folded: readonly string[]) {
  return {
    columns: sql`n."group"::int as "group", ${dayOrMonth(sql`n.folded`)} as day, f.product, f.measure, f.currency, sum(f.amount)::text as amount, sum(f.events)::int as events`,
    groups: sql`(select position - 1 as "group", folded from unnest(${arrayLiteral(folded)}::text[]) with ordinality as named (folded, position)) n`,
  };
}

/**
 * Facts summed per group, day, product, measure and currency: folded where they lie, so that a month of millions is a few rows here.
 * @param folded by group: the currency of which only the month is asked, or ""
 */
export async function sumFacts(
  db: Db,
  customers: readonly OwnedCustomer[],
  folded: readonly string[],
): Promise<readonly TotalRow[]> {
  if (customers.length === 0) return [];
  const { columns, groups } = summed(folded);
  const { rows } = await sql<TotalRow>`
    select ${columns}
    from ${customersInput(customers)} join ${groups} using ("group")
    cross join lateral (
      select day, product, measure, currency, amount, events from commissions.fact_day f
      where f.customer_id = c.customer_id and f.day >= c."from" and f.day < c."until" ${fence(customers.length)}
    ) f
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

export interface SummedSet {
  readonly group: number;
  /** Customer ids as PostgreSQL writes an array. */
  readonly ids: string;
  readonly from: Day;
}

/** The same of whole sets of customers. */
export async function sumSets(
  db: Db,
  sets: readonly SummedSet[],
  folded: readonly string[],
): Promise<readonly TotalRow[]> {
  if (sets.length === 0) return [];
  const { columns, groups } = summed(folded);
  const { rows } = await sql<TotalRow>`
    select ${columns}
    from unnest(${arrayLiteral(sets.map((one) => one.ids))}::text[], ${arrayLiteral(sets.map((one) => one.group))}::int[],
                ${arrayLiteral(sets.map((one) => one.from))}::date[]) as c (ids, "group", "from")
    join ${groups} using ("group")
    cross join lateral unnest(c.ids::bigint[]) as one (customer_id)
    cross join lateral (
      select day, product, measure, currency, amount, events from commissions.fact_day f
      where f.customer_id = one.customer_id and f.day >= c."from" ${ONE_BY_ONE}
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
    where exists (select from commissions.fact_day f
                  where f.customer_id = c.customer_id and f.day >= c."from" and f.measure = any(${[...measures, "deposit"]}::text[]))
       or exists (select from commissions.milestone m where m.customer_id = c.customer_id
                    and (m.registered_at >= c."from" - 1 or m.kyc_at >= c."from" - 1 or m.ftd_at >= c."from" - 1))`.execute(
    db,
  );
  return rows;
}

export interface MilestoneRow {
  readonly customer_id: bigint;
  /** Instants in milliseconds since 1970. */
  readonly registered_at: number | null;
  readonly kyc_at: number | null;
  readonly ftd_at: number | null;
  readonly ftd_minor: bigint | null;
  readonly ftd_currency: string | null;
  readonly withheld: readonly string[];
}

export async function readMilestones(db: Db, customerIds: readonly bigint[]): Promise<readonly MilestoneRow[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<MilestoneRow>`
    select c.customer_id, (extract(epoch from registered_at) * 1000)::float8 as registered_at, (extract(epoch from kyc_at) * 1000)::float8 as kyc_at,
           (extract(epoch from ftd_at) * 1000)::float8 as ftd_at, ftd_minor, ftd_currency, withheld
    from unnest(${arrayLiteral(customerIds)}::bigint[]) as c (customer_id)
    cross join lateral (select * from commissions.milestone m where m.customer_id = c.customer_id ${fence(customerIds.length)}) m`.execute(
    db,
  );
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
    cross join lateral (
      select * from commissions.fact_day f
      where f.customer_id = c.customer_id and (f.measure = any(${asked.life}::text[]) or f.day >= ${asked.since ?? LAST_DAY}::date)
        and (f.amount <> 0 or f.events <> 0) ${fence(customerIds.length)}
    ) f
    order by f.customer_id, f.day, f.measure, f.product`.execute(db);
  return rows;
}

/**
 * Facts of customers from a day on, those of one currency and those without any summed by month.
 * @param folded the currency
 */
export async function readMonths(
  db: Db,
  customerIds: readonly bigint[],
  asked: { readonly since: Day; readonly folded: string },
): Promise<readonly MovementRow[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<MovementRow>`
    select f.customer_id, ${dayOrMonth(sql`${asked.folded}`)} as day, f.product, f.measure, f.currency, sum(f.amount)::text as amount,
      sum(f.events)::int as events
    from unnest(${arrayLiteral(customerIds)}::bigint[]) as c (customer_id)
    cross join lateral (
      select * from commissions.fact_day f
      where f.customer_id = c.customer_id and f.day >= ${asked.since}::date and (f.amount <> 0 or f.events <> 0) ${fence(customerIds.length)}
    ) f
    group by 1, 2, 3, 4, 5 order by 1, 2, 4, 3`.execute(db);
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
  /** Of what was earned on a day (a customer's); null: of the whole month. */
  readonly day: Day | null;
  readonly customer_id: string | null;
  readonly currency: string;
  readonly amount_minor: bigint;
}

/** The newest versions of the lines of some partners of a program, by position. */
export async function readEarned(db: Db, partners: readonly PairName[]): Promise<readonly EarnedRow[]> {
  if (partners.length === 0) return [];
  const { rows } = await sql<EarnedRow>`
    select (p.position - 1)::int as "group", l.partner_id, l.component, l.working->>'model' as model, l.month,
           case when l.subject_kind = 'customer' then l.subject_id end as customer_id,
           case when l.subject_kind = 'customer' then l.earned_on end as day, l.currency, l.amount_minor
    from ${pairsInput(partners)}
    join commissions.line l using (program_id, partner_id)
    where l.amount_minor <> 0
      and not exists (select from commissions.line newer where newer.line_key = l.line_key and newer.version > l.version)
    order by 1, l.line_id`.execute(db);
  return rows;
}
