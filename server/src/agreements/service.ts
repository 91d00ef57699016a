import {
  type Acceptance,
  type AgreementVersionDetail,
  type NewAgreement,
  NewAgreement as NewAgreementSchema,
} from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { joinProgram, partnerById, partnerTouch, reachOf } from "../partners/index.ts";
import { type PlanVersionFacts, planVersionsByIds, renderPlan } from "../plans/index.ts";
import { TERMS_LIFE } from "./core/life.ts";
import { hashTerms } from "./core/terms-hash.ts";
import * as store from "./store/agreements.ts";
import { versionDetail } from "./wire.ts";

/**
 * Proposes terms for a partner in a program: the next version of their agreement.
 * @throws Refusal `invalid_input`, `wrong_state` (the plan version is no published one of this program)
 */
export async function proposeVersion(ctx: Context, actor: Actor, given: NewAgreement): Promise<AgreementVersionDetail> {
  const input = NewAgreementSchema.parse(given);
  const pair = { partnerId: input.partnerId, programId: input.programId };
  requirePermission(actor, "agreements.write", await partnerTouch(ctx, pair.partnerId, pair.programId));
  if (input.validTo !== null && input.validTo <= input.validFrom)
    throw invalid(
      "validTo",
      input.validTo,
      "is not after validFrom",
      "It is the first day on which the terms do not hold.",
    );
  return await transact(ctx, async (tx) => {
    const plan = await publishedPlan(tx, input.planVersionId, pair.programId);
    const partner = await partnerById(tx.db, pair.partnerId);
    if (partner === undefined) throw notFound("partner", pair.partnerId);
    const termsText = input.termsText ?? renderPlan(plan.plan, "en").join("\n");
    const agreementId = await store.agreementOf(tx.db, {
      agreement_id: tx.ids.next("agr"),
      partner_id: pair.partnerId,
      program_id: pair.programId,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    });
    await refuseOverlap(tx, agreementId, input.validFrom, input.validTo);
    const id = tx.ids.next("agv");
    const terms = { ...input, termsText, planHash: plan.hash };
    const version = await store.insertVersion(tx.db, {
      agreement_version_id: id,
      agreement_id: agreementId,
      plan_version_id: input.planVersionId,
      status: "proposed",
      valid_from: input.validFrom,
      valid_to: input.validTo,
      customers: input.customers,
      terms_text: termsText,
      terms_hash: hashTerms(terms),
      note: input.note,
      proposed_by: personOf(actor),
      proposed_at: tx.clock.now(),
    });
    await joinProgram(tx, pair.partnerId, pair.programId);
    await note(tx, actor, "agreements.proposed", id, pair.partnerId, {
      agreementId,
      version,
      planVersionId: input.planVersionId,
    });
    return await detail(tx, actor, id);
  });
}

/** Approves proposed terms; not by whoever proposed them. @throws Refusal `same_person`, `wrong_state` */
export async function approveVersion(ctx: Context, actor: Actor, id: string): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    requirePermission(actor, "agreements.approve", await partnerTouch(tx, row.partner_id, row.program_id));
    if (actor.partnerId !== undefined)
      throw new Refusal("forbidden", "The operator approves terms; a partner accepts them.");
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed these terms: somebody else has to approve them.");
    await move(tx, row, "approved", { approved_by: personOf(actor), approved_at: tx.clock.now() });
    await note(tx, actor, "agreements.approved", id, row.partner_id, { termsHash: row.terms_hash });
    return await detail(tx, actor, id);
  });
}

/**
 * Accepts approved terms: by the partner's signatory in the portal, or recorded by somebody of the operator who did not propose them.
 * @param address network address that the acceptance came from
 * @throws Refusal `conflict` when other terms were shown than those that are stored
 */
