import type { Clause, PlanDocument } from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import { announce, type Context } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { Pair } from "./contracts.ts";
import { approvalState } from "./core/approval-rules.ts";
import { needsOfTerms } from "./deal.ts";
import { policyOf } from "./rules.ts";
import type { VersionOfPair } from "./store/agreements.ts";
import * as approvals from "./store/approvals.ts";
import * as rounds from "./store/rounds.ts";
import { refuseForbidden, refuseShortNotice, type TermsNeeds, todayIn } from "./surroundings.ts";
import { publishedPlan, type Standing, type Terms } from "./terms.ts";
import { moved, noted, visibleVersion } from "./versions.ts";

/** Hands in what is on the table. */
export async function submit(tx: Context, actor: Actor, id: string, needs: TermsNeeds): Promise<void> {
  const row = await visibleVersion(tx, actor, id);
  const terms = termsOf(row);
  await refuseShortNotice(tx, pairOf(row), terms);
  await refuseForbidden(tx, pairOf(row), id, terms);
  const asked = await needsOfTerms(tx, actor, row, terms, needs);
  await approvals.replaceNeeds(tx.db, id, row.terms_hash, asked);
  await approvals.dropRefusals(tx.db, id, row.terms_hash);
  await moved(tx, row, "proposed", { submitted_at: tx.clock.now() });
  await noted(tx, actor, "agreements.handed_in", id, row.partner_id, {
    termsHash: row.terms_hash,
    rules: asked.map((need) => need.rule),
  });
  const given = (await approvals.approvalsOf(tx.db, [id])).filter((one) => one.terms_hash === row.terms_hash);
  if (approvalState(asked, given).complete) await afterApproval(tx, actor, id, given.at(-1)?.person ?? personOf(actor));
}

/** The last approval is there: the terms may go out, and do so when that was wished. */
export async function afterApproval(tx: Context, actor: Actor, id: string, by: string): Promise<void> {
  const row = await visibleVersion(tx, actor, id);
  await moved(tx, row, "approved", { approved_by: by, approved_at: tx.clock.now() });
  if (row.send_when_approved) await send(tx, actor, id);
}

/** Shows the round that stands to the partner. */
export async function send(tx: Context, actor: Actor, id: string): Promise<void> {
  const row = await visibleVersion(tx, actor, id);
  const terms = termsOf(row);
  await refuseShortNotice(tx, pairOf(row), terms);
  await refuseForbidden(tx, pairOf(row), id, terms);
  const today = await todayIn(tx, row.program_id);
  const { answerDays } = await policyOf(tx.db, row.program_id);
  const answerBy = row.answer_by !== null && row.answer_by >= today ? row.answer_by : addDays(today, answerDays);
  const first = row.sent_at === null ? { sent_at: tx.clock.now(), sent_by: personOf(actor) } : {};
  await moved(tx, row, "sent", { ...first, answer_by: answerBy });
  await rounds.showRound(tx.db, id, row.round, tx.clock.now());
  await noted(tx, actor, "agreements.sent", id, row.partner_id, {
    termsHash: row.terms_hash,
    round: row.round,
    answerBy,
  });
  await announce(tx, "agreements.sent", {
    agreementVersionId: id,
    partnerId: row.partner_id,
    programId: row.program_id,
  });
}

/** The round that stands, with another standard plan under it when one is asked for. */
export async function standingOf(tx: Context, row: VersionOfPair, planVersionId?: string): Promise<Standing> {
  const other =
    planVersionId === undefined || planVersionId === row.plan_version_id
      ? undefined
      : await publishedPlan(tx, planVersionId, row.program_id);
  const standing = termsOf(row);
  return other === undefined ? standing : { ...standing, planVersionId: other.planVersionId, plan: other.plan };
}

export function refuseOtherHash(row: { readonly terms_hash: string }, shown: string | undefined): void {
  if (shown === undefined || shown === row.terms_hash) return;
  throw new Refusal("conflict", "These are not the terms that were shown to you.", [
    { field: "termsHash", value: shown, message: "is of other terms", hint: "Read the terms again." },
  ]);
}

export function pairOf(row: { readonly partner_id: string; readonly program_id: string }): Pair {
  return { partnerId: row.partner_id, programId: row.program_id };
}

/** Puts a whole document on the table. */
export async function addRound(
  tx: Context,
  actor: Actor,
  versionId: string,
  round: number,
  terms: Terms,
  said: { readonly message: string; readonly note: string; readonly evidence: string | null },
): Promise<void> {
  const side = actor.partnerId === undefined ? "operator" : "partner";
  await rounds.insertRound(tx.db, {
    agreement_version_id: versionId,
    round,
    side,
    author: personOf(actor),
    author_name: actor.name,
    made_at: tx.clock.now(),
    message: said.message,
    note: said.note,
    plan_version_id: terms.planVersionId,
    plan: JSON.stringify(terms.plan),
    plan_hash: terms.planHash,
    valid_from: terms.validFrom,
    valid_to: terms.validTo,
    customers: terms.customers,
    clauses: JSON.stringify(terms.clauses),
    terms_text: terms.termsText,
    terms_hash: terms.termsHash,
    evidence: said.evidence,
    parties: JSON.stringify(terms.parties),
    shown_at: side === "partner" ? tx.clock.now() : null,
  });
}

/** What stands on the table, as it was written: never worked out anew, so that a partner's new name does not change what was agreed. */
export function termsOf(row: VersionOfPair): Terms {
  return {
    planVersionId: row.plan_version_id,
    plan: row.plan as unknown as PlanDocument,
    planHash: row.plan_hash,
    clauses: row.clauses as unknown as Clause[],
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers as Terms["customers"],
    language: row.language as Terms["language"],
    termsText: row.terms_text,
    termsHash: row.terms_hash,
    parties: row.parties as unknown as Terms["parties"],
  };
}
