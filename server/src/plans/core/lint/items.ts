import { type Finding, finding } from "../findings.ts";
import { isText, join } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** Models that pay for a customer: all that is known of one at that moment is who it is and its first deposit. */
const OF_CUSTOMERS: ReadonlySet<string> = new Set(["cpa", "cpl", "cpa_ladder"]);
const KNOWN = ["first_deposit", "ordinal"];

const OF_A_RATE = /^components\[(\d+)\]\.(rate|overrides\[\d+\]\.value)\.metric$/;

/** Balances are carried into a share in its base only: nothing else could include them. */
export function carriedNowhere({ plan, places, say }: Linted): Finding[] {
  return places.flatMap(({ node, path }) => {
    if (node.carried !== "included" || !isText(node.base)) return [];
    const component = plan.components[Number(OF_A_RATE.exec(path)?.[1] ?? -1)];
    const isShare = component?.model === "revenue_share";
    if (isShare && component.carryover.mode !== "none" && component.carryover.unit === "base") return [];
    return [
      finding(
        "error",
        "never_reached",
        join(path, "carried"),
        say(
          "Nothing is carried here that the base could include.",
          "Aquí no se arrastra nada que la base pudiera incluir.",
        ),
        say(
          "It stands in the tiers of a revenue_share's rate whose carryover keeps the base: leave it out, or write carryover: { mode: full, unit: base }.",
          "Va en los tramos de la tasa de un revenue_share cuyo carryover guarda la base: quítelo, o escriba carryover: { mode: full, unit: base }.",
        ),
      ),
    ];
  });
}

/** Numbers of the single thing that is paid for which it does not carry: they would always be zero. */
export function itemsNobodyCarries({ places, say }: Linted): Finding[] {
  return places.flatMap(({ node, path, model }) => {
    if (!isText(node.item) || model === undefined || !OF_CUSTOMERS.has(model) || KNOWN.includes(node.item)) return [];
    return [
      finding(
        "error",
        "never_reached",
        join(path, "item"),
        say(
          `A customer who is paid for carries no number ${node.item}: it would always be zero.`,
          `Un cliente por el que se paga no lleva ningún número ${node.item}: siempre sería cero.`,
        ),
        say(
          "Take first_deposit, or one component for each size whose qualification asks { metric: deposits, atLeast: 1000 }.",
          "Use first_deposit, o un componente por cada tamaño cuya cualificación pida { metric: deposits, atLeast: 1000 }.",
        ),
      ),
    ];
  });
}
