import type { AgreementVersionDetail } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { approvalState, countsFor, isAsked } from "./core/approval-rules.ts";
import { authorsOf, needsOf } from "./deal.ts";
import { afterApproval, pairOf, refuseOtherHash } from "./steps.ts";
import type { VersionOfPair } from "./store/agreements.ts";
import * as store from "./store/approvals.ts";
import { roundsOf } from "./store/rounds.ts";
import { rolesOn, verdictsOn } from "./surroundings.ts";
import type { Terms } from "./terms.ts";
import { moved, noted, versionDetailFor, visibleVersion } from "./versions.ts";

/**
 * Approves exactly what is on the table. Not by whoever entered or edited it; the last approval that is needed sets the terms free.
 * @throws Refusal `same_person`, `wrong_state`, `forbidden` (nobody with your roles is asked), `conflict` (other terms were shown)
 */
export async function approveVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  said: { readonly termsHash?: string | undefined; readonly comment?: string | undefined } = {},
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const { row, roles, needs } = await decidableVersion(tx, actor, id);
    refuseOtherHash(row, said.termsHash);
    await decide(tx, actor, row, roles, "approved", said.comment ?? "");
    const given = (await store.approvalsOf(tx.db, [id])).filter((one) => one.terms_hash === row.terms_hash);
    await noted(tx, actor, "agreements.approved", id, row.partner_id, { termsHash: row.terms_hash, roles });
    if (approvalState(needs, given).complete) await afterApproval(tx, actor, id, personOf(actor));
    return await versionDetailFor(tx, actor, id);
  });
}

/** Sends terms back to whoever entered them, with the reason. */
export async function refuseVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  said: { readonly termsHash?: string | undefined; readonly reason: string },
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const { row, roles } = await decidableVersion(tx, actor, id);
    refuseOtherHash(row, said.termsHash);
    await decide(tx, actor, row, roles, "refused", said.reason);
    await moved(tx, row, "draft", {});
    await noted(tx, actor, "agreements.sent_back", id, row.partner_id, {
      reason: said.reason,
      termsHash: row.terms_hash,
    });
    return await versionDetailFor(tx, actor, id);
  });
}

/** Compliance lets a component through that a jurisdiction rule forbids: for this plan, with a reason. Not whoever entered the terms. */
export async function passComponent(
  ctx: Context,
  actor: Actor,
  id: string,
  pass: { readonly component: string; readonly rule: string; readonly reason: string },
): Promise<AgreementVersionDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visibleVersion(tx, actor, id);
    const touch = await partnerTouch(tx, row.partner_id, row.program_id);
    requirePermission(actor, "partners.approve", touch);
    if (actor.partnerId !== undefined || !countsFor(rolesOn(actor, touch), "compliance"))
      throw new Refusal("forbidden", "Compliance decides about what a jurisdiction rule forbids.");
    await refuseAuthor(tx, actor, row);
    const plan = row.plan as unknown as Terms["plan"];
    const verdict = (await verdictsOn(tx.db, pairOf(row), plan, row.valid_from)).find(
      (one) => !one.allowed && one.code === pass.component && one.rule === pass.rule,
    );
    if (verdict === undefined) throw invalid("component", pass.component, `is not forbidden by ${pass.rule}`);
    await store.insertPass(tx.db, {
      agreement_version_id: id,
      plan_hash: row.plan_hash,
      component: pass.component,
      rule: pass.rule,
      reason: pass.reason,
      passed_by: personOf(actor),
      passed_at: tx.clock.now(),
    });
    await noted(tx, actor, "agreements.jurisdiction_passed", id, row.partner_id, { ...pass, planHash: row.plan_hash });
    await announce(tx, "agreements.jurisdiction_passed", { ...pairOf(row), validFrom: row.valid_from });
    return await versionDetailFor(tx, actor, id);
  });
}

async function decidableVersion(tx: Context, actor: Actor, id: string) {
  const row = await visibleVersion(tx, actor, id);
  if (actor.partnerId !== undefined)
    throw new Refusal("forbidden", "The operator approves terms; a partner accepts them.");
  const touch = await partnerTouch(tx, row.partner_id, row.program_id);
  const roles = rolesOn(actor, touch);
  if (roles.length === 0) throw new Refusal("forbidden", "Your roles do not hold for this partner.");
  if (row.status !== "proposed")
    throw new Refusal("wrong_state", `These terms are ${row.status}: nothing is waiting for an approval.`);
  await refuseAuthor(tx, actor, row);
  const needs = needsOf(await store.needsOf(tx.db, [id]), row.terms_hash);
  const given = (await store.approvalsOf(tx.db, [id])).filter((one) => one.terms_hash === row.terms_hash);
  if (given.some((one) => one.person === personOf(actor)))
    throw new Refusal("wrong_state", "You have decided about these terms already.");
  if (!isAsked(needs, given, personOf(actor), roles)) {
    const roleNames = [...new Set(needs.flatMap((need) => need.approvers.map((one) => one.role)))].join(", ");
    throw new Refusal(
      "forbidden",
      `Asked are ${roleNames}; your roles here are ${roles.join(", ") || "none of them"}.`,
    );
  }
  return { row, roles, needs };
}

/** Whoever wrote any round of these terms for the operator may not approve them. */
async function refuseAuthor(tx: Context, actor: Actor, row: VersionOfPair): Promise<void> {
  const authors = authorsOf(await roundsOf(tx.db, [row.agreement_version_id], "operator"));
  if (authors.includes(personOf(actor)))
    throw new Refusal("same_person", "You entered or changed these terms: somebody else has to approve them.");
}

async function decide(
  tx: Context,
  actor: Actor,
  row: VersionOfPair,
  roles: readonly string[],
  decision: "approved" | "refused",
  comment: string,
): Promise<void> {
  const done = await store.insertApproval(tx.db, {
    agreement_version_id: row.agreement_version_id,
    terms_hash: row.terms_hash,
    person: personOf(actor),
    roles: [...roles],
    decision,
    comment,
    decided_at: tx.clock.now(),
  });
  if (!done) throw new Refusal("conflict", "You have just decided about these terms.");
}
