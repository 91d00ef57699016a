import { type Actor, personOf, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { tellSent } from "./announcing.ts";
import type { PayoutNeeds, Vault } from "./contracts.ts";
import { PAYOUT_LIFE, type PayoutState } from "./core/life.ts";
import type { Webhook } from "./providers/contracts.ts";
import { providerPayment } from "./sending.ts";
import { openSource } from "./source-secrets.ts";
import { applyStatuses, byHand } from "./status.ts";
import * as batches from "./store/batches.ts";
import { addProgress, lockPayouts, payoutsOfDispatch } from "./store/payouts.ts";
import { sourceRow } from "./store/sources.ts";

/** A payment file on its way out of the house. */
export interface FetchedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Gives the file of a dispatch to somebody who takes it to the bank. Every look stands in the trail; with the first one its payouts count as sent, since
 * from then on nobody knows where the file is.
 */
export async function fetchFile(ctx: Context, actor: Actor, dispatchId: string, vault: Vault): Promise<FetchedFile> {
  requirePermission(actor, "payouts.write", {});
  return await transact(ctx, async (tx) => {
    const row = await batches.fileRow(tx.db, dispatchId);
    const dispatch = await batches.dispatchRow(tx.db, dispatchId);
    if (row === undefined || dispatch === undefined) throw notFound("payment file", dispatchId);
    await audit.record(tx, actor, {
      action: "payouts.file_fetched",
      subjectKind: "payout_dispatch",
      subjectId: dispatchId,
      after: { batchId: dispatch.batch_id, file: row.file_name, sha256: row.sha256 },
    });
    if (dispatch.state === "written") {
      const now = tx.clock.now();
      await batches.noteFetched(tx.db, dispatchId, personOf(actor), now);
      const rows = await payoutsOfDispatch(tx.db, dispatchId);
      const told = rows.map((one) => ({ payoutId: one.payout_id, providerRef: null, trace: null }));
      const sent = await batches.markSent(tx.db, dispatchId, now, told);
      await batches.updateDispatch(tx.db, dispatchId, { state: "sent", sent_at: now });
      const progress = { state: "sent", told: row.file_name, sentence: "", origin: personOf(actor) };
      await addProgress(
        tx.db,
        sent.map((payoutId) => ({ payoutId, ...progress })),
        now,
      );
      await tellSent(tx, sent);
    }
    const bytes = Buffer.from(vault.open(row.sealed), "base64");
    return { name: row.file_name, mediaType: row.media_type, bytes };
  });
}

/** Tries a failed dispatch again under the same keys, or gives it up: its payouts are rejected and their statements owed again. */
export async function answerFailure(ctx: Context, actor: Actor, dispatchId: string, giveUp: boolean): Promise<string> {
  requirePermission(actor, giveUp ? "payouts.approve" : "payouts.write", {});
  return await transact(ctx, async (tx) => {
    const dispatch = await batches.dispatchRow(tx.db, dispatchId);
    if (dispatch === undefined) throw notFound("dispatch", dispatchId);
    if (dispatch.state !== "failed") throw new Refusal("wrong_state", "Only what failed is tried again or given up.");
    if (!giveUp)
      await batches.updateDispatch(tx.db, dispatchId, { state: "pending", problem: null, problem_code: null });
    else {
      const rows = await payoutsOfDispatch(tx.db, dispatchId);
      const left = rows.filter((row) => row.state === "released");
      await applyStatuses(
        tx,
        actor,
        left.map((row) => byHand(actor, row.payout_id, "rejected", dispatch.problem ?? "It could not be sent.")),
      );
    }
    await audit.record(tx, actor, {
      action: giveUp ? "payouts.dispatch_given_up" : "payouts.dispatch_tried_again",
      subjectKind: "payout_dispatch",
      subjectId: dispatchId,
      after: { batchId: dispatch.batch_id, problem: dispatch.problem },
    });
    return dispatch.batch_id;
  });
}

/** What a bank or provider told by word or letter. Not by whoever released the batch: what comes back is paid again. */
export async function tellByHand(
  ctx: Context,
  actor: Actor,
  payoutId: string,
  state: "accepted" | "settled" | "rejected" | "returned",
  reason: string,
): Promise<void> {
  requirePermission(actor, "payouts.approve", {});
  await transact(ctx, async (tx) => {
    const [row] = await lockPayouts(tx.db, [payoutId]);
    if (row === undefined) throw notFound("payout", payoutId);
    const batch = await batches.batchRow(tx.db, row.batch_id);
    if (batch?.released_by === personOf(actor))
      throw new Refusal("same_person", "You released this payout: somebody else has to say what became of it.");
    requireMove(PAYOUT_LIFE, row.state as PayoutState, state);
    await applyStatuses(tx, actor, [byHand(actor, payoutId, state, reason)]);
    const after = { state, batchId: row.batch_id };
    await audit.record(tx, actor, {
      action: "payouts.status_by_hand",
      subjectKind: "payout",
      subjectId: payoutId,
      reason,
      after,
    });
  });
}

const POLLER = systemActor("payout status");
const POLL_EVERY_MS = 10 * 60_000;

/** Asks providers what became of what they took. @returns how many payouts changed */
export async function pollProviders(
  ctx: Context,
  needs: PayoutNeeds,
  onTrouble: (error: Error) => void,
): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - POLL_EVERY_MS);
  let changed = 0;
  for (const dispatch of await batches.dispatchesToPoll(ctx.db, before)) {
    // One provider that is down does not keep the others waiting.
    changed += await poll(ctx, dispatch, needs).catch((error: Error) => {
      onTrouble(error);
      return 0;
    });
  }
  return changed;
}

async function poll(ctx: Context, dispatch: batches.DispatchRow, needs: PayoutNeeds): Promise<number> {
  const source = await sourceRow(ctx.db, dispatch.source_id);
  if (source === undefined) return 0;
  const { connection, account } = openSource(source, needs.vault);
  const rows = (await payoutsOfDispatch(ctx.db, dispatch.dispatch_id)).filter(
    (row) => row.state === "sent" || row.state === "accepted",
  );
  const found = await needs.providers.open(connection).look({
    key: dispatch.dispatch_id,
    reference: dispatch.provider_ref,
    sourceCurrency: account.currency || dispatch.currency,
    payments: rows.map((row) => providerPayment(row, new Map())),
  });
  const known = new Set(rows.map((row) => row.payout_id));
  return await transact(ctx, async (tx) => {
    await batches.updateDispatch(tx.db, dispatch.dispatch_id, { polled_at: tx.clock.now() });
    const told = found.filter((one) => known.has(one.payoutId));
    return await applyStatuses(
      tx,
      POLLER,
      told.map((one) => ({ ...one, sentence: one.reason?.text ?? "", origin: "poll" })),
    );
  });
}

/**
 * A provider's notice: once its signature holds, the provider is asked what became of what it has. What a notice says is not taken at its word, so one
 * that is repeated, late or out of order does no harm.
 * @throws Refusal `not_found`, `signature_invalid`
 */
export async function takeWebhook(ctx: Context, sourceId: string, webhook: Webhook, needs: PayoutNeeds): Promise<void> {
  const source = await sourceRow(ctx.db, sourceId);
  if (source === undefined || source.via !== "api") throw notFound("connection", sourceId);
  const { connection } = openSource(source, needs.vault);
  const notice = await needs.providers.open(connection).verify(webhook);
  if (!notice.genuine) throw new Refusal("signature_invalid", `This notice is not taken: ${notice.why}.`);
  if (notice.look) await batches.pollSoon(ctx.db, sourceId);
}
