import type {
  Base,
  Component,
  CpaComponent,
  PlanDocument,
  Qualification,
  RevenueShareComponent,
} from "@tributary/contract";
import { decimal, formatDecimal, multiply } from "../../kernel/decimal.ts";
import { type Language, PHRASES, type Phrases } from "./phrases.ts";

/** The plan in sentences, one group per component: what goes into an agreement's text and beside the editor. */
export function renderPlan(plan: PlanDocument, language: Language): string[] {
  const words = PHRASES[language];
  return [
    words.currency(plan.currency),
    ...plan.components.flatMap((component) => renderComponent(component, plan.currency, language)),
    words.conversion(plan.conversion.at),
    words.rounding[plan.rounding.mode],
  ];
}

/** One component in sentences. */
export function renderComponent(component: Component, currency: string, language: Language): string[] {
  const words = PHRASES[language];
  const own = component.model === "cpa" ? cpa(component, currency, words) : share(component, words);
  const hold =
    component.hold.days === 0 && component.hold.from === "earned"
      ? words.noHold
      : words.hold(component.hold.days, component.hold.from);
  return [...own, hold, ...(component.clause === undefined ? [] : [words.clause(component.clause)])];
}

function cpa(component: CpaComponent, currency: string, words: Phrases): string[] {
  const window = component.window === "none" ? "" : ` ${words.within(component.window.days, component.window.from)}`;
  const { clawback } = component;
  return [
    words.cpa(component.code, `${component.amount} ${currency}`),
    `${words.qualifies} ${condition(component.qualification, currency, words)}${window}.`,
    ...(component.window === "none" ? [words.noWindow] : []),
    clawback === "none"
      ? words.noClawback
      : words.clawback(
          clawback.on.map((event) => words.clawbackEvent[event]).join(` ${words.or} `),
          clawback.within === "ever" ? "ever" : clawback.within.days,
        ),
  ];
}

function condition(node: Qualification, currency: string, words: Phrases): string {
  if ("all" in node) return group(node.all, words.all, words.and, currency, words);
  if ("any" in node) return group(node.any, words.any, words.or, currency, words);
  const text = "milestone" in node ? words.milestone[node.milestone] : amountCondition(node, currency, words);
  return node.within === undefined ? text : `${text} ${words.within(node.within.days, node.within.from)}`;
}

function amountCondition(node: Extract<Qualification, { metric: string }>, currency: string, words: Phrases): string {
  const amount = `${node.atLeast} ${currency}`;
  return node.metric === "first_deposit" ? words.firstDeposit(amount) : words.deposits(amount);
}

function group(
  nodes: readonly Qualification[],
  quantifier: string,
  joint: string,
  currency: string,
  words: Phrases,
): string {
  const parts = nodes.map((node) => condition(node, currency, words));
  return parts.length === 1 ? (parts[0] ?? "") : `${quantifier} (${parts.join(`; ${joint} `)})`;
}

function share(component: RevenueShareComponent, words: Phrases): string[] {
  const percent = formatDecimal(multiply(decimal(component.rate), decimal("100")));
  const { products } = component.base;
  return [
    words.share(component.code, percent, renderBase(component.base)),
    ...(products === undefined ? [] : [words.products(products.join(", "))]),
    component.carryover.mode === "none" ? words.carryNone : words.carryFull,
  ];
}

/** `ngr = ggr − bonus − fees`, or the measure's own name where the base is that measure. */
export function renderBase(base: Base): string {
  const formula = base.terms
    .map((term, index) =>
      "add" in term ? `${index === 0 ? "" : " + "}${term.add}` : `${index === 0 ? "−" : " − "}${term.deduct}`,
    )
    .join("");
  return formula === base.name ? base.name : `${base.name} = ${formula}`;
}
