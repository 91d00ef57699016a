import type {
  Payout,
  PayoutBatch,
  PayoutBatchQuery,
  PayoutDetail,
  PayoutDispatch,
  PayoutQuery,
} from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../access/index.ts";
import type { Context, Page } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { earliestOf } from "./release.ts";
import * as batches from "./store/batches.ts";
import * as store from "./store/payouts.ts";
import { sourcesById } from "./store/sources.ts";
import { batchWire, dispatchWire, itemWire, ownWire, payoutWire } from "./wire.ts";

export async function listBatches(ctx: Context, actor: Actor, query: PayoutBatchQuery): Promise<Page<PayoutBatch>> {
  requirePermission(actor, "payouts.read", {});
  const page = await batches.batchPage(ctx.db, query, query);
  return { rows: await batchWires(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

export async function getBatch(ctx: Context, actor: Actor, id: string): Promise<PayoutBatch> {
  requirePermission(actor, "payouts.read", {});
  const row = await batches.batchRow(ctx.db, id);
  const [wire] = row === undefined ? [] : await batchWires(ctx, actor, [row]);
  if (wire === undefined) throw notFound("payout batch", id);
  return wire;
}

/** What batches are called, for whoever shows a reference to one. */
export async function batchNames(ctx: Context, actor: Actor, ids: readonly string[]) {
  if (!can(actor, "payouts.read", {})) return [];
  return (await batches.batchesById(ctx.db, ids)).map((row) => ({ id: row.batch_id, name: row.name }));
}

/** What payouts are called: who is paid, and in which batch. */
export async function payoutNames(ctx: Context, actor: Actor, ids: readonly string[]) {
  if (actor.partnerId !== undefined || !can(actor, "payouts.read", {})) return [];
  return (await store.payoutTitles(ctx.db, ids)).map(({ payout_id: id, payee_name: payee, name }) => ({
    id,
    name: `${payee} · ${name}`,
  }));
}

async function batchWires(ctx: Context, actor: Actor, rows: readonly batches.BatchRow[]): Promise<PayoutBatch[]> {
  const ids = rows.map((row) => row.batch_id);
  const counts = Map.groupBy(await store.countsOf(ctx.db, ids), (one) => one.batch_id);
  const dispatches = await dispatchWires(ctx, ids);
  const late = await lateOf(ctx, rows);
  return rows.map((row) =>
    batchWire(row, {
      counts: counts.get(row.batch_id) ?? [],
      dispatches: dispatches.get(row.batch_id) ?? [],
      mayRelease: row.state === "prepared" && can(actor, "payouts.approve", {}) && !row.hands.includes(personOf(actor)),
      lateFor: late.get(row.batch_id) ?? [],
    }),
  );
}

async function lateOf(ctx: Context, rows: readonly batches.BatchRow[]) {
  const late = new Map<string, PayoutBatch["lateFor"]>();
  for (const row of rows.filter((one) => one.state === "prepared")) {
    const used = await store.sourcesOfBatch(ctx.db, row.batch_id);
    const sources = await sourcesById(ctx.db, used);
    const some = sources.map((source) => ({ source, earliest: earliestOf(ctx, source, row.execution_date) }));
    const behind = some.filter(({ earliest }) => row.execution_date < earliest);
    const told = behind.map(({ source, earliest }) => ({
      sourceId: source.source_id,
      sourceName: source.name,
      earliest,
    }));
    late.set(row.batch_id, told);
  }
  return late;
}

async function dispatchWires(
  ctx: Context,
  batchIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PayoutDispatch[]>> {
  const rows = await batches.dispatchesOf(ctx.db, batchIds);
  const files = await batches.fileFacts(
    ctx.db,
    rows.map((row) => row.dispatch_id),
  );
  const byDispatch = new Map(files.map((file) => [file.dispatch_id, file]));
  const sources = await sourcesById(ctx.db, [...new Set(rows.map((row) => row.source_id))]);
  const names = new Map(sources.map((source) => [source.source_id, source.name]));
  const grouped = Map.groupBy(rows, (row) => row.batch_id);
  const wire = (row: batches.DispatchRow) =>
    dispatchWire(row, names.get(row.source_id) ?? "", byDispatch.get(row.dispatch_id));
  return new Map([...grouped].map(([id, some]) => [id, some.map(wire)]));
}

/** Payouts as far as the actor may see them; a partner sees its own part of those that were released. */
export async function listPayouts(ctx: Context, actor: Actor, query: PayoutQuery): Promise<Page<Payout>> {
  if (actor.partnerId !== undefined) return await listOwn(ctx, actor.partnerId, query);
  const within = await reachOf(ctx, actor, "payouts.read");
  const page = await store.payoutPage(ctx.db, within, query, query);
  const again = await store.reissuesOf(
    ctx.db,
    page.rows.map((row) => row.payout_id),
  );
  return {
    rows: page.rows.map((row) => payoutWire(row, again.get(row.payout_id) ?? null)),
    nextCursor: page.nextCursor,
  };
}

async function listOwn(ctx: Context, partnerId: string, query: PayoutQuery): Promise<Page<Payout>> {
  const page = await store.ownPayoutPage(ctx.db, partnerId, query, query);
  const items = await store.itemsOf(
    ctx.db,
    page.rows.map((row) => row.payout_id),
  );
  return {
    rows: page.rows.map((row) => ownWire(row, partOf(items, row.payout_id, partnerId), null)),
    nextCursor: page.nextCursor,
  };
}

function partOf(items: readonly store.ItemRow[], payoutId: string, partnerId: string): bigint {
  const own = items.filter((item) => item.payout_id === payoutId && item.partner_id === partnerId);
  return own.reduce((sum, item) => sum + item.paid_minor, 0n);
}

export async function getPayout(ctx: Context, actor: Actor, id: string): Promise<PayoutDetail> {
  const { partnerId } = actor;
  if (partnerId !== undefined) return await getOwn(ctx, partnerId, id);
  const row = await store.payoutRow(ctx.db, id);
  const items = await store.itemsOf(ctx.db, [id]);
  const within = await reachOf(ctx, actor, "payouts.read");
  const seen = items.some((item) => isWithin(within, { partnerId: item.partner_id }));
  if (row === undefined || !can(actor, "payouts.read") || !(within.everything || seen)) throw notFound("payout", id);
  const again = await store.reissuesOf(ctx.db, [id]);
  const own = within.everything ? items : items.filter((item) => isWithin(within, { partnerId: item.partner_id }));
  return {
    ...payoutWire(row, again.get(id) ?? null),
    items: own.map((item) => itemWire(item, row.currency)),
    progress: (await store.progressOf(ctx.db, id, false)).map((one) => ({ ...one, at: one.at.toISOString() })),
  };
}

async function getOwn(ctx: Context, partnerId: string, id: string): Promise<PayoutDetail> {
  const row = await store.ownPayout(ctx.db, partnerId, id);
  if (row === undefined) throw notFound("payout", id);
  const items = (await store.itemsOf(ctx.db, [id])).filter((item) => item.partner_id === partnerId);
  return {
    ...ownWire(row, partOf(items, id, partnerId), null),
    items: items.map((item) => itemWire(item, row.currency)),
    progress: (await store.progressOf(ctx.db, id, true)).map((one) => ({ ...one, at: one.at.toISOString() })),
  };
}
