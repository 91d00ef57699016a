import type {
  NewPlan,
  NewPlanVersion,
  Plan,
  PlanCheckResult,
  PlanDetail,
  PlanDocument,
  PlanLanguage,
  PlanQuery,
  PlanVersion,
} from "@tributary/contract";
import { type Actor, personOf, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { markVersionByCases } from "./cases.ts";
import type { PlanVersionFacts, RunPlan } from "./contracts.ts";
import { checkPlan } from "./core/check-plan.ts";
import { hashPlan } from "./core/hash-plan.ts";
import { renderPlan } from "./core/render-plan.ts";
import { readablePlan } from "./reading.ts";
import * as store from "./store/plans.ts";
import { planVersionFacts, planVersionWire, planWire, sectionsWire } from "./wire.ts";

/** The linter, the reading in plain language and the hash of a document that is not saved. */
export function checkDocument(document: unknown, language: PlanLanguage): PlanCheckResult {
  const check = checkPlan(document, language);
  const findings = check.findings.map(({ readings, ...rest }) => ({
    ...rest,
    ...(readings === undefined ? {} : { readings: [...readings] }),
  }));
  if (!check.valid) return { valid: false, findings, document: null, hash: null, text: [], sections: [] };
  const { plan } = check;
  const sections = sectionsWire(plan, language);
  return { valid: true, findings, document: plan, hash: hashPlan(plan), text: renderPlan(plan, language), sections };
}

/**
 * The plan behind a document.
 * @throws Refusal `plan_invalid` with one complaint per error of the linter
 */
export function readPlan(document: unknown): PlanDocument {
  const check = checkPlan(document);
  if (check.valid) return check.plan;
  const errors = check.findings.filter((one) => one.severity === "error");
  const said = ({ message, wayOut }: (typeof errors)[number]) =>
    wayOut === undefined ? message : `${message} ${wayOut}`;
  throw new Refusal(
    "plan_invalid",
    errors.map((one) => (one.path === "" ? said(one) : `${one.path}: ${said(one)}`)).join("\n"),
    errors.map(({ path, message, wayOut }) => ({
      field: path,
      message,
      ...(wayOut === undefined ? {} : { hint: wayOut }),
    })),
  );
}

/** A new plan with its first version, a draft. @throws Refusal `plan_invalid`, `already_exists` */
export async function createPlan(ctx: Context, actor: Actor, input: NewPlan): Promise<PlanDetail> {
  requirePermission(actor, "plans.write", { programId: input.programId });
  const plan = readPlan(input.document);
  return await transact(ctx, async (tx) => {
    const planId = tx.ids.next("pln");
    const created = { created_by: personOf(actor), created_at: tx.clock.now() };
    const row = { plan_id: planId, program_id: input.programId, code: input.code, name: input.name, ...created };
    await refuseDuplicate("code", input.code, () => store.insertPlan(tx.db, row));
    await insertDraft(tx, actor, planId, { plan, source: input.source ?? null });
    return await getPlan(tx, actor, planId, "en");
  });
}

/** The next version of a plan, a draft, marked by what the plan's test cases come to on it. @throws Refusal `plan_invalid` */
export async function addPlanVersion(
  ctx: Context,
  actor: Actor,
  planId: string,
  input: NewPlanVersion,
  run: RunPlan,
): Promise<PlanVersion> {
  const row = await readablePlan(ctx, actor, planId);
  requirePermission(actor, "plans.write", { programId: row.program_id });
  const plan = readPlan(input.document);
  return await transact(ctx, async (tx) => {
    const id = await insertDraft(tx, actor, planId, { plan, source: input.source ?? null });
    await markVersionByCases(tx.db, planId, id, plan, run);
    return await versionWire(tx, id);
  });
}

/**
 * Publishes a draft: from then on it never changes and agreements may use it.
 * @param reason needed when test cases of the plan fail on it
 * @throws Refusal `same_person`, `wrong_state`, `cases_failing`
 */
export async function publishPlanVersion(
  ctx: Context,
  actor: Actor,
  planVersionId: string,
  reason?: string,
): Promise<PlanVersion> {
  return await transact(ctx, async (tx) => {
    const [row] = await store.versionRows(tx.db, [planVersionId]);
    if (row === undefined) throw notFound("plan version", planVersionId);
    requirePermission(actor, "plans.approve", { programId: row.program_id });
    if (row.created_by === personOf(actor))
      throw new Refusal("same_person", "You wrote this version: somebody else has to publish it.");
    const failing = row.cases_failing ?? 0;
    if (failing > 0 && reason === undefined)
      throw new Refusal(
        "cases_failing",
        `${failing} of ${row.cases_run} test cases fail on this version: say why it is published all the same.`,
      );
    const done = await store.publishVersion(
      tx.db,
      planVersionId,
      personOf(actor),
      tx.clock.now(),
      failing > 0 ? (reason ?? null) : null,
    );
    if (!done) throw new Refusal("wrong_state", "This version is published already.");
    await audit.record(tx, actor, {
      action: "plans.version_published",
      subjectKind: "plan_version",
      subjectId: planVersionId,
      after: { planId: row.plan_id, version: row.version, hash: row.document_hash },
      ...(failing > 0 && reason !== undefined ? { reason } : {}),
    });
    return await versionWire(tx, planVersionId);
  });
}

export async function getPlan(ctx: Context, actor: Actor, id: string, language: PlanLanguage): Promise<PlanDetail> {
  const row = await readablePlan(ctx, actor, id);
  const versions = await store.versionsOfPlan(ctx.db, id);
  return { ...planWire(row), versions: versions.map((version) => planVersionWire(version, language)) };
}

export async function listPlans(ctx: Context, actor: Actor, query: PlanQuery): Promise<Page<Plan>> {
  const within = reach(actor, "plans.read");
  // A plan belongs to a program: whoever may read plans only of a region or a portfolio picks from them for any program.
  const programIds = within.everything || within.programIds.length === 0 ? null : within.programIds;
  requirePermission(actor, "plans.read");
  const page = await store.planPage(ctx.db, programIds, query.programId, query);
  return { rows: page.rows.map(planWire), nextCursor: page.nextCursor };
}

/** Door for other rooms: no actor, no permission. */
export async function planVersionsByIds(db: Db, ids: readonly string[]): Promise<readonly PlanVersionFacts[]> {
  return (await store.versionRows(db, [...new Set(ids)])).map(planVersionFacts);
}

/** The ids of all versions of a plan; none when there is no such plan. */
export async function planVersionIds(db: Db, planId: string): Promise<string[]> {
  return (await store.versionsOfPlan(db, planId)).map((row) => row.plan_version_id);
}

/** What plans are called, for rooms that show their ids. */
export async function planNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.planRows(db, [...new Set(ids)])).map((row) => [row.plan_id, row.name]));
}

async function insertDraft(
  tx: Context,
  actor: Actor,
  planId: string,
  { plan, source }: { readonly plan: PlanDocument; readonly source: string | null },
): Promise<string> {
  const id = tx.ids.next("plv");
  const hash = hashPlan(plan);
  const version = await store.insertVersion(tx.db, {
    plan_version_id: id,
    plan_id: planId,
    document: JSON.stringify(plan),
    source,
    document_hash: hash,
    created_by: personOf(actor),
    created_at: tx.clock.now(),
  });
  if (version === null) throw notFound("plan", planId);
  await audit.record(tx, actor, {
    action: "plans.version_written",
    subjectKind: "plan_version",
    subjectId: id,
    after: { planId, version, hash },
  });
  return id;
}

async function versionWire(ctx: Context, id: string): Promise<PlanVersion> {
  const [row] = await store.versionRows(ctx.db, [id]);
  if (row === undefined) throw notFound("plan version", id);
  return planVersionWire(row, "en");
}
