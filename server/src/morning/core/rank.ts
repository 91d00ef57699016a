import type { MorningKind } from "@tributary/contract";
import { KINDS } from "./kinds.ts";

const DAY = 86_400_000;
/** What has no end of its own is of middling urgency. */
const WITHOUT_END = 0.6;
const LEAST_URGENT = 0.2;

/**
 * How soon it is too late: 1 on the due day and after it, falling by half (towards 0.2) with each half-life before it.
 * urgency = 0.2 + 0.8 × 2^(−days left ÷ half-life)
 */
export function urgencyOf(kind: MorningKind, dueAt: Date | null, now: Date): number {
  if (dueAt === null) return WITHOUT_END;
  const left = Math.max(0, (dueAt.getTime() - now.getTime()) / DAY);
  return LEAST_URGENT + (1 - LEAST_URGENT) * 2 ** (-left / KINDS[kind].days);
}

/**
 * What is learnt of a person: (done + 4) ÷ (done + 2 × not useful + 4), never below 0.25. Four unspoken words of approval stand at the beginning, so
 * that one "not useful" does not silence a kind.
 */
export function learntFactor(done: number, notUseful: number): number {
  return Math.max(0.25, (done + 4) / (done + 2 * notUseful + 4));
}

export interface Weights {
  readonly operator: Readonly<Partial<Record<MorningKind, number>>>;
  readonly personal: Readonly<Partial<Record<MorningKind, number>>>;
  readonly learnt: Readonly<Partial<Record<MorningKind, number>>>;
  /** what a first deposit is worth, in whole units of the settings' currency */
  readonly ftdWorth: number;
}

export interface Ranked {
  readonly id: string;
  readonly kind: MorningKind;
  /** money at stake besides first deposits, in whole units of the settings' currency */
  readonly worth: number;
  readonly ftds: number;
  readonly dueAt: Date | null;
}

export interface Working {
  /** money and first deposits together */
  readonly worth: number;
  readonly urgency: number;
  readonly chance: number;
  readonly operatorWeight: number;
  readonly personalWeight: number;
  readonly learnt: number;
  readonly score: number;
}

/** score = (money + first deposits × what one is worth) × urgency × chance × weights. Every factor is part of the answer. */
export function workingOf(item: Ranked, weights: Weights, now: Date): Working {
  const worth = item.worth + item.ftds * weights.ftdWorth;
  const urgency = urgencyOf(item.kind, item.dueAt, now);
  const { chance } = KINDS[item.kind];
  const operatorWeight = weights.operator[item.kind] ?? 1;
  const personalWeight = weights.personal[item.kind] ?? 1;
  const learnt = weights.learnt[item.kind] ?? 1;
  const score = worth * urgency * chance * operatorWeight * personalWeight * learnt;
  return { worth, urgency, chance, operatorWeight, personalWeight, learnt, score };
}

/** The highest score first; of equal ones the sooner due, then the older id. The order is the same for the same items, whatever order they come in. */
export function ranked<T extends Ranked>(
  items: readonly T[],
  weights: Weights,
  now: Date,
): readonly { readonly item: T; readonly working: Working }[] {
  const end = (item: T) => item.dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return items
    .map((item) => ({ item, working: workingOf(item, weights, now) }))
    .sort(
      (a, b) =>
        b.working.score - a.working.score ||
        (end(a.item) === end(b.item) ? 0 : end(a.item) - end(b.item)) ||
        (a.item.id < b.item.id ? -1 : 1),
    );
}
