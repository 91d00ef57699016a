import type {
  ComparisonClass,
  ComparisonCorrection,
  ComparisonResult,
  ComparisonResultDetail,
  ComparisonResultQuery,
  ComparisonRow,
  ComparisonSummary,
} from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import { proposeAdjustment } from "../commissions/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { partnersByIds } from "../partners/index.ts";
import { readableComparison, writableComparison } from "./comparisons.ts";
import { proposedCorrection } from "./core/correction.ts";
import { explainResult, reasonsOf, type ToldRow } from "./core/explain.ts";
import type { SideRow } from "./store/comparisons.ts";
import * as comparisons from "./store/comparisons.ts";
import * as store from "./store/results.ts";

export async function listResults(
  ctx: Context,
  actor: Actor,
  comparisonId: string,
  query: ComparisonResultQuery,
): Promise<Page<ComparisonResult>> {
  const comparison = await readableComparison(ctx, actor, comparisonId);
  const { rows, nextCursor } = await store.resultPage(ctx.db, comparisonId, query, query);
  return { rows: rows.map((row) => resultWire(row, comparison.currency)), nextCursor };
}

interface Found {
  readonly comparison: comparisons.ComparisonRow;
  readonly row: store.ResultRow;
}

async function findResult(ctx: Context, actor: Actor, id: string, toWrite: boolean): Promise<Found> {
  const number = parsePublicNumber("cmr", id);
  const comparisonId = number === undefined ? undefined : await store.comparisonOfResult(ctx.db, number);
  if (number === undefined || comparisonId === undefined) throw notFound("result", id);
  const comparison = await (toWrite ? writableComparison : readableComparison)(ctx, actor, comparisonId);
  const page = await store.resultPage(ctx.db, comparisonId, { id: number }, { limit: 1 });
  const [row] = page.rows;
  if (row === undefined) throw notFound("result", id);
  return { comparison, row };
}

/** One conversion as each side tells it, what differs and why, and the adjustment that would make up for it. */
export async function getResult(ctx: Context, actor: Actor, id: string): Promise<ComparisonResultDetail> {
  const { comparison, row } = await findResult(ctx, actor, id, false);
  const rows = await store.sideRows(
    ctx.db,
    [row.tracked_row, row.office_row, row.claim_row].filter((one) => one !== null),
  );
  const partners = await partnersByIds(ctx.db, [...new Set(rows.flatMap((one) => one.partner_id ?? []))]);
  const nameOf = new Map(partners.map((one) => [one.partnerId, one.name]));
  const side = (name: string): ToldRow | null => {
    const found = rows.find((one) => one.side === name);
    return found === undefined ? null : toldRow(found, nameOf);
  };
  const summary = comparison.summary as ComparisonSummary | null;
  const told = {
    tracked: side("tracked"),
    office: side("office"),
    claim: side("claim"),
    differences: row.differences as ComparisonClass[],
    matchedBy: row.matched_by,
    shifts: summary?.shifts ?? [],
  };
  const proposal = proposedCorrection({
    class: row.class as ComparisonClass,
    day: row.day,
    partnerId: comparison.partner_id ?? row.partner_id,
    currency: comparison.currency,
    claimedCommission: row.claim_commission,
    officeMinor: row.office_minor,
    claimMinor: row.claim_minor,
    trackedTotal: BigInt(summary?.totals.tracked ?? "0"),
    earned: BigInt(summary?.ledger.earnedHere ?? "0") + BigInt(summary?.ledger.earnedLater ?? "0"),
  });
  return {
    result: resultWire(row, comparison.currency),
    rows: rows.map(rowWire),
    reasons: reasonsOf(told),
    explanation: explainResult(told),
    proposal,
  };
}

function toldRow(row: SideRow, nameOf: ReadonlyMap<string, string>): ToldRow {
  return {
    at: row.occurred_at, minor: row.minor, currency: row.currency, counts: row.counts, status: row.status, why: row.why, knownAt: row.known_at,
    partner: row.partner_id === null ? row.partner_ref : (nameOf.get(row.partner_id) ?? row.partner_id),
  }; // biome-ignore format: a record
}

/** Proposes the adjustment for a difference, once; another person decides about it as about any adjustment. */
export async function correctResult(
  ctx: Context,
  actor: Actor,
  id: string,
  given: ComparisonCorrection,
): Promise<ComparisonResult> {
  const { comparison, row } = await findResult(ctx, actor, id, true);
  if (row.adjustment_id !== null)
    throw new Refusal("wrong_state", `There is an adjustment for it already: ${row.adjustment_id}.`);
  return await transact(ctx, async (tx) => {
    await comparisons.lockComparison(tx.db, comparison.comparison_id);
    const adjustment = await proposeAdjustment(tx, actor, {
      partnerId: given.partnerId,
      programId: comparison.program_id,
      currency: comparison.currency,
      amount: given.amount,
      month: given.month,
      reason: `${given.reason} (${comparison.name}, ${row.reference})`.slice(0, 1000),
    });
    const kept = await store.insertCorrection(tx.db, {
      comparison_id: comparison.comparison_id,
      result_key: row.result_key,
      adjustment_id: adjustment.id,
      amount_minor: BigInt(given.amount),
      currency: comparison.currency,
      proposed_by: personOf(actor),
      proposed_at: tx.clock.now(),
    });
    if (!kept) throw new Refusal("wrong_state", "Somebody has proposed an adjustment for it in the meantime.");
    return resultWire({ ...row, adjustment_id: adjustment.id }, comparison.currency);
  });
}

/** Whose row a question is about. @throws Refusal `not_found`, `forbidden` */
export async function resultForItem(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ readonly comparisonId: string; readonly resultKey: string }> {
  const { comparison, row } = await findResult(ctx, actor, id, true);
  return { comparisonId: comparison.comparison_id, resultKey: row.result_key };
}

function text(minor: bigint | null): string | null {
  return minor === null ? null : String(minor);
}

function resultWire(row: store.ResultRow, currency: string): ComparisonResult {
  return {
    id: publicNumber("cmr", row.result_id),
    key: row.result_key,
    class: row.class as ComparisonClass,
    differences: row.differences as ComparisonClass[],
    matchedBy: row.matched_by as ComparisonResult["matchedBy"],
    day: row.day,
    partnerId: row.partner_id,
    reference: row.reference,
    tracked: text(row.tracked_minor),
    office: text(row.office_own),
    claim: text(row.claim_own),
    currency,
    officeDifference: text(row.office_minor),
    claimDifference: text(row.claim_minor),
    adjustmentId: row.adjustment_id,
    itemId: row.item_id,
  };
}

function rowWire(row: SideRow): ComparisonRow {
  return {
    side: row.side as ComparisonRow["side"],
    key: row.row_key,
    fileId: row.file_id,
    line: row.line,
    at: row.occurred_at.toISOString(),
    type: row.type,
    orderId: row.order_id,
    clickId: row.click_id,
    customerRef: row.customer_ref,
    partnerRef: row.partner_ref,
    partnerId: row.partner_id,
    amount: row.minor === null || row.currency === null ? null : { minor: String(row.minor), currency: row.currency },
    commission: text(row.commission_minor),
    counts: row.counts,
    status: row.status,
    why: row.why,
    raw: row.raw as [string, string][],
  };
}
