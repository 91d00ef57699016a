import type { Component } from "@tributary/contract";
import { type Finding, finding, type Say } from "../findings.ts";
import { isNode, join, type Place } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** Parts of a month, numbers of single events and tiers by day in places where they would mean nothing, or two things. */
export function narrowingThatCannotBe({ places, components, plan, say }: Linted): Finding[] {
  return [
    ...places.flatMap((place) => [
      ...daysThatNeverCome(place, say),
      ...numbersWithoutBound(place, say),
      ...tiersByDay(place, say),
      ...metricOfPeople(place, say),
    ]),
    ...components.flatMap(({ component, path }) => [
      ...numbersOfNothing(component, path, say),
      ...fieldsWithoutEffect(component, path, say),
    ]),
    ...(plan.caps ?? []).flatMap((cap, index) =>
      typeof cap.overflow === "object" || cap.overflow === "next_period"
        ? [
            wrong(
              `caps[${index}].overflow`,
              say(
                "A limit of the whole plan is over what several components came to: none of them could pay the rest, or pay it later.",
                "Un límite de todo el plan está por encima de varios componentes: ninguno podría pagar el resto, ni pagarlo después.",
              ),
              say(
                "Write overflow: reject or pend, or put the cap on a component.",
                "Escriba overflow: reject o pend, o ponga el límite en un componente.",
              ),
            ),
          ]
        : [],
    ),
  ];
}

function wrong(path: string, message: string, wayOut: string): Finding {
  return { ...finding("error", "contradictory", path, message), wayOut };
}

function daysThatNeverCome({ node, path, field }: Place, say: Say): Finding[] {
  if (field !== "monthDays" || typeof node.from !== "number" || typeof node.until !== "number") return [];
  if (node.from <= node.until) return [];
  return [
    wrong(
      path,
      say(
        `Days ${node.from} to ${node.until} of one month are none.`,
        `Los días ${node.from} a ${node.until} de un mes no existen.`,
      ),
      say(
        "Write the smaller day first: { from: 20, until: 31 }; 31 is the last day of every month.",
        "Escriba primero el día menor: { from: 20, until: 31 }; 31 es el último día de cada mes.",
      ),
    ),
  ];
}

function numbersWithoutBound({ node, path, field }: Place, say: Say): Finding[] {
  if (field !== "where") return [];
  return Object.entries(node)
    .filter(([, bounds]) => isNode(bounds) && Object.keys(bounds).length === 0)
    .map(([name]) =>
      wrong(
        join(path, name),
        say(
          `It is asked about ${name}, but not how much it has to be.`,
          `Se pregunta por ${name}, pero no cuánto tiene que ser.`,
        ),
        say(`Write { ${name}: { atLeast: 10 } }.`, `Escriba { ${name}: { atLeast: 10 } }.`),
      ),
    );
}

/** `where` chooses single events; what is paid once for a customer or a period has none. */
function numbersOfNothing(component: Component, path: string, say: Say): Finding[] {
  const paidOnce = ["cpa", "cpl", "flat_fee", "minimum_guarantee", "bonus"].includes(component.model);
  const ofCommission = component.model === "sub_partner" && choosing(component).length > 0;
  if (!(paidOnce || ofCommission) || component.where === undefined) return [];
  return [
    wrong(
      `${path}.where`,
      say(
        `A ${component.model} is not paid for single events, so there is nothing that could carry the number.`,
        `Un ${component.model} no se paga por eventos individuales, así que nada puede llevar el número.`,
      ),
      say(
        "Put `where` on the condition: { count: deposit, where: { deposit: { atLeast: 10 } }, atLeast: 3 }.",
        "Ponga `where` en la condición: { count: deposit, where: { deposit: { atLeast: 10 } }, atLeast: 3 }.",
      ),
    ),
  ];
}

const OF_FACTS = ["only", "except", "monthDays", "customers", "lifetime"] as const;
const OF_CUSTOMERS = ["customers", "lifetime"] as const;

