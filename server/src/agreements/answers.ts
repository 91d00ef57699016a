import {
  type Acceptance,
  type AgreementVersionDetail,
  type Counter,
  Counter as CounterSchema,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission, userEmails } from "../access/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { isSignatory, partnerTouch } from "../partners/index.ts";
import { differenceOf, isSame } from "./core/difference.ts";
import { authorsOf } from "./deal.ts";
import { addRound, pairOf, refuseOtherHash, standingOf, termsOf } from "./steps.ts";
import type { VersionOfPair } from "./store/agreements.ts";
import { roundsOf } from "./store/rounds.ts";
import { refuseForbidden, todayIn } from "./surroundings.ts";
import { changedTerms } from "./terms.ts";
import { moved, noted, sideOf, versionDetailFor, visibleVersion } from "./versions.ts";

/** Where an acceptance came from. */
export interface Signing {
  /** network address */
  readonly address: string;
  readonly userAgent?: string | undefined;
}

/**
 * Accepts terms that were sent: signed by an authorized signatory in the portal, or recorded by somebody of the operator who did not write them.
 * @throws Refusal `conflict` when other terms were shown than those that are stored, `not_signatory`, `same_person`, `wrong_state`, `jurisdiction_forbidden`
 */
export async function acceptVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  acceptance: Acceptance & Signing,
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    await requireAnswer(tx, actor, row);
    if (actor.partnerId === undefined) await refuseAuthor(tx, actor, row);
    else await requireSignatory(tx, actor, actor.partnerId, acceptance.authority);
    refuseOtherHash(row, acceptance.termsHash);
    await refuseOver(tx, row);
    await refuseForbidden(tx, pairOf(row), id, termsOf(row));
    await moved(tx, row, "accepted", {
      accepted_name: acceptance.name,
      accepted_by: personOf(actor),
      accepted_at: tx.clock.now(),
      accepted_address: acceptance.address,
      accepted_user_agent: acceptance.userAgent?.slice(0, 500) ?? null,
      accepted_hash: row.terms_hash,
    });
    const after = { termsHash: row.terms_hash, name: acceptance.name };
    await noted(tx, actor, "agreements.accepted", id, row.partner_id, after);
    await announce(tx, "agreements.accepted", {
      agreementVersionId: id,
      partnerId: row.partner_id,
      programId: row.program_id,
      validFrom: row.valid_from,
    });
    return await versionDetailFor(tx, actor, id);
  });
}

/** The partner answers with other terms: values, negotiable clauses, days, and why. */
export async function counterVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  given: Counter,
): Promise<AgreementVersionDetail> {
  const input = CounterSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    await requireAnswer(tx, actor, row);
    refuseOperator(actor);
    refuseOtherHash(row, input.termsHash);
    await refuseOver(tx, row);
    const terms = await changedTerms(tx, pairOf(row), await standingOf(tx, row), input);
    if (isSame(differenceOf(termsOf(row), terms)))
      throw invalid("values", "", "change nothing", "Accept the terms, or say what should be different.");
    const round = row.round + 1;
    await addRound(tx, actor, id, round, terms, { message: input.message, note: "", evidence: null });
    await moved(tx, row, "countered", { round });
    const before = { round: row.round, termsHash: row.terms_hash };
    await noted(tx, actor, "agreements.countered", id, row.partner_id, { round, termsHash: terms.termsHash }, before);
    await announce(tx, "agreements.countered", {
      agreementVersionId: id,
      partnerId: row.partner_id,
      programId: row.program_id,
    });
    return await versionDetailFor(tx, actor, id);
  });
}

/** The partner turns the terms down; new ones begin a new version. */
export async function declineVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  reason: string,
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    await requireAnswer(tx, actor, row);
    refuseOperator(actor);
    await moved(tx, row, "declined", {
      declined_by: personOf(actor),
      declined_at: tx.clock.now(),
      decline_reason: reason,
    });
    await noted(tx, actor, "agreements.declined", id, row.partner_id, { reason }, { status: row.status });
    return await versionDetailFor(tx, actor, id);
  });
}

/** Answering is for the partner's people who may bind it, and for the operator's who may write agreements (an acceptance on paper). */
async function requireAnswer(tx: Context, actor: Actor, row: VersionOfPair): Promise<void> {
  const permission = actor.partnerId === undefined ? "agreements.write" : "agreements.approve";
  requirePermission(actor, permission, await partnerTouch(tx, row.partner_id, row.program_id));
  if (row.status === "sent") return;
  const state = sideOf(actor) === "partner" && row.status !== "countered" ? "not on the table" : row.status;
  throw new Refusal("wrong_state", `These terms are ${state}: there is nothing to answer.`);
}

function refuseOperator(actor: Actor): void {
  if (actor.partnerId === undefined)
    throw new Refusal("forbidden", "This is the partner's side of the table; the operator changes or withdraws terms.");
}

async function refuseAuthor(tx: Context, actor: Actor, row: VersionOfPair): Promise<void> {
  const authors = authorsOf(await roundsOf(tx.db, [row.agreement_version_id], "operator"));
  if (authors.includes(personOf(actor)))
    throw new Refusal(
      "same_person",
      "You entered or changed these terms: the partner, or somebody else in its name, accepts them.",
    );
}

/** An authorized signatory is a contact of the partner with the right to sign; the account's e-mail address says which contact it is. */
async function requireSignatory(
  tx: Context,
  actor: Actor,
  partnerId: string,
  authority: boolean | undefined,
): Promise<void> {
  if (authority !== true) throw invalid("authority", "", "is not confirmed", "Confirm that you may bind the partner.");
  const person = personOf(actor);
  const email = (await userEmails(tx.db, [person])).get(person);
  if (email === undefined || !(await isSignatory(tx, partnerId, email)))
    throw new Refusal(
      "not_signatory",
      `${actor.name} is not recorded as somebody who may sign for this partner. Ask your account manager to record who may.`,
    );
}

/** The operator's offer holds until a day, that day included. */
async function refuseOver(tx: Context, row: VersionOfPair): Promise<void> {
  if (row.answer_by === null || (await todayIn(tx, row.program_id)) <= row.answer_by) return;
  throw new Refusal("wrong_state", `This offer held until ${row.answer_by}: ask for a new one.`);
}
