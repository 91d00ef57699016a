import type { Component, PlanLanguage, PlanValue } from "@tributary/contract";
import { percent } from "../../kernel/decimal.ts";

/** The value that a component pays by, and whether it is a share of something or an amount for each. */
export interface PaidBy {
  readonly value: PlanValue | null;
  readonly kind: "share" | "amount" | "number";
}

const NUMBERS = new Set(["pip_rebate", "point_rebate"]);
const SHARES_BELOW = new Set(["percent_of_commission", "percent_of_revenue", "percent_of_fee", "decrement"]);

/** What a component of a plan pays by; models that have several values (a ladder, levels) have none that is the one. */
export function paidBy(component: Component): PaidBy {
  if (component.model === "sub_partner") {
    const { pays } = component;
    const isShare = SHARES_BELOW.has(pays.mode) || ("rate" in pays && pays.rate !== undefined);
    return { value: null, kind: isShare ? "share" : "amount" };
  }
  if (component.model === "client_rebate") return { value: component.share, kind: "share" };
  if (component.model === "pip_rebate") return { value: component.pips, kind: "number" };
  if (component.model === "point_rebate") return { value: component.points, kind: "number" };
  if ("rate" in component && component.rate !== undefined) return { value: component.rate, kind: "share" };
  if ("amount" in component && component.amount !== undefined) return { value: component.amount, kind: "amount" };
  return { value: null, kind: NUMBERS.has(component.model) ? "number" : "amount" };
}

/** The rate of a working as its terms mean it; a number where they are not at hand. */
export function writtenRate(rate: string, component: Component | undefined, currency: string): string {
  return writtenValue(rate, component === undefined ? "number" : paidBy(component).kind, currency);
}

/** `35 %`, `12.50 EUR`, or the number alone. */
export function writtenValue(value: string, kind: PaidBy["kind"], currency: string): string {
  if (kind === "share") return percent(value);
  return kind === "amount" ? `${value} ${currency}` : value;
}

/** `2026-03` as `March 2026`, `2026-03-05` as `5 March 2026`; anything else as it is. */
export function dayInWords(text: string, language: PlanLanguage): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year === undefined || month === undefined) return text;
  const name = MONTHS[language][Number(month) - 1] ?? month;
  if (day === undefined) return language === "en" ? `${name} ${year}` : `${name} de ${year}`;
  return language === "en" ? `${Number(day)} ${name} ${year}` : `${Number(day)} de ${name} de ${year}`;
}

const MONTHS: Readonly<Record<PlanLanguage, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
};
