import type { AttributionExplanation, Customer, CustomerQuery, ManualAttribution } from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, type Page, type TxContext, transact } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { partnerById, partnerTouch, reachOf } from "../partners/index.ts";
import { programById } from "../programs/index.ts";
import { holdEvents, linkById, queueShipping } from "../tracking/index.ts";
import type { Candidate, Claim, CustomerState, Ownership } from "./contracts.ts";
import { giveByHand } from "./core/by-hand.ts";
import type { MovedCustomer } from "./settle.ts";
import { shownRules } from "./shown-rules.ts";
import { customerPage } from "./store/customer-page.ts";
import { customersByIds, reserveIds, updateCustomers } from "./store/customers.ts";
import { decisionsOf, insertDecisions } from "./store/decisions.ts";
import { type CustomerMilestones, customerWire, decisionWire, ownersWire } from "./wire.ts";

/** What the room asks of rooms that stand above it; the shell gives it. */
export interface CustomerSurroundings {
  readonly milestonesOf: (db: Db, customerIds: readonly bigint[]) => Promise<ReadonlyMap<bigint, CustomerMilestones>>;
  /** a customer changed hands, in the same transaction: commissions of all concerned are due again */
  readonly moved: (tx: TxContext, moved: readonly MovedCustomer[], timeZone: string) => Promise<void>;
}

/** Customers that the actor may see; a partner sees its own, with their ids masked. */
export async function listCustomers(
  ctx: Context,
  actor: Actor,
  query: CustomerQuery,
  around: CustomerSurroundings,
): Promise<Page<Customer>> {
  const within = await reachOf(ctx, actor, "customers.read");
  // The operator's own id of a customer is not the partner's to search by.
  const filter = actor.partnerId !== undefined && !query.q?.startsWith("cus_") ? { ...query, q: undefined } : query;
  const page = await customerPage(ctx.db, within, filter, query.sort, query);
  const ids = page.rows.map((row) => row.customer_id);
  const states = new Map((await customersByIds(ctx.db, ids)).map((state) => [state.customerId, state]));
  const milestones = await around.milestonesOf(ctx.db, ids);
  const rows = ids.flatMap((id) => {
    const state = states.get(id);
    return state === undefined ? [] : [customerWire(state, milestones.get(id), actor.partnerId !== undefined)];
  });
  return { rows, nextCursor: page.nextCursor };
}

export async function getCustomer(
  ctx: Context,
  actor: Actor,
  id: string,
  around: CustomerSurroundings,
): Promise<Customer> {
  const state = await readableCustomer(ctx, actor, id);
  const milestones = await around.milestonesOf(ctx.db, [state.customerId]);
  return customerWire(state, milestones.get(state.customerId), actor.partnerId !== undefined);
}

/** What the customers that the actor may see are called: the operator's own ids of them, masked for a partner. */
export async function customerNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { id: string; name: string }[]> {
  const within = await reachOf(ctx, actor, "customers.read");
  const numbers = ids.flatMap((id) => parsePublicNumber("cus", id) ?? []);
  const found = (await customersByIds(ctx.db, numbers)).filter((state) => isWithin(within, seatOf(state)));
  return found.map((state) => ({
    id: publicNumber("cus", state.customerId),
    name: customerWire(state, undefined, actor.partnerId !== undefined).customerRef,
  }));
}

/** Whose the customer is and was, and every decision with each candidate and why it lost. */
export async function explainAttribution(
  ctx: Context,
  actor: Actor,
  id: string,
  around: CustomerSurroundings,
): Promise<AttributionExplanation> {
  const state = await readableCustomer(ctx, actor, id);
  const milestones = await around.milestonesOf(ctx.db, [state.customerId]);
  const program = await programById(ctx.db, state.programId);
  const decisions = await decisionsOf(ctx.db, state.customerId);
  const shown = await shownRules(ctx, actor, program);
  const partnerId = actor.partnerId;
  return {
    customer: customerWire(state, milestones.get(state.customerId), partnerId !== undefined),
    owners: ownersWire(state, partnerId),
    rulesNow: shown.now,
    decisions: decisions.map((decision) => decisionWire(decision, shown, partnerId)),
  };
}

/** The customer, if this actor may read it. */
export async function readableCustomer(ctx: Context, actor: Actor, id: string): Promise<CustomerState> {
  const customerId = parsePublicNumber("cus", id);
  const [state] = customerId === undefined ? [] : await customersByIds(ctx.db, [customerId]);
  if (state === undefined) throw notFound("customer", id);
  const within = await reachOf(ctx, actor, "customers.read");
  if (!isWithin(within, seatOf(state))) throw notFound("customer", id);
  return state;
}

