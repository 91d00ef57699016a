import {
  type Adjustment,
  type AdjustmentQuery,
  type NewAdjustment,
  NewAdjustment as NewAdjustmentSchema,
} from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { parsePublicNumber } from "../kernel/ids.ts";
import { parseCurrency } from "../kernel/money.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { post, takeBooks } from "../ledger/index.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { programById } from "../programs/index.ts";
import { releaseByHand } from "./release.ts";
import * as store from "./store/adjustments.ts";
import { lineRow } from "./store/reading.ts";
import { lineWire } from "./wire.ts";

/** Proposes a signed correction with its reason; nothing is booked before another person approves it. */
export async function proposeAdjustment(ctx: Context, actor: Actor, given: NewAdjustment): Promise<Adjustment> {
  const input = NewAdjustmentSchema.parse(given);
  requirePermission(actor, "ledger.write", await partnerTouch(ctx, input.partnerId, input.programId));
  if (BigInt(input.amount) === 0n) throw invalid("amount", input.amount, "is zero");
  if (parseCurrency(input.currency) === undefined) throw invalid("currency", input.currency, "is no ISO 4217 currency");
  if ((await programById(ctx.db, input.programId)) === undefined) throw notFound("program", input.programId);
  return await transact(ctx, async (tx) => {
    const row: store.AdjustmentRow = {
      adjustment_id: tx.ids.next("adj"),
      kind: "correction",
      partner_id: input.partnerId,
      program_id: input.programId,
      currency: input.currency,
      amount_minor: BigInt(input.amount),
      month: `${input.month}-01`,
      reason: input.reason,
      line_key: input.lineKey,
      status: "proposed",
      proposed_by: personOf(actor),
      proposed_at: tx.clock.now(),
      decided_by: null,
      decided_at: null,
      booked_month: null,
    };
    await store.insertAdjustment(tx.db, row);
    await record(tx, actor, "commissions.adjustment_proposed", row);
    return adjustmentWire(row, false);
  });
}

/**
 * Asks for the release of what a cap keeps waiting for a decision; another person decides, as about any adjustment.
 * @throws Refusal `wrong_state` when no cap holds anything of the line, or somebody has asked already
 */
export async function requestRelease(ctx: Context, actor: Actor, id: string, reason: string): Promise<Adjustment> {
  const number = parsePublicNumber("cln", id);
  const line = number === undefined ? undefined : await lineRow(ctx.db, number);
  const within = await reachOf(ctx, actor, "statements.read");
  if (line === undefined || !isWithin(within, { partnerId: line.partner_id, programId: line.program_id }))
    throw notFound("commission line", id);
  requirePermission(actor, "ledger.write", await partnerTouch(ctx, line.partner_id, line.program_id));
  if (lineWire(line).heldBy !== "cap" || line.held === 0n)
    throw new Refusal("wrong_state", "No cap keeps anything of this line waiting.");
  return await transact(ctx, async (tx) => {
    if (await store.isReleaseWaiting(tx.db, line.line_key))
      throw new Refusal("wrong_state", "Somebody has asked for this release already: it waits for another person.");
    const row: store.AdjustmentRow = {
      adjustment_id: tx.ids.next("adj"),
      kind: "release",
      partner_id: line.partner_id,
      program_id: line.program_id,
      currency: line.currency,
      amount_minor: line.held,
      month: line.booked_month,
      reason,
      line_key: line.line_key,
      status: "proposed",
      proposed_by: personOf(actor),
      proposed_at: tx.clock.now(),
      decided_by: null,
      decided_at: null,
      booked_month: null,
    };
    await store.insertAdjustment(tx.db, row);
    await record(tx, actor, "commissions.adjustment_proposed", row);
    return adjustmentWire(row, false);
  });
}

