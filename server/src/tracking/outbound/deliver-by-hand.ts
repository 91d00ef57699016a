import type { DeliveryDetail, NewPostback, PostbackTrial } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { parsePublicNumber, publicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { partnerTouch } from "../../partners/index.ts";
import { checkTemplate } from "./check.ts";
import { composeCall, ofDelivery } from "./compose.ts";
import { sampleValues } from "./core/occasions.ts";
import { resolveTemplate } from "./resolve.ts";
import { type PostbackNeeds, readable, writable } from "./service.ts";
import {
  type DeliveryRow,
  findDelivery,
  finishTest,
  insertAttempts,
  insertTest,
  listAttempts,
  requeue,
} from "./store/deliveries.ts";
import { secretsOf } from "./store/postbacks.ts";
import { toDeliveryDetail } from "./wire.ts";
import { callComposed } from "./worker.ts";

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
  needs: PostbackNeeds,
): Promise<DeliveryDetail> {
  const postback = await writable(ctx, actor, postbackId);
  const now = ctx.clock.now();
  const values = {
    ...sampleValues(postback.program_id, postback.offer_id, now),
    status: postback.status_words.accrued ?? "approved",
  };
  const secrets = await secretsOf(ctx.db, postbackId, now);
  const { delivery, composed } = await transact(ctx, async (tx) => {
    const deliveryId = await insertTest(tx.db, {
      postbackId,
      partnerId: postback.partner_id,
      programId: postback.program_id,
      dedupeKey: `${postbackId}:test:${ctx.ids.next("dlv")}`,
      values,
      now,
    });
    const delivery = { ...postback, deliveryId, values, secrets };
    const composed = composeCall(ofDelivery(delivery), needs.vault, now);
    const { call, sent } = composed;
    await insertAttempts(tx.db, now, [{ deliveryId, attempt: 1, url: call.url, sent, byUser: actor.id }]);
    await audit.record(tx, actor, {
      action: "postbacks.tested",
      subjectKind: "postback",
      subjectId: postbackId,
      partnerId: postback.partner_id,
      after: { delivery: publicNumber("dlv", deliveryId), url: call.url },
    });
    return { delivery, composed };
  });
  const options = { policy: needs.policy, timeoutMs: TEST_TIMEOUT_MS };
  const outcome = await callComposed(delivery, composed, needs.vault, ctx.clock, options);
  await finishTest(ctx.db, delivery.deliveryId, outcome, outcome.error === null);
  return await getDelivery(ctx, actor, publicNumber("dlv", delivery.deliveryId));
}

/**
 * The call that a postback would make, made once with example values before it is saved, so that a template can be tried while it is filled
 * in. Nothing of it is kept but the line in the trail.
 * @throws Refusal as creating it would
 */
export async function tryPostback(
  ctx: Context,
  actor: Actor,
  input: NewPostback,
  needs: PostbackNeeds,
): Promise<PostbackTrial> {
  const partnerId = input.partnerId ?? actor.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "say whose postback it is", "the id of a partner, prt_…");
  requirePermission(actor, "postbacks.write", await partnerTouch(ctx, partnerId, input.programId));
  const resolved = resolveTemplate(input);
  checkTemplate(resolved.url, resolved.body, needs.policy);
  const now = ctx.clock.now();
  const values = {
    ...sampleValues(input.programId, input.offerId, now),
    status: resolved.statusWords.accrued ?? "approved",
  };
  const secrets = Object.entries(resolved.credentials).map(
    ([name, secret]) => ({ kind: "credential", name, sealed: needs.vault.close(secret) }) as const,
  );
  const delivery = { ...resolved, deliveryId: 0n, values, secrets };
  const composed = composeCall(ofDelivery(delivery), needs.vault, now);
  await transact(ctx, (tx) =>
    audit.record(tx, actor, {
      action: "postbacks.tried",
      subjectKind: "partner",
      subjectId: partnerId,
      partnerId,
      after: { url: composed.call.url },
    }),
  );
  const options = { policy: needs.policy, timeoutMs: TEST_TIMEOUT_MS };
  const { status, error, durationMs, response } = await callComposed(
    delivery,
    composed,
    needs.vault,
    ctx.clock,
    options,
  );
  const { method, headers, body } = composed.sent;
  const request = { at: now.toISOString(), url: composed.call.url, method, headers: { ...headers }, body };
  return { ...request, status, error, durationMs, response, delivered: error === null };
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
