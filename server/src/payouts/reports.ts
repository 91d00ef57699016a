import { createHash } from "node:crypto";
import type { PayoutReport, UnmatchedDecision } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type PaymentStatus, readPaymentStatus } from "../banking/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { bankKey, payoutOfKey } from "./core/keys.ts";
import { applyStatuses, type Told } from "./status.ts";
import { payoutsOfDispatch } from "./store/payouts.ts";
import * as store from "./store/reports.ts";
import { reportWire } from "./wire.ts";

/**
 * Takes what a bank or a provider wrote about payments: pain.002, returns, batch status. The same bytes again change nothing. Statuses with a reference
 * that nobody knows wait in a queue.
 * @throws Refusal `invalid_input` with the reason when it is no such report
 */
export async function takeReport(
  ctx: Context,
  actor: Actor,
  given: { readonly name: string; readonly bytes: Uint8Array; readonly origin: "file" | "webhook" | "poll" },
): Promise<PayoutReport> {
  const read = readPaymentStatus(given.bytes);
  if (!read.ok) {
    const { message, hint, code } = read.refusal;
    throw new Refusal("invalid_input", `${message} ${hint}`.trim(), [
      { field: "file", value: given.name, message: code, hint },
    ]);
  }
  const { report } = read;
  const sha256 = createHash("sha256").update(given.bytes).digest("hex");
  return await transact(ctx, async (tx) => {
    const reportId = tx.ids.next("prp");
    const row = {
      report_id: reportId,
      sha256,
      name: given.name,
      format: report.format,
      origin: given.origin,
      received_by: personOf(actor),
      received_at: tx.clock.now(),
      statuses: report.statuses.length,
      applied: 0,
      unknown: 0,
    };
    if (!(await store.insertReport(tx.db, row))) {
      const before = await store.reportByHash(tx.db, sha256);
      if (before === undefined) throw new Error("a report is known and not there");
      return reportWire(before);
    }
    const { told, unknown } = await toldOf(tx, report.statuses, given.origin, reportId);
    const applied = await applyStatuses(tx, actor, told);
    for (const status of unknown)
      await store.insertUnmatched(tx.db, {
        unmatched_id: tx.ids.next("pum"),
        report_id: reportId,
        told: JSON.stringify(plain(status)),
        state: "waiting",
        received_at: tx.clock.now(),
      });
    const counts = { applied, unknown: unknown.length };
    await store.updateReport(tx.db, reportId, counts);
    await audit.record(tx, actor, {
      action: "payouts.report_taken",
      subjectKind: "payout_report",
      subjectId: reportId,
      after: { name: given.name, format: report.format, statuses: report.statuses.length, ...counts },
    });
    return reportWire({ ...row, source_id: null, ...counts });
  });
}

/** Statuses by payout: those of single payments as they are, those of a file or block for all payments in it that have none of their own. */
async function toldOf(tx: Context, statuses: readonly PaymentStatus[], origin: Told["origin"], reportId: string) {
  const single = statuses.filter((one) => one.level === "payment");
  const found = await payoutsOf(tx, single);
  const told = new Map<string, Told>();
  const unknown: PaymentStatus[] = [];
  for (const status of single) {
    const payoutId = found(status);
    if (payoutId === undefined) unknown.push(status);
    else told.set(payoutId, toldBy(payoutId, status, origin, reportId));
  }
  for (const status of statuses.filter((one) => one.level !== "payment" && one.status !== "partial")) {
    const dispatches = await dispatchesBehind(tx, status);
    if (dispatches.length === 0 && single.length === 0) unknown.push(status);
    for (const dispatchId of dispatches)
      for (const row of await payoutsOfDispatch(tx.db, dispatchId))
        if (!told.has(row.payout_id)) told.set(row.payout_id, toldBy(row.payout_id, status, origin, reportId));
  }
  return { told: [...told.values()], unknown };
}

function toldBy(payoutId: string, status: PaymentStatus, origin: string, reportId: string): Told {
  const { told, reason, sentence } = status;
  return { payoutId, status: status.status, told, reason, sentence, origin, reportId };
}

