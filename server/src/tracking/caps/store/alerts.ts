import { sql } from "kysely";
import type { Db } from "../../../database/index.ts";
import type { Day } from "../../../kernel/period.ts";

/** A counter whose use has changed. */
export interface CountedUse {
  readonly capId: string;
  readonly from: Day;
  readonly partnerId: string;
  readonly value: string;
  readonly used: bigint;
  readonly most: bigint;
  /** percent, rounded down */
  readonly shareBefore: number;
  readonly shareAfter: number;
  readonly warnAt: number;
}

/** Announces caps that have just become near or full: once each, because the use only passes a mark once. */
export async function announceCaps(tx: Db, uses: readonly CountedUse[]): Promise<void> {
  for (const use of uses) {
    const reached = use.shareBefore < 100 && use.shareAfter >= 100;
    const near = use.shareBefore < use.warnAt && use.shareAfter >= use.warnAt;
    if (!reached && !near) continue;
    const { rows } = await sql<{
      program_id: string;
      offer_id: string | null;
      partner_id: string | null;
      name: string;
    }>`
      select program_id, offer_id, partner_id, name from tracking.cap where cap_id = ${use.capId}`.execute(tx);
    const [cap] = rows;
    if (cap === undefined) continue;
    const payload = {
      kind: reached ? "cap_reached" : "cap_near",
      capId: use.capId,
      name: cap.name,
      programId: cap.program_id,
      offerId: cap.offer_id,
      partnerId: use.partnerId || cap.partner_id,
      value: use.value,
      used: use.used.toString(),
      limit: use.most.toString(),
      share: use.shareAfter,
    };
    await sql`select database.announce('tracking.alert', ${JSON.stringify(payload)}::json)`.execute(tx);
  }
}
