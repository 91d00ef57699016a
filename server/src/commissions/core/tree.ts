import type { Day } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { SubPartner } from "./entries.ts";

/** Sub-partners from the one directly below the partner down to the one whose customer it is. Never empty. */
export type Chain = readonly SubPartner[];
export type InactiveRule = "skip" | "compress" | "absorb";

/**
 * Who stood below (and above) a partner on which day. Edges hold from their first day up to the day before `until`, so that facts belong to the parent partner of
 * their day. Edges above the partner may be among them: they say who its own parent partner is.
 */
export class Tree {
  readonly root: string;
  readonly #edges: ReadonlyMap<string, readonly SubPartner[]>;
  /** Days on which anything changes, in order; between two of them every chain is the same. */
  readonly #changes: readonly Day[];
  readonly #chains = new Map<string, Chain | null>();
  readonly #joined = new Map<string, Day | null>();

  /** @throws Refusal `invalid_input` when a partner has two parent partners on one day, or is its own */
  constructor(root: string, edges: readonly SubPartner[]) {
    this.root = root;
    const byPartner = Map.groupBy(edges, (edge) => edge.partnerId);
    this.#edges = new Map(
      [...byPartner].map(([id, own]) => [id, own.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))]),
    );
    for (const own of this.#edges.values()) refuseOverlaps(own);
    const days = edges.flatMap((edge) => (edge.until === null ? [edge.from] : [edge.from, edge.until]));
    this.#changes = [...new Set(days)].sort();
  }

  /** Everybody who is known to be below or above on some day, in the order of ids. */
  partners(): readonly string[] {
    return [...this.#edges.keys()].sort();
  }

  /** Where a partner stands on a day. */
  edgeOn(partnerId: string, day: Day): SubPartner | undefined {
    return this.#edges.get(partnerId)?.find((edge) => edge.from <= day && (edge.until === null || day < edge.until));
  }

  edgesOf(partnerId: string): readonly SubPartner[] {
    return this.#edges.get(partnerId) ?? [];
  }

  /**
   * The way down from the partner to another one on a day; null when that one is not below it then.
   * @throws Refusal `invalid_input` when the way leads in a circle
   */
  chainOn(partnerId: string, day: Day): Chain | null {
    const key = `${this.#epoch(day)} ${partnerId}`;
    const known = this.#chains.get(key);
    if (known !== undefined) return known;
    const way = this.#up(partnerId, day);
    const at = way.findIndex((edge) => edge.parentId === this.root);
    const chain = partnerId === this.root || at < 0 ? null : way.slice(0, at + 1).reverse();
    this.#chains.set(key, chain);
    return chain;
  }

  /** The partner's own parent partner on a day, the nearest first; the last edge's parent is the top. */
  aboveOn(day: Day): readonly SubPartner[] {
    return this.#up(this.root, day);
  }

  /** The first day on which a partner was anywhere below this one. */
  joinedOn(partnerId: string): Day | null {
    const known = this.#joined.get(partnerId);
    if (known !== undefined) return known;
    const joined = this.#changes.find((day) => this.chainOn(partnerId, day) !== null) ?? null;
    this.#joined.set(partnerId, joined);
    return joined;
  }

  #up(partnerId: string, day: Day): SubPartner[] {
    const way: SubPartner[] = [];
    const seen = new Set([partnerId]);
    for (let edge = this.edgeOn(partnerId, day); edge !== undefined; edge = this.edgeOn(edge.parentId, day)) {
      way.push(edge);
      if (seen.has(edge.parentId)) throw circle(partnerId, day, way);
      seen.add(edge.parentId);
    }
    return way;
  }

  #epoch(day: Day): number {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle] ?? "") <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Which levels' values the partner gets for what the last of a chain brought. The last always keeps its place; of those before it that are not
 * active, `skip` leaves the level empty, `compress` closes it up, and `absorb` gives the partner their levels as well when nobody active
 * is in between.
 */
export function levelsFor(chain: Chain, rule: InactiveRule): readonly number[] {
  const between = chain.slice(0, -1);
  const level = chain.length;
  if (rule === "compress") return [level - between.filter((one) => !one.active).length];
  if (rule === "skip") return [level];
  const firstActive = between.findIndex((one) => one.active);
  const absorbed = firstActive < 0 ? between.length : firstActive;
  return Array.from({ length: absorbed + 1 }, (_, index) => level - index);
}

function refuseOverlaps(edges: readonly SubPartner[]): void {
  edges.forEach((edge, index) => {
    const next = edges[index + 1];
    if (next === undefined || (edge.until !== null && edge.until <= next.from)) return;
    throw new Refusal(
      "invalid_input",
      `Sub-partner ${edge.partnerId} stands below ${edge.parentId} and below ${next.parentId} on ${next.from}; it can have one parent partner a day.`,
      [
        {
          field: "tree",
          value: edge.partnerId,
          message: "two parent partners on one day",
          hint: `end the first on ${next.from}`,
        },
      ],
    );
  });
}

function circle(partnerId: string, day: Day, way: readonly SubPartner[]): Refusal {
  const names = [partnerId, ...way.map((edge) => edge.parentId)].join(" → ");
  return new Refusal(
    "invalid_input",
    `The parent partners lead in a circle on ${day}: ${names}. Nobody can be above itself.`,
    [
      {
        field: "tree",
        value: partnerId,
        message: "a circle of parent partners",
        hint: "give one of them another parent partner, or none",
      },
    ],
  );
}
