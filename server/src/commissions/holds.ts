import { type Actor, can, isWithin } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { holdsOf } from "./store/held.ts";

/** What is held for a partner, by the day on which it becomes payable. */
export async function holdSchedule(
  ctx: Context,
  actor: Actor,
  partnerId: string,
): Promise<{ data: { payableOn: string; currency: string; amount: string; lines: number }[] }> {
  const within = await reachOf(ctx, actor, "statements.read");
  if (!can(actor, "statements.read") || !isWithin(within, { partnerId })) throw notFound("partner", partnerId);
  const rows = await holdsOf(ctx.db, partnerId);
  return {
    data: rows.map((row) => ({
      payableOn: row.heldUntil,
      currency: row.currency,
      amount: String(row.minor),
      lines: row.lines,
    })),
  };
}
