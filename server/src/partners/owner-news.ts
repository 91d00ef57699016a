import type { Actor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context } from "../database/index.ts";

/** One partner that got another owner or deputy. */
export interface OwnerMove {
  readonly partnerId: string;
  readonly fromOwner: string | null;
  readonly fromDeputy: string | null;
  readonly owner: string | null;
  readonly deputy: string | null;
}

export interface OwnerNews {
  /** Null: changed on the record. */
  readonly transferId: string | null;
  readonly tellPartners: boolean;
  readonly reason: string;
  readonly commissionNote: string;
}

const AT_ONCE = 500;

/** Into the trail of each partner, and to whoever moves what hangs on the owner: tasks, cases, letters. */
export async function tellOwners(
  tx: Context,
  actor: Actor,
  moves: readonly OwnerMove[],
  news: OwnerNews,
): Promise<void> {
  const { reason, commissionNote, transferId } = news;
  await audit.recordMany(
    tx,
    actor,
    moves.map((one) => ({
      ...{ action: "partners.owner_changed", subjectKind: "partner", subjectId: one.partnerId },
      partnerId: one.partnerId,
      before: { ownerUserId: one.fromOwner, deputyUserId: one.fromDeputy },
      after: { ownerUserId: one.owner, deputyUserId: one.deputy, transferId, commissionNote },
      reason,
    })),
  );
  for (let first = 0; first < moves.length; first += AT_ONCE)
    await announce(tx, "partners.owner_changed", { ...news, partners: moves.slice(first, first + AT_ONCE) });
}
