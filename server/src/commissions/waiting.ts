import type { WaitingMonth, WaitingQuery } from "@tributary/contract";
import { type Actor, can, isWithin } from "../access/index.ts";
import type { Context, Page } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { UNTIL_RELEASED } from "./core/finish.ts";
import { holdsOf } from "./store/held.ts";
import { waitingPage } from "./store/reading.ts";

/** What is held for a partner, by the day on which it becomes payable. */
export async function holdSchedule(
  ctx: Context,
  actor: Actor,
  partnerId: string,
): Promise<{ data: { payableOn: string | null; currency: string; amount: string; lines: number }[] }> {
  const within = await reachOf(ctx, actor, "statements.read");
  if (!can(actor, "statements.read") || !isWithin(within, { partnerId })) throw notFound("partner", partnerId);
  const rows = await holdsOf(ctx.db, partnerId);
  return {
    data: rows.map((row) => ({
      payableOn: row.heldUntil === UNTIL_RELEASED ? null : row.heldUntil,
      currency: row.currency,
      amount: String(row.minor),
      lines: row.lines,
    })),
  };
}

/** Months that wait for their calculation, and why some cannot be calculated. */
export async function listWaiting(ctx: Context, actor: Actor, query: WaitingQuery): Promise<Page<WaitingMonth>> {
  const within = await reachOf(ctx, actor, "statements.read");
  const { rows, nextCursor } = await waitingPage(ctx.db, within, query, query);
  const waiting = rows.map((row) => ({
    partnerId: row.partner_id,
    programId: row.program_id,
    month: row.month.slice(0, 7),
    since: row.marked_at.toISOString(),
    problem: row.problem,
  }));
  return { rows: waiting, nextCursor };
}