function seatOf(state: CustomerState): { partnerId: string | null; programId: string } {
  return { partnerId: state.owners.at(-1)?.partnerId ?? null, programId: state.programId };
}

/**
 * A person decides whose a customer is; from that day on, events do not change it any more. The decision keeps the person's reason beside the
 * candidates of the decision before it.
 * @throws Refusal conflict when the customer changed since it was read; invalid_input for an unknown partner or link
 */
export async function attributeByHand(
  ctx: Context,
  actor: Actor,
  id: string,
  given: ManualAttribution,
  around: CustomerSurroundings,
): Promise<AttributionExplanation> {
  await transact(ctx, async (tx) => {
    // No batch of events may stand between what is read here and what is written.
    await holdEvents(tx.db);
    const before = await readableCustomer(tx, actor, id);
    await requireBoth(tx, actor, before, given.partnerId);
    if (before.revision !== given.revision) throw changedMeanwhile("customer", given.revision);
    const owner = await claimOf(tx, before, given);
    const gift = { claim: owner, from: given.from, until: null, boundAt: tx.clock.now() };
    const owners = giveByHand(before.owners, gift);
    await writeByHand(tx, actor, before, owners, { ...given, claim: owner }, around);
  });
  return await explainAttribution(ctx, actor, id, around);
}

async function requireBoth(tx: Context, actor: Actor, state: CustomerState, partnerId: string | null): Promise<void> {
  const partners = new Set([state.owners.at(-1)?.partnerId ?? null, partnerId]);
  for (const one of partners) {
    const touch = one === null ? { programId: state.programId } : await partnerTouch(tx, one, state.programId);
    requirePermission(actor, "customers.write", touch);
  }
}

async function claimOf(tx: Context, state: CustomerState, given: ManualAttribution): Promise<Claim> {
  const none = { linkId: null, offerId: null, clickId: null, country: null, dimensions: {} };
  if (given.partnerId === null) return { ...none, partnerId: null };
  const partner = await partnerById(tx.db, given.partnerId);
  if (partner === undefined) throw invalid("partnerId", given.partnerId, "is not a partner");
  if (given.linkId === null) return { ...none, partnerId: partner.partnerId };
  const link = await linkById(tx.db, given.linkId);
  const fits = link?.partnerId === partner.partnerId && link.programId === state.programId;
  if (link === undefined || !fits) {
    throw invalid(
      "linkId",
      given.linkId,
      "is not a link of this partner in this program",
      "Leave it out, or choose one.",
    );
  }
  return { ...none, partnerId: partner.partnerId, linkId: link.linkId, offerId: link.offerId };
}

async function writeByHand(
  tx: TxContext,
  actor: Actor,
  before: CustomerState,
  owners: readonly Ownership[],
  given: ManualAttribution & { readonly claim: Claim },
  around: CustomerSurroundings,
): Promise<void> {
  const now = tx.clock.now();
  const program = await programById(tx.db, before.programId);
  const reason = given.partnerId === null ? "manual_none" : "manual";
  const decisionId = await reserveIds(tx.db, "attribution.decision_decision_id_seq", 1);
  const [last] = await decisionsOf(tx.db, before.customerId);
  const decision = {
    decisionId,
    customerId: before.customerId,
    eventId: null,
    decidedAt: now,
    partnerId: given.partnerId,
    reason,
    candidates: last?.candidates.map(overruled) ?? [],
    rules: null,
    rulesVersion: null,
    decidedBy: actor.userId ?? actor.id,
    note: given.reason,
    claim: given.claim,
    givenFrom: given.from,
  } as const;
  await insertDecisions(tx.db, [decision]);
  const state: CustomerState = { ...before, owners, reason, byHand: true };
  await updateCustomers(tx.db, [{ state, decisionId }]);
  await queueShipping(tx.db, [{ subject: "customer", keys: [before.customerId] }]);
  const { customerId, programId } = before;
  await around.moved(tx, [{ customerId, programId, before: before.owners, after: owners }], program?.timeZone ?? "UTC");
  await audit.record(tx, actor, {
    action: "attribution.decided_by_hand",
    subjectKind: "customer",
    subjectId: publicNumber("cus", customerId),
    partnerId: given.partnerId ?? before.owners.at(-1)?.partnerId,
    before: { partnerId: before.owners.at(-1)?.partnerId ?? null },
    after: { partnerId: given.partnerId, linkId: given.linkId, from: given.from },
    reason: given.reason,
  });
}

/** What had won lost to the person. */
function overruled(candidate: Candidate): Candidate {
  return candidate.won ? { ...candidate, won: false, reason: "overruled_by_hand" } : candidate;
}
