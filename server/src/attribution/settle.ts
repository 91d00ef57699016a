import type { Tx } from "../database/index.ts";
import { type EventRecord, effectiveEventsOf, firstSeenOf } from "../tracking/index.ts";
import type { CustomerState, Decision, GivenByHand, Ownership, Touch } from "./contracts.ts";
import { asksAnew, type Settled, settleOwnership } from "./core/ownership.ts";
import type { ProgramRules } from "./rules-of-programs.ts";
import {
  customersByIds,
  findCustomers,
  insertCustomers,
  reserveIds,
  type SettledCustomer,
  updateCustomers,
} from "./store/customers.ts";
import { givenByHand, insertDecisions, type StoredDecision } from "./store/decisions.ts";
import { knownSinceByName } from "./store/known-customers.ts";
import { isTouching, loadTouches, type TouchSources } from "./touches.ts";

/** When a customer was first seen of whose events none counts. */
const NEVER = Number.POSITIVE_INFINITY;

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
  events: Iterable<{ readonly programId: string; readonly customerRef: string }>,
): Promise<Map<string, CustomerSeat>> {
  const named = new Map<string, { programId: string; customerRef: string }>();
  for (const { programId, customerRef } of events) {
    const key = customerKey(programId, customerRef);
    if (!named.has(key)) named.set(key, { programId, customerRef });
  }
  const seats = new Map<string, CustomerSeat>();
  for (const state of await findCustomers(tx, [...named.values()])) {
    seats.set(customerKey(state.programId, state.customerRef), { isNew: false, state });
  }
  const count = named.size - seats.size;
  if (count === 0) return seats;
  let customerId = await reserveIds(tx, "attribution.customer_customer_id_seq", count);
  for (const [key, { programId, customerRef }] of named) {
    if (seats.has(key)) continue;
    const nobody = { reason: "no_touch", byHand: false, revision: 1, owners: [] } as const;
    seats.set(key, { isNew: true, state: { customerId, programId, customerRef, firstSeen: NEVER, ...nobody } });
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

interface Work {
  readonly seat: CustomerSeat;
  firstSeen: number;
  /** earliest of the new events */
  addedFirst: number;
  /** all its owners are to be found again from its events */
  anew: boolean;
  events: EventRecord[];
  /** since when it is known by import */
  knownSince?: number;
  byHand?: readonly GivenByHand[];
}

/** Customers in whose events nothing is looked for: a person decided from the beginning, and nothing may take that over. */
function isFrozen({ byHand, owners }: CustomerState, rules: ProgramRules): boolean {
  return byHand && !rules.timeline.needs.overwritesManual && owners.length === 1 && owners[0]?.ownedFrom === null;
}

/**
 * Finds out whose the customers are after these changes and stores it, with a decision where something was decided. A customer's
 * owners are always a fold over all its events in the order in which they happened, whatever the order of arrival; nearly always
 * the stored owners show that the fold would give them again, and nothing is read.
 */
export async function settleCustomers(tx: Tx, input: SettleInput): Promise<SettleResult> {
  const work = await planWork(tx, input);
  const anew = [...work.values()].filter((item) => item.anew);
  await loadHistories(tx, anew, input);
  const settled = await settleAll(tx, anew, input);
  return await store(tx, input, work, settled);
}

async function settleAll(tx: Tx, anew: readonly Work[], input: SettleInput): Promise<Map<Work, Settled>> {
  const events = anew.flatMap((item) => item.events);
  const touches = await loadTouches(tx, input.sources, events, (id) => programRules(input, id).timeline.needs);
  return new Map(anew.map((item) => [item, settleOne(item, touches, input)]));
}

function programRules(input: Pick<SettleInput, "programs">, programId: string): ProgramRules {
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
    const rules = programRules(input, event.programId);
    if (!isLookedAt(event, rules)) continue;
    item.events.push(event);
    if (!isNew && !isFrozen(state, rules) && changesOwners(state, event, rules)) item.anew = true;
  }
  await planRemovals(tx, input, work);
  for (const item of work.values()) {
    const { state, isNew } = item.seat;
    const rules = programRules(input, state.programId);
    const { keeps, defers } = rules.timeline.needs;
    const earlier = (keeps || defers) && item.firstSeen !== state.firstSeen;
    if (!isNew && !isFrozen(state, rules) && earlier) item.anew = true;
  }
  return work;
}

/** Events without which a customer's owners cannot be found: those that point at a partner, and purchases that extend a binding. */
function isLookedAt(event: EventRecord, { timeline }: ProgramRules): boolean {
  return isTouching(event) || timeline.needs.purchases.has(event.type);
}

function changesOwners({ owners, byHand }: CustomerState, event: EventRecord, rules: ProgramRules): boolean {
  const { needs } = rules.timeline;
  const boundAt = owners.at(-1)?.boundAt ?? null;
  if (byHand && !needs.overwritesManual && boundAt !== null && event.at > boundAt.getTime()) return false;
  if (isTouching(event) && asksAnew(owners, event.at, rules.timeZone, needs)) return true;
  return needs.purchases.has(event.type) && owners.some((owner) => owner.ownedUntil !== null);
}

/** An event that does not count any more may have been the one that bound the customer, or the first that was seen. */
async function planRemovals(tx: Tx, input: SettleInput, work: Map<bigint, Work>): Promise<void> {
  const unseen = new Set<bigint>();
  for (const event of input.removed) {
    const item = work.get(event.customerId);
    if (item === undefined) continue;
    const rules = programRules(input, event.programId);
    if (!isFrozen(item.seat.state, rules) && isLookedAt(event, rules)) item.anew = true;
    if (event.at <= item.seat.state.firstSeen) unseen.add(event.customerId);
  }
  await seeAgain(
    tx,
    [...unseen].flatMap((customerId) => work.get(customerId) ?? []),
  );
}

/** When these known customers were first seen, from their events alone: what is stored may be the time of one that counts no more. */
async function seeAgain(tx: Tx, items: readonly Work[]): Promise<void> {
  const seen = await firstSeenOf(
    tx,
    items.map(({ seat }) => seat.state.customerId),
  );
  for (const item of items) {
    item.firstSeen = Math.min(seen.get(item.seat.state.customerId) ?? NEVER, item.addedFirst);
  }
}

/** Besides the new events, everything that ever touched a partner is read for customers who were known. */
async function loadHistories(tx: Tx, anew: readonly Work[], input: Pick<SettleInput, "programs">): Promise<void> {
  const known = new Map(anew.filter(({ seat }) => !seat.isNew).map((item) => [item.seat.state.customerId, item]));
  const needs = (item: Work) => programRules(input, item.seat.state.programId).timeline.needs;
  const purchases = new Set(anew.flatMap((item) => [...needs(item).purchases]));
  const which = purchases.size === 0 ? { touching: true } : { touching: true, orTypes: [...purchases] };
  for (const event of await effectiveEventsOf(tx, [...known.keys()], which)) {
    known.get(event.customerId)?.events.push(event);
  }
  await seeAgain(tx, [...known.values()]);
  const keeping = anew.filter((item) => needs(item).keeps).map((item) => item.seat.state);
  const since = await knownSinceByName(tx, keeping);
  const given = [...known.values()].filter((item) => item.seat.state.byHand || needs(item).overwritesManual);
  const gifts = await givenByHand(
    tx,
    given.map((item) => item.seat.state.customerId),
  );
  for (const item of anew) {
    const { programId, customerRef, customerId } = item.seat.state;
    const at = since.get(customerKey(programId, customerRef));
    if (at !== undefined) item.knownSince = at;
    item.byHand = gifts.get(customerId) ?? [];
  }
}

function settleOne(item: Work, touches: ReadonlyMap<bigint, readonly Touch[]>, input: SettleInput): Settled {
  const { timeZone, timeline } = programRules(input, item.seat.state.programId);
  const { firstSeen, knownSince, byHand } = item;
  const events = item.events.map((event) => ({
    eventId: event.eventId,
    type: event.type,
    programId: event.programId,
    at: event.at,
    order: `${event.sourceId}\n${event.type}\n${event.externalId}`,
    touches: touches.get(event.eventId) ?? [],
  }));
  return settleOwnership(events, timeline, { firstSeen, knownSince, byHand, timeZone });
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
    const byHand = outcome?.byHand ?? before.byHand;
    seat.state = { ...before, firstSeen, owners, byHand, reason: outcome?.decision.reason ?? before.reason };
    const place = seat.isNew ? fresh : changed;
    if (outcome !== undefined && !byHand && (seat.isNew || differs)) decided.push({ item, outcome, place });
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
    rows.push(decisionRow(decisionId, state.customerId, outcome, input.now));
    place.push({ state, decisionId });
    decisionId += 1n;
  }
  await insertDecisions(tx, rows);
}

