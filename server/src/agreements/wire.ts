import type { Agreement, AgreementVersion, AgreementVersionDetail } from "@tributary/contract";
import type { Day } from "../kernel/period.ts";
import { type PlanVersionFacts, renderPlan } from "../plans/index.ts";
import { termsInForce } from "./core/precedence.ts";
import type { AgreementRow, VersionRow } from "./store/agreements.ts";

/** A partner does not see who on the operator's side wrote and approved the terms, nor the notes between them. */
export function versionWire(row: VersionRow, plan: PlanVersionFacts, forPartner: boolean): AgreementVersion {
  return {
    id: row.agreement_version_id,
    agreementId: row.agreement_id,
    version: row.version,
    status: row.status as AgreementVersion["status"],
    planVersionId: row.plan_version_id,
    planId: plan.planId,
    planVersion: plan.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers as AgreementVersion["customers"],
    termsText: row.terms_text,
    termsHash: row.terms_hash,
    note: forPartner ? "" : row.note,
    proposedBy: forPartner ? "" : row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    approvedBy: forPartner ? null : row.approved_by,
    approvedAt: row.approved_at?.toISOString() ?? null,
    acceptedName: row.accepted_name,
    acceptedBy: row.accepted_by,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    acceptedAddress: row.accepted_address,
  };
}

export function versionDetail(row: VersionRow, plan: PlanVersionFacts, forPartner: boolean): AgreementVersionDetail {
  return {
    ...versionWire(row, plan, forPartner),
    plan: plan.plan,
    planText: { en: renderPlan(plan.plan, "en"), es: renderPlan(plan.plan, "es") },
  };
}

/** @param versions of this agreement, the newest first */
export function agreementWire(row: AgreementRow, versions: readonly AgreementVersion[], today: Day): Agreement {
  const accepted = versions.filter((one) => one.status === "accepted");
  return {
    id: row.agreement_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    createdAt: row.created_at.toISOString(),
    inForce: termsInForce(accepted, today) ?? null,
    pending: versions.find((one) => one.status === "proposed" || one.status === "approved") ?? null,
  };
}
