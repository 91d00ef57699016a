import type { CapPeriod } from "@tributary/contract";
import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../../database/index.ts";
import type { Day } from "../../../kernel/period.ts";
import type { CapOutcome, CapUse, EventCap } from "../core/settle.ts";
import type { CountedUse } from "./alerts.ts";

/** A cap as it is stored; its currency is the program's. */
export type CapOfEvents = Omit<EventCap, "currency"> & { readonly period: CapPeriod };

/** The active caps on conversions and amounts, by program; a program without any is not among them. */
export async function capsOfEvents(tx: Db, programIds: readonly string[]): Promise<Map<string, CapOfEvents[]>> {
  const rows = await tx
    .selectFrom("tracking.cap")
    .selectAll()
    .where("program_id", "in", [...programIds, ""])
    .where("metric", "!=", "clicks")
    .where("status", "=", "active")
    .orderBy("cap_id")
    .execute();
  const caps = rows.map((row) => ({
    programId: row.program_id,
    capId: row.cap_id,
    offerId: row.offer_id,
    partnerId: row.partner_id,
    each: row.each as EventCap["each"],
    metric: row.metric as EventCap["metric"],
    eventType: row.event_type ?? "",
    most: row.most,
    overflow: row.overflow as EventCap["overflow"],
    period: row.period as CapPeriod,
  }));
  return Map.groupBy(caps, (cap) => cap.programId);
}

export interface Counter {
  readonly capId: string;
  readonly from: Day;
  readonly partnerId: string;
  readonly value: string;
}

/** Counters of periods of caps. */
export async function loadCounters(
  tx: Db,
  spans: readonly { readonly capId: string; readonly from: Day }[],
): Promise<(Counter & { readonly used: bigint })[]> {
  if (spans.length === 0) return [];
  const { rows } = await sql<{ cap_id: string; period_from: Day; partner_id: string; value: string; used: bigint }>`
    select c.cap_id, c.period_from, c.partner_id, c.value, c.used
    from unnest(${spans.map((s) => s.capId)}::text[], ${spans.map((s) => s.from)}::date[]) as k(cap_id, period_from)
    join tracking.cap_count c using (cap_id, period_from)`.execute(tx);
  return rows.map((row) => ({
    capId: row.cap_id,
    from: row.period_from,
    partnerId: row.partner_id,
    value: row.value,
    used: row.used,
  }));
}

/** Adds to counters, tells what passed which mark, and wakes the edges where clicks are turned away from now on. */
export async function bookCounters(
  tx: Db,
  changes: readonly (Counter & { readonly amount: bigint })[],
  now: Date,
): Promise<CountedUse[]> {
  if (changes.length === 0) return [];
  const { rows } = await sql<BookedRow>`
    insert into tracking.cap_count as c (cap_id, period_from, partner_id, value, used)
    select * from unnest(${changes.map((c) => c.capId)}::text[], ${changes.map((c) => c.from)}::date[],
      ${changes.map((c) => c.partnerId)}::text[], ${changes.map((c) => c.value)}::text[], ${arrayLiteral(changes.map((c) => c.amount))}::int8[])
    on conflict (cap_id, period_from, partner_id, value) do update set used = c.used + excluded.used
    returning cap_id, period_from, partner_id, value, used,
      (select p.most from tracking.cap p where p.cap_id = c.cap_id) as most,
      (select p.warn_at from tracking.cap p where p.cap_id = c.cap_id) as warn_at`.execute(tx);
  const added = new Map(changes.map((change) => [keyOf(change), change.amount]));
  const uses = rows.map((row) => useOf(row, added));
  const reached = uses.filter((use) => use.shareBefore < 100 && use.shareAfter >= 100);
  const near = uses.filter((use) => use.shareBefore < use.warnAt && use.shareAfter >= use.warnAt);
  await mark(tx, "reached_at", reached, now);
  await mark(tx, "near_at", near, now);
  if (reached.length > 0) await capsChanged(tx);
  return uses;
}

