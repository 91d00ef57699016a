import {
  type AgreementVersionDetail,
  type Clause,
  type NewAgreement,
  NewAgreement as NewAgreementSchema,
  type NewRound,
  NewRound as NewRoundSchema,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { joinProgram, partnerById, partnerTouch, refuseNewOffers } from "../partners/index.ts";
import type { Pair } from "./contracts.ts";
import { isOpen } from "./core/life.ts";
import { addRound, pairOf, refuseOtherHash, send, standingOf, submit, termsOf } from "./steps.ts";
import * as store from "./store/agreements.ts";
import { templateVersionsByIds } from "./store/templates.ts";
import { type TermsNeeds, WITHOUT_EVIDENCE } from "./surroundings.ts";
import { changedTerms, publishedPlan, type Standing, type Terms } from "./terms.ts";
import { moved, noted, requireOpen, versionDetailFor, visibleVersion } from "./versions.ts";

/**
 * Proposes terms for a partner in a program: the next version of their agreement with its first round. Handed in at once, unless it is kept as a draft.
 * @throws Refusal `invalid_input`, `wrong_state` (the plan is a draft), `plan_invalid`, `clause_locked`, `overlapping_terms`, and those of {@link submitVersion}
 */
export async function proposeVersion(
  ctx: Context,
  actor: Actor,
  given: NewAgreement,
  needs: TermsNeeds = WITHOUT_EVIDENCE,
): Promise<AgreementVersionDetail> {
  const input = NewAgreementSchema.parse(given);
  const pair = { partnerId: input.partnerId, programId: input.programId };
  requirePermission(actor, "agreements.write", await partnerTouch(ctx, pair.partnerId, pair.programId));
  return await transact(ctx, async (tx) => {
    if ((await partnerById(tx.db, pair.partnerId)) === undefined) throw notFound("partner", pair.partnerId);
    if (!(await store.pairsOf(tx.db, [pair.partnerId])).some((one) => one.programId === pair.programId))
      await refuseNewOffers(tx, pair.partnerId);
    const terms = await changedTerms(tx, pair, await beginning(tx, pair, input), input);
    const agreementId = await store.agreementOf(tx.db, {
      agreement_id: tx.ids.next("agr"),
      partner_id: pair.partnerId,
      program_id: pair.programId,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    });
    await refuseOverlap(tx, agreementId, terms);
    const id = tx.ids.next("agv");
    const version = await store.insertVersion(tx.db, {
      agreement_version_id: id,
      agreement_id: agreementId,
      status: "draft",
      language: terms.language,
      template_version_id: input.templateVersionId ?? null,
      send_when_approved: input.sendWhenApproved,
      answer_by: input.answerBy ?? null,
    });
    const said = { message: input.message, note: input.note, evidence: input.evidence };
    await addRound(tx, actor, id, 1, terms, said);
    await joinProgram(tx, pair.partnerId, pair.programId);
    const after = { agreementId, version, planVersionId: terms.planVersionId, termsHash: terms.termsHash };
    await noted(tx, actor, "agreements.proposed", id, pair.partnerId, after);
    if (input.submit) await submit(tx, actor, id, needs);
    return await versionDetailFor(tx, actor, id);
  });
}

/** What a first round begins with: the template's clauses and plan, or a plan and a text. */
async function beginning(
  tx: Context,
  pair: Pair,
  input: {
    planVersionId?: string | undefined;
    templateVersionId?: string | undefined;
    termsText?: string | undefined;
    validFrom: string;
  },
): Promise<Standing> {
  const days = { validFrom: input.validFrom, validTo: null };
  if (input.templateVersionId !== undefined) {
    const [template] = await templateVersionsByIds(tx.db, [input.templateVersionId]);
    if (template === undefined || template.program_id !== pair.programId)
      throw invalid("templateVersionId", input.templateVersionId, "is no template of this program");
    const plan = await publishedPlan(tx, input.planVersionId ?? template.plan_version_id, pair.programId);
    return {
      ...days,
      planVersionId: plan.planVersionId,
      plan: plan.plan,
      clauses: template.clauses as unknown as Clause[],
      customers: template.customers as Standing["customers"],
      language: template.language as Standing["language"],
    };
  }
  if (input.planVersionId === undefined) throw invalid("planVersionId", "", "is needed where there is no template");
  const plan = await publishedPlan(tx, input.planVersionId, pair.programId);
  const clauses =
    input.termsText === undefined ? [] : [{ key: "terms", title: "", text: input.termsText, locked: false }];
  return { ...days, planVersionId: plan.planVersionId, plan: plan.plan, clauses, customers: "move", language: "en" };
}

/**
 * Changes terms that are not signed yet: the next round, a whole document. What was approved before counts no more, unless it is the same to the letter.
 * Terms that the partner sees are taken off the table until the new ones are sent.
 */
export async function changeTerms(
  ctx: Context,
  actor: Actor,
  id: string,
  given: NewRound,
  needs: TermsNeeds = WITHOUT_EVIDENCE,
): Promise<AgreementVersionDetail> {
  const input = NewRoundSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await writableVersion(tx, actor, id);
    requireOpen(row);
    const standing = await standingOf(tx, row, input.planVersionId);
    const terms = await changedTerms(tx, pairOf(row), standing, input);
    await refuseOverlap(tx, row.agreement_id, terms, id);
    const evidence = input.evidence === undefined ? row.evidence : input.evidence;
    const round = row.round + 1;
    await addRound(tx, actor, id, round, terms, { message: input.message, note: input.note, evidence });
    const answerBy = input.answerBy === undefined ? {} : { answer_by: input.answerBy };
    await moved(tx, row, "draft", { round, ...answerBy });
    const after = { round, termsHash: terms.termsHash };
    await noted(tx, actor, "agreements.terms_changed", id, row.partner_id, after, { termsHash: row.terms_hash });
    if (input.submit) await submit(tx, actor, id, needs);
    return await versionDetailFor(tx, actor, id);
  });
}

