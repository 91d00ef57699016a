import type { LegalHold, LegalHoldQuery, NewLegalHold } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import * as store from "./store/requests.ts";

/** Keeps a person's or a partner's records from every erasure and retention rule, until somebody else lifts it. */
export async function placeHold(ctx: Context, actor: Actor, input: NewLegalHold): Promise<LegalHold> {
  requirePermission(actor, "privacy.write", {});
  return await transact(ctx, async (tx) => {
    const row = await store.insertHold(tx.db, {
      hold_id: tx.ids.next("ers"),
      subject_kind: input.subjectKind,
      subject_id: input.subjectId,
      reason: input.reason,
      placed_by: personOf(actor),
      placed_at: tx.clock.now(),
    });
    await note(tx, actor, "privacy.hold_placed", row, input.reason);
    return holdWire(row);
  });
}

/** @throws Refusal `same_person` for whoever placed it, `wrong_state` */
export async function liftHold(ctx: Context, actor: Actor, id: string, reason: string): Promise<LegalHold> {
  requirePermission(actor, "privacy.approve", {});
  return await transact(ctx, async (tx) => {
    const row = await store.holdRow(tx.db, id);
    if (row === undefined) throw notFound("legal hold", id);
    if (row.placed_by === personOf(actor))
      throw new Refusal("same_person", "You placed this hold: somebody else has to lift it.");
    const saved = await store.liftHold(tx.db, id, { by: personOf(actor), at: tx.clock.now(), reason });
    if (saved === undefined) throw new Refusal("wrong_state", "This hold was lifted already.");
    await note(tx, actor, "privacy.hold_lifted", saved, reason);
    return holdWire(saved);
  });
}

export async function listHolds(ctx: Context, actor: Actor, query: LegalHoldQuery): Promise<Page<LegalHold>> {
  requirePermission(actor, "privacy.read", {});
  const { rows, nextCursor } = await store.holdPage(ctx.db, query.state, query);
  return { rows: rows.map(holdWire), nextCursor };
}

async function note(tx: Context, actor: Actor, action: string, row: store.HoldRow, reason: string): Promise<void> {
  const after = { subjectKind: row.subject_kind, subjectId: row.subject_id };
  await audit.record(tx, actor, { action, subjectKind: "legal_hold", subjectId: row.hold_id, after, reason });
}

export function holdWire(row: store.HoldRow): LegalHold {
  return {
    id: row.hold_id,
    subjectKind: row.subject_kind as LegalHold["subjectKind"],
    subjectId: row.subject_id,
    reason: row.reason,
    placedBy: row.placed_by,
    placedAt: row.placed_at.toISOString(),
    liftedBy: row.lifted_by,
    liftedAt: row.lifted_at?.toISOString() ?? null,
    liftReason: row.lift_reason,
  };
}
