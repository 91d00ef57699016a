import { sql } from "kysely";
import { arrayLiteral, copyRowsInTransaction, type Db, type Tx } from "../../database/index.ts";
import type { Day, Month } from "../../kernel/period.ts";
import type { DayFact, Milestone } from "./contracts.ts";
import { amountText, type FactDelta } from "./fold.ts";

function idList(ids: readonly bigint[]): string {
  return `{${ids.join(",")}}`;
}

const FACT_COLUMNS = ["customer_id", "day", "product", "measure", "currency", "amount", "events"];

/**
 * Adds the changes to the stored facts; rows that no event stands behind any more go. Nearly all rows are new, and a COPY costs the
 * database half of what an upsert does: which ones are stored is asked first, with one look per customer and day. Call under the
 * events lock: nobody else adds rows in between.
 */
export async function applyDeltas(tx: Tx, deltas: readonly FactDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  // In the order of the key neighbours meet on the same pages of the index.
  const sorted = deltas.toSorted(
    (a, b) => Number(a.customerId - b.customerId) || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0),
  );
  const stored = await storedKeys(tx, sorted);
  const [fresh, known]: [FactDelta[], FactDelta[]] = [[], []];
  for (const delta of sorted) (stored.size > 0 && stored.has(factKey(delta)) ? known : fresh).push(delta);
  function* rows() {
    for (const d of fresh)
      yield [d.customerId, d.day, d.product, d.measure, d.currency, amountText(d.amount), d.events];
  }
  await copyRowsInTransaction(tx, "commissions.fact_day", FACT_COLUMNS, rows());
  await addToStored(tx, known);
  const lessened = deltas.filter((delta) => delta.events < 0);
  if (lessened.length === 0) return;
  await sql`delete from commissions.fact_day where customer_id = any(${idList(lessened.map((d) => d.customerId))}::int8[])
    and events = 0 and amount = 0`.execute(tx);
}

interface FactKey {
  readonly customerId: bigint;
  readonly day: Day;
  readonly product: string;
  readonly measure: string;
  readonly currency: string;
}

function factKey(fact: FactKey): string {
  return `${fact.customerId}|${fact.day}|${fact.product}|${fact.measure}|${fact.currency}`;
}

/** Keys of the facts that are stored for the customers and days of some changes, which are sorted by them. */
async function storedKeys(tx: Tx, sorted: readonly FactDelta[]): Promise<ReadonlySet<string>> {
  const pairs = sorted.filter(
    ({ customerId, day }, at) => customerId !== sorted[at - 1]?.customerId || day !== sorted[at - 1]?.day,
  );
  const { rows } = await sql<Omit<FactKey, "customerId"> & { customer_id: bigint }>`
    select f.customer_id, f.day, f.product, f.measure, f.currency
    from unnest(${idList(pairs.map((d) => d.customerId))}::int8[], ${arrayLiteral(pairs.map((d) => d.day))}::date[])
      as k (customer_id, day)
    join commissions.fact_day f using (customer_id, day)`.execute(tx);
  return new Set(rows.map(({ customer_id, ...row }) => factKey({ ...row, customerId: customer_id })));
}

async function addToStored(tx: Tx, deltas: readonly FactDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  const column = (pick: (delta: FactDelta) => string | bigint | number) => arrayLiteral(deltas.map(pick));
  await sql`
    update commissions.fact_day f set amount = f.amount + d.amount, events = f.events + d.events
    from unnest(${column((d) => d.customerId)}::int8[], ${column((d) => d.day)}::date[],
      ${column((d) => d.product)}::text[], ${column((d) => d.measure)}::text[], ${column((d) => d.currency)}::text[],
      ${column((d) => amountText(d.amount))}::numeric[], ${column((d) => d.events)}::int4[])
      as d (customer_id, day, product, measure, currency, amount, events)
    where f.customer_id = d.customer_id and f.day = d.day and f.product = d.product and f.measure = d.measure
      and f.currency = d.currency`.execute(tx);
}