/**
 * Hands terms in: checks notice and jurisdiction, and asks for the approvals that the program's rules want for them.
 * @throws Refusal `notice_too_short`, `jurisdiction_forbidden`
 */
export async function submitVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  needs: TermsNeeds = WITHOUT_EVIDENCE,
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await writableVersion(tx, actor, id);
    // A counter-proposal is the partner's word: whoever takes it up makes it a round of the operator's own.
    if (row.status === "countered") {
      const round = row.round + 1;
      await addRound(tx, actor, id, round, termsOf(row), { message: "", note: "", evidence: row.evidence });
      await moved(tx, row, "draft", { round });
    }
    await submit(tx, actor, id, needs);
    return await versionDetailFor(tx, actor, id);
  });
}

/** Sends approved terms to the partner: from now on it reads and signs them. */
export async function sendVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  termsHash?: string | undefined,
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await writableVersion(tx, actor, id);
    refuseOtherHash(row, termsHash);
    await send(tx, actor, id);
    return await versionDetailFor(tx, actor, id);
  });
}

/** Takes back terms that are not accepted yet. */
export async function withdrawVersion(ctx: Context, actor: Actor, id: string): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await writableVersion(tx, actor, id);
    await moved(tx, row, "withdrawn", { withdrawn_by: personOf(actor), withdrawn_at: tx.clock.now() });
    await noted(tx, actor, "agreements.withdrawn", id, row.partner_id, { status: "withdrawn" }, { status: row.status });
    return await versionDetailFor(tx, actor, id);
  });
}

/** Two proposals for the same days would leave the partner to choose which one counts. */
async function refuseOverlap(tx: Context, agreementId: string, terms: Terms, except?: string): Promise<void> {
  const versions = await store.versionsOf(tx.db, [agreementId], "operator");
  const open = versions.find(
    (row) =>
      row.agreement_version_id !== except &&
      isOpen(row.status) &&
      (terms.validTo === null || row.valid_from < terms.validTo) &&
      (row.valid_to === null || terms.validFrom < row.valid_to),
  );
  if (open === undefined) return;
  throw new Refusal(
    "overlapping_terms",
    `Version ${open.version} is still negotiated (${open.status}) and covers these days: decide about it or withdraw it first.`,
  );
}

async function writableVersion(tx: Context, actor: Actor, id: string): Promise<store.VersionOfPair> {
  const row = await visibleVersion(tx, actor, id);
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "This is the operator's side of the table.");
  requirePermission(actor, "agreements.write", await partnerTouch(tx, row.partner_id, row.program_id));
  return row;
}
