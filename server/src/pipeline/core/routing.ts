import type { DecisionWord, RoutingRule } from "@tributary/contract";

/** What rules ask of a lead. */
export interface RoutedLead {
  readonly regionId: string | null;
  readonly programId: string | null;
  readonly language: string;
  readonly kind: string;
  readonly vertical: string;
  readonly country: string | null;
  readonly source: string | null;
  readonly channel: string;
}

/** What rules ask of the people: numbers as they stand before this lead. */
export interface Crew {
  /** Open leads of each person; who is not named has none. */
  readonly open: ReadonlyMap<string, number>;
  /** Leads that a rule gave to a person when it took turns: rule → person → leads. */
  readonly turns: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Who is away, and who stands in (null: nobody). */
  readonly away: ReadonlyMap<string, string | null>;
}

export interface Routing {
  /** null: a person has to say whose it is */
  readonly ownerUserId: string | null;
  readonly words: readonly DecisionWord[];
  /** The turn that was taken, to be counted. */
  readonly turn: { readonly rule: string; readonly userId: string; readonly given: number } | null;
}

interface Candidate {
  readonly userId: string;
  readonly weight: number;
  /** Who does it: the person, or the deputy. */
  readonly worker: string;
}

/** Whose a lead is: the first rule that holds and has somebody for it. The same lead, rules and crew give the same answer for ever. */
export function routeLead(lead: RoutedLead, rules: readonly RoutingRule[], crew: Crew): Routing {
  const words: DecisionWord[] = [];
  for (const [index, rule] of rules.entries()) {
    if (!rule.active) continue;
    const matched = matchOf(rule, lead);
    if (matched === undefined) continue;
    const values = { number: String(index + 1), name: rule.name };
    words.push({ code: "rule_matched", values }, ...matched);
    const found = choose(rule, crew, words);
    if (found !== undefined) return { ...found, words };
    words.push({ code: "nobody_there", values });
  }
  words.push({ code: "no_rule", values: {} });
  return { ownerUserId: null, words, turn: null };
}

/** The conditions that hold, in words; undefined when one does not. */
function matchOf(rule: RoutingRule, lead: RoutedLead): DecisionWord[] | undefined {
  const asked: readonly (readonly [string, readonly string[], string | null])[] = [
    ["region", rule.when.regionIds, lead.regionId],
    ["program", rule.when.programIds, lead.programId],
    ["language", rule.when.languages, lead.language],
    ["kind", rule.when.kinds, lead.kind],
    ["vertical", rule.when.verticals, lead.vertical],
    ["country", rule.when.countries, lead.country],
    ["source", rule.when.sources, lead.source],
    ["channel", rule.when.channels, lead.channel],
  ];
  const words: DecisionWord[] = [];
  for (const [field, wanted, value] of asked) {
    if (wanted.length === 0) continue;
    if (value === null || !wanted.some((one) => same(field, one, value))) return undefined;
    words.push({ code: "condition", values: { field, value } });
  }
  if (words.length === 0) words.push({ code: "everybody", values: {} });
  return words;
}

/** `es` holds for `es-MX`; all else has to be the same, in any case. */
function same(field: string, wanted: string, value: string): boolean {
  const [left, right] = [wanted.toLowerCase(), value.toLowerCase()];
  return left === right || (field === "language" && right.startsWith(`${left}-`));
}

function choose(rule: RoutingRule, crew: Crew, words: DecisionWord[]): Omit<Routing, "words"> | undefined {
  const there = rule.to.people.flatMap((person) => presentAs(person, crew, words));
  const free = there.filter((one) => rule.to.most === null || openOf(crew, one.worker) < rule.to.most);
  for (const one of there) {
    if (free.includes(one)) continue;
    words.push({
      code: "full",
      values: { user: one.worker, open: String(openOf(crew, one.worker)), most: String(rule.to.most) },
    });
  }
  const first = free[0];
  if (first === undefined) return undefined;
  if (rule.to.how === "person") {
    words.push({ code: "person", values: { user: first.worker } });
    return { ownerUserId: first.worker, turn: null };
  }
  if (rule.to.how === "load") {
    const least = leastBy(free, (one) => openOf(crew, one.worker));
    const values = { people: String(free.length), user: least.worker, open: String(openOf(crew, least.worker)) };
    words.push({ code: "load", values });
    return { ownerUserId: least.worker, turn: null };
  }
  const given = crew.turns.get(rule.name) ?? new Map<string, number>();
  const next = leastBy(free, (one) => (given.get(one.userId) ?? 0) + 1);
  const had = given.get(next.userId) ?? 0;
  words.push({ code: "turn", values: { people: String(free.length), user: next.worker, given: String(had) } });
  return { ownerUserId: next.worker, turn: { rule: rule.name, userId: next.userId, given: had + 1 } };
}

function presentAs(
  person: { readonly userId: string; readonly weight: number },
  crew: Crew,
  words: DecisionWord[],
): Candidate[] {
  if (!crew.away.has(person.userId)) return [{ ...person, worker: person.userId }];
  const deputy = crew.away.get(person.userId) ?? null;
  if (deputy === null || crew.away.has(deputy)) {
    words.push({ code: "away", values: { user: person.userId } });
    return [];
  }
  words.push({ code: "deputy", values: { user: person.userId, deputy } });
  return [{ ...person, worker: deputy }];
}

function openOf(crew: Crew, userId: string): number {
  return crew.open.get(userId) ?? 0;
}

/** The one with the smallest count for its weight; of equals the first. Compared crosswise: no rounding. */
function leastBy(people: readonly Candidate[], count: (one: Candidate) => number): Candidate {
  return people.reduce((best, one) => (count(one) * best.weight < count(best) * one.weight ? one : best));
}

/**
 * Where the people of a rule begin when it is saved: whoever is new to it stands where those with the fewest turns for their weight stand, or they
 * would be given everything until they had caught up with years of others.
 */
export function openingTurns(rule: RoutingRule, known: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const ratios = rule.to.people.flatMap((one) => {
    const given = known.get(one.userId);
    return given === undefined ? [] : [given / one.weight];
  });
  const lowest = ratios.length === 0 ? 0 : Math.min(...ratios);
  return new Map(rule.to.people.map((one) => [one.userId, known.get(one.userId) ?? Math.floor(lowest * one.weight)]));
}
