import type { NewPayoutBatch, PayoutBatchStep, PayoutCancel, PayoutExclusion } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import type { PayoutNeeds } from "./contracts.ts";
import { CALENDARS, isBankDay } from "./core/bank-days.ts";
import type { Draft } from "./core/contracts.ts";
import { controlSum, isBlocked } from "./core/drafts.ts";
import { gather, keyOf } from "./core/gather.ts";
import { cameBack, type PayoutState } from "./core/life.ts";
import * as batches from "./store/batches.ts";
import * as payouts from "./store/payouts.ts";
import { surroundings } from "./surroundings.ts";

/**
 * Puts together what can be paid: every statement that is approved and not settled, one payout per payee and currency. What may not be paid is in it
 * too, held, with its reasons: nothing falls under the table.
 * @returns the batch's id
 */
export async function prepareBatch(
  ctx: Context,
  actor: Actor,
  input: NewPayoutBatch,
  needs: PayoutNeeds,
): Promise<string> {
  requirePermission(actor, "payouts.write", {});
  refuseDay(ctx, input.executionDate);
  return await transact(ctx, async (tx) => {
    await batches.takePreparation(tx.db);
    const batchId = tx.ids.next("pbt");
    const untilMonth = input.untilMonth === null ? null : `${input.untilMonth}-01`;
    await batches.insertBatch(tx.db, {
      batch_id: batchId,
      name: input.name,
      state: "prepared",
      execution_date: input.executionDate,
      until_month: untilMonth,
      selection: JSON.stringify({ currencies: input.currencies, partnerIds: input.partnerIds, methods: input.methods }),
      prepared_by: personOf(actor),
      prepared_at: tx.clock.now(),
      hands: [personOf(actor)],
    });
    const row = await openBatch(tx, batchId);
    const drafts = await draftsOf(tx, row, needs);
    if (drafts.length === 0)
      throw new Refusal("wrong_state", "There is nothing to pay: no statement is approved and unpaid.");
    await writeAll(tx, row, drafts);
    await record(tx, actor, "payouts.batch_prepared", batchId, { name: input.name, ...summary(drafts) });
    return batchId;
  });
}

/** What the batch would consist of now. */
export async function draftsOf(tx: Context, row: batches.BatchRow, needs: PayoutNeeds): Promise<readonly Draft[]> {
  const selection = row.selection as unknown as { currencies: string[]; partnerIds: string[]; methods: string[] };
  const all = await surroundings(tx, { ...selection, untilMonth: row.until_month }, row.batch_id, needs);
  const drafts = gather(all);
  if (selection.methods.length === 0) return drafts;
  return drafts.filter((draft) => selection.methods.includes(draft.method));
}

/** Brings the batch up to what is payable now: amounts, reasons and accounts; what a person excluded stays excluded. */
export async function checkBatchAgain(
  ctx: Context,
  actor: Actor,
  id: string,
  step: PayoutBatchStep,
  needs: PayoutNeeds,
): Promise<void> {
  requirePermission(actor, "payouts.write", {});
  if (step.executionDate !== undefined) refuseDay(ctx, step.executionDate);
  await transact(ctx, async (tx) => {
    await batches.takePreparation(tx.db);
    const row = await openBatch(tx, id, step.revision);
    const drafts = await draftsOf(tx, row, needs);
    await writeAll(tx, row, drafts);
    await touch(tx, actor, row, step.executionDate === undefined ? {} : { execution_date: step.executionDate });
    await record(tx, actor, "payouts.batch_checked", id, { ...summary(drafts), executionDate: step.executionDate });
  });
}

async function writeAll(tx: Context, row: batches.BatchRow, drafts: readonly Draft[]): Promise<void> {
  const known = await payouts.payoutsOfBatch(tx.db, row.batch_id);
  const partners = new Map(
    (
      await payouts.itemsOf(
        tx.db,
        known.map((one) => one.payout_id),
      )
    ).map((item) => [item.payout_id, item.partner_id]),
  );
  const byKey = new Map(
    known.map((one) => [
      keyOf({ payeeId: one.payee_id, partnerId: partners.get(one.payout_id) ?? "", currency: one.currency }),
      one,
    ]),
  );
  const back = await payouts.cameBackBefore(tx.db, [...new Set(drafts.map((draft) => draft.payeeId))], row.batch_id);
  const kept = drafts.map((plain) => {
    const before = byKey.get(keyOf(plain));
    byKey.delete(keyOf(plain));
    const old = plain.payeeId === "" ? undefined : back.get(`${plain.payeeId} ${plain.currency}`);
    const draft = old === undefined ? plain : { ...plain, reasons: [...plain.reasons, cameBackReason(old)] };
    const state: PayoutState = before?.state === "excluded" ? "excluded" : isBlocked(draft) ? "held" : "prepared";
    return { payoutId: before?.payout_id ?? tx.ids.next("pay"), state, draft, replaces: old?.payout_id ?? null };
  });
  const gone = [...byKey.values()].filter((one) => one.state !== "cancelled").map((one) => one.payout_id);
  if (gone.length > 0)
    await payouts.movePayouts(tx.db, gone, { state: "cancelled", reason: "Nothing of it is payable any more." });
  await payouts.writeDrafts(tx.db, row.batch_id, kept, tx.clock.now());
}

function cameBackReason(old: { readonly payout_id: string; readonly account: string; readonly reason: string | null }) {
  return {
    code: "came_back",
    blocks: false,
    text: `${old.payout_id} to ${old.account} came back: ${old.reason ?? ""}`.trim(),
  };
}

