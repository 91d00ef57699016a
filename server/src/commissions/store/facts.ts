import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

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
  readonly currency: string;
  readonly minor: bigint;
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
export async function sumFacts(
  db: Db,
  customers: readonly OwnedCustomer[],
  measures: readonly string[],
): Promise<readonly TotalRow[]> {
  if (customers.length === 0 || measures.length === 0) return [];
  const { rows } = await sql<TotalRow>`
    select c."group", f.day, f.product, f.measure, f.currency, sum(f.amount)::bigint as minor
    from ${customersInput(customers)}
    cross join lateral (
      select day, product, measure, currency, amount from commissions.fact_day f
      where f.customer_id = c.customer_id and f.day >= c."from" and f.day < c."until"
        and f.measure = any(${measures}::text[]) and f.currency <> ''
      ${customers.length < FEW_CUSTOMERS ? ONE_BY_ONE : EITHER_WAY}
    ) f
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/**
 * Customers whose CPA may come out otherwise because of facts from a day on: those with a deposit, chargeback, refund or milestone there.
 * @param customers with `from` set to the first day whose facts may have changed
 */
export async function touchedCustomers(
  db: Db,
  customers: readonly OwnedCustomer[],
): Promise<readonly { readonly group: number; readonly customer_id: bigint }[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<{ group: number; customer_id: bigint }>`
    select c."group", c.customer_id
    from ${customersInput(customers)}
    left join commissions.milestone m on m.customer_id = c.customer_id
    where m.registered_at >= c."from" - 1 or m.kyc_at >= c."from" - 1 or m.ftd_at >= c."from" - 1
       or exists (select from commissions.fact_day f
                  where f.customer_id = c.customer_id and f.day >= c."from"
                    and f.measure in ('deposit', 'chargeback', 'refund'))`.execute(db);
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
  readonly measure: "deposit" | "chargeback" | "refund";
  readonly currency: string;
  readonly minor: bigint;
}

/** Amounts of some kinds of customers, per day, over their whole life. */
export async function readMovements(
  db: Db,
  customerIds: readonly bigint[],
  measures: readonly MovementRow["measure"][],
): Promise<readonly MovementRow[]> {
  if (customerIds.length === 0 || measures.length === 0) return [];
  const { rows } = await sql<MovementRow>`
    select customer_id, day, measure, currency, sum(amount)::bigint as minor
    from commissions.fact_day
    where customer_id = any(${arrayLiteral(customerIds)}::bigint[]) and measure = any(${measures}::text[]) and amount <> 0
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db);
  return rows;
}
