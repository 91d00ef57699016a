import type { Component, Match } from "@tributary/contract";
import { type Finding, finding, type Say } from "../findings.ts";
import type { Linted } from "./linted.ts";
import { excluded, matchText } from "./match.ts";

/** Dimensions that clicks carry. */
const TRAFFIC = [
  "country",
  "device",
  "offer",
  "program",
  "link",
  "source",
  "creative",
  "language",
  "partner",
  "code",
  "click_source",
];
/** Dimensions that events, customers and partners usually carry. */
const KNOWN = [
  ...TRAFFIC,
  ...[
    "product",
    "brand",
    "licence",
    "currency",
    "weekday",
    "method",
    "status",
    "customer",
    "type",
    "side",
    "symbol",
    "group",
    "symbol_group",
    "base_currency",
  ],
  ...[
    "platform",
    "account_type",
    "account",
    "game",
    "provider",
    "category",
    "vertical",
    "order",
    "plan",
    "billing",
    "sku",
    "vip",
    "vip_tier",
    "segment",
  ],
  ...[
    "grade",
    "level",
    "tier",
    "cohort",
    "affiliate_type",
    "region",
    "channel",
    "tag",
    "placement",
    "reason",
    "sport",
    "market",
    "instrument",
    "server",
  ],
];
const SUB = /^sub([1-9]|10)$/;
const ON_CLICKS = new Set(["cpc", "cpm"]);
const ON_NOTHING = new Set(["flat_fee", "minimum_guarantee", "client_rebate"]);

/** `only` and `except` that nothing can carry, or that leave nothing over. */
export function dimensionsNobodyCarries({ places, components, say }: Linted): Finding[] {
  return [
    ...components.flatMap(({ component, path }) => [
      ...ofComponent(component, path, say),
      ...nothingLeft(component, path, say),
    ]),
    ...places
      .filter(({ field }) => field === "only" || field === "when" || field === "except")
      .flatMap(({ node, path, model }) => (ON_CLICKS.has(model ?? "") ? [] : misspelt(node as Match, path, say))),
  ];
}

function ofComponent(component: Component, path: string, say: Say): Finding[] {
  const { model, only } = component;
  if (only === undefined) return [];
  if (ON_NOTHING.has(model))
    return [
      finding(
        "warning",
        "unknown_dimension",
        `${path}.only`,
        say(
          `This component looks at no facts that could carry ${Object.keys(only).join(", ")}.`,
          `Este componente no mira hechos que puedan llevar ${Object.keys(only).join(", ")}.`,
        ),
        say(
          "Take it out; name the components that it concerns instead.",
          "Quítelo; nombre en su lugar los componentes a los que se refiere.",
        ),
      ),
    ];
  if (!ON_CLICKS.has(model)) return [];
  const missing = Object.keys(only).filter((name) => !TRAFFIC.includes(name) && !SUB.test(name));
  return missing.map((name) =>
    finding(
      "warning",
      "unknown_dimension",
      `${path}.only.${name}`,
      say(
        `No click carries ${name}: the component never pays.`,
        `Ningún clic lleva ${name}: el componente nunca paga.`,
      ),
      say(
        `Clicks carry ${TRAFFIC.slice(0, 7).join(", ")} and sub1 to sub10.`,
        `Los clics llevan ${TRAFFIC.slice(0, 7).join(", ")} y sub1 a sub10.`,
      ),
    ),
  );
}

function nothingLeft(component: Component, path: string, say: Say): Finding[] {
  if (!excluded(component.only, component.except)) return [];
  return [
    finding(
      "error",
      "contradictory",
      `${path}.except`,
      say(
        `Only ${matchText(component.only)}, and never ${matchText(component.except)}: nothing is left.`,
        `Solo ${matchText(component.only)}, y nunca ${matchText(component.except)}: no queda nada.`,
      ),
    ),
  ];
}

function misspelt(match: Match, path: string, say: Say): Finding[] {
  return Object.keys(match).flatMap((name) => {
    if (KNOWN.includes(name) || SUB.test(name)) return [];
    const near = KNOWN.find((known) => distance(known, name) <= (name.length > 5 ? 2 : 1));
    if (near === undefined) return [];
    return [
      finding(
        "hint",
        "unknown_dimension",
        `${path}.${name}`,
        say(
          `"${name}" is no usual dimension of events, customers or partners.`,
          `"${name}" no es una dimensión habitual de eventos, clientes o socios.`,
        ),
        say(`Is ${near} meant?`, `¿Quiso decir ${near}?`),
      ),
    ];
  });
}

/** Letters to change, add or take away (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
