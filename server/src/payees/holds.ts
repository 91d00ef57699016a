import type { NewPayeeHold, Payee } from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { changeablePayee, readablePayee } from "./reach.ts";
import { getPayee } from "./service.ts";
import { holdRow, insertHold, liftHold } from "./store/matters.ts";

/** Nobody pays it until the hold is lifted or its time is over. One person is enough to stop money. @throws Refusal `invalid_input` */
export async function placeHold(ctx: Context, actor: Actor, payeeId: string, input: NewPayeeHold): Promise<Payee> {
  refusePartner(actor);
  return await transact(ctx, async (tx) => {
    await changeablePayee(tx, actor, "payees.write", payeeId);
    const until = input.until == null ? null : new Date(input.until);
    if (until !== null && until <= tx.clock.now()) throw invalid("until", String(input.until), "lies in the past");
    await insertHold(tx.db, {
      hold_id: tx.ids.next("pyh"),
      payee_id: payeeId,
      reason: input.reason,
      until,
      placed_by: personOf(actor),
      placed_name: actor.name,
      placed_at: tx.clock.now(),
    });
    const after = { until: until?.toISOString() ?? null };
    await note(tx, actor, "payees.held", payeeId, input.reason, after);
    return await getPayee(tx, actor, payeeId);
  });
}

/** Lets money flow again: not for whoever placed the hold alone to decide. @throws Refusal `same_person`, `wrong_state` */
export async function endHold(ctx: Context, actor: Actor, holdId: string, reason: string): Promise<Payee> {
  return await transact(ctx, async (tx) => {
    const row = await holdRow(tx.db, holdId);
    if (row === undefined) throw notFound("hold", holdId);
    await readablePayee(tx, actor, row.payee_id).catch(() => {
      throw notFound("hold", holdId);
    });
    refusePartner(actor);
    await changeablePayee(tx, actor, "payees.approve", row.payee_id);
    const by = personOf(actor);
    if (row.placed_by === by) throw new Refusal("same_person", "You placed this hold: somebody else has to lift it.");
    const lift = { lifted_by: by, lifted_name: actor.name, lifted_at: tx.clock.now(), lift_reason: reason };
    if (!(await liftHold(tx.db, holdId, lift))) throw new Refusal("wrong_state", "This hold was lifted already.");
    await note(tx, actor, "payees.hold_lifted", row.payee_id, reason, { hold: holdId });
    return await getPayee(tx, actor, row.payee_id);
  });
}

function refusePartner(actor: Actor): void {
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Holds are the operator's.");
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  payeeId: string,
  reason: string,
  after: object,
): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "payee", subjectId: payeeId, reason, after });
  await announce(tx, "payees.changed", { payeeId });
}
