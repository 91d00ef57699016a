import type { Context } from "../database/index.ts";
import { type Day, monthOf } from "../kernel/period.ts";
import { markFrom } from "./store/due.ts";

/** New terms are in force: whatever was earned from the month in which they begin is calculated again. */
export async function termsAccepted(
  ctx: Context,
  terms: { readonly partnerId: string; readonly programId: string; readonly validFrom: Day },
): Promise<void> {
  const { partnerId, programId, validFrom } = terms;
  await markFrom(ctx.db, [{ partnerId, programId, month: monthOf(validFrom) }], ctx.clock.now());
}