/** Approves and books an adjustment, or declines it; not by whoever proposed it. @throws Refusal `same_person`, `wrong_state` */
export async function decideAdjustment(ctx: Context, actor: Actor, id: string, approve: boolean): Promise<Adjustment> {
  return await transact(ctx, async (tx) => {
    const row = await store.lockAdjustment(tx.db, id);
    if (row === undefined) throw notFound("adjustment", id);
    requirePermission(actor, "ledger.approve", await partnerTouch(tx, row.partner_id, row.program_id));
    if (row.status !== "proposed") throw new Refusal("wrong_state", `This adjustment is ${row.status} already.`);
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this adjustment: somebody else has to decide about it.");
    const decided = {
      ...row,
      status: approve ? "approved" : "declined",
      decided_by: personOf(actor),
      decided_at: tx.clock.now(),
      booked_month: approve ? await book(tx, actor, row) : null,
    };
    await store.decideRow(tx.db, decided);
    await record(tx, actor, approve ? "commissions.adjustment_approved" : "commissions.adjustment_declined", decided);
    return adjustmentWire(decided, false);
  });
}

async function book(tx: Context, actor: Actor, row: store.AdjustmentRow): Promise<string> {
  if (row.kind === "release") return await releaseByHand(tx, row, personOf(actor));
  const books = { partnerId: row.partner_id, currency: row.currency };
  const open = await takeBooks(tx, [books]);
  const period = open(books, row.month);
  await post(
    tx,
    [
      {
        recipe: "adjust",
        sourceKey: row.adjustment_id,
        idempotencyKey: `adjustment:${row.adjustment_id}`,
        ...books,
        programId: row.program_id,
        amountMinor: row.amount_minor,
        period,
        occurredOn: dayOf(tx.clock.now(), "UTC"),
        memo: { reason: row.reason, ...(row.line_key === null ? {} : { line: row.line_key }) },
      },
    ],
    personOf(actor),
  );
  await announce(tx, "commissions.booked", { partnerIds: [row.partner_id], firstLineId: "0", lastLineId: "0" });
  return period;
}

export async function listAdjustments(ctx: Context, actor: Actor, query: AdjustmentQuery): Promise<Page<Adjustment>> {
  const within = await reachOf(ctx, actor, "statements.read");
  // A partner sees what was decided for it, not what is being discussed.
  const status = actor.partnerId === undefined ? query.status : "approved";
  const page = await store.adjustmentPage(ctx.db, within, { ...query, status }, query);
  return {
    rows: page.rows.map((row) => adjustmentWire(row, actor.partnerId !== undefined)),
    nextCursor: page.nextCursor,
  };
}

export async function getAdjustment(ctx: Context, actor: Actor, id: string): Promise<Adjustment> {
  const row = await store.adjustmentRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "statements.read");
  const place = row === undefined ? {} : { partnerId: row.partner_id, programId: row.program_id };
  const hidden = actor.partnerId !== undefined && row?.status !== "approved";
  if (row === undefined || hidden || !can(actor, "statements.read") || !isWithin(within, place))
    throw notFound("adjustment", id);
  return adjustmentWire(row, actor.partnerId !== undefined);
}

async function record(tx: Context, actor: Actor, action: string, row: store.AdjustmentRow): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "adjustment",
    subjectId: row.adjustment_id,
    partnerId: row.partner_id,
    reason: row.reason,
    after: { amount: String(row.amount_minor), currency: row.currency, month: row.month.slice(0, 7) },
  });
}

function adjustmentWire(row: store.AdjustmentRow, forPartner: boolean): Adjustment {
  return {
    id: row.adjustment_id,
    kind: row.kind as Adjustment["kind"],
    partnerId: row.partner_id,
    programId: row.program_id,
    currency: row.currency,
    amount: String(row.amount_minor),
    month: row.month.slice(0, 7),
    reason: row.reason,
    lineKey: row.line_key,
    status: row.status as Adjustment["status"],
    proposedBy: forPartner ? "" : row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: forPartner ? null : row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    bookedMonth: row.booked_month?.slice(0, 7) ?? null,
  };
}
