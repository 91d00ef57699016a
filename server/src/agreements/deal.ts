import type { Clause } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { invalid } from "../kernel/refusals.ts";
import { planVersionsByIds } from "../plans/index.ts";
import { type ApprovalNeed, approvalNeeds } from "./core/approval-rules.ts";
import { differenceOf } from "./core/difference.ts";
import { STANDARD_POLICY } from "./core/standard-rules.ts";
import { policyOf } from "./rules.ts";
import type { VersionOfPair } from "./store/agreements.ts";
import type { NeedRow } from "./store/approvals.ts";
import { templateVersionsByIds } from "./store/templates.ts";
import type { TermsNeeds } from "./surroundings.ts";
import type { Terms } from "./terms.ts";

/** The approvals that the program's rules ask for; when no rule fires, still that of a second person: money needs two. */
export async function needsOfTerms(
  tx: Context,
  actor: Actor,
  row: VersionOfPair,
  terms: Terms,
  needs: TermsNeeds,
): Promise<ApprovalNeed[]> {
  const evidence = row.evidence === null ? null : await needs.evidenceOf(tx, actor, row.evidence);
  if (evidence === undefined) throw invalid("evidence", row.evidence ?? "", "is no stored simulation that you may see");
  const deviation = await deviationOf(tx, row, terms);
  const deal = { plan: terms.plan, planHash: terms.planHash, deviation, evidence };
  const asked = approvalNeeds((await policyOf(tx.db, row.program_id)).rules, deal);
  return asked.length > 0 ? asked : approvalNeeds(STANDARD_POLICY.rules, deal);
}

/** How the terms differ from the standard plan and from the clauses of the template that they were made from. */
export async function deviationOf(tx: Context, row: VersionOfPair, terms: Pick<Terms, "plan" | "clauses">) {
  const [standard] = await planVersionsByIds(tx.db, [row.plan_version_id]);
  const [template] =
    row.template_version_id === null ? [] : await templateVersionsByIds(tx.db, [row.template_version_id]);
  const days = { validFrom: row.valid_from, validTo: row.valid_to, customers: row.customers };
  const before = {
    ...days,
    plan: standard?.plan ?? terms.plan,
    clauses: (template?.clauses as unknown as Clause[] | undefined) ?? terms.clauses,
  };
  return differenceOf(before, { ...days, plan: terms.plan, clauses: terms.clauses });
}

/** Who wrote any round for the operator. */
export function authorsOf(rounds: readonly { readonly side: string; readonly author: string }[]): string[] {
  return [...new Set(rounds.filter((one) => one.side === "operator").map((one) => one.author))];
}

/** What is asked of one wording. */
export function needsOf(rows: readonly NeedRow[], termsHash: string) {
  return rows
    .filter((row) => row.terms_hash === termsHash)
    .map((row) => ({
      rule: row.rule,
      name: row.name,
      approvers: row.approvers as unknown as ApprovalNeed["approvers"],
      reasons: row.reasons as unknown as ApprovalNeed["reasons"],
    }));
}
