import { createHash } from "node:crypto";
import type { DispatchProblem } from "@tributary/contract";
import { systemActor } from "../access/index.ts";
import { type BankDetail, type PaymentFile, type PaymentRefusal, writePaymentFile } from "../banking/index.ts";
import { type Context, transact } from "../database/index.ts";
import { openDetails, type PayeeFacts, payeeDetails } from "../payees/index.ts";
import { tellSent } from "./announcing.ts";
import type { AfterStep, PayoutNeeds } from "./contracts.ts";
import { bankKey, payoutOfKey, uuidOf } from "./core/keys.ts";
import type { Answer, ProviderOrder, ProviderPayment } from "./providers/contracts.ts";
import { openSource, type SourceSecrets } from "./source-secrets.ts";
import { applyStatuses } from "./status.ts";
import * as batches from "./store/batches.ts";
import * as payouts from "./store/payouts.ts";
import { sourceRow } from "./store/sources.ts";

/** Longer than a provider's slowest answer; a killed worker's dispatch is taken up again after it. */
const LEASE_MS = 5 * 60_000;
/** Providers remember keys for thirty days: what was asked longer ago is for a person to look into. */
const REMEMBERED_MS = 25 * 24 * 3_600_000;
const PATIENCE_MS = [30_000, 60_000, 300_000, 900_000, 3_600_000];

const SENDER = systemActor("payouts");

/** Sends whatever is released and not sent. Each step is durable before the next; ended anywhere, the next call goes on and sends nothing twice. */
export async function sendDue(ctx: Context, needs: PayoutNeeds, afterStep: AfterStep = () => undefined): Promise<void> {
  for (const id of await batches.dueDispatches(ctx.db, ctx.clock.now())) await sendDispatch(ctx, id, needs, afterStep);
}

async function sendDispatch(ctx: Context, id: string, needs: PayoutNeeds, afterStep: AfterStep): Promise<void> {
  const now = ctx.clock.now();
  const dispatch = await batches.leaseDispatch(ctx.db, id, now, new Date(now.getTime() + LEASE_MS));
  if (dispatch === undefined) return;
  const step: AfterStep = (name) => afterStep(`${dispatch.method} ${name}`);
  await step("leased");
  const source = await sourceRow(ctx.db, dispatch.source_id);
  if (source === undefined) throw new Error(`dispatch ${id} has no source`);
  const secrets = openSource(source, needs.vault);
  if (dispatch.via === "file") await writeFile(ctx, dispatch, secrets, needs, step);
  else await callProvider(ctx, dispatch, secrets, needs, step);
}

/**
 * The file is made of what was released, so it is the same whenever it is made; the first one is kept, another one is a defect. A payment that the
 * format does not take is rejected with the reason, and the file is made of the others.
 */
async function writeFile(
  ctx: Context,
  dispatch: batches.DispatchRow,
  secrets: SourceSecrets,
  needs: PayoutNeeds,
  afterStep: AfterStep,
): Promise<void> {
  const rows = (await payouts.payoutsOfDispatch(ctx.db, dispatch.dispatch_id)).filter(
    (row) => row.state === "released",
  );
  if (rows.length === 0)
    return await fail(ctx, dispatch.dispatch_id, "file_refused", "None of its payments can be in such a file.");
  const batch = await batches.batchRow(ctx.db, dispatch.batch_id);
  const { details, payees } = await whereTo(ctx, dispatch, rows, needs);
  const written = writePaymentFile(dispatch.format as "csv", {
    id: bankKey(dispatch.dispatch_id),
    createdAt: batch?.released_at ?? ctx.clock.now(),
    initiator: secrets.initiator,
    debtor: secrets.account,
    executionDate: dispatch.execution_date,
    payments: rows.map((row) => paymentOf(row, details, payees)),
    ...(secrets.options === undefined ? {} : { options: secrets.options }),
  });
  await afterStep("written");
  if (written.ok) {
    await keep(ctx, dispatch, written.file, rows, needs);
    return await afterStep("kept");
  }
  const whole = written.refusals.find((one) => one.paymentId === null);
  if (whole !== undefined)
    return await fail(
      ctx,
      dispatch.dispatch_id,
      "file_refused",
      `${whole.field}: ${whole.message} ${whole.hint}`.trim(),
    );
  await rejectRefused(ctx, written.refusals);
  await afterStep("rejected");
  await writeFile(ctx, dispatch, secrets, needs, afterStep);
}

