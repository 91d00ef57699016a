import type { Clause, PlanDocument } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerById } from "../partners/index.ts";
import { hashPlan, type PlanVersionFacts, planVersionsByIds, readPlan, renderSections } from "../plans/index.ts";
import { programById } from "../programs/index.ts";
import type { Pair } from "./contracts.ts";
import { termsText, withClauseTexts } from "./core/clauses.ts";
import type { ComparedTerms } from "./core/difference.ts";
import { withValues } from "./core/plan-values.ts";
import { hashTerms } from "./core/terms-hash.ts";

/** The whole of what is on the table, as a round keeps it. */
export interface Terms extends ComparedTerms {
  readonly planVersionId: string;
  readonly planHash: string;
  readonly customers: "move" | "stay";
  readonly language: "en" | "es";
  readonly termsText: string;
  readonly termsHash: string;
  readonly parties: Parties;
}

/** What the two sides were called when the round was written. */
export interface Parties {
  readonly partnerName: string;
  readonly partnerLegalName: string;
  readonly programName: string;
}

/** What a round begins with: a template, a standard plan, or the round before. */
export interface Standing {
  readonly planVersionId: string;
  readonly plan: PlanDocument;
  readonly clauses: readonly Clause[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly customers: "move" | "stay";
  readonly language: "en" | "es";
}

/** What a person changes of it. */
export interface TermsChange {
  readonly plan?: unknown;
  readonly values?: readonly { readonly path: string; readonly value: string }[] | undefined;
  readonly clauses?: readonly { readonly key: string; readonly text: string }[] | undefined;
  readonly validFrom?: string | undefined;
  readonly validTo?: string | null | undefined;
  readonly customers?: "move" | "stay" | undefined;
}

/**
 * The terms after a change, whole: plan, clauses, days, text and hash.
 * @throws Refusal `plan_invalid`, `clause_locked`, `invalid_input`
 */
export async function changedTerms(tx: Context, pair: Pair, standing: Standing, change: TermsChange): Promise<Terms> {
  const validFrom = change.validFrom ?? standing.validFrom;
  const validTo = change.validTo === undefined ? standing.validTo : change.validTo;
  if (validTo !== null && validTo <= validFrom)
    throw invalid("validTo", validTo, "is not after validFrom", "It is the first day on which the terms do not hold.");
  const plan = planAfter(standing.plan, change);
  const clauses = clausesAfter(standing.clauses, change.clauses ?? []);
  const customers = change.customers ?? standing.customers;
  const { language } = standing;
  const [partner, program] = [await partnerById(tx.db, pair.partnerId), await programById(tx.db, pair.programId)];
  if (partner === undefined) throw notFound("partner", pair.partnerId);
  if (program === undefined) throw notFound("program", pair.programId);
  const parties = { partnerName: partner.name, partnerLegalName: partner.legalName, programName: program.name };
  const text = termsText(clauses, {
    ...parties,
    partnerCountry: partner.country ?? "",
    programCurrency: program.currency,
    validFrom,
    validTo,
    customers,
    plan: renderSections(plan, language),
    language,
  });
  const planHash = hashPlan(plan);
  const agreed = { ...pair, planHash, validFrom, validTo, customers, termsText: text };
  return {
    planVersionId: standing.planVersionId,
    plan,
    planHash,
    clauses,
    validFrom,
    validTo,
    customers,
    language,
    termsText: text,
    termsHash: hashTerms(agreed),
    parties,
  };
}

function planAfter(standing: PlanDocument, change: TermsChange): PlanDocument {
  const base = change.plan === undefined ? standing : readPlan(change.plan);
  if (change.values === undefined || change.values.length === 0) return base;
  const { document, problems } = withValues(base, change.values);
  if (problems.length > 0)
    throw new Refusal(
      "invalid_input",
      problems.map((one) => `${one.path} ${VALUE_PROBLEM[one.problem]}`).join("; "),
      problems.map((one) => ({ field: `values.${one.path}`, message: VALUE_PROBLEM[one.problem] })),
    );
  return readPlan(document);
}

const VALUE_PROBLEM = { unknown: "is no value of this plan", not_a_number: "is not a number" } as const;

function clausesAfter(
  standing: readonly Clause[],
  wanted: readonly { key: string; text: string }[],
): readonly Clause[] {
  const { clauses, locked, unknown } = withClauseTexts(standing, wanted);
  if (locked[0] !== undefined) {
    const title = standing.find((one) => one.key === locked[0])?.title || locked[0];
    throw new Refusal("clause_locked", `The clause ${title} is locked: it stays as the template has it.`, [
      { field: `clauses.${locked[0]}`, message: "is locked" },
    ]);
  }
  if (unknown[0] !== undefined) throw invalid("clauses", unknown[0], "is no clause of these terms");
  return clauses;
}

/** A published version of a plan of the program. @throws Refusal `invalid_input`, `wrong_state` */
export async function publishedPlan(tx: Context, planVersionId: string, programId: string): Promise<PlanVersionFacts> {
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
