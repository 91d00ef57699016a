import type { DeliveryDetail } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { parsePublicNumber, publicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { notFound } from "../../kernel/refusals.ts";
import type { AddressPolicy } from "./address.ts";
import { callPartner } from "./call.ts";
import { sampleValues } from "./core/occasions.ts";
import { readable, writable } from "./service.ts";
import {
  type DeliveryRow,
  findDelivery,
  finishTest,
  insertAttempts,
  insertTest,
  listAttempts,
  requeue,
} from "./store/deliveries.ts";
import { toDeliveryDetail } from "./wire.ts";
import { toCall } from "./worker.ts";

/** A person waits for the answer. */
const TEST_TIMEOUT_MS = 8000;

export async function getDelivery(ctx: Context, actor: Actor, publicId: string): Promise<DeliveryDetail> {
  const row = await existing(ctx, publicId);
  await readable(ctx, actor, row.postback_id);
  return toDeliveryDetail(row, await listAttempts(ctx.db, row.delivery_id));
}

/**
 * Calls the partner's address once, now, with values that are plainly a test, and returns what came back. Works for a paused postback too:
 * that is when one wants to try it. The attempt is in the same log as the real ones; it is never repeated by itself.
 */
export async function testPostback(
  ctx: Context,
  actor: Actor,
  postbackId: string,
  policy: AddressPolicy,
): Promise<DeliveryDetail> {
  const postback = await writable(ctx, actor, postbackId);
  const now = ctx.clock.now();
  const values = sampleValues(postback.program_id, postback.offer_id, now);
  const { deliveryId, call } = await transact(ctx, async (tx) => {
    const deliveryId = await insertTest(tx.db, {
      postbackId,
      partnerId: postback.partner_id,
      programId: postback.program_id,
      dedupeKey: `${postbackId}:test:${ctx.ids.next("dlv")}`,
      values,
      now,
    });
    const call = toCall({ ...postback, deliveryId, values });
    await insertAttempts(tx.db, now, [{ deliveryId, attempt: 1, url: call.url, byUser: actor.id }]);
    await audit.record(tx, actor, {
      action: "postbacks.tested",
      subjectKind: "postback",
      subjectId: postbackId,
      partnerId: postback.partner_id,
      after: { delivery: publicNumber("dlv", deliveryId), url: call.url },
    });
    return { deliveryId, call };
  });
  const outcome = await callPartner(call, { policy, timeoutMs: TEST_TIMEOUT_MS });
  await finishTest(ctx.db, deliveryId, outcome, outcome.error === null);
  return await getDelivery(ctx, actor, call.deliveryId);
}

/**
 * Puts a delivery first in line again, whatever became of it, with a fresh 72 hours and the values of the first call.
 * @throws Refusal wrong_state for a test, or when its postback is archived
 */
export async function resendDelivery(ctx: Context, actor: Actor, publicId: string): Promise<DeliveryDetail> {
  return await transact(ctx, async (tx) => {
    const row = await existing(tx, publicId);
    const postback = await writable(tx, actor, row.postback_id);
    if (postback.status === "archived")
      throw new Refusal("wrong_state", "The postback is archived: nothing is sent to it");
    if (!(await requeue(tx.db, row.delivery_id, tx.clock.now()))) {
      throw new Refusal("wrong_state", "A test is not resent: test the postback again");
    }
    await audit.record(tx, actor, {
      action: "postbacks.resent",
      subjectKind: "delivery",
      subjectId: publicId,
      partnerId: row.partner_id,
      before: { state: row.state, attempts: row.attempts },
    });
    return await getDelivery(tx, actor, publicId);
  });
}

async function existing(ctx: Context, publicId: string): Promise<DeliveryRow> {
  const id = parsePublicNumber("dlv", publicId);
  const row = id === undefined ? undefined : await findDelivery(ctx.db, id);
  if (row === undefined) throw notFound("delivery", publicId);
  return row;
}
