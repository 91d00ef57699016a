import type { RoutingRule } from "@tributary/contract";
import { deputiesAt } from "../access/index.ts";
import type { TxContext } from "../database/index.ts";
import { type Crew, type RoutedLead, type Routing, routeLead } from "./core/routing.ts";
import { mapSource, type SourceDecision } from "./core/sources.ts";
import { openLeadCounts } from "./store/leads.ts";
import * as rules from "./store/rules.ts";

/** Where the leads of one transaction are given out: what rules ask of the people is read once and counted on from lead to lead. */
export interface Desk {
  source(raw: string): SourceDecision;
  route(lead: RoutedLead): Promise<Routing>;
  /** A lead that was given by hand or by a recruiter counts for whoever has it. */
  given(userId: string): void;
}

/** Whoever opens a desk waits for the one before: two leads at once would both be given to the same "fewest". */
export async function openDesk(tx: TxContext): Promise<Desk> {
  await rules.lockRouting(tx.db);
  const [routing, sources, crew] = await Promise.all([
    rules.routingRules(tx.db),
    rules.sourceRules(tx.db),
    crewNow(tx),
  ]);
  return {
    source: (raw) => mapSource(raw, sources.rules),
    route: async (lead) => {
      const decided = routeLead(lead, routing.rules, crew);
      await count(tx, crew, decided);
      return decided;
    },
    given: (userId) => crew.open.set(userId, (crew.open.get(userId) ?? 0) + 1),
  };
}

interface LiveCrew extends Crew {
  readonly open: Map<string, number>;
  readonly turns: Map<string, Map<string, number>>;
}

export async function crewNow(tx: TxContext): Promise<LiveCrew> {
  const [open, turns, away] = await Promise.all([
    openLeadCounts(tx.db),
    rules.turnsTaken(tx.db),
    deputiesAt(tx.db, tx.clock.now()),
  ]);
  return { open: new Map(open), turns: new Map([...turns].map(([rule, people]) => [rule, new Map(people)])), away };
}

async function count(tx: TxContext, crew: LiveCrew, decided: Routing): Promise<void> {
  if (decided.ownerUserId !== null) crew.open.set(decided.ownerUserId, (crew.open.get(decided.ownerUserId) ?? 0) + 1);
  if (decided.turn === null) return;
  const people = crew.turns.get(decided.turn.rule) ?? new Map<string, number>();
  people.set(decided.turn.userId, decided.turn.given);
  crew.turns.set(decided.turn.rule, people);
  await rules.noteTurn(tx.db, decided.turn);
}

/** What a set of rules would have made of leads, one after the other, beginning with a crew that has nothing. */
export function replay(leads: readonly RoutedLead[], given: readonly RoutingRule[], away: Crew["away"]): Routing[] {
  const crew = { open: new Map<string, number>(), turns: new Map<string, Map<string, number>>(), away };
  return leads.map((lead) => {
    const decided = routeLead(lead, given, crew);
    if (decided.ownerUserId !== null) crew.open.set(decided.ownerUserId, (crew.open.get(decided.ownerUserId) ?? 0) + 1);
    if (decided.turn !== null) {
      const people = crew.turns.get(decided.turn.rule) ?? new Map<string, number>();
      crew.turns.set(decided.turn.rule, people.set(decided.turn.userId, decided.turn.given));
    }
    return decided;
  });
}
