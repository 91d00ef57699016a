import type { Actor } from "../access/index.ts";
import { personOf } from "../access/index.ts";
import type { Db, TxContext } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { holdEvents, queueShipping } from "../tracking/index.ts";
import type { Claim, CustomerState, Ownership } from "./contracts.ts";
import { giveByHand } from "./core/by-hand.ts";
import type { CustomerSurroundings } from "./service.ts";
import { customerKey, identifyCustomers, type MovedCustomer } from "./settle.ts";
import {
  customersByIds,
  findCustomers,
  insertCustomers,
  reserveIds,
  type SettledCustomer,
  updateCustomers,
} from "./store/customers.ts";
import { insertDecisions, type StoredDecision } from "./store/decisions.ts";

/** Whose a customer was on the platform that it comes from. */
export interface ImportedBinding {
  readonly customerRef: string;
  readonly partnerId: string;
  readonly linkId: string | null;
  readonly offerId: string | null;
  /** since when; null: from the beginning */
  readonly since: Date | null;
  /** null: for life */
  readonly until: Date | null;
}

/** What is known of a customer here: `partnerId` null is nobody's, undefined was never decided. */
export interface KnownCustomer {
  readonly customerId: bigint;
  readonly partnerId: string | null | undefined;
}

/** Customers of a program that are known here already, by the operator's id of them. */
export async function knownCustomers(
  db: Db,
  programId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, KnownCustomer>> {
  const states = await findCustomers(
    db,
    refs.map((customerRef) => ({ programId, customerRef })),
  );
  return new Map(
    states.map((state) => [state.customerRef, { customerId: state.customerId, partnerId: ownerOf(state) }]),
  );
}

function ownerOf(state: CustomerState): string | null | undefined {
  return state.owners.at(-1)?.partnerId;
}

/** In whose program and name customers are bound, and what the decisions say. */
export interface BindingNote {
  readonly programId: string;
  readonly timeZone: string;
  readonly reason: string;
  readonly moved: CustomerSurroundings["moved"];
}

/**
 * Binds customers as another platform had bound them: decisions of whoever imports, which events do not change. Customers that somebody
 * owns here are left as they are; ask {@link knownCustomers} first.
 * @returns customer ids by the operator's id of them
 */
export async function bindImported(
  tx: TxContext,
  actor: Actor,
  bindings: readonly ImportedBinding[],
  note: BindingNote,
): Promise<ReadonlyMap<string, bigint>> {
  await holdEvents(tx.db);
  const { programId } = note;
  const now = tx.clock.now();
  const named = bindings.map(({ customerRef }) => ({ programId, customerRef }));
  const seats = await identifyCustomers(tx.db, named);
  const fresh: SettledCustomer[] = [];
  const changed: SettledCustomer[] = [];
  const moved: MovedCustomer[] = [];
  const decisions: StoredDecision[] = [];
  let decisionId = await reserveIds(tx.db, "attribution.decision_decision_id_seq", Math.max(1, bindings.length));
  for (const binding of bindings) {
    const seat = seats.get(customerKey(programId, binding.customerRef));
    if (seat === undefined) throw new Error(`customer ${binding.customerRef} was not identified`);
    if (!seat.isNew && ownerOf(seat.state) != null) continue;
    const owner = ownership(binding, note.timeZone);
    const gift = { claim: owner, from: owner.ownedFrom, until: owner.ownedUntil, boundAt: owner.boundAt };
    const owners = giveByHand(seat.state.owners, gift);
    const state: CustomerState = { ...seat.state, owners, reason: "manual", byHand: true };
    decisions.push(decisionOf(decisionId, state, owner, actor, note.reason, now));
    (seat.isNew ? fresh : changed).push({ state, decisionId });
    if (!seat.isNew)
      moved.push({ customerId: state.customerId, programId, before: seat.state.owners, after: state.owners });
    decisionId += 1n;
  }
  await insertDecisions(tx.db, decisions);
  await insertCustomers(tx.db, fresh);
  await updateCustomers(tx.db, changed);
  const touched = [...fresh, ...changed].map(({ state }) => state.customerId);
  if (touched.length > 0) await queueShipping(tx.db, [{ subject: "customer", keys: touched }]);
  if (moved.length > 0) await note.moved(tx, moved, note.timeZone);
  return new Map([...seats.values()].map(({ state }) => [state.customerRef, state.customerId]));
}

/** Takes imported bindings back: the customers are nobody's again, and the next event that points at a partner decides. */
export async function unbindImported(
  tx: TxContext,
  actor: Actor,
  customerIds: readonly bigint[],
  note: BindingNote,
): Promise<void> {
  await holdEvents(tx.db);
  const states = (await customersByIds(tx.db, customerIds)).filter((state) => state.owners.length > 0);
  if (states.length === 0) return;
  const now = tx.clock.now();
  let decisionId = await reserveIds(tx.db, "attribution.decision_decision_id_seq", states.length);
  const changed: SettledCustomer[] = [];
  const decisions: StoredDecision[] = [];
  const moved: MovedCustomer[] = [];
  for (const before of states) {
    const state: CustomerState = { ...before, owners: [], reason: "no_touch", byHand: false };
    decisions.push(decisionOf(decisionId, state, null, actor, note.reason, now));
    changed.push({ state, decisionId });
    moved.push({ customerId: state.customerId, programId: state.programId, before: before.owners, after: [] });
    decisionId += 1n;
  }
  await insertDecisions(tx.db, decisions);
  await updateCustomers(tx.db, changed);
  await queueShipping(tx.db, [{ subject: "customer", keys: states.map((state) => state.customerId) }]);
  await note.moved(tx, moved, note.timeZone);
}

function ownership(binding: ImportedBinding, timeZone: string): Ownership {
  const { partnerId, linkId, offerId, since, until } = binding;
  return {
    partnerId,
    linkId,
    offerId,
    clickId: null,
    country: null,
    dimensions: {},
    boundAt: since,
    ownedFrom: since === null ? null : dayOf(since, timeZone),
    ownedUntil: until === null ? null : dayOf(until, timeZone),
  };
}

function decisionOf(
  decisionId: bigint,
  state: CustomerState,
  owner: Ownership | null,
  actor: Actor,
  reason: string,
  decidedAt: Date,
): StoredDecision {
  const claim: Claim | null = owner;
  return {
    decisionId,
    customerId: state.customerId,
    eventId: null,
    decidedAt,
    partnerId: owner?.partnerId ?? null,
    reason: owner === null ? "manual_none" : "manual",
    candidates: [],
    rules: null,
    rulesVersion: null,
    decidedBy: personOf(actor),
    note: reason,
    claim,
    givenFrom: owner?.ownedFrom ?? null,
  };
}
