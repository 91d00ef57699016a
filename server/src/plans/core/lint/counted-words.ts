import { type Finding, finding } from "../findings.ts";
import { isText, join } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** What programs call the things that this language counts under another name. As types of events they would count nothing. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    first_deposits: "ftd ftds ndc ndp nrc first_deposit new_depositors new_players depositors",
    qualified: "qftd cpa conversions",
    registrations: "signups sign_ups registration leads",
    active_customers: "active_players active_clients active_traders",
    customers: "players",
    sub_partners: "sub_affiliates subaffiliates",
  }).flatMap(([here, elsewhere]) => elsewhere.split(" ").map((word) => [word, here] as const)),
);

/** Metrics that count a type of event which nobody sends, because the thing has another name here. */
export function wordsOfOtherSystems({ places, say }: Linted): Finding[] {
  return places.flatMap(({ node, path, field }) => {
    const word = isText(node.count) ? WORDS.get(node.count) : undefined;
    // Conditions of customers count single events: there `registration` is one.
    if (word === undefined || (field !== "metric" && field !== "ratio")) return [];
    return [
      finding(
        "warning",
        "never_reached",
        join(path, "count"),
        say(
          `There is no count called ${node.count}: it would count events of a type ${node.count}.`,
          `No hay ningún recuento llamado ${node.count}: contaría eventos del tipo ${node.count}.`,
        ),
        say(`Write count: ${word}.`, `Escriba count: ${word}.`),
      ),
    ];
  });
}