export async function acceptVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  acceptance: Acceptance & { readonly address: string },
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    const permission = actor.partnerId === undefined ? "agreements.write" : "agreements.approve";
    requirePermission(actor, permission, await partnerTouch(tx, row.partner_id, row.program_id));
    if (row.proposed_by === personOf(actor))
      throw new Refusal(
        "same_person",
        "You proposed these terms: the partner, or somebody else in its name, accepts them.",
      );
    if (row.terms_hash !== acceptance.termsHash)
      throw new Refusal("conflict", "These are not the terms that were shown to you.", [
        {
          field: "termsHash",
          value: acceptance.termsHash,
          message: "is of other terms",
          hint: "Read the terms again.",
        },
      ]);
    await move(tx, row, "accepted", {
      accepted_name: acceptance.name,
      accepted_by: personOf(actor),
      accepted_at: tx.clock.now(),
      accepted_address: acceptance.address,
    });
    await note(tx, actor, "agreements.accepted", id, row.partner_id, {
      termsHash: row.terms_hash,
      name: acceptance.name,
    });
    await announce(tx, "agreements.accepted", {
      agreementVersionId: id,
      partnerId: row.partner_id,
      programId: row.program_id,
      validFrom: row.valid_from,
    });
    return await detail(tx, actor, id);
  });
}

/** Takes back terms that are not accepted yet. */
export async function withdrawVersion(ctx: Context, actor: Actor, id: string): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    requirePermission(actor, "agreements.write", await partnerTouch(tx, row.partner_id, row.program_id));
    await move(tx, row, "withdrawn", { withdrawn_by: personOf(actor), withdrawn_at: tx.clock.now() });
    await note(tx, actor, "agreements.withdrawn", id, row.partner_id, { before: row.status });
    return await detail(tx, actor, id);
  });
}

/** Two proposals for the same days would leave the partner to choose which one counts. */
async function refuseOverlap(tx: Context, agreementId: string, from: string, to: string | null): Promise<void> {
  const versions = await store.versionsOf(tx.db, [agreementId]);
  const open = versions.find(
    (row) =>
      (row.status === "proposed" || row.status === "approved") &&
      (to === null || row.valid_from < to) &&
      (row.valid_to === null || from < row.valid_to),
  );
  if (open === undefined) return;
  throw new Refusal(
    "overlapping_terms",
    `Version ${open.version} waits for its ${open.status === "proposed" ? "approval" : "acceptance"} and covers these days: decide about it or withdraw it first.`,
  );
}

async function publishedPlan(tx: Context, planVersionId: string, programId: string): Promise<PlanVersionFacts> {
  const [plan] = await planVersionsByIds(tx.db, [planVersionId]);
  if (plan === undefined || plan.programId !== programId)
    throw invalid("planVersionId", planVersionId, "is no plan version of this program");
  if (plan.status !== "published")
    throw new Refusal(
      "wrong_state",
      `Version ${plan.version} of the plan ${plan.planName} is a draft: publish it first.`,
    );
  return plan;
}

async function visibleVersion(tx: Context, actor: Actor, id: string): Promise<store.VersionOfPair> {
  const row = await store.versionRow(tx.db, id);
  const within = await reachOf(tx, actor, "agreements.read");
  const seen =
    row !== undefined &&
    can(actor, "agreements.read") &&
    isWithin(within, { partnerId: row.partner_id, programId: row.program_id });
  // A proposal is the operator's own paper until it is approved.
  if (!seen || (actor.partnerId !== undefined && !shownToPartner(row))) throw notFound("agreement version", id);
  return row;
}

/** Terms that a partner may see: approved or accepted ones. */
export function shownToPartner(row: { readonly status: string; readonly approved_at: Date | null }): boolean {
  return row.approved_at !== null && row.status !== "withdrawn";
}

async function move(
  tx: Context,
  row: store.VersionOfPair,
  to: "approved" | "accepted" | "withdrawn",
  change: Parameters<typeof store.moveVersion>[3],
): Promise<void> {
  const from = row.status as "proposed" | "approved" | "accepted" | "withdrawn";
  requireMove(TERMS_LIFE, from, to);
  const done = await store.moveVersion(tx.db, row.agreement_version_id, from, { ...change, status: to });
  if (!done) throw new Refusal("conflict", "Somebody else has just decided about these terms.");
}

async function detail(tx: Context, actor: Actor, id: string): Promise<AgreementVersionDetail> {
  const row = await store.versionRow(tx.db, id);
  const [plan] = row === undefined ? [] : await planVersionsByIds(tx.db, [row.plan_version_id]);
  if (row === undefined || plan === undefined) throw notFound("agreement version", id);
  return versionDetail(row, plan, actor.partnerId !== undefined);
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  partnerId: string,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "agreement_version", subjectId: id, partnerId, after });
}
