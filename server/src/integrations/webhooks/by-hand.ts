import type { WebhookDeliveryDetail, WebhookReplay } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { publicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { callPartner } from "../../tracking/index.ts";
import { composeWebhook, type WebhookNeeds } from "./outbox.ts";
import { existing, existingDelivery, getWebhookDelivery, record } from "./service.ts";
import { claimOne, finishByHand, insertAttempts, insertFor, replaySince, requeue } from "./store/deliveries.ts";

/** A person waits for the answer. */
const TEST_TIMEOUT_MS = 8000;

/** Sends `webhook.test` once, now, signed like everything else, and returns what came back. Works for a paused endpoint too. */
export async function testWebhook(
  ctx: Context,
  actor: Actor,
  endpointId: string,
  needs: WebhookNeeds,
): Promise<WebhookDeliveryDetail> {
  requirePermission(actor, "settings.write");
  const now = ctx.clock.now();
  const { claimed, call } = await transact(ctx, async (tx) => {
    await existing(tx, endpointId);
    const deliveryId = await insertFor(tx.db, endpointId, now, {
      type: "webhook.test",
      at: now,
      programId: null,
      dedupeKey: `webhook.test:${ctx.ids.next("whe")}`,
      data: { message: "This is a test of the endpoint.", test: true },
    });
    const claimed = await claimOne(tx.db, deliveryId, now);
    if (claimed === undefined) throw new Error("the test was not written");
    const call = composeWebhook(claimed, needs.vault, now);
    const { deliveryId: id, attempt, url } = claimed;
    await insertAttempts(tx.db, now, [
      { deliveryId: id, attempt, url, headers: call.headers, body: call.body ?? "", byUser: actor.id },
    ]);
    await record(tx, actor, "webhooks.tested", endpointId, undefined, { delivery: publicNumber("whd", id) });
    return { claimed, call };
  });
  const outcome = await callPartner(call, { policy: needs.policy, timeoutMs: TEST_TIMEOUT_MS });
  await finishByHand(ctx.db, claimed, ctx.clock.now(), outcome);
  return await getWebhookDelivery(ctx, actor, publicNumber("whd", claimed.deliveryId));
}

/** Puts a delivery first in line again, whatever became of it. @throws Refusal wrong_state when its endpoint is archived */
export async function resendWebhook(ctx: Context, actor: Actor, publicId: string): Promise<WebhookDeliveryDetail> {
  requirePermission(actor, "settings.write");
  return await transact(ctx, async (tx) => {
    const row = await existingDelivery(tx, publicId);
    await notArchived(tx, row.endpoint_id);
    await requeue(tx.db, row.delivery_id, tx.clock.now());
    await record(tx, actor, "webhooks.resent", row.endpoint_id, { state: row.state }, { delivery: publicId });
    return await getWebhookDelivery(tx, actor, publicId);
  });
}

/** Tells an endpoint again everything that was written down since a time and that it listens to. */
export async function replayWebhooks(
  ctx: Context,
  actor: Actor,
  endpointId: string,
  input: WebhookReplay,
): Promise<{ messages: number }> {
  requirePermission(actor, "settings.write");
  return await transact(ctx, async (tx) => {
    await notArchived(tx, endpointId);
    const messages = await replaySince(tx.db, endpointId, new Date(input.from), input.types, tx.clock.now());
    await record(tx, actor, "webhooks.replayed", endpointId, undefined, { ...input, messages });
    return { messages };
  });
}

async function notArchived(tx: Context, endpointId: string): Promise<void> {
  const endpoint = await existing(tx, endpointId);
  if (endpoint.status === "archived")
    throw new Refusal("wrong_state", "The endpoint is archived: nothing is sent to it");
}