/** What a format does not take never leaves: its statements are owed again, and the reason says what to mend. */
async function rejectRefused(ctx: Context, refusals: readonly PaymentRefusal[]): Promise<void> {
  const first = new Map(refusals.toReversed().map((one) => [payoutOfKey(one.paymentId ?? "") ?? "", one]));
  await transact(ctx, (tx) =>
    applyStatuses(
      tx,
      SENDER,
      [...first].map(([payoutId, { field, message, hint, code }]) => ({
        payoutId,
        status: "rejected",
        told: code,
        reason: { code, text: `${field}: ${message} ${hint}`.trim() },
        sentence: message,
        origin: "file",
      })),
    ),
  );
}

async function keep(
  ctx: Context,
  dispatch: batches.DispatchRow,
  file: PaymentFile,
  rows: readonly payouts.PayoutRow[],
  needs: PayoutNeeds,
): Promise<void> {
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  await transact(ctx, async (tx) => {
    const kept = await batches.keepFile(tx.db, {
      dispatch_id: dispatch.dispatch_id,
      file_name: file.fileName,
      media_type: file.mediaType,
      sealed: needs.vault.close(Buffer.from(file.bytes).toString("base64")),
      sha256,
      bytes: file.bytes.length,
      control_sum: file.controlSum,
      changes: JSON.stringify(file.changes),
      written_at: tx.clock.now(),
    });
    if (kept.sha256 !== sha256)
      throw new Error(`dispatch ${dispatch.dispatch_id} was written before with other content`);
    await batches.setTraces(tx.db, tracesOf(file, rows));
    await batches.updateDispatch(tx.db, dispatch.dispatch_id, { state: "written", leased_until: null, retry_at: null });
    await payouts.addProgress(
      tx.db,
      rows.map((row) => ({
        payoutId: row.payout_id,
        state: "released",
        told: file.fileName,
        sentence: "",
        origin: "file",
      })),
      tx.clock.now(),
    );
  });
}

/** Formats with names of their own for a payment (ACH trace numbers, the texts of Bacs) return it by them. */
function tracesOf(file: PaymentFile, rows: readonly payouts.PayoutRow[]) {
  const known = new Map(rows.map((row) => [bankKey(row.payout_id), row.payout_id]));
  return file.references.flatMap(({ paymentId, reference }) => {
    const payoutId = known.get(paymentId);
    return payoutId === undefined || reference === paymentId ? [] : [{ payoutId, trace: reference }];
  });
}

async function whereTo(
  ctx: Context,
  dispatch: batches.DispatchRow,
  rows: readonly payouts.PayoutRow[],
  needs: PayoutNeeds,
) {
  const ids = rows.map((row) => row.detail_id ?? "");
  const purpose = `payout batch ${dispatch.batch_id}, dispatch ${dispatch.dispatch_id}`;
  const details = await transact(ctx, (tx) => openDetails(tx, SENDER, needs.vault, ids, purpose));
  const payees = await payeeDetails(ctx, [...new Set(rows.map((row) => row.payee_id))]);
  return { details, payees };
}

function paymentOf(
  row: payouts.PayoutRow,
  details: ReadonlyMap<string, BankDetail>,
  payees: ReadonlyMap<string, PayeeFacts>,
) {
  const account = details.get(row.detail_id ?? "");
  const payee = payees.get(row.payee_id);
  if (account === undefined || payee === undefined) throw new Error(`payout ${row.payout_id} has lost its account`);
  const { street, postalCode, city, region } = payee.address;
  return {
    id: bankKey(row.payout_id),
    amount: { minor: row.amount_minor, currency: row.currency },
    payee: {
      name: account.holder || payee.legalName,
      account,
      address: { street, postCode: postalCode, town: city, region, country: payee.country },
      email: payee.email,
      kind: payee.kind === "individual" ? ("person" as const) : ("company" as const),
      id: row.payee_id.slice(-12),
    },
    chargeBearer: row.charge_bearer as "shared",
    purpose: "COMC",
    remittance: `Commission ${bankKey(row.payout_id)}`,
  };
}

/**
 * Asks a provider. First it is written down that it will be asked, then it is asked under keys that it knows for ever, then what it said is written down.
 * Whoever comes after a kill sees that it was asked and lets the provider look before anything is asked anew.
 */
