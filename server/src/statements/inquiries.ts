import {
  InquiryDecision as DecisionSchema,
  type Inquiry,
  type InquiryDecision,
  type InquiryQuery,
  NewInquiryMessage as MessageSchema,
  type NewInquiry,
  type NewInquiryMessage,
  NewInquiry as NewInquirySchema,
} from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { getAdjustment } from "../commissions/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { readable } from "./service.ts";
import * as store from "./store/inquiries.ts";

/** Days in which the operator answers; a reply of the partner begins them anew. */
const ANSWER_DAYS = 10;
const DAY_MS = 86_400_000;
/** How long after its closing a statement can be asked about; an open one always. */
const ASK_DAYS = 90;

/** A question about a statement, or one of its lines: by the partner, or by the operator's people who were asked on the phone. */
export async function openInquiry(ctx: Context, actor: Actor, given: NewInquiry): Promise<Inquiry> {
  const input = NewInquirySchema.parse(given);
  const statement = await readable(ctx, actor, input.statementId);
  if (actor.partnerId === undefined)
    requirePermission(actor, "statements.write", await partnerTouch(ctx, statement.partner_id));
  const line = input.lineId === null ? null : parsePublicNumber("cln", input.lineId);
  if (line === undefined) throw invalid("lineId", input.lineId ?? "", "is no commission line");
  const now = ctx.clock.now();
  if (statement.closed_at !== null && now.getTime() > statement.closed_at.getTime() + ASK_DAYS * DAY_MS)
    throw new Refusal("wrong_state", `Questions about a statement are taken for ${ASK_DAYS} days after it was closed.`);
  return await transact(ctx, async (tx) => {
    const row: store.InquiryRow = {
      inquiry_id: tx.ids.next("inq"),
      partner_id: statement.partner_id,
      statement_id: statement.statement_id,
      line_id: line,
      subject: input.subject,
      state: "open",
      answer_by: new Date(now.getTime() + ANSWER_DAYS * DAY_MS),
      opened_by: personOf(actor),
      opened_at: now,
      closed_by: null,
      closed_at: null,
      adjustment_id: null,
    };
    await store.insertInquiry(tx.db, row);
    await store.insertMessage(tx.db, messageOf(tx, actor, row, input));
    await record(tx, actor, "statements.inquiry_opened", row);
    return await wireOf(tx, actor, row);
  });
}

/** Another word: the operator's answers it, the partner's asks again and begins the time for an answer anew. */
export async function writeInquiry(ctx: Context, actor: Actor, id: string, given: NewInquiryMessage): Promise<Inquiry> {
  const input = MessageSchema.parse(given);
  return await change(ctx, actor, id, async (tx, row) => {
    await store.insertMessage(tx.db, messageOf(tx, actor, row, input));
    if (actor.partnerId === undefined) return { ...row, state: "answered" };
    return { ...row, state: "open", answer_by: new Date(tx.clock.now().getTime() + ANSWER_DAYS * DAY_MS) };
  });
}

/** Ends it: by an explanation or an adjustment of this partner, or without either. The operator's people only. */
export async function decideInquiry(ctx: Context, actor: Actor, id: string, given: InquiryDecision): Promise<Inquiry> {
  const input = DecisionSchema.parse(given);
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "The operator decides about an inquiry.");
  return await change(ctx, actor, id, async (tx, row) => {
    if (input.adjustmentId !== null) await refuseForeign(tx, actor, row, input.adjustmentId);
    await store.insertMessage(tx.db, messageOf(tx, actor, row, input));
    return { ...ended(tx, actor, row, input.outcome), adjustment_id: input.adjustmentId };
  });
}

/** The partner has nothing to ask any more. */
export async function withdrawInquiry(ctx: Context, actor: Actor, id: string): Promise<Inquiry> {
  if (actor.partnerId === undefined) throw new Refusal("forbidden", "Only the partner withdraws its inquiry.");
  return await change(ctx, actor, id, async (tx, row) => ended(tx, actor, row, "withdrawn"));
}

function ended(tx: Context, actor: Actor, row: store.InquiryRow, state: string): store.InquiryRow {
  return { ...row, state, closed_by: personOf(actor), closed_at: tx.clock.now() };
}

