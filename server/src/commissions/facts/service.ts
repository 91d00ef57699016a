import type { Tx } from "../../database/index.ts";
import { type Day, monthOf } from "../../kernel/period.ts";
import type { DayFact, FactEvent, Milestone } from "./contracts.ts";
import { DayCutter, FactFold } from "./fold.ts";
import {
  isMilestoneEvent,
  MILESTONE_TYPES,
  milestonesOf,
  noMilestones,
  restsOn,
  sameMilestone,
  withNewEvent,
} from "./milestones.ts";
import {
  applyDeltas,
  dirtyKey,
  loadFacts,
  loadMilestones,
  type Mark,
  markDirty,
  monthsWithFacts,
  nameCustomer,
  replaceFacts,
  writeMilestones,
} from "./store.ts";

/** What the fold has to be told by others. */
export interface FactSurroundings {
  /** IANA zone of a program: its days are cut there */
  readonly zoneOf: (programId: string) => string;
  /** partner that the customer belongs to on a day, or null */
  readonly ownerOn: (customerId: bigint, day: Day) => string | null;
  /** all events of these customers that count, of these types (all types when not given) */
  readonly eventsOf: (customerIds: readonly bigint[], types?: readonly string[]) => Promise<readonly FactEvent[]>;
  readonly now: Date;
}

export interface FoldResult {
  /** milestones, after the change, of every customer who has an event among the changes that has a say in them */
  readonly milestones: ReadonlyMap<bigint, Milestone>;
  /** customers whose milestones changed */
  readonly changed: readonly bigint[];
}

const days = new DayCutter();

/** Brings facts, milestones and marks up to date with events that count from now on and events that do not any more. */
export async function foldEvents(
  tx: Tx,
  changes: { readonly added: readonly FactEvent[]; readonly removed: readonly FactEvent[] },
  around: FactSurroundings,
): Promise<FoldResult> {
  const fold = new FactFold(days, around.zoneOf);
  for (const event of changes.removed) fold.take(event, -1);
  for (const event of changes.added) fold.take(event, 1);
  const deltas = fold.deltas();
  await applyDeltas(tx, deltas);
  const marks = new Map<string, Mark>();
  for (const { customerId, programId, day } of deltas) {
    const partnerId = around.ownerOn(customerId, day);
    if (partnerId === null) continue;
    const month = { programId, partnerId, month: monthOf(day) };
    const key = dirtyKey(month);
    const mark = marks.get(key) ?? { ...month, customers: [] };
    nameCustomer(mark, customerId);
    marks.set(key, mark);
  }
  await markDirty(tx, [...marks.values()], around.now);
  return await foldMilestones(tx, changes, around);
}

async function foldMilestones(
  tx: Tx,
  changes: { readonly added: readonly FactEvent[]; readonly removed: readonly FactEvent[] },
  around: FactSurroundings,
): Promise<FoldResult> {
  const added = changes.added.filter(isMilestoneEvent);
  const removed = changes.removed.filter(isMilestoneEvent);
  const customerIds = [...new Set([...added, ...removed].map((event) => event.customerId))];
  const before = await loadMilestones(tx, customerIds);
  const after = new Map(customerIds.map((id) => [id, before.get(id) ?? noMilestones(id)]));
  const anew = new Set<bigint>();
  for (const event of removed) {
    const milestone = after.get(event.customerId);
    if (milestone !== undefined && restsOn(milestone, event)) anew.add(event.customerId);
  }
  for (const event of added) {
    if (anew.has(event.customerId)) continue;
    const milestone = after.get(event.customerId) ?? noMilestones(event.customerId);
    // An event that a milestone rests on already was beyond a cap, and is let in now.
    const next = restsOn(milestone, event) ? undefined : withNewEvent(milestone, event);
    if (next === undefined) anew.add(event.customerId);
    else after.set(event.customerId, next);
  }
  const histories = byCustomer(anew.size === 0 ? [] : await around.eventsOf([...anew], MILESTONE_TYPES));
  for (const id of anew) after.set(id, milestonesOf(id, histories.get(id) ?? []));
  const changed = [...after.values()].filter(
    (m) => !sameMilestone(before.get(m.customerId) ?? noMilestones(m.customerId), m),
  );
  await writeMilestones(tx, changed);
  return { milestones: after, changed: changed.map((milestone) => milestone.customerId) };
}