interface MilestoneRow {
  customer_id: bigint;
  registered_at: number | null;
  kyc_at: number | null;
  ftd_at: number | null;
  ftd_minor: bigint | null;
  ftd_currency: string | null;
  ftd_event_id: bigint | null;
  second_deposit_at: number | null;
  second_deposit_event_id: bigint | null;
  withheld: Milestone["withheld"];
}

/** Milestones of customers; those without any are left out. */
export async function loadMilestones(db: Db, customerIds: readonly bigint[]): Promise<Map<bigint, Milestone>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<MilestoneRow>`
    select m.customer_id, (extract(epoch from m.registered_at) * 1000)::float8 as registered_at,
      (extract(epoch from m.kyc_at) * 1000)::float8 as kyc_at, (extract(epoch from m.ftd_at) * 1000)::float8 as ftd_at,
      m.ftd_minor, m.ftd_currency, m.ftd_event_id,
      (extract(epoch from m.second_deposit_at) * 1000)::float8 as second_deposit_at, m.second_deposit_event_id, m.withheld
    from unnest(${arrayLiteral(customerIds)}::int8[]) as c(customer_id)
    join commissions.milestone m using (customer_id)`.execute(db);
  return new Map(rows.map((row) => [row.customer_id, milestoneOf(row)]));
}

function milestoneOf(row: MilestoneRow): Milestone {
  return {
    customerId: row.customer_id,
    registeredAt: dateOf(row.registered_at),
    kycAt: dateOf(row.kyc_at),
    ftdAt: dateOf(row.ftd_at),
    ftdMinor: row.ftd_minor,
    ftdCurrency: row.ftd_currency,
    ftdEventId: row.ftd_event_id,
    secondDepositAt: dateOf(row.second_deposit_at),
    secondDepositEventId: row.second_deposit_event_id,
    withheld: row.withheld,
  };
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

/** Stores milestones, new and changed. */
export async function writeMilestones(tx: Tx, milestones: readonly Milestone[]): Promise<void> {
  if (milestones.length === 0) return;
  const dates = (pick: (m: Milestone) => Date | null) => arrayLiteral(milestones.map(pick));
  const numbers = (pick: (m: Milestone) => bigint | null) => arrayLiteral(milestones.map(pick));
  await sql`
    insert into commissions.milestone as m (customer_id, registered_at, kyc_at, ftd_at, ftd_minor, ftd_currency, ftd_event_id,
      second_deposit_at, second_deposit_event_id, withheld)
    select a, b, c, d, e, f, g, h, i, string_to_array(w, ',') from unnest(${numbers((m) => m.customerId)}::int8[], ${dates((m) => m.registeredAt)}::timestamptz[],
      ${dates((m) => m.kycAt)}::timestamptz[], ${dates((m) => m.ftdAt)}::timestamptz[], ${numbers((m) => m.ftdMinor)}::int8[],
      ${milestones.map((m) => m.ftdCurrency)}::text[], ${numbers((m) => m.ftdEventId)}::int8[],
      ${dates((m) => m.secondDepositAt)}::timestamptz[], ${numbers((m) => m.secondDepositEventId)}::int8[],
      ${milestones.map((m) => m.withheld.join())}::text[]) as n(a, b, c, d, e, f, g, h, i, w)
    on conflict (customer_id) do update set registered_at = excluded.registered_at, kyc_at = excluded.kyc_at,
      ftd_at = excluded.ftd_at, ftd_minor = excluded.ftd_minor, ftd_currency = excluded.ftd_currency,
      ftd_event_id = excluded.ftd_event_id, second_deposit_at = excluded.second_deposit_at,
      second_deposit_event_id = excluded.second_deposit_event_id, withheld = excluded.withheld, revision = m.revision + 1`.execute(
    tx,
  );
}

/** A partner's month of a program whose facts changed. */
export interface DirtyMonth {
  readonly programId: string;
  readonly partnerId: string;
  readonly month: Month;
}

/** Whose facts changed in a month; null: too many to name them, or more than facts changed. */
export interface Mark extends DirtyMonth {
  customers: bigint[] | null;
}

/** So many are named: beyond them, reading everybody is no dearer. */
const MOST_NAMED = 40;

/** Notes one more customer of a month. */
export function nameCustomer(mark: Mark, customerId: bigint): void {
  if (mark.customers === null || mark.customers.includes(customerId)) return;
  if (mark.customers.length === MOST_NAMED) mark.customers = null;
  else mark.customers.push(customerId);
}

/** Marks months for calculation. The count of marks lets a calculation that is under way notice that it came too early. */
export async function markDirty(tx: Tx, months: readonly Mark[], now: Date): Promise<void> {
  if (months.length === 0) return;
  const sorted = inOrder(months);
  await sql`
    insert into commissions.dirty as d (program_id, partner_id, month, marked_at, customers)
    select p, q, m, ${now}::timestamptz, c::bigint[] from unnest(${sorted.map((d) => d.programId)}::text[],
      ${sorted.map((d) => d.partnerId)}::text[], ${sorted.map((d) => d.month)}::date[],
      ${sorted.map((d) => (d.customers === null ? null : idList(d.customers)))}::text[]) as n(p, q, m, c)
    on conflict (program_id, partner_id, month)
      do update set revision = d.revision + 1, marked_at = excluded.marked_at, problem = null, derived = false,
        customers = case when excluded.customers is not null and cardinality(d.customers) < ${MOST_NAMED} then d.customers || excluded.customers end`.execute(
    tx,
  );
}

/** One order for all who mark and clear: two that write the same months at once do not wait for each other in a circle. */
export function inOrder<T extends DirtyMonth>(months: readonly T[]): T[] {
  return [...months].sort((a, b) => (dirtyKey(a) < dirtyKey(b) ? -1 : 1));
}

export function dirtyKey(mark: DirtyMonth): string {
  return `${mark.programId}\n${mark.partnerId}\n${mark.month}`;
}

/** Months in which customers have facts. */
export async function monthsWithFacts(
  db: Db,
  customerIds: readonly bigint[],
): Promise<readonly { readonly customerId: bigint; readonly month: Month }[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ customer_id: bigint; month: string }>`
    select distinct f.customer_id, date_trunc('month', f.day)::date as month
    from unnest(${idList(customerIds)}::int8[]) as c(customer_id) join commissions.fact_day f using (customer_id)`.execute(
    db,
  );
  return rows.map((row) => ({ customerId: row.customer_id, month: row.month }));
}

