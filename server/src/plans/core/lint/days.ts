import type { Component } from "@tributary/contract";
import { type Finding, finding, type Say } from "../findings.ts";
import type { Linted } from "./linted.ts";
import { disjoint } from "./match.ts";

/** Days that end before they begin, terms that need days and have none, and scheduled terms that run at the same time. */
export function daysThatCannotBe({ places, components, say }: Linted): Finding[] {
  return [
    ...places.flatMap(({ node, path }) => {
      const { from, until } = node;
      if (typeof from !== "string" || typeof until !== "string" || !/^\d{4}-/.test(from) || until >= from) return [];
      return [
        finding(
          "error",
          "contradictory",
          `${path}.until`,
          say(`It ends on ${until}, before it begins on ${from}.`, `Termina el ${until}, antes de empezar el ${from}.`),
        ),
      ];
    }),
    ...components.flatMap(({ component, path }) => [
      ...needsDays(component, path, say),
      ...overridesOutside(component, path, say),
      ...lifetime(component, path, say),
      ...bookedBeside(component, path, say),
    ]),
    ...scheduledTogether(components, say),
  ];
}

function bookedBeside(component: Component, path: string, say: Say): Finding[] {
  if (component.model !== "flat_fee" || component.booked === undefined || component.per === "once") return [];
  return [
    finding(
      "error",
      "contradictory",
      `${path}.booked`,
      say(
        `The fee is paid every ${component.per}, and it is booked for some days once.`,
        "La tarifa se paga cada período, y está reservada una vez para unos días.",
      ),
      say("Write per: once, or leave booked out.", "Escriba per: once, o quite booked."),
    ),
  ];
}

function needsDays(component: Component, path: string, say: Say): Finding[] {
  if (component.model === "minimum_guarantee" && component.per === "term" && component.until === undefined)
    return [
      finding(
        "error",
        "never_reached",
        `${path}.until`,
        say(
          "A guarantee for the term is settled in its last month, and there is no last day.",
          "Una garantía por el plazo se liquida en su último mes, y no hay último día.",
        ),
        say('Give "until".', 'Indique "until".'),
      ),
    ];
  return [];
}

interface Override {
  readonly name: string;
  readonly from?: string;
  readonly until?: string;
}

function overridesOutside(component: Component, path: string, say: Say): Finding[] {
  const overrides = ("overrides" in component ? (component.overrides ?? []) : []) as readonly Override[];
  return overrides.flatMap((one, index) => {
    const before = one.until !== undefined && component.from !== undefined && one.until < component.from;
    const after = one.from !== undefined && component.until !== undefined && one.from > component.until;
    if (!before && !after) return [];
    return [
      finding(
        "warning",
        "unreachable",
        `${path}.overrides[${index}]`,
        say(
          `"${one.name}" lies outside of the component's own days.`,
          `"${one.name}" queda fuera de los días del componente.`,
        ),
      ),
    ];
  });
}

function lifetime(component: Component, path: string, say: Say): Finding[] {
  const life = component.lifetime;
  if (life?.endsAfterMonths === undefined || life.endsAfterMonths > life.startsAfterMonths) return [];
  return [
    finding(
      "error",
      "contradictory",
      `${path}.lifetime`,
      say(
        `A customer's months begin after ${life.startsAfterMonths} and end after ${life.endsAfterMonths}: none is left.`,
        `Los meses de un cliente empiezan tras ${life.startsAfterMonths} y terminan tras ${life.endsAfterMonths}: no queda ninguno.`,
      ),
    ),
  ];
}

/** Fees for two placements, or of another rhythm, and two targets stand beside each other. */
function areTwoFees(one: Component, other: Component): boolean {
  if (one.model === "bonus") return true;
  if (one.model !== "flat_fee" || other.model !== "flat_fee") return false;
  return one.per !== other.per || one.placement !== other.placement;
}

/** Two dated components of one model for the same facts on the same days: a boost beside the usual terms is paid on top of them. */
function scheduledTogether(components: Linted["components"], say: Say): Finding[] {
  return components.flatMap(({ component, path }, index) =>
    components.slice(0, index).flatMap(({ component: earlier }) => {
      const dated = [component, earlier].some((one) => one.from !== undefined || one.until !== undefined);
      if (!dated || component.model !== earlier.model || areTwoFees(component, earlier)) return [];
      if (disjoint(component.only, earlier.only)) return [];
      const from = [component.from ?? "", earlier.from ?? ""].toSorted().at(-1) ?? "";
      const until = [component.until ?? "9999-12-31", earlier.until ?? "9999-12-31"].toSorted()[0] ?? "";
      if (from > until) return [];
      const days = `${from === "" ? "…" : from} – ${until === "9999-12-31" ? "…" : until}`;
      return [
        finding(
          "warning",
          "overlapping",
          `${path}.from`,
          say(
            `${earlier.code} and ${component.code} run at the same time (${days}): both are paid for the same facts.`,
            `${earlier.code} y ${component.code} corren al mismo tiempo (${days}): ambos se pagan por los mismos hechos.`,
          ),
          say(
            "For another value on some days use an override of one component.",
            "Para otro valor en algunos días use una excepción de un solo componente.",
          ),
        ),
      ];
    }),
  );
}
