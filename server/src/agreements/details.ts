import type {
  AgreementVersion,
  AgreementVersionDetail,
  Clause,
  Difference,
  PlanDocument,
  Round,
} from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnerTouch } from "../partners/index.ts";
import { type PlanVersionFacts, planVersionsByIds, renderPlan } from "../plans/index.ts";
import { approvalState, isAsked } from "./core/approval-rules.ts";
import { differenceOf } from "./core/difference.ts";
import { authorsOf, deviationOf, needsOf } from "./deal.ts";
import type { VersionOfPair } from "./store/agreements.ts";
import * as approvals from "./store/approvals.ts";
import { type RoundColumns, type RoundRow, roundsOf } from "./store/rounds.ts";
import { rolesOn, verdictsOn } from "./surroundings.ts";

/** Versions with everything that the asker may see of them: rounds, differences, approvals, verdicts. */
export async function versionDetails(
  ctx: Context,
  actor: Actor,
  rows: readonly VersionOfPair[],
): Promise<AgreementVersionDetail[]> {
  const forPartner = actor.partnerId !== undefined;
  const ids = rows.map((row) => row.agreement_version_id);
  const rounds = Map.groupBy(
    await roundsOf(ctx.db, ids, forPartner ? "partner" : "operator"),
    (one) => one.agreement_version_id,
  );
  const plans = await plansOf(ctx, rows);
  const details: AgreementVersionDetail[] = [];
  for (const row of rows) {
    const plan = plans.get(row.plan_version_id);
    if (plan === undefined) continue;
    const own = rounds.get(row.agreement_version_id) ?? [];
    details.push({
      ...versionWire(row, plan, forPartner),
      ...documentOf(row),
      rounds: own.map((one, index) => roundWire(one, own[index - 1], forPartner)),
      ...(forPartner ? NOT_FOR_PARTNERS : await forOperator(ctx, actor, row, own)),
    });
  }
  return details;
}

const NOT_FOR_PARTNERS = { deviation: null, approvals: null, jurisdiction: [] };

async function forOperator(ctx: Context, actor: Actor, row: VersionOfPair, rounds: readonly RoundRow[]) {
  const { plan, clauses } = documentOf(row);
  return {
    deviation: await deviationOf(ctx, row, { plan, clauses }),
    approvals: await approvalsWire(ctx, actor, row, rounds),
    jurisdiction: await jurisdictionWire(ctx, row, plan),
  };
}

function documentOf(row: RoundColumns): {
  plan: PlanDocument;
  planText: { en: string[]; es: string[] };
  clauses: Clause[];
} {
  const plan = row.plan as unknown as PlanDocument;
  return {
    plan,
    planText: { en: renderPlan(plan, "en"), es: renderPlan(plan, "es") },
    clauses: row.clauses as unknown as Clause[],
  };
}

/** A partner does not see who on the operator's side wrote and approved the terms, nor the notes between them, nor that new ones are being prepared. */
export function versionWire(row: VersionOfPair, plan: PlanVersionFacts, forPartner: boolean): AgreementVersion {
  const status = row.status as AgreementVersion["status"];
  const preparing = forPartner && (status === "draft" || status === "proposed" || status === "approved");
  return {
    id: row.agreement_version_id,
    agreementId: row.agreement_id,
    version: row.version,
    status: preparing ? "countered" : status,
    phase: null,
    round: row.round,
    planVersionId: row.plan_version_id,
    planId: plan.planId,
    planVersion: plan.version,
    standard: row.plan_hash === plan.hash,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers as AgreementVersion["customers"],
    termsText: row.terms_text,
    termsHash: row.terms_hash,
    answerBy: row.answer_by,
    templateVersionId: forPartner ? null : row.template_version_id,
    note: forPartner ? "" : row.note,
    proposedBy: forPartner && row.side === "operator" ? "" : row.author,
    proposedAt: row.made_at.toISOString(),
    approvedBy: forPartner ? null : row.approved_by,
    approvedAt: forPartner ? null : (row.approved_at?.toISOString() ?? null),
    sentAt: row.sent_at?.toISOString() ?? null,
    acceptedName: row.accepted_name,
    acceptedBy: row.accepted_by,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    acceptedAddress: row.accepted_address,
    acceptedUserAgent: row.accepted_user_agent,
    declineReason: row.decline_reason,
  };
}

