import type { Tx } from "../database/index.ts";
import { type EventRecord, effectiveEventsOf, firstSeenOf } from "../tracking/index.ts";
import type { AttributionRules, CustomerState, Decision, Ownership, Touch } from "./contracts.ts";
import { asksAnew, type Settled, settleOwnership } from "./core/ownership.ts";
import {
  customersByIds,
  findCustomers,
  insertCustomers,
  reserveIds,
  type SettledCustomer,
  updateCustomers,
} from "./store/customers.ts";
import { insertDecisions, type StoredDecision } from "./store/decisions.ts";
import { isTouching, loadTouches, type TouchSources } from "./touches.ts";

/** What attribution has to know of a program. */
export interface ProgramRules {
  readonly timeZone: string;
  readonly rules: AttributionRules;
}

/** A customer of a batch. `state` is what is stored, and what is to be stored once {@link settleCustomers} has run. */
export interface CustomerSeat {
  readonly isNew: boolean;
  state: CustomerState;
}

export function customerKey(programId: string, customerRef: string): string {
  return `${programId}\n${customerRef}`;
}

/**
 * Finds the customers that events name and gives new ones their number; nothing is written yet. Call under the events lock.
 * @returns seats by {@link customerKey}
 */
export async function identifyCustomers(
  tx: Tx,
  events: Iterable<{ readonly programId: string; readonly customerRef: string; readonly at: number }>,
): Promise<Map<string, CustomerSeat>> {
  const named = new Map<string, { programId: string; customerRef: string; at: number }>();
  for (const event of events) {
    const key = customerKey(event.programId, event.customerRef);
    const before = named.get(key);
    if (before === undefined) {
      named.set(key, { programId: event.programId, customerRef: event.customerRef, at: event.at });
    } else if (event.at < before.at) before.at = event.at;
  }
  const seats = new Map<string, CustomerSeat>();
  for (const state of await findCustomers(tx, [...named.values()])) {
    seats.set(customerKey(state.programId, state.customerRef), { isNew: false, state });
  }
  const count = named.size - seats.size;
  if (count === 0) return seats;
  let customerId = await reserveIds(tx, "attribution.customer_customer_id_seq", count);
  for (const [key, { programId, customerRef, at }] of named) {
    if (seats.has(key)) continue;
    const nobody = { reason: "no_touch", byHand: false, revision: 1, owners: [] } as const;
    seats.set(key, { isNew: true, state: { customerId, programId, customerRef, firstSeen: at, ...nobody } });
    customerId += 1n;
  }
  return seats;
}

export interface SettleInput {
  readonly seats: readonly CustomerSeat[];
  /** events of these customers that count from now on; not stored yet */
  readonly added: readonly EventRecord[];
  /** events of these customers that do not count any more; stored so */
  readonly removed: readonly EventRecord[];
  readonly programs: ReadonlyMap<string, ProgramRules>;
  readonly sources: TouchSources;
  readonly now: Date;
}

/** A customer that was known and whose owners have changed. */
export interface MovedCustomer {
  readonly customerId: bigint;
  readonly programId: string;
  readonly before: readonly Ownership[];
  readonly after: readonly Ownership[];
}

export interface SettleResult {
  /** customers whose row is new or has changed */
  readonly written: readonly bigint[];
  readonly moved: readonly MovedCustomer[];
}

const NEVER = Number.POSITIVE_INFINITY;

interface Work {
  readonly seat: CustomerSeat;
  firstSeen: number;
  /** earliest of the new events */
  addedFirst: number;
  /** all its owners are to be found again from its events */
  anew: boolean;
  events: EventRecord[];
}

/**
 * Finds out whose the customers are after these changes and stores it, with a decision where something was decided. A customer's
 * owners are always a fold over all its events in the order in which they happened, whatever the order of arrival; nearly always
 * the stored owners show that the fold would give them again, and nothing is read.
 */
export async function settleCustomers(tx: Tx, input: SettleInput): Promise<SettleResult> {
  const work = await planWork(tx, input);
  const anew = [...work.values()].filter((item) => item.anew);
  await loadHistories(tx, anew);
  const touching = anew.flatMap((item) => item.events);
  const rulesOf = (programId: string) => programRules(input, programId).rules;
  const touches = await loadTouches(tx, input.sources, touching, rulesOf);
  const settled = new Map(anew.map((item) => [item, settleOne(item, touches, input)]));
  return await store(tx, input, work, settled);
}

