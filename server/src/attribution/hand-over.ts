import { sql } from "kysely";
import { type Actor, personOf } from "../access/index.ts";
import { type Context, type Db, type TxContext, transact } from "../database/index.ts";
import { programById } from "../programs/index.ts";
import { holdEvents, queueShipping } from "../tracking/index.ts";
import type { CustomerState, DecisionReason } from "./contracts.ts";
import type { CustomerSurroundings } from "./service.ts";
import { customersByIds, customersOfPartners, reserveIds, updateCustomers } from "./store/customers.ts";
import { decisionsOf, insertDecisions } from "./store/decisions.ts";

/** What it takes to give a customer back as it was. */
interface HandedOver {
  readonly id: string;
  /** Where in the row of owners the one stood who gave it. */
  readonly at: readonly number[];
  readonly reason: DecisionReason;
  readonly byHand: boolean;
}

const NOTE = {
  over: "Its partner's record was merged into another one.",
  back: "The merge of two records was undone.",
};

/** Programs in which a partner has or had customers. */
export async function programsOfCustomers(db: Db, partnerId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ program_id: string }>`
    select program_id from attribution.customer where partner_id = ${partnerId}
    union select program_id from attribution.former_owner where partner_id = ${partnerId} order by 1`.execute(db);
  return rows.map((row) => row.program_id);
}

/** How many customers a partner has or had in some programs. */
export async function countHandedOver(ctx: Context, from: string, programIds: readonly string[]): Promise<number> {
  return (await statesOf(ctx, from, programIds)).length;
}

/**
 * Makes the customers of a partner, of whom nothing was ever booked, another one's, as if it had always been so. Events do not change that any more.
 * @returns for each what {@link returnCustomers} needs, as text
 */
export async function handOverCustomers(
  ctx: Context,
  actor: Actor,
  { from, to, programIds }: { readonly from: string; readonly to: string; readonly programIds: readonly string[] },
  around: CustomerSurroundings,
): Promise<readonly string[]> {
  return await transact(ctx, async (tx) => {
    await holdEvents(tx.db);
    const before = await statesOf(tx, from, programIds);
    const handed = before.map(({ customerId, owners, reason, byHand }) => ({
      ...{ id: String(customerId), reason, byHand },
      at: owners.flatMap((owner, index) => (owner.partnerId === from ? [index] : [])),
    }));
    const after = before.map((state, index) =>
      named({ ...state, reason: "manual" as const, byHand: true }, handed[index]?.at ?? [], to),
    );
    await write(tx, actor, before, after, NOTE.over, around);
    return handed.map((one) => JSON.stringify(one satisfies HandedOver));
  });
}

/** Gives those back of whom the one that they were given to still stands where it was put. */
export async function returnCustomers(
  ctx: Context,
  actor: Actor,
  { handed, from, to }: { readonly handed: readonly string[]; readonly from: string; readonly to: string },
  around: CustomerSurroundings,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await holdEvents(tx.db);
    const known = new Map(handed.map((text) => JSON.parse(text) as HandedOver).map((one) => [one.id, one]));
    const states = await customersByIds(
      tx.db,
      [...known.keys()].map((id) => BigInt(id)),
    );
    const still = states.filter(({ customerId, owners }) =>
      known.get(String(customerId))?.at.every((index) => owners[index]?.partnerId === to),
    );
    const after = still.map((state) => {
      const { at = [], reason = state.reason, byHand = true } = known.get(String(state.customerId)) ?? {};
      return named({ ...state, reason, byHand }, at, from);
    });
    await write(tx, actor, still, after, NOTE.back, around);
  });
}

async function statesOf(ctx: Context, partnerId: string, programIds: readonly string[]): Promise<CustomerState[]> {
  const pairs = programIds.map((programId) => ({ partnerId, programId }));
  const owned = await customersOfPartners(ctx.db, pairs);
  return await customersByIds(ctx.db, [...new Set(owned.map((one) => one.customerId))]);
}

function named(state: CustomerState, at: readonly number[], partnerId: string): CustomerState {
  return { ...state, owners: state.owners.map((one, index) => (at.includes(index) ? { ...one, partnerId } : one)) };
}

async function write(
  tx: TxContext,
  actor: Actor,
  before: readonly CustomerState[],
  after: readonly CustomerState[],
  note: string,
  around: CustomerSurroundings,
): Promise<void> {
  if (after.length === 0) return;
  const first = await reserveIds(tx.db, "attribution.decision_decision_id_seq", after.length);
  const ids = after.map((_, index) => first + BigInt(index));
  const decisions = [];
  for (const [index, { customerId, owners, reason }] of after.entries()) {
    const [last] = await decisionsOf(tx.db, customerId);
    const claim = owners.at(-1) ?? null;
    decisions.push({
      ...{ decisionId: ids[index] ?? 0n, customerId, eventId: null, decidedAt: tx.clock.now(), reason, note },
      ...{ partnerId: claim?.partnerId ?? null, candidates: last?.candidates ?? [], rules: null, rulesVersion: null },
      ...{ decidedBy: personOf(actor), claim, givenFrom: null },
    });
  }
  await insertDecisions(tx.db, decisions);
  await updateCustomers(
    tx.db,
    after.map((state, index) => ({ state, decisionId: ids[index] ?? 0n })),
  );
  await queueShipping(tx.db, [{ subject: "customer", keys: after.map((state) => state.customerId) }]);
  const was = new Map(before.map((state) => [state.customerId, state.owners]));
  for (const [programId, states] of Map.groupBy(after, (state) => state.programId)) {
    const program = await programById(tx.db, programId);
    const moved = states.map(({ customerId, owners }) => ({
      ...{ customerId, programId, before: was.get(customerId) ?? [], after: owners },
    }));
    await around.moved(tx, moved, program?.timeZone ?? "UTC");
  }
}