function decisionRow(decisionId: bigint, customerId: bigint, outcome: Settled, decidedAt: Date): StoredDecision {
  const { reason, claim, candidates }: Decision = outcome.decision;
  const partnerId = claim?.partnerId ?? null;
  const byNobody = { decidedBy: null, note: null, claim: null, givenFrom: null };
  return {
    decisionId,
    customerId,
    eventId: outcome.askedBy,
    decidedAt,
    partnerId,
    reason,
    candidates,
    rules: null,
    rulesVersion: outcome.version,
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
 * Decides about stored customers again, by the rules that are given, from all their events. What persons decided
 * stays, unless the rules let touches take it over.
 * @param dryRun only tells what would change
 */
export async function resettleCustomers(
  tx: Tx,
  customerIds: readonly bigint[],
  input: Pick<SettleInput, "programs" | "sources" | "now"> & { readonly dryRun: boolean },
): Promise<SettleResult> {
  const states = (await customersByIds(tx, customerIds)).filter(
    (state) => !isFrozen(state, programRules(input, state.programId)),
  );
  const work = new Map<bigint, Work>();
  for (const state of states) {
    const { customerId, firstSeen } = state;
    work.set(customerId, { seat: { isNew: false, state }, firstSeen, addedFirst: NEVER, anew: true, events: [] });
  }
  const anew = [...work.values()];
  await loadHistories(tx, anew, input);
  const all: SettleInput = { ...input, seats: [], added: [], removed: [] };
  const settled = await settleAll(tx, anew, all);
  if (!input.dryRun) return await store(tx, all, work, settled);
  const moved = anew.flatMap((item) => {
    const { customerId, programId, owners } = item.seat.state;
    const after = settled.get(item)?.owners ?? owners;
    return sameOwners(owners, after) ? [] : [{ customerId, programId, before: owners, after }];
  });
  return { written: [], moved };
}