function programRules(input: SettleInput, programId: string): ProgramRules {
  const found = input.programs.get(programId);
  if (found === undefined) throw new Error(`the rules of program ${programId} were not given`);
  return found;
}

async function planWork(tx: Tx, input: SettleInput): Promise<Map<bigint, Work>> {
  const work = new Map<bigint, Work>();
  for (const seat of input.seats) {
    work.set(seat.state.customerId, {
      seat,
      firstSeen: seat.state.firstSeen,
      addedFirst: NEVER,
      anew: seat.isNew,
      events: [],
    });
  }
  for (const event of input.added) {
    const item = work.get(event.customerId);
    if (item === undefined) continue;
    const { state, isNew } = item.seat;
    item.addedFirst = Math.min(item.addedFirst, event.at);
    item.firstSeen = Math.min(item.firstSeen, event.at);
    if (!isTouching(event)) continue;
    item.events.push(event);
    if (!isNew && !state.byHand && asksAnew(state.owners, event.at, programRules(input, event.programId).timeZone)) {
      item.anew = true;
    }
  }
  for (const item of work.values()) {
    if (item.seat.isNew && item.addedFirst !== NEVER) item.firstSeen = item.addedFirst;
  }
  await planRemovals(tx, input, work);
  for (const item of work.values()) {
    const { state, isNew } = item.seat;
    const keeps = programRules(input, state.programId).rules.existingCustomers === "keep";
    if (!isNew && !state.byHand && keeps && item.firstSeen !== state.firstSeen) item.anew = true;
  }
  return work;
}

/** An event that does not count any more may have been the one that bound the customer, or the first that was seen. */
async function planRemovals(tx: Tx, input: SettleInput, work: Map<bigint, Work>): Promise<void> {
  const unseen = new Set<bigint>();
  for (const event of input.removed) {
    const item = work.get(event.customerId);
    if (item === undefined) continue;
    if (!item.seat.state.byHand && isTouching(event)) item.anew = true;
    if (event.at <= item.seat.state.firstSeen) unseen.add(event.customerId);
  }
  for (const [customerId, at] of await firstSeenOf(tx, [...unseen])) {
    const item = work.get(customerId);
    if (item !== undefined) item.firstSeen = Math.min(at, item.addedFirst);
  }
}

/** Besides the new events, everything that ever touched a partner is read for customers who were known. */
async function loadHistories(tx: Tx, anew: readonly Work[]): Promise<void> {
  const known = new Map(anew.filter(({ seat }) => !seat.isNew).map((item) => [item.seat.state.customerId, item]));
  for (const event of await effectiveEventsOf(tx, [...known.keys()], { touching: true })) {
    known.get(event.customerId)?.events.push(event);
  }
  // The stored day may be of a reversal that came before its event: what decides is the first event that counts.
  for (const [customerId, at] of await firstSeenOf(tx, [...known.keys()])) {
    const item = known.get(customerId);
    if (item !== undefined) item.firstSeen = Math.min(at, item.addedFirst);
  }
}

function settleOne(item: Work, touches: ReadonlyMap<bigint, readonly Touch[]>, input: SettleInput): Settled {
  const { timeZone, rules } = programRules(input, item.seat.state.programId);
  const events = item.events.map((event) => ({
    eventId: event.eventId,
    programId: event.programId,
    at: event.at,
    order: `${event.sourceId}\n${event.type}\n${event.externalId}`,
    touches: touches.get(event.eventId) ?? [],
  }));
  return settleOwnership(events, rules, { firstSeen: item.firstSeen, timeZone });
}

