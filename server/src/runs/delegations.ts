import type { NewRunDelegation, RunDelegation } from "@tributary/contract";
import { type Actor, can, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { RunNeeds } from "./needs.ts";
import * as store from "./store/delegations.ts";

export async function listDelegations(ctx: Context, actor: Actor, page: PageRequest): Promise<Page<RunDelegation>> {
  requirePermission(actor, "runs.read");
  return await store.delegationPage(ctx.db, page);
}

/**
 * Lets somebody stand in for a while. Everybody may for themselves; for others whoever manages people.
 * @throws Refusal `invalid_input` for days that are over or the wrong way round, or for standing in for oneself
 */
export async function delegate(
  ctx: Context,
  actor: Actor,
  input: NewRunDelegation,
  needs: RunNeeds,
): Promise<RunDelegation> {
  const fromUserId = input.fromUserId ?? personOf(actor);
  if (fromUserId !== personOf(actor)) requirePermission(actor, "users.write", {});
  else if (!can(actor, "runs.approve") && !can(actor, "statements.approve"))
    throw new Refusal("forbidden", "You approve nothing that somebody could approve in your place.");
  if (input.toUserId === fromUserId) throw invalid("toUserId", input.toUserId, "is the same person");
  if (input.validTo < input.validFrom) throw invalid("validTo", input.validTo, "lies before the first day");
  if (input.validTo < dayOf(ctx.clock.now(), "UTC")) throw invalid("validTo", input.validTo, "is over");
  if ((await needs.actorOf(ctx, input.toUserId)) === undefined)
    throw invalid("toUserId", input.toUserId, "is nobody who works here");
  return await transact(ctx, async (tx) => {
    const row = {
      delegation_id: tx.ids.next("dlg"),
      from_user_id: fromUserId,
      to_user_id: input.toUserId,
      valid_from: input.validFrom,
      valid_to: input.validTo,
      levels: [...input.levels],
      reason: input.reason,
      made_by: personOf(actor),
      made_at: tx.clock.now(),
      ended_at: null,
      ended_by: null,
    };
    await store.insertDelegation(tx.db, row);
    const wire = store.delegationWire(row);
    await audit.record(tx, actor, {
      action: "runs.delegated",
      subjectKind: "run_delegation",
      subjectId: wire.id,
      after: { ...wire },
      reason: input.reason,
    });
    return wire;
  });
}

/** Ends it at once; what was approved by it stands. */
export async function endDelegation(ctx: Context, actor: Actor, id: string): Promise<RunDelegation> {
  return await transact(ctx, async (tx) => {
    const row = await store.delegationById(tx.db, id);
    if (row === undefined) throw notFound("delegation", id);
    if (row.from_user_id !== personOf(actor)) requirePermission(actor, "users.write", {});
    if (row.ended_at !== null) throw new Refusal("wrong_state", "This delegation has ended already.");
    const at = tx.clock.now();
    await store.endRow(tx.db, id, personOf(actor), at);
    await audit.record(tx, actor, { action: "runs.delegation_ended", subjectKind: "run_delegation", subjectId: id });
    return store.delegationWire({ ...row, ended_at: at, ended_by: personOf(actor) });
  });
}
