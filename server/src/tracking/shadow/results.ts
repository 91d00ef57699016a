import type {
  ShadowClass,
  ShadowDay,
  ShadowPartnerTotal,
  ShadowResult,
  ShadowResultDetail,
  ShadowResultQuery,
  ShadowSide,
} from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import type { Context, Page, PageRequest } from "../../database/index.ts";
import { parsePublicNumber, publicNumber } from "../../kernel/ids.ts";
import { notFound } from "../../kernel/refusals.ts";
import { receiptId } from "../core/receipt-id.ts";
import { explain } from "./core/explain.ts";
import { readableShadow } from "./service.ts";
import { mainMeasure } from "./store/ours.ts";
import * as store from "./store/results.ts";

/** The disagreements (and, when asked for, what agrees), the newest day first. */
export async function listResults(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  query: ShadowResultQuery,
): Promise<Page<ShadowResult>> {
  await readableShadow(ctx, actor, shadowId);
  const page = await store.resultPage(ctx.db, shadowId, query, query);
  return { rows: page.rows.map(toResult), nextCursor: page.nextCursor };
}

/** @param reasons texts of the reasons of attribution */
export async function getResult(
  ctx: Context,
  actor: Actor,
  id: string,
  reasons: Readonly<Record<string, string>>,
): Promise<ShadowResultDetail> {
  const number = parsePublicNumber("shr", id);
  const row = number === undefined ? undefined : await store.findResult(ctx.db, number);
  if (row === undefined) throw notFound("result", id);
  await readableShadow(ctx, actor, row.shadow_id);
  const raw = row.row_id === null ? undefined : await store.rawRow(ctx.db, row.row_id);
  const result = toResult(row);
  return {
    ...result,
    shadowId: row.shadow_id,
    explanation: explain(result.class === "agrees" ? ["agrees"] : result.differences, result.notes, reasons),
    raw: ((raw?.raw ?? []) as [string, string][]).map(([column, value]) => ({ column, value })),
    file: raw?.name ?? null,
    line: raw?.line ?? null,
    receiptId:
      row.lane === null || row.seq === null ? (raw?.receipt ?? null) : receiptId(row.lane, row.seq, row.line ?? 0),
    ourReason: row.reason,
    duplicateOf: await originalOf(ctx, row),
  };
}

async function originalOf(ctx: Context, row: store.ResultRow): Promise<string | null> {
  const side = row.duplicate_row !== null ? "row_id" : "event_id";
  const original = row.duplicate_row ?? row.duplicate_event;
  const found = original === null ? undefined : await store.resultOf(ctx.db, row.shadow_id, side, original);
  return found === undefined ? null : publicNumber("shr", found);
}

export async function listDays(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  page: PageRequest,
): Promise<Page<ShadowDay>> {
  await readableShadow(ctx, actor, shadowId);
  const { rows, nextCursor } = await store.sumsPage(ctx.db, shadowId, "day", page);
  return {
    rows: rows.map(({ day, amounts, ...counts }) => ({ day, ...counts, amounts: amounts.map(bothAmounts) })),
    nextCursor,
  };
}

export async function listPartnerTotals(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  page: PageRequest,
): Promise<Page<ShadowPartnerTotal>> {
  await readableShadow(ctx, actor, shadowId);
  const { rows, nextCursor } = await store.sumsPage(ctx.db, shadowId, "partner_id", page);
  return {
    rows: rows.map(({ partner_id, amounts, ...counts }) => ({
      partnerId: partner_id,
      ...counts,
      amounts: amounts.map(bothAmounts),
    })),
    nextCursor,
  };
}

function bothAmounts({
  currency,
  theirs,
  ours,
}: {
  readonly currency: string;
  readonly theirs: string;
  readonly ours: string;
}) {
  return { theirs: { minor: theirs, currency }, ours: { minor: ours, currency } };
}

function toResult(row: store.ResultRow): ShadowResult {
  return {
    id: publicNumber("shr", row.result_id),
    class: row.class as ShadowClass,
    differences: row.differences as ShadowClass[],
    notes: row.notes,
    matchedBy: row.matched_by as ShadowResult["matchedBy"],
    day: row.day,
    partnerId: row.partner_id,
    eventId: row.event_id === null ? null : publicNumber("evt", row.event_id),
    customerId: row.customer_id === null ? null : publicNumber("cus", row.customer_id),
    theirs: theirSide(row),
    ours: ourSide(row),
  };
}

function theirSide(row: store.ResultRow): ShadowSide | null {
  if (row.their_at === null) return null;
  return {
    occurredAt: row.their_at.toISOString(),
    type: row.their_type,
    orderId: row.order_id,
    clickId: row.their_click,
    customerId: row.their_customer,
    partner: row.partner_ref,
    amount: row.their_minor === null ? null : String(row.their_minor),
    currency: row.their_currency,
    status: row.their_status as ShadowSide["status"],
  };
}

function ourSide(row: store.ResultRow): ShadowSide | null {
  if (row.our_at === null) return null;
  const minor = mainMeasure(row.our_type ?? "", (row.measures ?? {}) as Record<string, string>);
  return {
    occurredAt: row.our_at.toISOString(),
    type: row.our_type,
    orderId: row.external_id,
    clickId: row.our_click ?? row.bad_click_id,
    customerId: row.our_customer,
    partner: row.our_partner,
    amount: minor === null ? null : String(minor),
    currency: minor === null ? null : row.our_currency,
    status: row.void === true ? "rejected" : "approved",
  };
}