async function store(
  tx: Tx,
  input: SettleInput,
  work: ReadonlyMap<bigint, Work>,
  settled: ReadonlyMap<Work, Settled>,
): Promise<SettleResult> {
  const fresh: SettledCustomer[] = [];
  const changed: SettledCustomer[] = [];
  const moved: MovedCustomer[] = [];
  const decided: { item: Work; outcome: Settled; place: SettledCustomer[] }[] = [];
  for (const item of work.values()) {
    const { seat, firstSeen } = item;
    const before = seat.state;
    const outcome = settled.get(item);
    const owners = outcome?.owners ?? before.owners;
    const differs = outcome !== undefined && !sameOutcome(before, outcome);
    if (!seat.isNew && !differs && firstSeen === before.firstSeen) continue;
    seat.state = { ...before, firstSeen, owners, reason: outcome?.decision.reason ?? before.reason };
    const place = seat.isNew ? fresh : changed;
    if (outcome !== undefined && (seat.isNew || differs)) decided.push({ item, outcome, place });
    else place.push({ state: seat.state, decisionId: null });
    if (!seat.isNew && differs && !sameOwners(before.owners, owners)) {
      moved.push({ customerId: before.customerId, programId: before.programId, before: before.owners, after: owners });
    }
  }
  await storeDecided(tx, input, decided);
  await insertCustomers(tx, fresh);
  await updateCustomers(tx, changed);
  return { written: [...fresh, ...changed].map(({ state }) => state.customerId), moved };
}

async function storeDecided(
  tx: Tx,
  input: SettleInput,
  decided: readonly { item: Work; outcome: Settled; place: SettledCustomer[] }[],
): Promise<void> {
  if (decided.length === 0) return;
  let decisionId = await reserveIds(tx, "attribution.decision_decision_id_seq", decided.length);
  const rows: StoredDecision[] = [];
  for (const { item, outcome, place } of decided) {
    const { state } = item.seat;
    const { rules } = programRules(input, state.programId);
    rows.push(decisionRow(decisionId, state.customerId, outcome, rules, input.now));
    place.push({ state, decisionId });
    decisionId += 1n;
  }
  await insertDecisions(tx, rows);
}

function decisionRow(
  decisionId: bigint,
  customerId: bigint,
  outcome: Settled,
  rules: AttributionRules,
  decidedAt: Date,
): StoredDecision {
  const { reason, claim, candidates }: Decision = outcome.decision;
  const partnerId = claim?.partnerId ?? null;
  const byNobody = { decidedBy: null, note: null };
  return {
    decisionId,
    customerId,
    eventId: outcome.askedBy,
    decidedAt,
    partnerId,
    reason,
    candidates,
    rules,
    ...byNobody,
  };
}

function sameOutcome(before: CustomerState, outcome: Settled): boolean {
  return before.reason === outcome.decision.reason && sameOwners(before.owners, outcome.owners);
}

function sameOwners(a: readonly Ownership[], b: readonly Ownership[]): boolean {
  return a.length === b.length && a.every((owner, index) => sameOwner(owner, b[index]));
}

function sameOwner(a: Ownership, b: Ownership | undefined): boolean {
  return (
    b !== undefined &&
    a.partnerId === b.partnerId &&
    a.linkId === b.linkId &&
    a.offerId === b.offerId &&
    a.clickId === b.clickId &&
    a.ownedFrom === b.ownedFrom &&
    a.ownedUntil === b.ownedUntil &&
    a.boundAt?.getTime() === b.boundAt?.getTime()
  );
}

/**
 * Decides about stored customers again, by today's rules, from all their events. Customers who were decided by hand stay.
 * @param dryRun only tells what would change
 */
export async function resettleCustomers(
  tx: Tx,
  customerIds: readonly bigint[],
  input: Pick<SettleInput, "programs" | "sources" | "now"> & { readonly dryRun: boolean },
): Promise<SettleResult> {
  const states = (await customersByIds(tx, customerIds)).filter((state) => !state.byHand);
  const work = new Map<bigint, Work>();
  for (const state of states) {
    const { customerId, firstSeen } = state;
    work.set(customerId, { seat: { isNew: false, state }, firstSeen, addedFirst: NEVER, anew: true, events: [] });
  }
  const anew = [...work.values()];
  await loadHistories(tx, anew);
  const all: SettleInput = { ...input, seats: [], added: [], removed: [] };
  const events = anew.flatMap((item) => item.events);
  const touches = await loadTouches(tx, input.sources, events, (programId) => programRules(all, programId).rules);
  const settled = new Map(anew.map((item) => [item, settleOne(item, touches, all)]));
  if (!input.dryRun) return await store(tx, all, work, settled);
  const moved = anew.flatMap((item) => {
    const { customerId, programId, owners } = item.seat.state;
    const after = settled.get(item)?.owners ?? owners;
    return sameOwners(owners, after) ? [] : [{ customerId, programId, before: owners, after }];
  });
  return { written: [], moved };
}