async function payoutsOf(tx: Context, statuses: readonly PaymentStatus[]) {
  const keys = (status: PaymentStatus) => {
    const { endToEndId, instructionId, providerId, traceNumber } = status.references;
    return { ids: [endToEndId, instructionId, providerId], providerId, traceNumber };
  };
  const rows = await store.payoutsByReferences(tx.db, {
    providerRefs: statuses.flatMap((one) => keys(one).providerId ?? []),
    traces: statuses.flatMap((one) => keys(one).traceNumber ?? []),
  });
  const byProvider = new Map(rows.map((row) => [row.provider_ref, row.payout_id]));
  const byTrace = Map.groupBy(rows, (row) => row.trace);
  // A bank may number two files alike: then what the entry has of the payout's own key decides, or nobody does.
  const traced = (trace: string | undefined, end: string | undefined) => {
    const candidates = trace === undefined ? [] : (byTrace.get(trace) ?? []);
    const named = candidates.filter((row) => end !== undefined && bankKey(row.payout_id).endsWith(end.toLowerCase()));
    return (candidates.length === 1 ? candidates : named).at(0)?.payout_id;
  };
  const own = statuses.flatMap((one) =>
    keys(one).ids.flatMap((id) => (id === undefined ? [] : (payoutOfKey(id) ?? []))),
  );
  const known = await store.knownPayouts(tx.db, own);
  return (status: PaymentStatus): string | undefined => {
    const { ids, providerId, traceNumber } = keys(status);
    const named = ids
      .map((id) => (id === undefined ? null : payoutOfKey(id)))
      .find((id) => id !== null && known.has(id));
    return named ?? byProvider.get(providerId ?? null) ?? traced(traceNumber, status.references.endToEndId);
  };
}

/** The id of a file is the dispatch's, with - for _; a block's may have a number behind it. */
async function dispatchesBehind(tx: Context, status: PaymentStatus): Promise<readonly string[]> {
  const { messageId, blockId, providerId } = status.references;
  const ids = [messageId, blockId, providerId].flatMap((id) => {
    if (id === undefined) return [];
    const own = /^pdp[-_]([0-9a-z]{26})/i.exec(id);
    return own === null ? [id] : [`pdp_${own[1]?.toLowerCase()}`];
  });
  return (await store.dispatchesByReferences(tx.db, ids)).map((row) => row.dispatch_id);
}

function plain(status: PaymentStatus) {
  const amount = status.amount && { minor: String(status.amount.minor), currency: status.amount.currency };
  return { ...status, amount };
}

/** A person says which payout an unknown reference means, or that it is none of ours. */
export async function decideUnmatched(ctx: Context, actor: Actor, id: string, input: UnmatchedDecision): Promise<void> {
  requirePermission(actor, "payouts.approve", {});
  await transact(ctx, async (tx) => {
    const row = await store.lockUnmatched(tx.db, id);
    if (row === undefined) throw notFound("unknown status", id);
    if (row.state !== "waiting") throw new Refusal("wrong_state", "Somebody decided this already.");
    const decided = { note: input.note, decided_by: personOf(actor), decided_at: tx.clock.now() };
    await store.updateUnmatched(tx.db, id, {
      ...decided,
      state: input.payoutId === null ? "dismissed" : "matched",
      payout_id: input.payoutId,
    });
    if (input.payoutId !== null) {
      if (!(await store.knownPayouts(tx.db, [input.payoutId])).has(input.payoutId))
        throw notFound("payout", input.payoutId);
      const status = row.told as unknown as PaymentStatus;
      await applyStatuses(tx, actor, [toldBy(input.payoutId, status, "file", row.report_id)]);
    }
    await audit.record(tx, actor, {
      action: "payouts.unknown_status_decided",
      subjectKind: "payout_status",
      subjectId: id,
      reason: input.note,
      after: { payoutId: input.payoutId },
    });
  });
}
