import { allPairs } from "../agreements/index.ts";
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

/** Another licence from a day on: the rules of jurisdictions may say otherwise about everything the partner earned since. */
export async function licenceChanged(
  ctx: Context,
  licence: { readonly partnerId: string; readonly from: Day },
): Promise<void> {
  const pairs = (await allPairs(ctx.db)).filter((pair) => pair.partnerId === licence.partnerId);
  const month = monthOf(licence.from);
  await markFrom(
    ctx.db,
    pairs.map((pair) => ({ ...pair, month })),
    ctx.clock.now(),
  );
}