async function callProvider(
  ctx: Context,
  dispatch: batches.DispatchRow,
  secrets: SourceSecrets,
  needs: PayoutNeeds,
  afterStep: AfterStep,
): Promise<void> {
  const now = ctx.clock.now();
  const rows = await payouts.payoutsOfDispatch(ctx.db, dispatch.dispatch_id);
  const left = rows.filter((row) => row.state === "released");
  const asked = left.flatMap((row) => (row.asked_at === null ? [] : [row.asked_at.getTime()]));
  if (asked.some((at) => now.getTime() - at > REMEMBERED_MS))
    return await fail(
      ctx,
      dispatch.dispatch_id,
      "asked_long_ago",
      "The provider was asked too long ago to ask it again: look there first.",
    );
  const { details } = await whereTo(ctx, dispatch, left, needs);
  const order: ProviderOrder = {
    key: dispatch.dispatch_id,
    sourceCurrency: secrets.account.currency || dispatch.currency,
    payments: left.map((row) => providerPayment(row, details)),
    again: asked.length > 0,
  };
  await batches.noteAsked(
    ctx.db,
    left.map((row) => row.payout_id),
    now,
  );
  await afterStep("asked");
  const provider = needs.providers.open(secrets.connection);
  const answer = await provider.submit(order);
  await afterStep("answered");
  // Turned down after an attempt that nobody knows the end of: that attempt may have been taken, so this is no failure of the whole.
  const careful: Answer =
    answer.kind === "refused" && order.again ? { kind: "unknown", why: answer.why, text: answer.text } : answer;
  await takeAnswer(ctx, dispatch, careful);
  await afterStep("noted");
}

export function providerPayment(row: payouts.PayoutRow, details: ReadonlyMap<string, BankDetail>): ProviderPayment {
  const fields = details.get(row.detail_id ?? "")?.fields ?? {};
  const receiver = fields.paypalReceiver ?? fields.wiseRecipientId ?? fields.payoneerPayeeId ?? "";
  const key = row.method === "wise" ? uuidOf(row.payout_id) : row.payout_id;
  const { payout_id: payoutId, amount_minor: minor, currency } = row;
  return {
    payoutId,
    key,
    minor,
    currency,
    receiver,
    note: `Commission ${bankKey(payoutId)}`,
    providerRef: row.provider_ref,
  };
}

async function takeAnswer(ctx: Context, dispatch: batches.DispatchRow, answer: Answer): Promise<void> {
  const { dispatch_id: id } = dispatch;
  if (answer.kind === "refused") return await fail(ctx, id, answer.why, `${answer.code}: ${answer.text}`);
  if (answer.kind !== "taken") {
    const patience = PATIENCE_MS[Math.min(dispatch.attempts - 1, PATIENCE_MS.length - 1)] ?? 0;
    const wait = answer.kind === "later" ? Math.max(answer.afterMs, patience) : patience;
    const retryAt = new Date(ctx.clock.now().getTime() + wait);
    await batches.updateDispatch(ctx.db, id, {
      retry_at: retryAt,
      leased_until: null,
      problem: answer.text,
      problem_code: answer.why,
    });
    return;
  }
  await transact(ctx, async (tx) => {
    const now = tx.clock.now();
    const told = answer.payments.map((one) => ({ payoutId: one.payoutId, providerRef: one.providerRef, trace: null }));
    const sent = await batches.markSent(tx.db, id, now, told);
    await batches.updateDispatch(tx.db, id, {
      state: "sent",
      sent_at: now,
      polled_at: now,
      leased_until: null,
      retry_at: null,
      provider_ref: answer.reference,
    });
    await payouts.addProgress(
      tx.db,
      sent.map((payoutId) => ({
        payoutId,
        state: "sent",
        told: answer.reference ?? "",
        sentence: "",
        origin: "provider",
      })),
      now,
    );
    await tellSent(tx, sent);
    await applyStatuses(
      tx,
      SENDER,
      answer.payments.map((one) => ({ ...one, sentence: one.reason?.text ?? "", origin: "provider" })),
    );
  });
}

/** Nothing of it was taken: a person decides between another attempt and giving it up. */
async function fail(ctx: Context, dispatchId: string, code: DispatchProblem["code"], problem: string): Promise<void> {
  const change = { state: "failed", problem, problem_code: code, leased_until: null, retry_at: null };
  await batches.updateDispatch(ctx.db, dispatchId, change);
}
