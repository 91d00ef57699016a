import type { Plan, PlanDocument, PlanLanguage, PlanSection, PlanVersion } from "@tributary/contract";
import type { PlanVersionFacts } from "./contracts.ts";
import { renderPlan, renderSections } from "./core/render-plan.ts";
import type { PlanListRow, PlanVersionRow } from "./store/plans.ts";

export function planWire(row: PlanListRow): Plan {
  return {
    id: row.plan_id,
    programId: row.program_id,
    code: row.code,
    name: row.name,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    latestVersion: row.latest_version,
    publishedVersion: row.published_version,
    models: [...row.models],
    currency: row.currency,
    caseCount: row.case_count,
    casesFailing: row.cases_failing,
  };
}

export function planVersionWire(row: PlanVersionRow, language: PlanLanguage): PlanVersion {
  const document = row.document as unknown as PlanDocument;
  return {
    id: row.plan_version_id,
    planId: row.plan_id,
    version: row.version,
    status: row.status as PlanVersion["status"],
    document,
    source: row.source,
    hash: row.document_hash,
    text: renderPlan(document, language),
    sections: sectionsWire(document, language),
    casesRun: row.cases_run,
    casesFailing: row.cases_failing,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    publishedBy: row.published_by,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedReason: row.published_reason,
  };
}

export function sectionsWire(plan: PlanDocument, language: PlanLanguage): PlanSection[] {
  return renderSections(plan, language).map((section) => ({
    title: section.title,
    path: section.path,
    sentences: section.sentences.map((one) => ({ ...one })),
  }));
}

export function planVersionFacts(
  row: PlanVersionRow & { readonly program_id: string; readonly name: string },
): PlanVersionFacts {
  return {
    planVersionId: row.plan_version_id,
    planId: row.plan_id,
    programId: row.program_id,
    planName: row.name,
    version: row.version,
    status: row.status as PlanVersionFacts["status"],
    plan: row.document as unknown as PlanDocument,
    hash: row.document_hash,
  };
}
