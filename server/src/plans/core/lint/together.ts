import type { Component, PlanDocument } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, multiply, ZERO } from "../../../kernel/decimal.ts";
import { type Finding, finding, type Say } from "../findings.ts";
import type { Linted } from "./linted.ts";
import { disjoint } from "./match.ts";
import { leaves } from "./money.ts";

/** What components do to each other: the same customer paid twice, more than all of a base given away, settings without effect. */
export function paidTwiceOrTooMuch({ plan, components, say }: Linted): Finding[] {
  return [
    ...tooMuch(plan, components, say),
    ...fallbackPaysAll(components, say),
    ...advanceOfNothing(components, say),
    ...levels(components, say),
    ...components.flatMap(({ component, path }) => quarantine(component, path, say)),
  ];
}

type Placed = Linted["components"][number];

/** What a share is taken of, as one text. */
function sourceOf(component: Component, plan: PlanDocument): string | undefined {
  if (component.model === "revenue_share") {
    const base = typeof component.base === "string" ? plan.bases?.[component.base] : component.base;
    return base === undefined ? undefined : `base ${JSON.stringify(base.terms)}`;
  }
  if (component.model === "spread_share") return `spread ${JSON.stringify(component.spread)}`;
  if (component.model === "commission_share") return `share ${component.event} ${component.of}`;
  if (component.model === "sale" || component.model === "recurring")
    return `order ${component.event} ${JSON.stringify(component.basis)}`;
  return undefined;
}

function highest(component: Component): Decimal {
  const fields = component as unknown as Readonly<Record<string, unknown>>;
  const overrides = (fields.overrides ?? []) as readonly { value: unknown }[];
  const values = [
    ...leaves(fields.rate, ""),
    ...(fields.rate === undefined ? [] : overrides.flatMap((one) => leaves(one.value, ""))),
  ];
  return values.map(([text]) => decimal(text)).reduce((most, one) => (compare(one, most) > 0 ? one : most), ZERO);
}

/** Whether two components can be paid for the same facts of the same customer on the same day. */
function meet(one: Component, other: Component): boolean {
  if (disjoint(one.only, other.only)) return false;
  if ((one.from ?? "") > (other.until ?? "9999") || (other.from ?? "") > (one.until ?? "9999")) return false;
  const [a, b] = [one.customers, other.customers];
  if (a === undefined || b === undefined) return true;
  const against =
    ("qualified" in a && "notQualified" in b && a.qualified === b.notQualified) ||
    ("notQualified" in a && "qualified" in b && a.notQualified === b.qualified);
  return !against;
}

function tooMuch(plan: PlanDocument, components: readonly Placed[], say: Say): Finding[] {
  const told = new Set<string>();
  return components.flatMap(({ component, path }) => {
    const source = sourceOf(component, plan);
    if (source === undefined || told.has(source)) return [];
    const same = components.filter((one) => sourceOf(one.component, plan) === source && meet(component, one.component));
    const sum = same.map((one) => highest(one.component)).reduce(add, ZERO);
    if (same.length < 2 || compare(sum, decimal("1")) <= 0) return [];
    told.add(source);
    const percent = formatDecimal(multiply(sum, decimal("100")));
    const codes = same.map((one) => one.component.code).join(", ");
    return [
      finding(
        "warning",
        "pays_more_than_all",
        `${path}.rate`,
        say(
          `${codes} together pay up to ${percent} % of the same base: more than there is.`,
          `${codes} pagan juntos hasta el ${percent} % de la misma base: más de lo que hay.`,
        ),
      ),
    ];
  });
}

/** A share to which a CPA's overflow goes, and which pays everybody already. */
function fallbackPaysAll(components: readonly Placed[], say: Say): Finding[] {
  return components.flatMap(({ component, path }) =>
    (component.caps ?? []).flatMap((cap, index) => {
      const to = typeof cap.overflow === "string" ? undefined : cap.overflow.component;
      const fallback = components.find((one) => one.component.code === to)?.component;
      if (fallback === undefined || fallback.customers !== undefined || !meet(component, fallback)) return [];
      return [
        finding(
          "warning",
          "pays_twice",
          `${path}.caps[${index}].overflow`,
          say(
            `What is over "${cap.name}" is to be paid by ${fallback.code}, but ${fallback.code} pays all customers already, those within the limit too.`,
            `Lo que supera "${cap.name}" lo pagará ${fallback.code}, pero ${fallback.code} ya paga a todos los clientes, también a los que están dentro del límite.`,
          ),
          say(
            `Give ${fallback.code} "customers": { "notQualified": "${component.code}", "from": "window_end" } if it is for the others only.`,
            `Dé a ${fallback.code} "customers": { "notQualified": "${component.code}", "from": "window_end" } si es solo para los demás.`,
          ),
        ),
      ];
    }),
  );
}

