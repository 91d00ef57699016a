import { type Finding, finding } from "../findings.ts";
import { isText, join } from "../walk.ts";
import type { Linted } from "./linted.ts";

/** What programs call the things that this language counts under another name. As types of events they would count nothing. */
const WORDS: Readonly<Record<string, string>> = {
  ftd: "first_deposits",
  ftds: "first_deposits",
  ndc: "first_deposits",
  ndp: "first_deposits",
  nrc: "first_deposits",
  first_deposit: "first_deposits",
  new_depositors: "first_deposits",
  new_players: "first_deposits",
  depositors: "first_deposits",
  qftd: "qualified",
  cpa: "qualified",
  conversions: "qualified",
  signups: "registrations",
  sign_ups: "registrations",
  registration: "registrations",
  leads: "registrations",
  active_players: "active_customers",
  active_clients: "active_customers",
  active_traders: "active_customers",
  players: "customers",
  sub_affiliates: "sub_partners",
  subaffiliates: "sub_partners",
};

/** Metrics that count a type of event which nobody sends, because the thing has another name here. */
export function wordsOfOtherSystems({ places, say }: Linted): Finding[] {
  return places.flatMap(({ node, path, field }) => {
    const word = isText(node.count) ? WORDS[node.count] : undefined;
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
