import type {
  Adjustment,
  AdjustmentDecisions,
  AdjustmentQuery,
  AdjustmentsDecided,
  NewAdjustment,
} from "@tributary/contract";
import { AdjustmentDecisions as DecisionsSchema } from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, type Page, transact } from "../../database/index.ts";
import { parsePublicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { notFound } from "../../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../../partners/index.ts";
import type { ReasonRow } from "../store/adjustment-reasons.ts";
import * as store from "../store/adjustments.ts";
import { lineRow } from "../store/reading.ts";
import { lineWire } from "../wire.ts";
import { book } from "./booking.ts";
import { type CheckedAdjustment, checkNew, reasonsByCode } from "./check.ts";
import { adjustmentWire } from "./wire.ts";

/** Proposes a signed correction with its reason; nothing is booked before another person approves it. */
export async function proposeAdjustment(ctx: Context, actor: Actor, given: NewAdjustment): Promise<Adjustment> {
  const reasons = await reasonsByCode(ctx);
  const input = await checkNew(ctx, given, reasons);
  await requireWrite(ctx, actor, input);
  return await transact(ctx, async (tx) => {
    const [row] = await insertProposals(tx, actor, [input], reasons, null);
    if (row === undefined) throw new Error("nothing was proposed");
    return adjustmentWire(row, false);
  });
}

/** @throws Refusal `forbidden` unless the actor may write for everybody whom it touches */
export async function requireWrite(ctx: Context, actor: Actor, input: CheckedAdjustment): Promise<void> {
  requirePermission(actor, "ledger.write", await partnerTouch(ctx, input.partnerId, input.programId));
  if (input.otherPartnerId !== null)
    requirePermission(actor, "ledger.write", await partnerTouch(ctx, input.otherPartnerId, null));
}

/** Writes checked proposals with what makes each of them worth a look alone. */
export async function insertProposals(
  tx: Context,
  actor: Actor,
  inputs: readonly CheckedAdjustment[],
  reasons: ReadonlyMap<string, ReasonRow>,
  batchId: string | null,
): Promise<readonly store.AdjustmentRow[]> {
  const plain = inputs.map((input) => ({ ...newRow(tx, personOf(actor)), ...rowOf(input), batch_id: batchId }));
  const alike = await store.alike(tx.db, plain);
  const seen = new Set<string>();
  const rows = plain.map((row) => {
    const name = `${row.partner_id} ${row.currency} ${row.amount_minor} ${row.month}`;
    const twice = alike.has(row.adjustment_id) || seen.has(name);
    seen.add(name);
    const limit = reasons.get(row.reason_code ?? "")?.warn_minor ?? null;
    const size = row.amount_minor < 0n ? -row.amount_minor : row.amount_minor;
    const large = limit !== null && size >= limit;
    return { ...row, warnings: [...(twice ? ["duplicate"] : []), ...(large ? ["large"] : [])] };
  });
  await store.insertAdjustments(tx.db, rows);
  await audit.recordMany(
    tx,
    actor,
    rows.map((row) => noteOf("commissions.adjustment_proposed", row)),
  );
  return rows;
}

/** A row with nothing said but who and when. */
export function newRow(
  tx: Context,
  person: string,
): Pick<
  store.AdjustmentRow,
  | "adjustment_id"
  | "status"
  | "proposed_by"
  | "proposed_at"
  | "decided_by"
  | "decided_at"
  | "decision_note"
  | "booked_month"
  | "batch_id"
  | "rule_id"
  | "warnings"
> {
  return {
    adjustment_id: tx.ids.next("adj"),
    status: "proposed",
    proposed_by: person,
    proposed_at: tx.clock.now(),
    decided_by: null,
    decided_at: null,
    decision_note: null,
    booked_month: null,
    batch_id: null,
    rule_id: null,
    warnings: [],
  };
}

function rowOf(input: CheckedAdjustment) {
  return {
    kind: input.kind as string,
    partner_id: input.partnerId,
    program_id: input.programId,
    currency: input.currency,
    amount_minor: BigInt(input.amount),
    month: `${input.month}-01`,
    effective_to: input.effectiveTo === null ? null : `${input.effectiveTo}-01`,
    reason_code: input.reasonCode as string | null,
    reason: input.reason,
    evidence: input.evidence as unknown as store.AdjustmentRow["evidence"],
    line_key: input.lineKey,
    inquiry_id: input.inquiryId,
    other_partner_id: input.otherPartnerId,
    of_id: input.ofId,
    release_on: input.releaseOn,
  };
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
      ...newRow(tx, personOf(actor)),
      kind: "release",
      partner_id: line.partner_id,
      program_id: line.program_id,
      currency: line.currency,
      amount_minor: line.held,
      month: line.booked_month,
      effective_to: null,
      reason_code: null,
      reason,
      evidence: [],
      line_key: line.line_key,
      inquiry_id: null,
      other_partner_id: null,
      of_id: null,
      release_on: null,
    };
    await store.insertAdjustments(tx.db, [row]);
    await audit.record(tx, actor, noteOf("commissions.adjustment_proposed", row));
    return adjustmentWire(row, false);
  });
}