/** Fields that choose facts or customers, on what is paid for neither. */
function choosing(component: Component): readonly (typeof OF_FACTS)[number][] {
  switch (component.model) {
    case "cpc":
    case "cpm":
      return OF_CUSTOMERS;
    case "flat_fee":
    case "minimum_guarantee":
    case "bonus":
      return OF_FACTS;
    case "sub_partner": {
      const { pays } = component;
      const ofCommission = pays.mode === "decrement" ? pays.of === "commission" : pays.mode === "percent_of_commission";
      return ofCommission || pays.mode === "per_referral" ? [...OF_CUSTOMERS, "monthDays"] : [];
    }
    default:
      return [];
  }
}

function fieldsWithoutEffect(component: Component, path: string, say: Say): Finding[] {
  return choosing(component)
    .filter((field) => component[field] !== undefined)
    .map((field) =>
      wrong(
        `${path}.${field}`,
        say(
          `\`${field}\` chooses among facts of customers, and a ${component.model} of this kind is not paid for any: it would have no effect.`,
          `\`${field}\` elige entre hechos de clientes, y un ${component.model} de este tipo no se paga por ninguno: no tendría efecto.`,
        ),
        say(
          "Leave it out; put `only` on the metric of a gate, a target or a tier, or `from` and `until` on the component.",
          "Quítelo; ponga `only` en la métrica de una condición, un objetivo o un tramo, o `from` y `until` en el componente.",
        ),
      ),
    );
}

function tiersByDay({ node, path }: Place, say: Say): Finding[] {
  if (!isNode(node.daily)) return [];
  const found: Finding[] = [];
  const no = (field: string, message: string, wayOut: string) => found.push(wrong(join(path, field), message, wayOut));
  if (node.mode !== "whole")
    no(
      "mode",
      say(
        `Bands that move day by day apply to whole days, but the mode is ${String(node.mode)}.`,
        `Los tramos que cambian por día se aplican a días enteros, pero el modo es ${String(node.mode)}.`,
      ),
      say("Write mode: whole, or leave `daily` out.", "Escriba mode: whole, o quite `daily`."),
    );
  if (node.movement !== undefined)
    no(
      "movement",
      say("Movement goes by months and `daily` by days.", "El movimiento va por meses y `daily` por días."),
      say("Keep one of the two.", "Conserve uno de los dos."),
    );
  const { metric } = node;
  if (!isNode(metric)) return found;
  if ("item" in metric || "commission" in metric)
    no(
      "metric",
      say("This is not known day by day.", "Esto no se conoce día a día."),
      say("Take a count, a sum or a base.", "Use un número, una suma o una base."),
    );
  if (metric.period === "day" && node.daily.counts === "day_before")
    no(
      "metric.period",
      say("Of the day itself nothing has happened the day before.", "Del propio día nada ha ocurrido el día anterior."),
      say(
        "Write period: { days: 1 } for the day before, or counts: same_day.",
        "Escriba period: { days: 1 } para el día anterior, o counts: same_day.",
      ),
    );
  return found;
}

const PEOPLE = ["registrations", "first_deposits", "qualified", "active_customers", "customers", "sub_partners"];

function metricOfPeople({ node, path }: Place, say: Say): Finding[] {
  const what = typeof node.count === "string" ? node.count : "commission" in node ? "commission" : "";
  const isMetric = PEOPLE.includes(what) || what === "commission";
  if (!isMetric) return [];
  const refused = [
    ...(node.where === undefined ? [] : ["where"]),
    ...(node.monthDays !== undefined && ["active_customers", "sub_partners", "commission"].includes(what)
      ? ["monthDays"]
      : []),
    ...(node.same !== undefined && ["sub_partners", "commission"].includes(what) ? ["same"] : []),
  ];
  return refused.map((field) =>
    wrong(
      join(path, field),
      say(`\`${field}\` has no meaning for ${what}.`, `\`${field}\` no tiene sentido para ${what}.`),
      say(
        "Put it on a condition of customers (the plan's `active`, a `qualification`), or count events.",
        "Póngalo en una condición de clientes (`active` del plan, una `qualification`), o cuente eventos.",
      ),
    ),
  );
}
