import { type AdjustmentReason, AdjustmentReasonChange } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { changedMeanwhile } from "../../kernel/refusals.ts";
import { allReasons, lockReason, type ReasonRow, writeReason } from "../store/adjustment-reasons.ts";

export async function listReasons(ctx: Context): Promise<AdjustmentReason[]> {
  return (await allReasons(ctx.db)).map(reasonWire);
}

/** Writes a reason of the catalogue; one that is not used any more is made inactive, since adjustments name it. */
export async function saveReason(
  ctx: Context,
  actor: Actor,
  code: string,
  given: AdjustmentReasonChange,
): Promise<AdjustmentReason> {
  const change = AdjustmentReasonChange.parse(given);
  requirePermission(actor, "settings.write", {});
  return await transact(ctx, async (tx) => {
    const before = await lockReason(tx.db, code);
    if ((before?.revision ?? 0) !== change.revision) throw changedMeanwhile("reason", change.revision);
    const row = {
      code,
      names: change.names,
      kinds: [...change.kinds],
      needs_evidence: change.needsEvidence,
      warn_minor: change.warnFrom === null ? null : BigInt(change.warnFrom),
      active: change.active,
      revision: change.revision + 1,
    };
    await writeReason(tx.db, { ...row, names: JSON.stringify(row.names) });
    const after = reasonWire(row);
    await audit.record(tx, actor, {
      action: "commissions.adjustment_reason_changed",
      subjectKind: "adjustment_reason",
      subjectId: code,
      ...(before === undefined ? {} : { before: reasonWire(before) }),
      after,
    });
    return after;
  });
}

function reasonWire(row: ReasonRow): AdjustmentReason {
  return {
    code: row.code,
    names: row.names as unknown as AdjustmentReason["names"],
    kinds: row.kinds as AdjustmentReason["kinds"],
    needsEvidence: row.needs_evidence,
    warnFrom: row.warn_minor === null ? null : String(row.warn_minor),
    active: row.active,
    revision: row.revision,
  };
}
