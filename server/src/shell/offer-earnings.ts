import { type Analytics, type Context, type Jobs, notifyChange, transact } from "../database/index.ts";
import { addDays, dayOf } from "../kernel/period.ts";
import { allPrograms } from "../programs/index.ts";
import { earningsByOffer } from "../reporting/index.ts";
import { putEarnings } from "../tracking/index.ts";
import type { Program } from "./program.ts";

/** Long enough for most customers to earn something, short enough to follow a season. */
export const MEASURED_DAYS = 30;

/** Measures what offers earn per click, every hour, for smart links that choose the best. */
export function offerEarningsJobs(program: Program): Jobs {
  return {
    tasks: { "tracking.measure_offers": () => measureOffers(program) },
    schedule: [{ task: "tracking.measure_offers", cron: "37 * * * *" }],
  };
}

/** The last days up to yesterday, in each program's own zone: today's clicks have not earned yet. */
export async function measureOffers(program: { readonly ctx: Context; readonly analytics: Analytics }): Promise<void> {
  const { ctx, analytics } = program;
  for (const { programId, timeZone, currency, status } of await allPrograms(ctx.db)) {
    if (status === "draft" || status === "closed") continue;
    const to = dayOf(ctx.clock.now(), timeZone);
    const from = addDays(to, -MEASURED_DAYS);
    const found = await earningsByOffer({ db: ctx.db, analytics }, { programId, currency, from, to });
    await transact(ctx, async (tx) => {
      await putEarnings(
        tx.db,
        found.map((one) => ({
          offer_id: one.offerId,
          program_id: programId,
          clicks: one.clicks,
          earned_minor: one.earnedMinor,
          from_day: from,
          to_day: to,
          measured_at: tx.clock.now(),
        })),
      );
      await notifyChange(tx, "smart_links", programId);
    });
  }
}