/** A share that has to bring a CPA in again, while customers who never qualified have no advance. */
function advanceOfNothing(components: readonly Placed[], say: Say): Finding[] {
  return components.flatMap(({ component, path }) => {
    if (component.model !== "revenue_share" || component.recoups === undefined) return [];
    const advance = components.find((one) => one.component.code === component.recoups?.component)?.component;
    if (advance === undefined || ["cpa", "cpl", "cpa_ladder", "flat_fee", "minimum_guarantee"].includes(advance.model))
      return [];
    return [
      finding(
        "warning",
        "without_effect",
        `${path}.recoups.component`,
        say(
          `${advance.code} is no advance: it is a share itself.`,
          `${advance.code} no es un anticipo: es una participación.`,
        ),
      ),
    ];
  });
}

function levels(components: readonly Placed[], say: Say): Finding[] {
  return components.flatMap(({ component, path }) => {
    if (component.model !== "sub_partner") return [];
    const { pays } = component;
    if (pays.mode === "fixed_pot") {
      const sum = pays.shares.map((one) => decimal(one)).reduce(add, ZERO);
      if (compare(sum, decimal("1")) === 0) return [];
      return [
        finding(
          "error",
          "contradictory",
          `${path}.pays.shares`,
          say(
            `The shares of the pot sum to ${formatDecimal(sum)}, not to one.`,
            `Las partes del fondo suman ${formatDecimal(sum)}, no uno.`,
          ),
        ),
      ];
    }
    if (pays.mode !== "percent_of_commission" && pays.mode !== "percent_of_revenue" && pays.mode !== "percent_of_fee")
      return [];
    const sum = pays.rates
      .map((one) =>
        leaves(one, "")
          .map(([text]) => decimal(text))
          .reduce((most, value) => (compare(value, most) > 0 ? value : most), ZERO),
      )
      .reduce(add, ZERO);
    if (compare(sum, decimal("1")) <= 0) return [];
    return [
      finding(
        "warning",
        "pays_more_than_all",
        `${path}.pays.rates`,
        say(
          `All levels together come to ${formatDecimal(multiply(sum, decimal("100")))} %: where partners of every level take part, more than all is paid.`,
          `Todos los niveles juntos suman ${formatDecimal(multiply(sum, decimal("100")))} %: donde hay socios en cada nivel se paga más que el total.`,
        ),
      ),
    ];
  });
}

/** A fenced-in negative that is carried, beside a carryover of nothing; ring-fencing where there is nothing to fence off. */
function quarantine(component: Component, path: string, say: Say): Finding[] {
  if (component.model !== "revenue_share") return [];
  const found: Finding[] = [];
  if (
    component.highRoller !== undefined &&
    component.carryover.mode === "none" &&
    component.highRoller.month === "netted" &&
    component.highRoller.carry === "whole"
  )
    found.push(
      finding(
        "warning",
        "contradictory",
        `${path}.highRoller.carry`,
        say(
          "A high roller's negative takes from the others in its month and is carried whole as well: what it took is taken twice.",
          "El negativo de un gran ganador resta a los demás en su mes y además se arrastra entero: lo que restó se resta dos veces.",
        ),
        say(
          'Give "carry": "partner_negative", what was left of it, or "month": "excluded".',
          'Indique "carry": "partner_negative", lo que quedó de él, o "month": "excluded".',
        ),
      ),
    );
  if (
    component.netting.includes("customer") &&
    component.carryover.mode === "none" &&
    typeof component.base !== "string" &&
    component.base.floor === "zero"
  )
    found.push(
      finding(
        "hint",
        "without_effect",
        `${path}.base.floor`,
        say(
          "Customers are balanced apart and nothing is carried: the floor changes nothing.",
          "Los clientes se liquidan por separado y nada se arrastra: el mínimo no cambia nada.",
        ),
      ),
    );
  return found;
}
