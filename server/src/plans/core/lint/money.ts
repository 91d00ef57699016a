import type { Component } from "@tributary/contract";
import { compare, decimal, ZERO } from "../../../kernel/decimal.ts";
import { exponent, parseCurrency } from "../../../kernel/money.ts";
import { type Finding, finding, type Say } from "../findings.ts";
import { isNode, isText, join } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** Models whose amount is paid as it stands; the others multiply it, and fractions of a cent have a meaning. */
const PAID_AS_IS = new Set(["cpa", "cpl", "cpa_ladder", "flat_fee", "minimum_guarantee"]);

/** Amounts with more decimals than the currency has, and values of zero. */
export function amountsOfTheCurrency({ plan, components, say }: Linted): Finding[] {
  const currency = parseCurrency(plan.currency);
  if (currency === undefined)
    return [
      finding(
        "error",
        "unknown_currency",
        "currency",
        say(`${plan.currency} is not an ISO 4217 currency.`, `${plan.currency} no es una moneda ISO 4217.`),
      ),
    ];
  const places = exponent(currency);
  const found = components.flatMap(({ component, path }) => {
    const values =
      PAID_AS_IS.has(component.model) && "amount" in component ? leaves(component.amount, `${path}.amount`) : [];
    return [...values, ...limits(component, path)].flatMap(([text, at]) =>
      tooFine(text, at, plan.currency, places, say),
    );
  });
  return [
    ...found,
    ...payout(plan.payout?.minimum, plan.currency, places, say),
    ...components.flatMap(({ component, path }) => nothing(component, path, say)),
  ];
}

function limits(component: Component, path: string): [string, string][] {
  const own = (["atMost", "atLeast"] as const).flatMap((name) => {
    const value = component[name];
    return value === undefined ? [] : [[value, `${path}.${name}`] as [string, string]];
  });
  const steps =
    component.model === "cpa_ladder"
      ? component.steps.map((step, index) => [step.amount, `${path}.steps[${index}].amount`] as [string, string])
      : [];
  return [...own, ...steps];
}

function payout(minimum: string | undefined, currency: string, places: number, say: Say): Finding[] {
  return minimum === undefined ? [] : tooFine(minimum, "payout.minimum", currency, places, say);
}

function tooFine(amount: string, path: string, currency: string, places: number, say: Say): Finding[] {
  const written = amount.split(".")[1]?.replace(/0+$/, "").length ?? 0;
  if (written <= places) return [];
  return [
    finding(
      "error",
      "too_many_decimals",
      path,
      say(
        `${amount} has more decimals than ${currency} (${places}).`,
        `${amount} tiene más decimales que ${currency} (${places}).`,
      ),
    ),
  ];
}

/** The values at the ends of a table or tiers, each with its place. */
export function leaves(value: unknown, path: string): [string, string][] {
  if (isText(value)) return value === "nothing" ? [] : [[value, path]];
  if (!isNode(value)) return [];
  const rows = Array.isArray(value.rows)
    ? value.rows.flatMap((row: unknown, index) =>
        isNode(row) ? leaves(row.value, `${join(`${path}.rows`, index)}.value`) : [],
      )
    : [];
  const bands = Array.isArray(value.bands)
    ? value.bands.flatMap((band: unknown, index) =>
        isNode(band) ? leaves(band.value, `${join(`${path}.bands`, index)}.value`) : [],
      )
    : [];
  return [...rows, ...bands, ...leaves(value.otherwise, `${path}.otherwise`)];
}

const VALUES = ["amount", "rate", "share", "pips", "points"] as const;

function nothing(component: Component, path: string, say: Say): Finding[] {
  const fields = component as unknown as Readonly<Record<string, unknown>>;
  return VALUES.flatMap((name) => {
    const values = leaves(fields[name], `${path}.${name}`);
    if (values.length === 0 || values.some(([text]) => compare(decimal(text), ZERO) !== 0)) return [];
    return [
      finding(
        "warning",
        "pays_nothing",
        `${path}.${name}`,
        say(
          `${component.code} is worth zero: this component never pays.`,
          `${component.code} vale cero: este componente nunca paga.`,
        ),
      ),
    ];
  });
}
