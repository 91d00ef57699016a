import type { WorkingStep } from "@tributary/contract";
import { add, type Decimal, formatDecimal, roundTo, ZERO } from "../../../../kernel/decimal.ts";
import type { Day } from "../../../../kernel/period.ts";
import type { Chain } from "../../tree.ts";
import { type Below, nameOf, type PaysBy } from "./brought.ts";
import { ownThings, producer, thingsOf } from "./by-level.ts";
import { asPriced, linePlaces, money, rateOf, type Share, type Shared, splitDecimal, type Unpriced } from "./shares.ts";

/** A partner of a chain. */
export interface Node {
  readonly partnerId: string;
  readonly active: boolean;
}

/** What is divided, and by which weights: one for each partner from the one whose customer it is to the top, and what nobody gets. */
export interface Weights {
  readonly nodes: readonly Decimal[];
  readonly unpaid: Decimal;
}
export type Weigh = (nodes: readonly Node[], inactive: "skip" | "compress" | "absorb") => Weights;

interface Group {
  readonly nodes: readonly Node[];
  /** Where the partner stands among them. */
  readonly at: number;
  readonly things: Unpriced[];
}

/**
 * Divides `rate` × what a chain's customers brought in the month among the chain. The whole is rounded once, the parts by the largest remainder, so that the
 * lines of all partners of the chain sum to the whole; each works out the same parts from the same facts.
 */
export function splitAlongChain(
  below: Below,
  { rate, amount, of }: Pick<PaysBy<"cascade">, "rate" | "amount" | "of">,
  weigh: Weigh,
): Shared {
  const groups = groupsOf(below, of);
  const things = groups.flatMap((group) => group.things);
  const price = below.run.price(rate ?? amount ?? "0", things.map(asPriced));
  let next = 0;
  const shares = groups.map((group) => {
    const amounts = price.amounts.slice(next, next + group.things.length);
    next += group.things.length;
    return partOf(below, group, amounts.reduce(add, ZERO), weigh);
  });
  return {
    shares,
    base: nameOf(of),
    isMoney: typeof of === "string",
    rate: price.rate,
    tier: price.tier,
    steps: price.steps,
  };
}

function partOf(below: Below, { nodes, at, things }: Group, exact: Decimal, weigh: Weigh): Share {
  const { run } = below;
  const places = linePlaces(run);
  const whole = roundTo(exact, places, run.plan.rounding.mode);
  const weights = weigh(nodes, run.component.inactive);
  const parts = splitDecimal(whole, places, [...weights.nodes, weights.unpaid]);
  const amount = parts[at] ?? ZERO;
  const mine = weights.nodes[at] ?? ZERO;
  const first = things[0] as Unpriced;
  const base = things.reduce((sum, thing) => add(sum, thing.base), ZERO);
  const steps: WorkingStep[] = [
    {
      code: "split_whole",
      values: { count: String(nodes.length), arithmetic: wholeArithmetic(base, exact), ...money(run, whole) },
    },
    {
      code: "split_part",
      values: {
        place: String(at + 1),
        arithmetic: `${formatDecimal(whole)} × ${formatDecimal(mine)}`,
        ...money(run, amount),
      },
    },
  ];
  return { ...first, base, amount, day: run.last, at: null, steps, code: "split_said" };
}

/** `20.02 × 0.5`, or the exact sum where values differ from fact to fact. */
function wholeArithmetic(base: Decimal, exact: Decimal): string {
  const rate = rateOf(base, exact);
  return rate === null ? formatDecimal(exact) : `${formatDecimal(base)} × ${formatDecimal(rate)}`;
}

/** Facts by the chain that they are divided among, in the order of names. */
function groupsOf(below: Below, of: string | { readonly quantity: string }): Group[] {
  const groups = new Map<string, Group>();
  const put = (chain: Chain, thing: Unpriced) => {
    const nodes = nodesOf(below, chain, thing.day);
    const key = nodes.map((node) => `${node.partnerId}${node.active ? "" : "!"}`).join(" ");
    const group = groups.get(key) ?? { nodes, at: chain.length, things: [] };
    groups.set(key, group);
    group.things.push(thing);
  };
  for (const thing of ownThings(below, of)) put([], thing);
  for (const { chain, ...thing } of thingsOf(below, of)) {
    put(chain, { ...thing, level: chain.length, partnerId: producer(chain) });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** From the one whose customer it is (whose place is its own whether it is active or not) up to the top. */
function nodesOf(below: Below, chain: Chain, day: Day): Node[] {
  const { root } = below.tree;
  const down = chain.map((one, index) => ({
    partnerId: one.partnerId,
    active: one.active || index === chain.length - 1,
  }));
  const above = below.tree.aboveOn(day).map((edge) => ({
    partnerId: edge.parentId,
    active: below.tree.edgeOn(edge.parentId, day)?.active ?? true,
  }));
  return [...down.reverse(), { partnerId: root, active: true }, ...above];
}

/** Gives what partners that are not active would get to the next active one above, or to nobody. */
export function absorbed(nodes: readonly Node[], parts: readonly Decimal[]): Weights {
  const result = parts.map((part, index) => (nodes[index]?.active === true ? part : ZERO));
  let unpaid = ZERO;
  nodes.forEach((node, index) => {
    if (node.active) return;
    const above = nodes.findIndex((other, at) => at > index && other.active);
    const part = parts[index] ?? ZERO;
    if (above < 0) unpaid = add(unpaid, part);
    else result[above] = add(result[above] ?? ZERO, part);
  });
  return { nodes: result, unpaid };
}

/** Leaves out what partners that are not active would get. */
export function skipped(nodes: readonly Node[], parts: readonly Decimal[]): Weights {
  const paid = (index: number) => nodes[index]?.active === true;
  return {
    nodes: parts.map((part, index) => (paid(index) ? part : ZERO)),
    unpaid: parts.filter((_, index) => !paid(index)).reduce(add, ZERO),
  };
}

/** Weights of active partners only, as if the others were not there. */
export function compressed(nodes: readonly Node[], partsOf: (count: number) => Weights): Weights {
  const active = nodes.flatMap((node, index) => (node.active ? [index] : []));
  const inner = partsOf(active.length);
  return {
    nodes: nodes.map((_, index) => (active.includes(index) ? (inner.nodes[active.indexOf(index)] ?? ZERO) : ZERO)),
    unpaid: inner.unpaid,
  };
}
