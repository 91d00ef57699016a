import type { FactLine } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import type { Facts } from "./entries.ts";

export const SELF = "self";
const BEGINNING: Day = "0001-01-01";

type PartnerFact = Extract<FactLine, { kind: "partner" }>["fact"];
type Edge = Facts["tree"][number];

/** The partner itself and everybody around it, as the lines of a file tell them. */
export function partnersOf(
  lines: readonly FactLine[],
): Pick<Facts, "partnerAttributes" | "tree"> & { readonly partnerUntil: NonNullable<Facts["partnerUntil"]> } {
  const told = Map.groupBy(
    lines.flatMap((line) => (line.kind === "partner" ? [line.fact] : [])),
    (fact) => fact.partner,
  );
  const own = selfOf(told.get(SELF) ?? []);
  // The partner's own parent partner says who else is in its chain.
  const tree = [...told].flatMap(([partner, facts]) =>
    edgesOf(partner === SELF ? facts.filter((fact) => fact.parent !== undefined) : facts),
  );
  return { ...own, tree };
}

/** Where a sub-partner stood and what it was, day by day: an open line ends where the next one begins, which says only what has changed. */
function edgesOf(facts: readonly PartnerFact[]): Edge[] {
  const edges: Edge[] = [];
  for (const fact of inDayOrder(facts)) {
    const { partner, parent, from = BEGINNING, until = null, active } = fact;
    const before = edges.at(-1);
    const changes = before !== undefined && before.until === null && before.from < from ? before : undefined;
    if (changes !== undefined) edges[edges.length - 1] = { ...changes, until: from };
    edges.push({
      partnerId: partner,
      parentId: parent ?? changes?.parentId ?? SELF,
      from,
      until,
      active: active ?? changes?.active ?? true,
      attributes: { ...changes?.attributes, ...attributesOf(fact) },
    });
  }
  return edges;
}

/** What the partner itself is now, and what it was before lines with a later day. */
function selfOf(facts: readonly PartnerFact[]) {
  let partnerAttributes: Readonly<Record<string, string>> = {};
  const partnerUntil: { readonly until: Day; readonly attributes: Readonly<Record<string, string>> }[] = [];
  for (const fact of inDayOrder(facts)) {
    const { from } = fact;
    if (from !== undefined && fact.parent === undefined)
      partnerUntil.push({ until: from, attributes: partnerAttributes });
    partnerAttributes = { ...partnerAttributes, ...attributesOf(fact) };
  }
  return { partnerAttributes, partnerUntil };
}

function inDayOrder(facts: readonly PartnerFact[]): PartnerFact[] {
  const dayOf = (fact: PartnerFact) => fact.from ?? BEGINNING;
  return facts.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
}

function attributesOf(fact: PartnerFact): Record<string, string> {
  const { partner: _p, parent: _a, from: _f, until: _u, active: _c, repeat: _r, ...rest } = fact;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}

/** Partners that facts name and no line places stand directly below this one. */
export function unplaced(named: readonly string[], tree: Facts["tree"]): Facts["tree"] {
  const placed = new Set([SELF, ...tree.map((one) => one.partnerId), ...tree.map((one) => one.parentId)]);
  return [...new Set(named)]
    .filter((partnerId) => !placed.has(partnerId))
    .map((partnerId) => ({ partnerId, parentId: SELF, from: "0001-01-01", until: null, active: true, attributes: {} }));
}