async function refuseForeign(tx: Context, actor: Actor, row: store.InquiryRow, adjustmentId: string): Promise<void> {
  const adjustment = await getAdjustment(tx, actor, adjustmentId);
  if (adjustment.partnerId !== row.partner_id)
    throw invalid("adjustmentId", adjustmentId, "is an adjustment of another partner");
  if (adjustment.status === "declined") throw invalid("adjustmentId", adjustmentId, "was declined");
}

async function change(
  ctx: Context,
  actor: Actor,
  id: string,
  work: (tx: Context, row: store.InquiryRow) => Promise<store.InquiryRow>,
): Promise<Inquiry> {
  return await transact(ctx, async (tx) => {
    const row = await store.lockInquiry(tx.db, id);
    if (row === undefined || !(await isSeen(tx, actor, row))) throw notFound("inquiry", id);
    if (actor.partnerId === undefined)
      requirePermission(actor, "statements.write", await partnerTouch(tx, row.partner_id));
    if (row.closed_at !== null) throw new Refusal("wrong_state", `This inquiry is ${row.state}.`);
    const after = await work(tx, row);
    await store.changeInquiry(tx.db, after);
    await record(tx, actor, `statements.inquiry_${after.state}`, after);
    await announce(tx, "statements.inquiry_changed", { inquiryId: id, partnerId: row.partner_id, state: after.state });
    return await wireOf(tx, actor, after);
  });
}

async function isSeen(ctx: Context, actor: Actor, row: store.InquiryRow): Promise<boolean> {
  return (
    can(actor, "statements.read") &&
    isWithin(await reachOf(ctx, actor, "statements.read"), { partnerId: row.partner_id })
  );
}

export async function getInquiry(ctx: Context, actor: Actor, id: string): Promise<Inquiry> {
  const row = await store.inquiryRow(ctx.db, id);
  if (row === undefined || !(await isSeen(ctx, actor, row))) throw notFound("inquiry", id);
  return await wireOf(ctx, actor, row);
}

export async function listInquiries(
  ctx: Context,
  actor: Actor,
  query: InquiryQuery,
): Promise<Page<Omit<Inquiry, "messages">>> {
  const page = await store.inquiryPage(ctx.db, await reachOf(ctx, actor, "statements.read"), query, query);
  return { rows: page.rows.map((row) => summaryOf(ctx, row)), nextCursor: page.nextCursor };
}

function messageOf(
  tx: Context,
  actor: Actor,
  row: store.InquiryRow,
  input: { readonly text: string; readonly evidence: readonly object[] },
): store.NewMessage {
  return {
    inquiry_id: row.inquiry_id,
    partner_id: row.partner_id,
    from_partner: actor.partnerId !== undefined,
    by: personOf(actor),
    at: tx.clock.now(),
    text: input.text,
    evidence: JSON.stringify(input.evidence),
  };
}

async function wireOf(ctx: Context, actor: Actor, row: store.InquiryRow): Promise<Inquiry> {
  const messages = await store.messagesOf(ctx.db, row.inquiry_id);
  const forPartner = actor.partnerId !== undefined;
  return {
    ...summaryOf(ctx, { ...row, ...(await store.monthOfInquiry(ctx.db, row)) }),
    messages: messages.map((one) => ({
      id: String(one.message_id),
      fromPartner: one.from_partner,
      by: forPartner && !one.from_partner ? null : one.by,
      at: one.at.toISOString(),
      text: one.text,
      evidence: one.evidence as unknown as Inquiry["messages"][number]["evidence"],
    })),
  };
}

function summaryOf(ctx: Context, row: store.InquiryOfMonth): Omit<Inquiry, "messages"> {
  return {
    id: row.inquiry_id,
    partnerId: row.partner_id,
    statementId: row.statement_id,
    month: row.month.slice(0, 7),
    currency: row.currency,
    lineId: row.line_id === null ? null : publicNumber("cln", row.line_id),
    subject: row.subject,
    state: row.state as Inquiry["state"],
    answerBy: row.answer_by.toISOString(),
    overdue: row.state === "open" && row.answer_by < ctx.clock.now(),
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    adjustmentId: row.adjustment_id,
  };
}

async function record(tx: Context, actor: Actor, action: string, row: store.InquiryRow): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "inquiry",
    subjectId: row.inquiry_id,
    partnerId: row.partner_id,
    after: { statement: row.statement_id, subject: row.subject, state: row.state, adjustment: row.adjustment_id },
  });
}