function roundWire(row: RoundRow, before: RoundRow | undefined, forPartner: boolean): Round {
  const own = row.side === (forPartner ? "partner" : "operator");
  return {
    round: row.round,
    side: row.side as Round["side"],
    authorId: own ? row.author : "",
    authorName: forPartner && row.side === "operator" ? "" : row.author_name,
    at: (forPartner && row.side === "operator" ? (row.shown_at ?? row.made_at) : row.made_at).toISOString(),
    message: row.message,
    note: own ? row.note : "",
    planVersionId: row.plan_version_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers as Round["customers"],
    ...documentOf(row),
    termsText: row.terms_text,
    termsHash: row.terms_hash,
    evidence: forPartner ? null : row.evidence,
    shownAt: row.shown_at?.toISOString() ?? null,
    difference: before === undefined ? null : roundDifference(before, row),
  };
}

function roundDifference(before: RoundRow, after: RoundRow): Difference {
  const compared = (row: RoundRow) => ({
    plan: row.plan as unknown as PlanDocument,
    clauses: row.clauses as unknown as Clause[],
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers,
  });
  return differenceOf(compared(before), compared(after));
}

async function approvalsWire(ctx: Context, actor: Actor, row: VersionOfPair, rounds: readonly RoundRow[]) {
  const id = row.agreement_version_id;
  const needs = needsOf(await approvals.needsOf(ctx.db, [id]), row.terms_hash);
  const given = await approvals.approvalsOf(ctx.db, [id]);
  const current = given.filter((one) => one.terms_hash === row.terms_hash);
  const { needs: state } = approvalState(needs, current);
  const authors = authorsOf(rounds);
  const roles = rolesOn(actor, await partnerTouch(ctx, row.partner_id, row.program_id));
  const person = personOf(actor);
  return {
    needs: needs.map((need, index) => ({
      rule: need.rule,
      name: need.name,
      reasons: [...need.reasons],
      approvers: state[index]?.approvers ?? [],
      met: state[index]?.met ?? false,
    })),
    given: given.map((one) => ({
      person: one.person,
      roles: one.roles,
      decision: one.decision as "approved" | "refused",
      comment: one.comment,
      at: one.decided_at.toISOString(),
      current: one.terms_hash === row.terms_hash,
    })),
    authors,
    mayApprove: row.status === "proposed" && !authors.includes(person) && isAsked(needs, current, person, roles),
  };
}

async function jurisdictionWire(ctx: Context, row: VersionOfPair, plan: PlanDocument) {
  const pair = { partnerId: row.partner_id, programId: row.program_id };
  const verdicts = await verdictsOn(ctx.db, pair, plan, row.valid_from);
  const passes = verdicts.length === 0 ? [] : await approvals.passesOf(ctx.db, [row.agreement_version_id]);
  return verdicts.map((verdict) => {
    const pass = passes.find(
      (one) => one.plan_hash === row.plan_hash && one.component === verdict.code && one.rule === verdict.rule,
    );
    const passed = pass && { by: pass.passed_by, at: pass.passed_at.toISOString(), reason: pass.reason };
    return { ...verdict, passed: passed ?? null };
  });
}

/** Standard plans of rounds, by the id of their version. */
export async function plansOf(
  ctx: Pick<Context, "db">,
  rows: readonly { readonly plan_version_id: string }[],
): Promise<ReadonlyMap<string, PlanVersionFacts>> {
  const plans = await planVersionsByIds(
    ctx.db,
    rows.map((row) => row.plan_version_id),
  );
  return new Map(plans.map((plan) => [plan.planVersionId, plan]));
}
