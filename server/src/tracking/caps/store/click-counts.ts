import { sql } from "kysely";
import { type Db, inTransaction } from "../../../database/index.ts";
import type { Day } from "../../../kernel/period.ts";

/** A counter that an edge wants more of. */
export interface Wanted {
  readonly capId: string;
  readonly from: Day;
  readonly partnerId: string;
  readonly value: string;
  /** clicks that were let through before anything was reserved for them */
  readonly debt: number;
}

/** What it got. */
export interface Granted {
  readonly capId: string;
  readonly from: Day;
  readonly partnerId: string;
  readonly value: string;
  readonly granted: number;
  /** of the whole cap, after this */
  readonly left: number;
  /** percent used before and after, for who is to be told */
  readonly shareBefore: number;
  readonly shareAfter: number;
  readonly used: bigint;
  readonly most: bigint;
  readonly warnAt: number;
}

/** A block is an eighth of what is left: large while there is much, single clicks at the end. */
const BLOCK_SHARE = 8;
const LARGEST_BLOCK = 500;

/**
 * Takes a block of each counter for one process. What is owed is booked in any case; a block never goes beyond the cap. Rows are locked in one
 * order, so that processes wait for each other and never in a circle.
 */
export async function reserveClicks(
  db: Db,
  wanted: readonly Wanted[],
  told: (tx: Db, granted: readonly Granted[]) => Promise<void>,
  now: Date,
): Promise<Granted[]> {
  if (wanted.length === 0) return [];
  return await inTransaction(db, async (tx) => {
    const columns = sql`unnest(${wanted.map((w) => w.capId)}::text[], ${wanted.map((w) => w.from)}::date[],
      ${wanted.map((w) => w.partnerId)}::text[], ${wanted.map((w) => w.value)}::text[], ${wanted.map((w) => w.debt)}::int8[])
      as k(cap_id, period_from, partner_id, value, debt)`;
    await sql`insert into tracking.cap_count (cap_id, period_from, partner_id, value, used)
      select cap_id, period_from, partner_id, value, 0 from ${columns} order by 1, 2, 3, 4 on conflict do nothing`.execute(
      tx,
    );
    const { rows } = await sql<CountRow>`
      with held as (
        select c.cap_id, c.period_from, c.partner_id, c.value, c.used, k.debt, p.most, p.warn_at,
          greatest(0, least(${LARGEST_BLOCK}::int8, p.most - c.used - k.debt,
            greatest(1, (p.most - c.used - k.debt) / ${BLOCK_SHARE}::int8))) as block
        from ${columns} join tracking.cap_count c using (cap_id, period_from, partner_id, value) join tracking.cap p using (cap_id)
        order by 1, 2, 3, 4 for update of c)
      update tracking.cap_count c set used = h.used + h.debt + h.block,
        near_at = case when c.near_at is null and (h.used + h.debt + h.block) * 100 >= h.most * h.warn_at then ${now}::timestamptz else c.near_at end,
        reached_at = case when c.reached_at is null and h.used + h.debt + h.block >= h.most then ${now}::timestamptz else c.reached_at end
      from held h
      where c.cap_id = h.cap_id and c.period_from = h.period_from and c.partner_id = h.partner_id and c.value = h.value
      returning c.cap_id, c.period_from, c.partner_id, c.value, h.used as before, c.used, h.block, h.most, h.warn_at`.execute(
      tx,
    );
    const granted = rows.map(grantOf);
    await told(tx, granted);
    return granted;
  });
}

interface CountRow {
  cap_id: string;
  period_from: Day;
  partner_id: string;
  value: string;
  before: bigint;
  used: bigint;
  block: bigint;
  most: bigint;
  warn_at: number;
}

function grantOf(row: CountRow): Granted {
  return {
    capId: row.cap_id,
    from: row.period_from,
    partnerId: row.partner_id,
    value: row.value,
    granted: Number(row.block),
    left: Math.max(0, Number(row.most - row.used)),
    shareBefore: Number((row.before * 100n) / row.most),
    shareAfter: Number((row.used * 100n) / row.most),
    used: row.used,
    most: row.most,
    warnAt: row.warn_at,
  };
}

/** Gives back what a process reserved and did not use. */
export async function returnClicks(
  db: Db,
  unused: readonly (Omit<Wanted, "debt"> & { readonly count: number })[],
): Promise<void> {
  if (unused.length === 0) return;
  const sorted = unused.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await inTransaction(db, async (tx) => {
    for (const { capId, from, partnerId, value, count } of sorted) {
      await sql`update tracking.cap_count set used = greatest(0, used - ${count}),
          reached_at = case when used - ${count} < (select most from tracking.cap p where p.cap_id = ${capId}) then null else reached_at end
        where cap_id = ${capId} and period_from = ${from}::date and partner_id = ${partnerId} and value = ${value}`.execute(
        tx,
      );
    }
  });
}

function keyOf(one: Omit<Wanted, "debt">): string {
  return `${one.capId}\n${one.from}\n${one.partnerId}\n${one.value}`;
}

/** What the edge keeps of a cap. */
export interface EdgeCapRow {
  readonly cap_id: string;
  readonly program_id: string;
  readonly offer_id: string | null;
  readonly partner_id: string | null;
  readonly each: string;
  readonly metric: string;
  readonly most: bigint;
  readonly period: string;
  readonly overflow_url: string | null;
  readonly overflow_offer_id: string | null;
}

/** The caps that have a say in where clicks go. */
export async function edgeCaps(db: Db): Promise<readonly EdgeCapRow[]> {
  const { rows } = await sql<EdgeCapRow>`
    select cap_id, program_id, offer_id, partner_id, each, metric, most, period, overflow_url, overflow_offer_id
    from tracking.cap where status = 'active' and overflow = 'fallback' order by cap_id`.execute(db);
  return rows;
}

export interface ReachedRow {
  readonly cap_id: string;
  readonly period_from: Day;
  readonly partner_id: string;
  readonly value: string;
}

/** Counters of conversions and amounts that have reached their caps, of periods that may still run now. */
export async function reachedCounters(db: Db, now: Date): Promise<readonly ReachedRow[]> {
  const { rows } = await sql<ReachedRow>`
    select c.cap_id, c.period_from, c.partner_id, c.value from tracking.cap_count c join tracking.cap p using (cap_id)
    where p.status = 'active' and p.overflow = 'fallback' and p.metric <> 'clicks' and c.used >= p.most
      and (c.period_from >= ${now.toISOString()}::date - 33 or p.period = 'total')`.execute(db);
  return rows;
}