interface BookedRow {
  cap_id: string;
  period_from: Day;
  partner_id: string;
  value: string;
  used: bigint;
  most: bigint;
  warn_at: number;
}

function useOf(row: BookedRow, added: ReadonlyMap<string, bigint>): CountedUse {
  const counter = { capId: row.cap_id, from: row.period_from, partnerId: row.partner_id, value: row.value };
  const before = row.used - (added.get(keyOf(counter)) ?? 0n);
  const share = (used: bigint) => Number((used * 100n) / row.most);
  return {
    ...counter,
    used: row.used,
    most: row.most,
    shareBefore: share(before),
    shareAfter: share(row.used),
    warnAt: row.warn_at,
  };
}

async function mark(tx: Db, column: "near_at" | "reached_at", uses: readonly Counter[], now: Date): Promise<void> {
  for (const use of uses) {
    await sql`update tracking.cap_count set ${sql.ref(column)} = ${now} where cap_id = ${use.capId}
      and period_from = ${use.from}::date and partner_id = ${use.partnerId} and value = ${use.value}`.execute(tx);
  }
}

/** Edges read the caps again. */
export async function capsChanged(tx: Db): Promise<void> {
  await sql`select pg_notify('tributary_changes', 'caps')`.execute(tx);
}

function keyOf(counter: Counter): string {
  return `${counter.capId}\n${counter.from}\n${counter.partnerId}\n${counter.value}`;
}

export async function addUses(tx: Db, uses: readonly (CapUse & { readonly from: Day })[], now: Date): Promise<void> {
  if (uses.length === 0) return;
  await sql`insert into tracking.cap_use (event_id, cap_id, period_from, partner_id, value, amount, outcome, decided_at)
    select *, ${now}::timestamptz from unnest(${arrayLiteral(uses.map((u) => u.eventId))}::int8[], ${uses.map((u) => u.capId)}::text[],
      ${uses.map((u) => u.from)}::date[], ${uses.map((u) => u.partnerId)}::text[], ${uses.map((u) => u.value)}::text[],
      ${arrayLiteral(uses.map((u) => u.amount))}::int8[], ${uses.map((u) => u.outcome)}::text[])`.execute(tx);
}

interface UseRow {
  event_id: bigint;
  cap_id: string;
  period_from: Day;
  partner_id: string;
  value: string;
  amount: bigint;
  outcome: CapOutcome;
}

/**
 * Gives back what events used that do not count any more.
 * @returns what was decided of those that were beyond a cap, by event: their corrections inherit it
 */
export async function returnUses(
  tx: Db,
  eventIds: readonly bigint[],
): Promise<Map<bigint, CapUse & { readonly from: Day; readonly outcome: "pend" | "stop" | "released" }>> {
  const decided = new Map<bigint, CapUse & { readonly from: Day; readonly outcome: "pend" | "stop" | "released" }>();
  if (eventIds.length === 0) return decided;
  const { rows } =
    await sql<UseRow>`delete from tracking.cap_use where event_id = any(${arrayLiteral(eventIds)}::int8[])
    returning event_id, cap_id, period_from, partner_id, value, amount, outcome`.execute(tx);
  for (const row of rows) {
    const { event_id: eventId, cap_id: capId, period_from: from, partner_id: partnerId, value, amount, outcome } = row;
    if (outcome !== "counted") decided.set(eventId, { eventId, capId, from, partnerId, value, amount, outcome });
    else
      await sql`update tracking.cap_count c set used = greatest(0, c.used - ${amount}),
          reached_at = case when c.used - ${amount} < (select most from tracking.cap p where p.cap_id = ${capId}) then null else c.reached_at end
        where cap_id = ${capId} and period_from = ${from}::date and partner_id = ${partnerId} and value = ${value}`.execute(
        tx,
      );
  }
  if (rows.length > 0) await capsChanged(tx);
  return decided;
}