/** Approves and books an adjustment, or declines it; not by whoever proposed it. @throws Refusal `same_person`, `wrong_state` */
export async function decideAdjustment(
  ctx: Context,
  actor: Actor,
  id: string,
  approve: boolean,
  note: string | null = null,
): Promise<Adjustment> {
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
      decision_note: note,
      booked_month: approve ? await book(tx, row, personOf(actor)) : null,
    };
    await store.decideRow(tx.db, decided);
    await audit.record(
      tx,
      actor,
      noteOf(approve ? "commissions.adjustment_approved" : "commissions.adjustment_declined", decided),
    );
    return adjustmentWire(decided, false);
  });
}

/** Decides about many, each for itself: what cannot be decided is told and does not stop the others. */
export async function decideAdjustments(
  ctx: Context,
  actor: Actor,
  given: AdjustmentDecisions,
): Promise<AdjustmentsDecided> {
  const { ids, approve, onlyClean, note } = DecisionsSchema.parse(given);
  const refused: AdjustmentsDecided["refused"] = [];
  let decided = 0;
  for (const id of new Set(ids)) {
    try {
      if (onlyClean && ((await store.adjustmentRow(ctx.db, id))?.warnings.length ?? 0) > 0)
        throw new Refusal("wrong_state", "It has warnings: decide about it alone.");
      await decideAdjustment(ctx, actor, id, approve, note);
      decided += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ id, code: error.code, detail: error.message });
    }
  }
  return { decided, refused };
}

export async function listAdjustments(ctx: Context, actor: Actor, query: AdjustmentQuery): Promise<Page<Adjustment>> {
  const within = await reachOf(ctx, actor, "statements.read");
  // A partner sees what was decided for it, not what is being discussed.
  const status = actor.partnerId === undefined ? query.status : "approved";
  const bookedMonth = query.bookedMonth === undefined ? undefined : `${query.bookedMonth}-01`;
  const page = await store.adjustmentPage(ctx.db, within, { ...query, status, bookedMonth }, query);
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

/** Door for statements: what was booked by people in a month, as its partner sees it. */
export async function adjustmentsOfMonth(
  ctx: Context,
  month: { readonly partnerId: string; readonly currency: string; readonly month: string },
): Promise<readonly Adjustment[]> {
  return (await store.adjustmentsBooked(ctx.db, month)).map((row) => adjustmentWire(row, true));
}

export function noteOf(action: string, row: store.AdjustmentRow): audit.AuditNote {
  return {
    action,
    subjectKind: "adjustment",
    subjectId: row.adjustment_id,
    partnerId: row.partner_id,
    reason: row.reason,
    after: {
      kind: row.kind,
      amount: String(row.amount_minor),
      currency: row.currency,
      month: row.month.slice(0, 7),
      ...(row.reason_code === null ? {} : { code: row.reason_code }),
    },
  };
}
