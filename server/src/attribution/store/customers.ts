import { sql } from "kysely";
import { arrayLiteral, copyRowsInTransaction, type Db, type Tx } from "../../database/index.ts";
import type { CustomerState, DecisionReason, Ownership } from "../contracts.ts";

interface OwnershipRow {
  partner_id: string | null;
  link_id: string | null;
  offer_id: string | null;
  click_id: string | null;
  country: string | null;
  dimensions: Record<string, string>;
  bound_at: number | null;
  owned_from: string | null;
  owned_until: string | null;
}

interface CustomerRow extends OwnershipRow {
  customer_id: bigint;
  program_id: string;
  customer_ref: string;
  first_seen: number | null;
  reason: DecisionReason;
  by_hand: boolean;
  revision: number;
}

const COLUMNS = sql.raw(`c.customer_id, c.program_id, c.customer_ref,
  (extract(epoch from c.first_seen) * 1000)::float8 as first_seen, c.reason, c.by_hand, c.revision,
  c.partner_id, c.link_id, c.offer_id, c.click_id, c.country, c.dimensions,
  (extract(epoch from c.bound_at) * 1000)::float8 as bound_at, c.owned_from, c.owned_until`);

function ownershipOf(row: OwnershipRow): Ownership {
  return {
    partnerId: row.partner_id,
    linkId: row.link_id,
    offerId: row.offer_id,
    clickId: row.click_id,
    country: row.country,
    dimensions: row.dimensions,
    boundAt: row.bound_at === null ? null : new Date(row.bound_at),
    ownedFrom: row.owned_from,
    ownedUntil: row.owned_until,
  };
}

function stateOf(row: CustomerRow, former: readonly Ownership[]): CustomerState {
  const owned = row.partner_id !== null || row.by_hand;
  return {
    customerId: row.customer_id,
    programId: row.program_id,
    customerRef: row.customer_ref,
    firstSeen: row.first_seen ?? Number.POSITIVE_INFINITY,
    reason: row.reason,
    byHand: row.by_hand,
    revision: row.revision,
    owners: owned ? [...former, ownershipOf(row)] : former,
  };
}

function firstSeenOf({ firstSeen }: CustomerState): Date | null {
  return Number.isFinite(firstSeen) ? new Date(firstSeen) : null;
}

/** The customers that exist among those named. */
export async function findCustomers(
  db: Db,
  named: readonly { readonly programId: string; readonly customerRef: string }[],
): Promise<CustomerState[]> {
  if (named.length === 0) return [];
  const { rows } = await sql<CustomerRow>`
    select ${COLUMNS}
    from unnest(${arrayLiteral(named.map((n) => n.programId))}::text[],
      ${arrayLiteral(named.map((n) => n.customerRef))}::text[]) as n(program_id, customer_ref)
    join attribution.customer c using (program_id, customer_ref)`.execute(db);
  return withFormer(db, rows);
}

export async function customersByIds(db: Db, customerIds: readonly bigint[]): Promise<CustomerState[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<CustomerRow>`
    select ${COLUMNS} from unnest(${arrayLiteral(customerIds)}::int8[]) as n(customer_id)
    join attribution.customer c using (customer_id) order by c.customer_id`.execute(db);
  return withFormer(db, rows);
}

/** All customers (or a program's) in the order of their ids, from one id on: how a replay walks through them. */
export async function customersAfter(
  db: Db,
  after: bigint,
  limit: number,
  programId?: string,
): Promise<CustomerState[]> {
  const ofProgram = programId === undefined ? sql`` : sql`and c.program_id = ${programId}`;
  const { rows } = await sql<CustomerRow>`
    select ${COLUMNS} from attribution.customer c where c.customer_id > ${after} ${ofProgram}
    order by c.customer_id limit ${limit}`.execute(db);
  return withFormer(db, rows);
}

