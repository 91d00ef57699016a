import type {
  Estimate,
  EstimateFunnel,
  EstimateOf,
  NewPublicCalculator,
  PlanDocument,
  PlanLanguage,
  PublicCalculator,
  PublicCalculatorQuery,
  PublicEstimate,
} from "@tributary/contract";
import { type Actor, can, personOf, reach, requirePermission } from "../../access/index.ts";
import { planOfVersion } from "../../agreements/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, type Db, type Page, transact } from "../../database/index.ts";
import { dayOf, monthOf } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { notFound } from "../../kernel/refusals.ts";
import { type PlanVersionFacts, planVersionsByIds, readPlan } from "../../plans/index.ts";
import { estimate } from "./estimate.ts";
import * as store from "./store/calculators.ts";

/** What this sub-area is told: where the program is reached, and where tokens come from. */
export interface EstimateParts {
  readonly publicUrl: string;
  readonly nextToken: () => string;
}

/**
 * What a plan would pay for a funnel: of the operator's people any plan; of a partner its own accepted or proposed terms.
 * @throws Refusal `not_found`, `plan_invalid`, `invalid_input`
 */
export async function estimateFor(
  ctx: Context,
  actor: Actor,
  of: EstimateOf,
  funnel: EstimateFunnel,
  language: PlanLanguage,
): Promise<Estimate> {
  return estimate(await planOf(ctx, actor, of), funnel, firstMonth(ctx), language);
}

async function planOf(ctx: Context, actor: Actor, of: EstimateOf): Promise<PlanDocument> {
  if ("agreementVersionId" in of) return await planOfVersion(ctx, actor, of.agreementVersionId);
  if (actor.partnerId !== undefined || !can(actor, "plans.read")) throw notFound("plan", "of an estimate");
  if ("document" in of) return readPlan(of.document);
  return (await versionOf(ctx, of.planVersionId)).plan;
}

async function versionOf(ctx: Context, id: string): Promise<PlanVersionFacts> {
  const [version] = await planVersionsByIds(ctx.db, [id]);
  if (version === undefined) throw notFound("plan version", id);
  return version;
}

/** Estimates begin with the month that runs now. */
function firstMonth(ctx: Context): string {
  return monthOf(dayOf(ctx.clock.now(), "UTC"));
}

/** The same for whoever has the address of a public calculator. @throws Refusal `not_found`, `invalid_input` */
export async function estimateByToken(
  ctx: Context,
  token: string,
  funnel: EstimateFunnel,
  language: PlanLanguage,
): Promise<PublicEstimate> {
  const row = await store.calculatorByToken(ctx.db, token);
  if (row === undefined) throw notFound("calculator", token);
  const { plan } = await versionOf(ctx, row.plan_version_id);
  return { title: row.title, estimate: estimate(plan, funnel, firstMonth(ctx), language) };
}

/** Which pages may show a calculator in a frame; undefined: there is none with this token. */
export async function frameAncestorsOf(db: Db, token: string): Promise<readonly string[] | undefined> {
  return (await store.calculatorByToken(db, token))?.frame_ancestors;
}

export async function listCalculators(
  ctx: Context,
  actor: Actor,
  query: PublicCalculatorQuery,
  parts: EstimateParts,
): Promise<Page<PublicCalculator>> {
  requirePermission(actor, "plans.read");
  const within = reach(actor, "plans.read");
  const programIds = within.everything || within.programIds.length === 0 ? null : within.programIds;
  const page = await store.calculatorPage(ctx.db, programIds, query.planId, query);
  return { rows: page.rows.map((row) => calculatorWire(row, parts)), nextCursor: page.nextCursor };
}

/** @throws Refusal `not_found`, `wrong_state` for a version that is not published, `forbidden` */
export async function publishCalculator(
  ctx: Context,
  actor: Actor,
  input: NewPublicCalculator,
  parts: EstimateParts,
): Promise<PublicCalculator> {
  return await transact(ctx, async (tx) => {
    const version = await versionOf(tx, input.planVersionId);
    requirePermission(actor, "plans.write", { programId: version.programId });
    if (version.status !== "published")
      throw new Refusal("wrong_state", "Only a published version of a plan is shown to everybody: publish it first.");
    const row = {
      calculator_id: tx.ids.next("clc"),
      token: parts.nextToken(),
      program_id: version.programId,
      plan_id: version.planId,
      plan_version_id: version.planVersionId,
      title: input.title,
      frame_ancestors: input.frameAncestors ?? [],
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    };
    await store.insertCalculator(tx.db, row);
    await audit.record(tx, actor, {
      action: "calculators.published",
      subjectKind: "calculator",
      subjectId: row.calculator_id,
      after: { planVersionId: row.plan_version_id, title: row.title, frameAncestors: row.frame_ancestors },
    });
    return calculatorWire({ ...row, removed_at: null }, parts);
  });
}

export async function withdrawCalculator(ctx: Context, actor: Actor, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await store.calculatorRow(tx.db, id);
    if (row === undefined || !can(actor, "plans.read")) throw notFound("calculator", id);
    requirePermission(actor, "plans.write", { programId: row.program_id });
    await store.removeCalculator(tx.db, id, tx.clock.now());
    await audit.record(tx, actor, {
      action: "calculators.withdrawn",
      subjectKind: "calculator",
      subjectId: id,
      before: { planVersionId: row.plan_version_id, title: row.title },
    });
  });
}

function calculatorWire(row: store.CalculatorRow, { publicUrl }: EstimateParts): PublicCalculator {
  return {
    id: row.calculator_id,
    planId: row.plan_id,
    planVersionId: row.plan_version_id,
    title: row.title,
    token: row.token,
    address: `${publicUrl}/calculator/${row.token}`,
    frameAncestors: [...row.frame_ancestors],
    createdAt: row.created_at.toISOString(),
  };
}
