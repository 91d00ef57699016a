import { type Actor, isWithin, type Permission, type RecordReach, requirePermission } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { partnersOf } from "./loading.ts";
import { lockPayee, type PayeeRow, payeeRow } from "./store/payees.ts";

/** Whether a payee belongs to somebody's reach: by the partner that entered it or by one that it serves. */
export function ownsPayee(within: RecordReach, row: PayeeRow, partnerIds: readonly string[]): boolean {
  return [row.partner_id, ...partnerIds].some((partnerId) => isWithin(within, { partnerId })) || within.everything;
}

/** @throws Refusal `not_found` */
export async function readablePayee(ctx: Context, actor: Actor, id: string): Promise<PayeeRow> {
  const row = await payeeRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "payees.read");
  const served = (await partnersOf(ctx, [id])).get(id) ?? [];
  if (row === undefined || !ownsPayee(within, row, served)) throw notFound("payee", id);
  return row;
}

/**
 * The payee, locked, for somebody who may change it: money of every partner that it serves is concerned, so the permission has to hold for each.
 * @throws Refusal `not_found`, `forbidden`
 */
export async function changeablePayee(
  tx: Context,
  actor: Actor,
  permission: Permission,
  id: string,
): Promise<PayeeRow> {
  await readablePayee(tx, actor, id);
  const served = (await partnersOf(tx, [id])).get(id) ?? [];
  await requireForAll(tx, actor, permission, served);
  // A partner's proposal changes nothing, and its role may not lock.
  const row = actor.partnerId === undefined ? await lockPayee(tx.db, id) : await payeeRow(tx.db, id);
  if (row === undefined) throw notFound("payee", id);
  return row;
}

export async function requireForAll(
  ctx: Context,
  actor: Actor,
  permission: Permission,
  partnerIds: readonly string[],
): Promise<void> {
  // A partner sees its own assignments only, so nothing foreign can be among them.
  if (actor.partnerId !== undefined) return requirePermission(actor, permission, { partnerId: actor.partnerId });
  if (partnerIds.length === 0) return requirePermission(actor, permission, {});
  for (const partnerId of partnerIds) requirePermission(actor, permission, await partnerTouch(ctx, partnerId));
}
