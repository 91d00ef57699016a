import type { Comparison, ComparisonQuery, ComparisonSummary, NewComparison } from "@tributary/contract";
import { NewComparison as NewComparisonSchema } from "@tributary/contract";
import { type Actor, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { parseCurrency } from "../kernel/money.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { programById } from "../programs/index.ts";
import { eventTypesOf } from "../tracking/index.ts";
import { COMPARE_TASK } from "./compare.ts";
import * as store from "./store/comparisons.ts";

export function comparisonWire(row: store.ComparisonRow): Comparison {
  return {
    id: row.comparison_id,
    name: row.name,
    programId: row.program_id,
    partnerId: row.partner_id,
    from: row.from_day,
    until: row.until_day,
    currency: row.currency,
    types: row.types,
    toleranceMinutes: row.tolerance_minutes,
    amountTolerance: String(row.amount_tolerance),
    lateDays: row.late_days,
    state: row.state as Comparison["state"],
    problem: row.problem,
    summary: row.summary as ComparisonSummary | null,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export async function listComparisons(ctx: Context, actor: Actor, query: ComparisonQuery): Promise<Page<Comparison>> {
  const within = await reachOf(ctx, actor, "reconciliation.read");
  const { rows, nextCursor } = await store.comparisonPage(ctx.db, within, query, query);
  return { rows: rows.map(comparisonWire), nextCursor };
}

/** @throws Refusal `not_found` also for what the actor may not see */
export async function readableComparison(ctx: Context, actor: Actor, id: string): Promise<store.ComparisonRow> {
  const row = await store.findComparison(ctx.db, id);
  const within = await reachOf(ctx, actor, "reconciliation.read");
  const place = { partnerId: row?.partner_id ?? "", programId: row?.program_id ?? "" };
  if (row === undefined || !isWithin(within, place)) throw notFound("comparison", id);
  return row;
}

export async function writableComparison(ctx: Context, actor: Actor, id: string): Promise<store.ComparisonRow> {
  const row = await readableComparison(ctx, actor, id);
  const touch =
    row.partner_id === null ? { programId: row.program_id } : await partnerTouch(ctx, row.partner_id, row.program_id);
  requirePermission(actor, "reconciliation.write", touch);
  return row;
}

export async function getComparison(ctx: Context, actor: Actor, id: string): Promise<Comparison> {
  return comparisonWire(await readableComparison(ctx, actor, id));
}

/** Sets up what is compared with what; the first comparison shows what was tracked. */
export async function createComparison(ctx: Context, actor: Actor, given: NewComparison): Promise<Comparison> {
  const input = NewComparisonSchema.parse(given);
  const touch =
    input.partnerId === null
      ? { programId: input.programId }
      : await partnerTouch(ctx, input.partnerId, input.programId);
  requirePermission(actor, "reconciliation.write", touch);
  if ((await programById(ctx.db, input.programId)) === undefined) throw notFound("program", input.programId);
  if (input.until <= input.from) throw invalid("until", input.until, "is not after the first day");
  if (parseCurrency(input.currency) === undefined)
    throw invalid("currency", input.currency, "is no currency of ISO 4217");
  const known = await eventTypesOf(ctx, input.programId);
  const unknown = input.types.find((type) => !known.includes(type));
  if (unknown !== undefined) throw invalid("types", unknown, `is none of ${known.join(", ")}`);
  return await transact(ctx, async (tx) => {
    const row = await store.insertComparison(tx.db, {
      comparison_id: tx.ids.next("cmp"),
      name: input.name,
      program_id: input.programId,
      partner_id: input.partnerId,
      from_day: input.from,
      until_day: input.until,
      currency: input.currency,
      types: input.types,
      tolerance_minutes: input.toleranceMinutes,
      amount_tolerance: BigInt(input.amountTolerance),
      late_days: input.lateDays,
      state: "waiting",
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    });
    await announce(tx, COMPARE_TASK, { comparisonId: row.comparison_id });
    await audit.record(tx, actor, {
      action: "comparisons.created",
      subjectKind: "comparison",
      subjectId: row.comparison_id,
      ...(input.partnerId !== null && { partnerId: input.partnerId }),
      after: input,
    });
    return comparisonWire(row);
  });
}

/** Compares again what has come in since. */
export async function compareAgain(ctx: Context, actor: Actor, id: string): Promise<Comparison> {
  await writableComparison(ctx, actor, id);
  return await transact(ctx, async (tx) => {
    await store.noteComparison(tx.db, id, { state: "waiting", problem: null });
    await announce(tx, COMPARE_TASK, { comparisonId: id });
    return comparisonWire(await readableComparison(tx, actor, id));
  });
}
