import type { Component, PlanDocument } from "@tributary/contract";
import { type Finding, finding, type Say } from "../findings.ts";
import { isNode, isText, join, type Place } from "../walk.ts";
import { baseCycles } from "./base-cycles.ts";
import type { Linted } from "./linted.ts";

interface Reference {
  readonly to: string;
  readonly path: string;
  /** Whether the amount of the other one has to be known first; who qualified is known before any amount is. */
  readonly waits: boolean;
}

/** Components and bases that are named and do not exist, codes given twice, and components that wait for each other. */
export function namesAndCycles(linted: Linted): Finding[] {
  const { plan, components, say } = linted;
  return [
    ...twice(plan, say),
    ...components.flatMap(({ component, path }) => missing(linted, component, path)),
    ...unknownBases(linted),
    ...cycles(linted),
    ...baseCycles(linted),
  ];
}

function twice(plan: PlanDocument, say: Say): Finding[] {
  const codes = plan.components.map((component) => component.code);
  return codes.flatMap((code, index) =>
    codes.indexOf(code) === index
      ? []
      : [
          finding(
            "error",
            "duplicate_code",
            `components[${index}].code`,
            say(`Two components are called ${code}.`, `Dos componentes se llaman ${code}.`),
            say(
              "Statements name components by their code: give each its own.",
              "Los extractos nombran los componentes por su código: dé a cada uno el suyo.",
            ),
          ),
        ],
  );
}

/** Fields of an object that name components of this plan. A sub-partner's plan is another one. */
function referencesAt({ node, path, field }: Place): Reference[] {
  const one = (name: string): Reference[] =>
    isText(node[name]) ? [{ to: node[name], path: join(path, name), waits: node.count !== "qualified" }] : [];
  const many = (name: string): Reference[] =>
    Array.isArray(node[name])
      ? (node[name] as readonly unknown[]).flatMap((to, index) =>
          isText(to) ? [{ to, path: `${path}.${name}[${index}]`, waits: !isOver(node.period) }] : [],
        )
      : [];
  if (field === "overflow" || field === "recoups") return one("component");
  if (field === "customers" || (field === "from" && node.qualified !== undefined))
    return [...one("qualified"), ...one("notQualified")];
  if (["minimum_guarantee", "bonus", "client_rebate"].includes(String(node.model))) return many("of");
  return [...many("commission"), ...(node.count === "qualified" ? one("component") : [])];
}

/** Months that are closed wait for nothing, also not for the component itself. */
function isOver(period: unknown): boolean {
  return period === "last_closed" || (isNode(period) && period.ending === "last_closed");
}

function referencesOf({ places }: Linted, path: string): Reference[] {
  return places.filter((place) => place.path === path || place.path.startsWith(`${path}.`)).flatMap(referencesAt);
}

function missing(linted: Linted, component: Component, path: string): Finding[] {
  const { plan, say } = linted;
  const codes = plan.components.map((one) => one.code);
  return referencesOf(linted, path).flatMap((reference) => {
    if (reference.to === component.code && reference.waits)
      return [
        finding(
          "error",
          "cycle",
          reference.path,
          say(
            `${component.code} names itself: what it comes to cannot decide what it comes to.`,
            `${component.code} se nombra a sí mismo: su resultado no puede decidir su resultado.`,
          ),
          say(
            "Take months that are over: a metric { commission: [ … ], period: last_closed }, or { months: 3, ending: last_closed, take: average }; or name the other components.",
            "Tome meses ya cerrados: una métrica { commission: [ … ], period: last_closed }, o { months: 3, ending: last_closed, take: average }; o nombre los otros componentes.",
          ),
        ),
      ];
    if (codes.includes(reference.to)) return [];
    return [
      finding(
        "error",
        "unknown_component",
        reference.path,
        say(
          `There is no component ${reference.to} in this plan.`,
          `No hay ningún componente ${reference.to} en este plan.`,
        ),
        say(`Components: ${codes.join(", ")}.`, `Componentes: ${codes.join(", ")}.`),
      ),
    ];
  });
}

function unknownBases({ plan, places, say }: Linted): Finding[] {
  const bases = Object.keys(plan.bases ?? {});
  return places.flatMap(({ node, path }) => {
    if (!isText(node.base) || bases.includes(node.base)) return [];
    return [
      finding(
        "error",
        "unknown_base",
        join(path, "base"),
        say(`The plan declares no base ${node.base}.`, `El plan no declara ninguna base ${node.base}.`),
        bases.length === 0
          ? say(
              'Spell its terms out here, or declare it under "bases".',
              'Escriba aquí sus términos, o declárela en "bases".',
            )
          : say(`Declared: ${bases.join(", ")}.`, `Declaradas: ${bases.join(", ")}.`),
      ),
    ];
  });
}

/** A waits for B and B for A: neither can be calculated. */
function cycles(linted: Linted): Finding[] {
  const edges = new Map(
    linted.components.map(({ component, path }) => [
      component.code,
      referencesOf(linted, path).filter((one) => one.waits && !one.path.includes(".caps[")),
    ]),
  );
  const found: Finding[] = [];
  const told = new Set<string>();
  for (const [code] of edges) {
    const circle = circleFrom(code, edges);
    if (circle === undefined || circle.some((one) => told.has(one))) continue;
    for (const one of circle) told.add(one);
    const at = linted.components.find(({ component }) => component.code === code)?.path ?? "";
    found.push(
      finding(
        "error",
        "cycle",
        at,
        linted.say(
          `These components wait for each other: ${[...circle, code].join(" → ")}.`,
          `Estos componentes se esperan unos a otros: ${[...circle, code].join(" → ")}.`,
        ),
        linted.say(
          "Each can only look at what is calculated before it.",
          "Cada uno solo puede mirar lo calculado antes que él.",
        ),
      ),
    );
  }
  return found;
}

function circleFrom(start: string, edges: ReadonlyMap<string, readonly Reference[]>): string[] | undefined {
  const walk = (code: string, way: readonly string[]): string[] | undefined => {
    for (const { to } of edges.get(code) ?? []) {
      if (to === start && way.length > 1) return [...way];
      if (way.includes(to)) continue;
      const circle = walk(to, [...way, to]);
      if (circle !== undefined) return circle;
    }
    return undefined;
  };
  return walk(start, [start]);
}