/**
 * Prepares a batch that pays anew what came back: a payout with a key of its own that names the old one, released by two people as any other.
 * @returns the batch's id
 */
export async function reissuePayout(
  ctx: Context,
  actor: Actor,
  payoutId: string,
  executionDate: string,
  needs: PayoutNeeds,
): Promise<string> {
  requirePermission(actor, "payouts.write", {});
  const row = await payouts.payoutRow(ctx.db, payoutId);
  if (row === undefined) throw notFound("payout", payoutId);
  if (!cameBack(row.state as PayoutState))
    throw new Refusal("wrong_state", "Only what was rejected or came back is paid anew.");
  const items = await payouts.itemsOf(ctx.db, [payoutId]);
  const partnerIds = [...new Set(items.map((item) => item.partner_id))];
  const currencies = [...new Set(items.map((item) => item.currency))];
  const name = `Anew: ${row.payee_name} ${payoutId.slice(-6)}`.slice(0, 100);
  return await prepareBatch(
    ctx,
    actor,
    { name, executionDate, untilMonth: null, currencies, methods: [], partnerIds },
    needs,
  );
}

/** Takes payouts out of the batch, with the reason, or in again. */
export async function excludePayouts(ctx: Context, actor: Actor, id: string, input: PayoutExclusion): Promise<void> {
  requirePermission(actor, "payouts.write", {});
  if (input.exclude && input.reason.length < 3)
    throw invalid("reason", input.reason, "is needed", "Say why this is not paid now: the next one will ask.");
  await transact(ctx, async (tx) => {
    await batches.takePreparation(tx.db);
    const row = await openBatch(tx, id, input.revision);
    const found = (await payouts.lockPayouts(tx.db, input.payoutIds)).filter((one) => one.batch_id === id);
    const from = input.exclude ? ["prepared", "held"] : ["excluded"];
    const moved = found.filter((one) => from.includes(one.state));
    if (moved.length !== input.payoutIds.length)
      throw new Refusal("wrong_state", "One of these payouts is not of this batch, or not in a state for that.");
    const person = { reason: input.reason || null, reasonBy: personOf(actor) };
    for (const [state, some] of Map.groupBy(moved, (one) => (input.exclude ? "excluded" : stateByReasons(one))))
      await payouts.movePayouts(
        tx.db,
        some.map((one) => one.payout_id),
        { state, ...person },
      );
    await touch(tx, actor, row, {});
    await audit.recordMany(
      tx,
      actor,
      moved.map((one) => ({
        action: input.exclude ? "payouts.payout_excluded" : "payouts.payout_included",
        subjectKind: "payout",
        subjectId: one.payout_id,
        reason: input.reason || undefined,
        after: { batchId: id, payee: one.payee_name, amount: String(one.amount_minor), currency: one.currency },
      })),
    );
  });
}

function stateByReasons(row: payouts.PayoutRow): PayoutState {
  const reasons = row.reasons as unknown as readonly { readonly blocks: boolean }[];
  return reasons.some((reason) => reason.blocks) ? "held" : "prepared";
}

/** Gives up a batch that was not released: its statements are free for the next one. */
export async function cancelBatch(ctx: Context, actor: Actor, id: string, input: PayoutCancel): Promise<void> {
  requirePermission(actor, "payouts.write", {});
  await transact(ctx, async (tx) => {
    await openBatch(tx, id, input.revision);
    const all = await payouts.payoutsOfBatch(tx.db, id);
    await payouts.movePayouts(
      tx.db,
      all.map((one) => one.payout_id),
      { state: "cancelled" },
    );
    await batches.updateBatch(tx.db, id, {
      state: "cancelled",
      cancelled_by: personOf(actor),
      cancelled_at: tx.clock.now(),
      cancel_reason: input.reason,
    });
    await record(tx, actor, "payouts.batch_cancelled", id, {}, input.reason);
  });
}

/** Locks a batch that is still being prepared. @throws Refusal `not_found`, `wrong_state`, `conflict` */
export async function openBatch(tx: Context, id: string, revision?: number): Promise<batches.BatchRow> {
  const row = await batches.lockBatch(tx.db, id);
  if (row === undefined) throw notFound("payout batch", id);
  if (row.state !== "prepared") throw new Refusal("wrong_state", `This batch is ${row.state}.`);
  if (revision !== undefined && row.revision !== revision) throw changedMeanwhile("payout batch", revision);
  return row;
}

async function touch(
  tx: Context,
  actor: Actor,
  row: batches.BatchRow,
  change: { readonly execution_date?: string },
): Promise<void> {
  const hands = [...new Set([...row.hands, personOf(actor)])];
  await batches.updateBatch(tx.db, row.batch_id, { ...change, hands });
}

function refuseDay(ctx: Context, day: string): void {
  if (day < dayOf(ctx.clock.now(), "UTC")) throw invalid("executionDate", day, "lies in the past");
  // Each account's own holidays are asked when it is known which accounts pay.
  if (!CALENDARS.some((calendar) => isBankDay(day, calendar)))
    throw invalid("executionDate", day, "is no day on which banks work");
}

function summary(drafts: readonly Draft[]): Readonly<Record<string, unknown>> {
  const paid = drafts.filter((draft) => !isBlocked(draft));
  return { payouts: paid.length, held: drafts.length - paid.length, controlSum: controlSum(paid) };
}

async function record(
  tx: Context,
  actor: Actor,
  action: string,
  batchId: string,
  after: Readonly<Record<string, unknown>>,
  reason?: string,
): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "payout_batch", subjectId: batchId, after, reason });
}
