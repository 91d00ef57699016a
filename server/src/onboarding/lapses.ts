import { systemActor } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { liftRestriction, placeRestriction } from "../partners/index.ts";
import { endLapses, insertLapse, lapsesOnRestriction, openLapses } from "./store/lapses.ts";

/** What a notice of procedures says of a condition that a waiver stood for. */
export interface GateNotice {
  readonly caseId: string;
  readonly partnerId: string | null;
  readonly condition: string;
  readonly sentence?: string;
}

/**
 * A waiver has ended, and what it stood for still does not hold: payouts are held until it does, or until two people sign another waiver. Again is no change.
 */
export async function holdForLapse(ctx: Context, notice: GateNotice): Promise<void> {
  const { partnerId, caseId, condition } = notice;
  if (partnerId === null) return;
  await transact(ctx, async (tx) => {
    const open = await openLapses(tx.db, [partnerId]);
    if (open.some((one) => one.case_id === caseId && one.condition === condition)) return;
    const sentence = notice.sentence ?? `The waiver of ${condition} has ended and it still does not hold.`;
    const standing = open.find((one) => one.restriction_id !== null)?.restriction_id;
    const restrictionId =
      standing ??
      (
        await placeRestriction(tx, systemActor("onboarding"), partnerId, {
          kind: "hold_payouts",
          reason: sentence,
          until: null,
        })
      ).id;
    await insertLapse(tx.db, {
      partner_id: partnerId,
      case_id: caseId,
      condition,
      sentence,
      restriction_id: restrictionId,
      since: tx.clock.now(),
      ended_at: null,
    });
  });
}

/** It holds again, or another waiver was signed: asks for payouts to go on when nothing else lapsed; a second person agrees, as ever. */
export async function endLapse(ctx: Context, notice: GateNotice): Promise<void> {
  await transact(ctx, async (tx) => {
    const ended = await endLapses(tx.db, notice.caseId, notice.condition, tx.clock.now());
    for (const { restriction_id: restriction } of ended) {
      if (restriction === null || (await lapsesOnRestriction(tx.db, restriction)) > 0) continue;
      try {
        await liftRestriction(tx, systemActor("onboarding"), restriction, "What a waiver stood for holds now.");
      } catch (error) {
        if (!(error instanceof Refusal)) throw error; // somebody has lifted it, or asked to, already
      }
    }
  });
}