function byCustomer(events: readonly FactEvent[]): Map<bigint, FactEvent[]> {
  const found = new Map<bigint, FactEvent[]>();
  for (const event of events) {
    const list = found.get(event.customerId);
    if (list === undefined) found.set(event.customerId, [event]);
    else list.push(event);
  }
  return found;
}

/** A customer now belongs to others: every month with facts is to be calculated again for all of them, old and new. */
export async function markMoved(
  tx: Tx,
  moved: readonly { readonly customerId: bigint; readonly programId: string; readonly partnerIds: readonly string[] }[],
  now: Date,
): Promise<void> {
  const byId = new Map(moved.map((move) => [move.customerId, move]));
  const marks = new Map<string, Mark>();
  for (const { customerId, month } of await monthsWithFacts(tx, [...byId.keys()])) {
    const move = byId.get(customerId);
    for (const partnerId of move?.partnerIds ?? []) {
      const mark = { programId: move?.programId ?? "", partnerId, month, customers: null };
      marks.set(dirtyKey(mark), mark);
    }
  }
  await markDirty(tx, [...marks.values()], now);
}

/** A customer whose stored facts are not what its events come to. */
export interface FactDifference {
  readonly customerId: bigint;
  readonly stored: readonly DayFact[];
  readonly rebuilt: readonly DayFact[];
  readonly milestoneDiffers: boolean;
}

/** Folds all events of these customers again and compares with what is stored. Writes nothing. */
export async function verifyFacts(
  tx: Tx,
  customerIds: readonly bigint[],
  around: Pick<FactSurroundings, "zoneOf" | "eventsOf">,
): Promise<FactDifference[]> {
  const rebuilt = await rebuild(customerIds, around);
  const stored = new Map<bigint, DayFact[]>();
  for (const fact of await loadFacts(tx, { customerIds })) {
    const list = stored.get(fact.customerId);
    if (list === undefined) stored.set(fact.customerId, [fact]);
    else list.push(fact);
  }
  const milestones = await loadMilestones(tx, customerIds);
  return rebuilt.flatMap(({ customerId, facts, milestone }) => {
    const before = stored.get(customerId) ?? [];
    const milestoneDiffers = !sameMilestone(milestones.get(customerId) ?? noMilestones(customerId), milestone);
    if (!milestoneDiffers && textOf(before) === textOf(facts)) return [];
    return [{ customerId, stored: before, rebuilt: facts, milestoneDiffers }];
  });
}

/** Folds all events of these customers again and stores the result in the place of what was there. */
export async function rebuildFacts(
  tx: Tx,
  customerIds: readonly bigint[],
  around: Pick<FactSurroundings, "zoneOf" | "eventsOf">,
): Promise<void> {
  const rebuilt = await rebuild(customerIds, around);
  const milestones = rebuilt.map((one) => one.milestone).filter((m) => !sameMilestone(m, noMilestones(m.customerId)));
  const facts = rebuilt.flatMap((one) => one.facts);
  await replaceFacts(tx, customerIds, facts, milestones);
}

async function rebuild(customerIds: readonly bigint[], around: Pick<FactSurroundings, "zoneOf" | "eventsOf">) {
  const histories = byCustomer(await around.eventsOf(customerIds));
  return customerIds.map((customerId) => {
    const events = histories.get(customerId) ?? [];
    const fold = new FactFold(days, around.zoneOf);
    for (const event of events) fold.take(event, 1);
    return { customerId, facts: fold.facts(), milestone: milestonesOf(customerId, events) };
  });
}

function textOf(facts: readonly DayFact[]): string {
  const lines = facts.map((f) => `${f.day}|${f.product}|${f.measure}|${f.currency}|${trimmed(f.amount)}|${f.events}`);
  return lines.sort().join("\n");
}

/** numeric keeps the zeros at the end that a sum was written with: 1.50 and 1.5 are the same quantity. */
function trimmed(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}