/** Facts of customers from one day to another (both included). */
export async function loadFacts(
  db: Db,
  query: { readonly customerIds: readonly bigint[]; readonly from?: Day; readonly to?: Day },
): Promise<DayFact[]> {
  if (query.customerIds.length === 0) return [];
  const { rows } = await sql<Omit<DayFact, "customerId"> & { customer_id: bigint }>`
    select f.* from unnest(${idList(query.customerIds)}::int8[]) as c(customer_id) join commissions.fact_day f using (customer_id)
    where f.day between ${query.from ?? "-infinity"}::date and ${query.to ?? "infinity"}::date
    order by f.customer_id, f.day, f.product, f.measure, f.currency`.execute(db);
  return rows.map(({ customer_id, ...row }) => ({ customerId: customer_id, ...row }));
}

/** Puts facts and milestones of customers in the place of whatever is stored for them. */
export async function replaceFacts(
  tx: Tx,
  customerIds: readonly bigint[],
  facts: readonly DayFact[],
  milestones: readonly Milestone[],
): Promise<void> {
  const ids = idList(customerIds);
  await sql`delete from commissions.fact_day where customer_id = any(${ids}::int8[])`.execute(tx);
  await sql`delete from commissions.milestone where customer_id = any(${ids}::int8[])`.execute(tx);
  function* rows() {
    for (const f of facts) yield [f.customerId, f.day, f.product, f.measure, f.currency, f.amount, f.events];
  }
  await copyRowsInTransaction(tx, "commissions.fact_day", FACT_COLUMNS, rows());
  await writeMilestones(tx, milestones);
}
