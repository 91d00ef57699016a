import type {
  NewPlanCase,
  PlanCase,
  PlanCaseResult,
  PlanCaseRunResult,
  PlanExpectation,
  PlanLanguage,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, refuseDuplicate, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import type { RunPlan } from "./contracts.ts";
import { compareCase } from "./core/compare-case.ts";
import { readablePlan } from "./reading.ts";
import * as store from "./store/cases.ts";

/** The test cases of a plan, the oldest first. */
export async function listCases(ctx: Context, actor: Actor, planId: string): Promise<PlanCase[]> {
  await readablePlan(ctx, actor, planId);
  return (await store.casesOfPlan(ctx.db, planId)).map(caseWire);
}

/** A new test case; the plan's drafts are run on it at once. @throws Refusal `already_exists` for a name that is taken */
export async function addCase(
  ctx: Context,
  actor: Actor,
  planId: string,
  input: NewPlanCase,
  run: RunPlan,
): Promise<PlanCase> {
  await requireWriter(ctx, actor, planId);
  return await transact(ctx, async (tx) => {
    const row = { case_id: tx.ids.next("plc"), plan_id: planId, ...written(tx, actor, input) };
    await refuseDuplicate("name", input.name, () => store.insertCase(tx.db, row));
    return await changed(tx, actor, "plans.case_added", row.case_id, planId, run);
  });
}

/** Changes a test case; the plan's drafts are run again. */
export async function changeCase(
  ctx: Context,
  actor: Actor,
  planId: string,
  caseId: string,
  input: NewPlanCase,
  run: RunPlan,
): Promise<PlanCase> {
  await requireWriter(ctx, actor, planId);
  await existingCase(ctx.db, planId, caseId);
  return await transact(ctx, async (tx) => {
    await refuseDuplicate("name", input.name, () =>
      store.updateCase(tx.db, { case_id: caseId, ...written(tx, actor, input) }),
    );
    return await changed(tx, actor, "plans.case_changed", caseId, planId, run);
  });
}

/** Takes a test case away; the plan's drafts are marked by those that are left. */
export async function removeCase(
  ctx: Context,
  actor: Actor,
  planId: string,
  caseId: string,
  run: RunPlan,
): Promise<void> {
  await requireWriter(ctx, actor, planId);
  const row = await existingCase(ctx.db, planId, caseId);
  await transact(ctx, async (tx) => {
    await store.deleteCase(tx.db, caseId);
    await markDrafts(tx.db, planId, run);
    await audit.record(tx, actor, {
      action: "plans.case_removed",
      subjectKind: "plan",
      subjectId: planId,
      before: { name: row.name, expected: row.expected },
    });
  });
}

/** Runs all test cases of a plan on a document that need not be saved. */
export async function runCasesOn(
  ctx: Context,
  actor: Actor,
  planId: string,
  document: unknown,
  language: PlanLanguage,
  run: RunPlan,
): Promise<PlanCaseRunResult> {
  await readablePlan(ctx, actor, planId);
  return await resultsOf(ctx.db, planId, document, language, run);
}

/** Marks one version by what the plan's cases came to on it. Call it in the transaction that writes the version. */
export async function markVersionByCases(
  db: Db,
  planId: string,
  versionId: string,
  document: unknown,
  run: RunPlan,
): Promise<void> {
  const results = await resultsOf(db, planId, document, "en", run);
  if (results.run > 0) await store.markVersion(db, versionId, results.run, results.failing);
}

async function markDrafts(db: Db, planId: string, run: RunPlan): Promise<void> {
  for (const draft of await store.draftsOfPlan(db, planId)) {
    const results = await resultsOf(db, planId, draft.document, "en", run);
    await store.markVersion(db, draft.plan_version_id, results.run, results.failing);
  }
}

async function resultsOf(
  db: Db,
  planId: string,
  document: unknown,
  language: PlanLanguage,
  run: RunPlan,
): Promise<PlanCaseRunResult> {
  const results = (await store.casesOfPlan(db, planId)).map((row) => caseResult(row, document, language, run));
  return { results, run: results.length, failing: results.filter((one) => !one.passed).length };
}

function caseResult(row: store.CaseRow, document: unknown, language: PlanLanguage, run: RunPlan): PlanCaseResult {
  const expected = row.expected as unknown as readonly PlanExpectation[];
  try {
    const { months, lines } = run(document, row.facts, { language });
    const compared = compareCase(expected, months);
    return {
      caseId: row.case_id,
      passed: compared.every((one) => one.matches),
      problem: null,
      months: compared,
      lines: lines.map((line) => ({
        component: line.component,
        subject: line.subject,
        month: line.month,
        amount: line.amount,
        explanation: [...line.explanation],
      })),
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const months = expected.map((one) => ({ ...one, actual: null, matches: false }));
    return { caseId: row.case_id, passed: false, problem: error.message, months, lines: [] };
  }
}

function written(tx: Context, actor: Actor, input: NewPlanCase) {
  return {
    name: input.name,
    facts: input.facts,
    expected: input.expected,
    changed_by: personOf(actor),
    changed_at: tx.clock.now(),
  };
}

async function changed(
  tx: Parameters<Parameters<typeof transact>[1]>[0],
  actor: Actor,
  action: string,
  caseId: string,
  planId: string,
  run: RunPlan,
): Promise<PlanCase> {
  const row = await existingCase(tx.db, planId, caseId);
  await markDrafts(tx.db, planId, run);
  await audit.record(tx, actor, {
    action,
    subjectKind: "plan",
    subjectId: planId,
    after: { name: row.name, expected: row.expected },
  });
  return caseWire(row);
}

async function requireWriter(ctx: Context, actor: Actor, planId: string): Promise<void> {
  const plan = await readablePlan(ctx, actor, planId);
  requirePermission(actor, "plans.write", { programId: plan.program_id });
}

async function existingCase(db: Db, planId: string, caseId: string): Promise<store.CaseRow> {
  const row = await store.caseRow(db, caseId);
  if (row === undefined || row.plan_id !== planId) throw notFound("test case", caseId);
  return row;
}

function caseWire(row: store.CaseRow): PlanCase {
  return {
    id: row.case_id,
    planId: row.plan_id,
    name: row.name,
    facts: row.facts,
    expected: row.expected as unknown as PlanExpectation[],
    changedBy: row.changed_by,
    changedAt: row.changed_at.toISOString(),
  };
}