/** How many customers a program has. */
export async function customersOfProgram(db: Db, programId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from attribution.customer where program_id = ${programId}`.execute(db);
  return rows[0]?.count ?? 0;
}

async function withFormer(db: Db, rows: readonly CustomerRow[]): Promise<CustomerState[]> {
  if (rows.length === 0) return [];
  const former = await sql<OwnershipRow & { customer_id: bigint }>`
    select f.customer_id, f.partner_id, f.link_id, f.offer_id, f.click_id, f.country, f.dimensions,
      (extract(epoch from f.bound_at) * 1000)::float8 as bound_at, f.owned_from, f.owned_until
    from unnest(${`{${rows.map((row) => row.customer_id).join(",")}}`}::int8[]) as n(customer_id)
    join attribution.former_owner f using (customer_id) order by f.customer_id, f.position`.execute(db);
  const byCustomer = new Map<bigint, Ownership[]>();
  for (const row of former.rows) {
    const list = byCustomer.get(row.customer_id);
    if (list === undefined) byCustomer.set(row.customer_id, [ownershipOf(row)]);
    else list.push(ownershipOf(row));
  }
  return rows.map((row) => stateOf(row, byCustomer.get(row.customer_id) ?? []));
}

/** First of `count` new ids that follow one another. Whoever calls holds the events lock, so nobody takes ids in between. */
export async function reserveIds(
  tx: Tx,
  sequence: "attribution.customer_customer_id_seq" | "attribution.decision_decision_id_seq",
  count: number,
): Promise<bigint> {
  const { rows } = await sql<{ last: bigint }>`
    select setval(${sequence}, nextval(${sequence}) + ${count - 1}) as last`.execute(tx);
  return (rows[0]?.last ?? 0n) - BigInt(count - 1);
}

/** A customer as it is to be stored, with the decision that made it so. */
export interface SettledCustomer {
  readonly state: CustomerState;
  readonly decisionId: bigint | null;
}

const CUSTOMER_COLUMNS = [
  "customer_id",
  "program_id",
  "customer_ref",
  "first_seen",
  "partner_id",
  "link_id",
  "offer_id",
  "click_id",
  "country",
  "dimensions",
  "reason",
  "by_hand",
  "bound_at",
  "owned_from",
  "owned_until",
  "decision_id",
];

export async function insertCustomers(tx: Tx, customers: readonly SettledCustomer[]): Promise<void> {
  function* rows() {
    for (const { state: s, decisionId } of customers) {
      const o = s.owners.at(-1);
      const who = [s.customerId, s.programId, s.customerRef, firstSeenOf(s)];
      const owner = [o?.partnerId, o?.linkId, o?.offerId, o?.clickId, o?.country, o?.dimensions ?? {}];
      yield [...who, ...owner, s.reason, s.byHand, o?.boundAt, o?.ownedFrom, o?.ownedUntil, decisionId];
    }
  }
  await copyRowsInTransaction(tx, "attribution.customer", CUSTOMER_COLUMNS, rows());
  await writeFormer(
    tx,
    customers.map((customer) => customer.state),
  );
}

/** Stored customers whose owners, reason or first day changed. */
export async function updateCustomers(tx: Tx, customers: readonly SettledCustomer[]): Promise<void> {
  if (customers.length === 0) return;
  const rows = customers.map(({ state: s, decisionId }) => {
    const o = s.owners.at(-1);
    return {
      customer_id: String(s.customerId),
      first_seen: firstSeenOf(s),
      partner_id: o?.partnerId ?? null,
      link_id: o?.linkId ?? null,
      offer_id: o?.offerId ?? null,
      click_id: o?.clickId ?? null,
      country: o?.country ?? null,
      dimensions: o?.dimensions ?? {},
      reason: s.reason,
      by_hand: s.byHand,
      bound_at: o?.boundAt ?? null,
      owned_from: o?.ownedFrom ?? null,
      owned_until: o?.ownedUntil ?? null,
      decision_id: decisionId === null ? null : String(decisionId),
    };
  });
  await sql`
    update attribution.customer c set first_seen = n.first_seen, partner_id = n.partner_id, link_id = n.link_id,
      offer_id = n.offer_id, click_id = n.click_id, country = n.country, dimensions = n.dimensions, reason = n.reason,
      by_hand = n.by_hand, bound_at = n.bound_at, owned_from = n.owned_from, owned_until = n.owned_until,
      decision_id = coalesce(n.decision_id, c.decision_id), revision = c.revision + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(customer_id bigint, first_seen timestamptz, partner_id text,
      link_id text, offer_id text, click_id text, country text, dimensions jsonb, reason text, by_hand boolean,
      bound_at timestamptz, owned_from date, owned_until date, decision_id bigint)
    where c.customer_id = n.customer_id`.execute(tx);
  const ids = `{${customers.map(({ state }) => state.customerId).join(",")}}`;
  await sql`delete from attribution.former_owner where customer_id = any(${ids}::int8[])`.execute(tx);
  await writeFormer(
    tx,
    customers.map((customer) => customer.state),
  );
}

const FORMER_COLUMNS = [
  "customer_id",
  "position",
  "program_id",
  "partner_id",
  "link_id",
  "offer_id",
  "click_id",
  "country",
  "dimensions",
  "bound_at",
  "owned_from",
  "owned_until",
];

async function writeFormer(tx: Tx, customers: readonly CustomerState[]): Promise<void> {
  function* rows() {
    for (const { customerId, programId, owners } of customers) {
      for (const [index, o] of owners.slice(0, -1).entries()) {
        const place = [customerId, index + 1, programId, o.partnerId, o.linkId, o.offerId, o.clickId, o.country];
        yield [...place, o.dimensions, o.boundAt, o.ownedFrom, o.ownedUntil];
      }
    }
  }
  await copyRowsInTransaction(tx, "attribution.former_owner", FORMER_COLUMNS, rows());
}

/** A customer in somebody's hands: one per customer and ownership. */
export interface OwnedCustomer {
  readonly customerId: bigint;
  readonly partnerId: string;
  readonly programId: string;
  readonly boundAt: Date | null;
  /** first day in the program's zone; null: from the beginning */
  readonly ownedFrom: string | null;
  /** exclusive; null: for life */
  readonly ownedUntil: string | null;
  /** Of the winning click; null of former owners. */
  readonly country: string | null;
  readonly offerId: string | null;
  /** sub1 to sub10, device, source, creative. */
  readonly dimensions: Readonly<Record<string, string>>;
}

const partnersInput = (pairs: readonly { readonly partnerId: string; readonly programId: string }[]) => sql`unnest(
  ${arrayLiteral(pairs.map((p) => p.partnerId))}::text[], ${arrayLiteral(pairs.map((p) => p.programId))}::text[])
  with ordinality as w(partner_id, program_id, position)`;

/** Customers of a pair of partner and program of whom nothing is asked but who they are. */
export interface CustomerSet {
  /** Of the pair, in what was asked. */
  readonly position: number;
  /** An array of customer ids in PostgreSQL's text form, to be handed on as it is. */
  readonly ids: string;
}

/**
 * Door for sums over whole partners, where a million customers need not become a million objects: those whom a partner has for life and from the
 * beginning, as one set for each pair; everybody else singly.
 */
export async function customerSetsOf(
  db: Db,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
): Promise<{ readonly sets: readonly CustomerSet[]; readonly others: readonly OwnedCustomer[] }> {
  if (pairs.length === 0) return { sets: [], others: [] };
  const { rows } = await sql<{ position: number; ids: string }>`
    select (w.position - 1)::int as position, array_agg(c.customer_id)::text as ids
    from ${partnersInput(pairs)} join attribution.customer c using (partner_id, program_id)
    where c.owned_from is null and c.owned_until is null group by 1`.execute(db);
  return { sets: rows, others: await ownedCustomers(db, pairs, true) };
}

/** Door: how many customers these partners have now, by the pair's position. */
export async function countCustomers(
  db: Db,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
): Promise<readonly number[]> {
  const counts = pairs.map(() => 0);
  const { rows } = await sql<{ position: number; customers: number }>`
    select (w.position - 1)::int as position, count(*)::int as customers
    from ${partnersInput(pairs)} join attribution.customer c using (partner_id, program_id) group by 1`.execute(db);
  for (const { position, customers } of rows) counts[position] = customers;
  return counts;
}

/** All customers that these partners have or had in these programs. */
export async function customersOfPartners(
  db: Db,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
): Promise<OwnedCustomer[]> {
  return pairs.length === 0 ? [] : await ownedCustomers(db, pairs, false);
}

const NOTHING: Readonly<Record<string, string>> = {};

async function ownedCustomers(
  db: Db,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
  limited: boolean,
): Promise<OwnedCustomer[]> {
  const some = limited ? sql`where c.owned_from is not null or c.owned_until is not null` : sql``;
  const { rows } = await sql<{
    customer_id: bigint;
    position: number;
    bound_at: number | null;
    owned_from: string | null;
    owned_until: string | null;
    country: string | null;
    offer_id: string | null;
    dimensions: Record<string, string> | null;
  }>`
    select c.customer_id, w.position::int as position, (extract(epoch from c.bound_at) * 1000)::float8 as bound_at, c.owned_from, c.owned_until,
           c.country, c.offer_id, nullif(c.dimensions, '{}') as dimensions
    from ${partnersInput(pairs)} join attribution.customer c using (partner_id, program_id) ${some}
    union all
    select f.customer_id, w.position::int, (extract(epoch from f.bound_at) * 1000)::float8, f.owned_from, f.owned_until, null, null, null
    from ${partnersInput(pairs)} join attribution.former_owner f using (partner_id, program_id)`.execute(db);
  return rows.map((row) => ({
    customerId: row.customer_id,
    partnerId: pairs[row.position - 1]?.partnerId ?? "",
    programId: pairs[row.position - 1]?.programId ?? "",
    boundAt: row.bound_at === null ? null : new Date(row.bound_at),
    ownedFrom: row.owned_from,
    ownedUntil: row.owned_until,
    country: row.country,
    offerId: row.offer_id,
    dimensions: row.dimensions ?? NOTHING,
  }));
}
