import type { ApprovalRule, Difference, PlanDocument, Sentence } from "@tributary/contract";
import { compare, decimal, percent } from "../../kernel/decimal.ts";
import { largestChange } from "./difference.ts";
import { isPay, valuesOf } from "./plan-values.ts";

/** What the rules look at. */
export interface Deal {
  readonly plan: PlanDocument;
  readonly planHash: string;
  /** From the standard plan, and from the template's clauses. */
  readonly deviation: Difference;
  readonly evidence: Evidence | null;
}

/** What a stored simulation of the deal desk says about a plan. */
export interface Evidence {
  readonly id: string;
  /** Of the plan that was simulated; another one proves nothing. */
  readonly planHash: string;
  /** Commission over expected revenue, a share of one. */
  readonly costShare: string;
}

/** A rule that asks, and why. */
export interface ApprovalNeed {
  readonly rule: string;
  readonly name: string;
  readonly approvers: ApprovalRule["approvers"];
  readonly reasons: readonly Sentence[];
}

/** The rules that ask for an approval of this deal, each with every reason for which it does. */
export function approvalNeeds(rules: readonly ApprovalRule[], deal: Deal): ApprovalNeed[] {
  return rules.flatMap((rule) => {
    const reasons = reasonsOf(rule, deal);
    return reasons.length === 0 ? [] : [{ rule: rule.code, name: rule.name, approvers: rule.approvers, reasons }];
  });
}

function reasonsOf({ when }: ApprovalRule, deal: Deal): Sentence[] {
  switch (when.kind) {
    case "always":
      return [{ en: "Every deal needs it.", es: "Todo acuerdo la necesita." }];
    case "amount":
      return amountReasons(when, deal.plan);
    case "rate":
      return rateReasons(when, deal.plan);
    case "margin":
      return marginReasons(when, deal);
    case "deviation":
      return deviationReasons(when.byMoreThan, deal.deviation);
    case "clauses":
      return deal.deviation.clauses.map(({ title, key }) => ({
        en: `The clause ${title || key} is not as in the template.`,
        es: `La cláusula ${title || key} no es como en la plantilla.`,
      }));
  }
}

type Amount = Extract<ApprovalRule["when"], { kind: "amount" }>;
type Rate = Extract<ApprovalRule["when"], { kind: "rate" }>;
type Margin = Extract<ApprovalRule["when"], { kind: "margin" }>;

function paid(plan: PlanDocument, name: "amount" | "rate", models: readonly string[]) {
  return valuesOf(plan).filter((one) => isPay(one, name) && (models.length === 0 || models.includes(one.model ?? "")));
}

function amountReasons(when: Amount, plan: PlanDocument): Sentence[] {
  const amounts = paid(plan, "amount", when.models);
  if (amounts.length === 0) return [];
  if (plan.currency !== when.currency)
    return [
      {
        en: `The plan pays in ${plan.currency}, the limit is ${when.moreThan} ${when.currency}: they cannot be compared.`,
        es: `El plan paga en ${plan.currency} y el límite es ${when.moreThan} ${when.currency}: no se pueden comparar.`,
      },
    ];
  const over = amounts.filter((one) => compare(decimal(one.value), decimal(when.moreThan)) > 0);
  return over.map(({ path, value }) => ({
    en: `${path} is ${value} ${plan.currency}, more than ${when.moreThan} ${when.currency}.`,
    es: `${path} es ${value} ${plan.currency}, más de ${when.moreThan} ${when.currency}.`,
  }));
}

function rateReasons(when: Rate, plan: PlanDocument): Sentence[] {
  const over = paid(plan, "rate", when.models).filter((one) => compare(decimal(one.value), decimal(when.moreThan)) > 0);
  return over.map(({ path, value }) => ({
    en: `${path} is ${percent(value)}, more than ${percent(when.moreThan)}.`,
    es: `${path} es ${percent(value)}, más de ${percent(when.moreThan)}.`,
  }));
}

function marginReasons(when: Margin, { evidence, planHash }: Deal): Sentence[] {
  if (evidence === null || evidence.planHash !== planHash) {
    if (when.withoutEvidence === "passes") return [];
    return evidence === null
      ? [{ en: "No simulation is attached.", es: "No hay ninguna simulación adjunta." }]
      : [{ en: "The attached simulation is of another plan.", es: "La simulación adjunta es de otro plan." }];
  }
  if (compare(decimal(evidence.costShare), decimal(when.costShareMoreThan)) <= 0) return [];
  const [share, limit] = [percent(evidence.costShare), percent(when.costShareMoreThan)];
  return [
    {
      en: `The simulation expects a cost of ${share} of revenue, more than ${limit}.`,
      es: `La simulación prevé un coste del ${share} de los ingresos, más del ${limit}.`,
    },
  ];
}

function deviationReasons(byMoreThan: string | null, deviation: Difference): Sentence[] {
  const changes = deviation.plan.filter((one) => one.effect !== "neutral");
  if (changes.length === 0) return [];
  const { share, measured } = largestChange(changes);
  if (byMoreThan !== null && measured && compare(decimal(share), decimal(byMoreThan)) <= 0) return [];
  return changes.map(({ path, before, after, relative }) => {
    const by = relative === null ? "" : ` (${relative.startsWith("-") ? "" : "+"}${percent(relative)})`;
    return {
      en: `${path} is ${after ?? "left out"}, the standard is ${before ?? "without it"}${by}.`,
      es: `${path} es ${after ?? "suprimido"}, lo estándar es ${before ?? "sin ello"}${by}.`,
    };
  });
}

/** A word that was given about a hash. */
export interface GivenApproval {
  readonly person: string;
  readonly roles: readonly string[];
  readonly decision: string;
}

/** How far the needs are met by the approvals of this wording: every role counts different people. */
export function approvalState(needs: readonly Omit<ApprovalNeed, "reasons">[], given: readonly GivenApproval[]) {
  const yes = given.filter((one) => one.decision === "approved");
  const state = needs.map((need) => {
    const approvers = need.approvers.map(({ role, count }) => {
      const people = yes.filter((one) => countsFor(one.roles, role));
      return { role, count, given: Math.min(count, new Set(people.map((one) => one.person)).size) };
    });
    return { rule: need.rule, approvers, met: approvers.every((one) => one.given >= one.count) };
  });
  return { needs: state, complete: state.every((one) => one.met) };
}

/** An administrator stands in for every role; `any` is whoever may approve agreements at all. */
export function countsFor(roles: readonly string[], wanted: string): boolean {
  return roles.includes(wanted) || roles.includes("administrator");
}

/** Is a person with these roles still asked? */
export function isAsked(
  needs: readonly Omit<ApprovalNeed, "reasons">[],
  given: readonly GivenApproval[],
  person: string,
  roles: readonly string[],
): boolean {
  if (given.some((one) => one.person === person)) return false;
  return approvalState(needs, given).needs.some(
    (need) => !need.met && need.approvers.some((one) => one.given < one.count && countsFor(roles, one.role)),
  );
}
